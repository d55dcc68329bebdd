"""Parts that several pages share: a series over time, the list behind a figure, what is said in
the place of either."""

from typing import Any, NamedTuple

import pandas as pd

from config import numbers
from config.i18n import has, t
from data_access.indicators import registry
from ui.blocks import Block, Blocks, Chart, List, Text
from ui.charts import event_marks, trend
from ui.charts.indicator_frame import day
from ui.queries import changes, page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import area_table, priority, silence, trend_events
from ui.state.page_context import View
from ui.text import changes as words_of_change
from ui.text import messages, provenance

MONTHS = trend_events.MONTHS


class Series(NamedTuple):
    """What a chart over months shows: indicators in one unit, their target, and its height."""

    names: tuple[str, ...]
    target: float | None = None
    height: int = 260


def nothing_here(view: View) -> Blocks:
    """Give the sentence that stands in the place of a page without anything to show."""
    return (Text(messages.nothing_here(view.filters, view.lang), "notice"),)


def area_ranking(
    view: View, name: str, *, key: str, target: float | None = None, title: str = ""
) -> Block:
    """Give the areas of one indicator that need attention first, as `priority.areas` has them.

    `title` names what is ranked, on pages that rank more than their own subject; `target` is where
    the line is drawn.
    """
    return priority.areas(view, name, key=key, line=target, title=title)


def over_time(view: View, series: Series, *, key: str, title: str = "") -> Block:
    """Give one indicator, or several in the same unit, month by month; `title` as in `ranked`.

    With a filter that the indicator is not divided by, that is said instead.
    """
    words = t("page.parts.over_time", view.lang, months=MONTHS)
    heading = f"{title} · {words}" if title else words
    if why := refusal(view, series.names[0]):
        not_followed = page_queries.not_followed_text(view, *series.names)
        return priority.words_instead(key, heading, why, not_followed)
    return Chart(
        key=key,
        title=heading,
        spec=lambda: _monthly_spec(view, series),
        frame=lambda: area_table.by_period(_monthly(view, series.names), view.lang),
        size=MONTHS * len(series.names),
        columns=area_table.period_columns(series.names, view.lang),
        provenance=provenance.lines(view, series.names[0]),
        caveat=trend_events.with_key(view, series.names, _provisional_caveat(view, series.names)),
        not_followed=page_queries.not_followed_text(view, *series.names),
    )


def _provisional_caveat(view: View, names: tuple[str, ...]) -> str:
    """What hollow points are, and how much the latest month usually moves; empty without one."""
    newest = {
        name: changes.provisional_on(view, registry.get(name), day(rows["period_end"].iloc[-1]))
        for name, rows in ((name, _months(view, name)) for name in names)
        if len(rows)
    }
    late = {name: one for name, one in newest.items() if one is not None}
    if not late:
        return ""
    moved = {
        name: words_of_change.movement_text(one, registry.get(name), view.lang)
        for name, one in late.items()
    }
    said = [
        f"{_short(name, view)} {size}" if len(names) > 1 else size for name, size in moved.items()
    ]
    months = min(one.months for one in late.values())
    movements = t("tables.joint", view.lang).join(said)
    return t("provisional.chart", view.lang, movements=movements, months=months)


def refusal(view: View, name: str) -> str:
    """Give why an indicator has no number for the filters chosen; empty where it has."""
    return priority.refusal(view, name)


def area_list(
    view: View, name: str, frame: pd.DataFrame, *, key: str, worst: str = "high"
) -> Blocks:
    """Give the areas behind a figure: families without a case manager first, then the worst, then
    those without a number. Where every area is hidden one line says so."""
    order = _in_order(frame, worst)
    hidden = int((order["status"] == "hidden").sum())
    around = "merged_area" in order and bool((order["merged_area"] != "").any())
    all_hidden = bool(hidden) and hidden == len(order) and not around
    why = refusal(view, name)
    empty = why or (
        _all_hidden(view, hidden) if all_hidden else messages.nothing_to_list(view.lang)
    )
    listed = order.head(0) if all_hidden or why else order
    return (
        List(
            key=key,
            title=list_title(view, name),
            frame=lambda: area_table.rows(listed, view.lang, name, silence.marks(view, name)),
            size=len(listed),
            columns=area_table.columns(name, view.lang),
            provenance=provenance.lines(view, name),
            not_followed=page_queries.not_followed_text(view, name),
            empty=empty,
        ),
    )


def _in_order(frame: pd.DataFrame, worst: str) -> pd.DataFrame:
    nobody = (frame["reason"] == "no_case_manager") & (frame["numerator"].fillna(0) > 0)
    state = frame["status"].map({"shown": 1, "no_data": 2, "hidden": 3}).where(~nobody, 0)
    keyed = frame.assign(state_order=state, by=frame["value"].astype("Float64"))
    order = keyed.sort_values(
        ["state_order", "by", "area_code"], ascending=[True, worst == "low", True]
    )
    return order.drop(columns=["state_order", "by"])


def _all_hidden(view: View, hidden: int) -> str:
    count = numbers.count(hidden, view.lang)
    return t(f"page.parts.all_hidden_{view.filters.below}", view.lang, n=count)


def list_title(view: View, name: str) -> str:
    """Give the heading of a list: that of the card it stands behind."""
    key = f"figure.title.{name}"
    return t(key if has(key) else f"indicator.{name}.title", view.lang)


@cached_view
def _monthly_spec(view: View, series: Series) -> dict[str, Any]:
    drawn = trend.line(
        _monthly(view, series.names),
        indicator=registry.get(series.names[0]),
        look=view.look,
        target=series.target,
        names={name: _short(name, view) for name in series.names},
        height=series.height,
    )
    return event_marks.with_marks(drawn, trend_events.marks_of(view, series.names), view.look)


def _short(name: str, view: View) -> str:
    """A line's name fits beside its end: a few words where the indicator has them."""
    key = f"series.{name}"
    return t(key if has(key) else f"indicator.{name}.title", view.lang)


def _monthly(view: View, names: tuple[str, ...]) -> pd.DataFrame:
    frames = [_months(view, name) for name in names]
    if len(names) == 1:
        return frames[0]
    named = zip(names, frames, strict=True)
    return pd.concat([frame.assign(group=name) for name, frame in named], ignore_index=True)


def _months(view: View, name: str) -> pd.DataFrame:
    """The months of one indicator; `provisional` says how much late entry still changes each."""
    rows = page_queries.series(view, name, "month", view.filters.months_up_to(MONTHS))
    item = registry.get(name)
    if not item.late_entry:
        return rows
    late = [changes.provisional_on(view, item, day(end)) for end in rows["period_end"]]
    said = [words_of_change.provisional_words(one, item, view.lang) if one else "" for one in late]
    return rows.assign(
        provisional=pd.Series(said, index=rows.index).where(rows["status"] == "shown", "")
    )
