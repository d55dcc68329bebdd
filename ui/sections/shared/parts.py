"""Parts that several pages share: areas in order, a series over time, the list behind a figure."""

from typing import Any, NamedTuple

import pandas as pd

from config import numbers
from config.i18n import has, t
from data_access.indicators import registry
from ui.blocks import Blocks, Chart, List, Text
from ui.charts import bars, trend
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import area_table
from ui.sections.shared.cards import not_followed
from ui.state.page_context import View
from ui.text import messages, provenance

BARS = 15
MONTHS = 24


class Series(NamedTuple):
    """What a chart over months shows: indicators in one unit, their target, and its height."""

    names: tuple[str, ...]
    target: float | None = None
    height: int = 260


def nothing_here(view: View) -> Blocks:
    """Give the sentence that stands in the place of a page without anything to show."""
    return (Text(messages.nothing_here(view.filters, view.lang), "notice"),)


def ranked(
    view: View, name: str, *, key: str, target: float | None = None, title: str = ""
) -> Chart:
    """Give the areas of one indicator in order, those that need attention first.

    `title` names what is ranked, on pages that rank more than their own subject.
    """
    frame = page_queries.areas(view, name)
    hidden = int((frame["status"] == "hidden").sum())
    listed = min(BARS, len(frame) - hidden)
    words = t(f"page.parts.by_{view.filters.below}", view.lang, n=listed)
    return Chart(
        key=key,
        title=f"{title} · {words}" if title else words,
        spec=lambda: _ranked_spec(view, name, target),
        frame=lambda: area_table.rows(frame, view.lang),
        size=len(frame),
        columns=area_table.columns(name, view.lang),
        provenance=provenance.lines(view, name),
        caveat=t(f"indicator.{name}.caveat", view.lang),
        note=_hidden_areas(view, hidden),
        not_followed=not_followed(view, name),
    )


def _hidden_areas(view: View, hidden: int) -> str:
    """What is hidden has no bar: its areas are counted in words and named in the table."""
    if not hidden:
        return ""
    return t("page.parts.hidden_areas", view.lang, n=numbers.count(hidden, view.lang))


def over_time(view: View, shown: Series, *, key: str, title: str = "") -> Chart:
    """Give one indicator, or several in the same unit, month by month; `title` as in `ranked`."""
    words = t("page.parts.over_time", view.lang, months=MONTHS)
    return Chart(
        key=key,
        title=f"{title} · {words}" if title else words,
        spec=lambda: _monthly_spec(view, shown),
        frame=lambda: area_table.by_period(_monthly(view, shown.names), view.lang),
        size=MONTHS * len(shown.names),
        columns=area_table.period_columns(shown.names, view.lang),
        provenance=provenance.lines(view, shown.names[0]),
        not_followed=not_followed(view, shown.names[0]),
    )


def area_list(
    view: View, name: str, frame: pd.DataFrame, *, key: str, worst: str = "high"
) -> Blocks:
    """Give the areas behind a figure, those without a number first, then the worst."""
    order = frame.sort_values("value", ascending=worst == "low", na_position="first")
    return (
        List(
            key=key,
            title=list_title(view, name),
            frame=lambda: area_table.rows(order, view.lang),
            size=len(order),
            columns=area_table.columns(name, view.lang),
            provenance=provenance.lines(view, name),
            not_followed=not_followed(view, name),
            empty=messages.nothing_to_list(view.lang),
        ),
    )


def list_title(view: View, name: str) -> str:
    """Give the heading of a list: that of the card it stands behind."""
    key = f"figure.title.{name}"
    return t(key if has(key) else f"indicator.{name}.title", view.lang)


@cached_view
def _ranked_spec(view: View, name: str, target: float | None) -> dict[str, Any]:
    frame = page_queries.areas(view, name)
    return bars.ranked(
        # What is hidden has no length: its areas are counted in words and stand in the table.
        frame[frame["status"] != "hidden"],
        indicator=registry.get(name),
        lang=view.lang,
        theme=view.theme,
        target=target,
        limit=BARS,
    )


@cached_view
def _monthly_spec(view: View, shown: Series) -> dict[str, Any]:
    return trend.line(
        _monthly(view, shown.names),
        indicator=registry.get(shown.names[0]),
        lang=view.lang,
        theme=view.theme,
        target=shown.target,
        names={name: _short(name, view) for name in shown.names},
        height=shown.height,
    )


def _short(name: str, view: View) -> str:
    """A line's name fits beside its end: a few words where the indicator has them."""
    key = f"series.{name}"
    return t(key if has(key) else f"indicator.{name}.title", view.lang)


def _monthly(view: View, names: tuple[str, ...]) -> pd.DataFrame:
    span = view.filters.months_up_to(MONTHS)
    frames = [page_queries.series(view, name, "month", span) for name in names]
    if len(names) == 1:
        return frames[0]
    named = zip(names, frames, strict=True)
    return pd.concat([frame.assign(group=name) for name, frame in named], ignore_index=True)
