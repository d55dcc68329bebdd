"""Areas to act on first: those that do not reach what is wanted, by value or by how many lack.

An indicator without a target has no failing areas; its areas stand in the order of their values.
Nothing is ranked that is hidden, empty or on a small base, and how many could be is said.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, cast

import pandas as pd

from config import numbers
from config.i18n import t
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Direction, Indicator, Unit
from data_access.small_base import large_enough
from data_access.targets import FirstToLook, Target, first_to_look
from ui.blocks import Block, Chart, Choice, Column, Group, Text
from ui.charts import bars, base_spec
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import area_table, company, silence
from ui.sections.shared.company import Mark
from ui.state.page_context import View
from ui.text import provenance

By = Literal["value", "missing"]
AS_GIVEN = bars.Ranking(as_given=True)


@dataclass(frozen=True)
class Missing:
    """How many an area lacks, drawn with the largest on top."""

    name: str
    unit: str
    direction: str = "lower_is_better"


def areas(view: View, name: str, *, key: str, line: float | None = None, title: str = "") -> Block:
    """Give the failing areas as bars with a switch between value and number; words where there
    are none, where all are hidden, or where the indicator is not divided by a chosen filter."""
    indicator, wanted = registry.get(name), page_queries.target(view, name)
    if why := refusal(view, name):
        return _instead(view, key, title, indicator, why)
    frame = page_queries.areas(view, name)
    if wanted is None or indicator.direction is Direction.NEUTRAL:
        return _in_order(view, indicator, frame, key=key, title=title)
    by = _by(view, key, indicator)
    failing = first_to_look(frame, indicator, wanted, by=by)
    if failing.rows.empty:
        return _instead(view, key, title, indicator, _nobody(view, frame, failing))
    against = company.comparison(view, name, key) if by == "value" else None
    spec = partial(_spec, view, name, by, line, against.mark if against else company.OWN)
    chart = _chart(view, indicator, failing, frame, key=key, spec=spec)
    if title:
        chart = replace(chart, title=f"{title} · {chart.title}")
    switches = (_switch(view, key, indicator, by), *((against.choice,) if against else ()))
    chart = against.beside(chart) if against else chart
    return Group((*switches, chart), f"{key}_first")


def refusal(view: View, name: str) -> str:
    """Give why an indicator has no number for the filters chosen; empty where it has."""
    if not page_queries.refused_filters(view, name):
        return ""
    row = page_queries.areas(view, name).iloc[0]
    return area_table.state(row["status"], row["reason"], view.lang)


def _by(view: View, key: str, indicator: Indicator) -> By:
    return cast(By, view.option(f"{key}_by", ("value", "missing"), _usual(indicator)))


def _usual(indicator: Indicator) -> By:
    """Where the count is what a card shows first, areas are in the order of their counts."""
    return "missing" if indicator.count_unit else "value"


def _switch(view: View, key: str, indicator: Indicator, by: By) -> Choice:
    kind = "ratio" if indicator.unit is Unit.RATIO else "share"
    counted = "short" if indicator.direction is Direction.HIGHER_IS_BETTER else "count"
    lacking = "people" if kind == "ratio" else counted
    return Choice(
        param=f"{key}_by",
        label=t("page.parts.order", view.lang),
        options={
            "value": t(f"page.parts.by_{kind}", view.lang),
            "missing": t(f"page.parts.by_{lacking}", view.lang),
        },
        now=by,
        usual=_usual(indicator),
        label_hidden=True,
    )


def _chart(
    view: View,
    indicator: Indicator,
    failing: FirstToLook,
    frame: pd.DataFrame,
    *,
    key: str,
    spec: Callable[[], dict[str, Any]],
) -> Chart:
    name, rows = indicator.name, failing.rows
    words = t(
        f"page.parts.priority_{view.filters.below}",
        view.lang,
        n=numbers.count(min(view.bars, len(rows)), view.lang),
        of=numbers.count(len(rows), view.lang),
    )
    listed = pd.concat([rows, frame[~frame["area_code"].isin(rows["area_code"])]])
    lacking = Column("missing", t("page.parts.missing", view.lang), "count")
    columns = area_table.columns(name, view.lang)
    return Chart(
        key=key,
        title=words,
        spec=spec,
        frame=lambda: area_table.rows(listed, view.lang, name, silence.marks(view, name)).assign(
            missing=listed["missing"].astype("Int64").to_numpy()
        ),
        size=len(listed),
        columns=[*columns[:-1], lacking, columns[-1]],
        provenance=provenance.lines(view, name),
        caveat=t(f"indicator.{name}.caveat", view.lang),
        note=_coverage_note(view, frame, failing),
        not_followed=page_queries.not_followed_text(view, name),
    )


def _nobody(view: View, frame: pd.DataFrame, first: FirstToLook) -> str:
    """What is said where no area fails: that none does, or that nothing may be shown."""
    below, lang = view.filters.below, view.lang
    hidden = int((frame["status"] == "hidden").sum())
    if not first.could_be_judged:
        if hidden and hidden == len(frame):
            return t(f"page.parts.all_hidden_{below}", lang, n=numbers.count(hidden, lang))
        return t(f"page.parts.none_judged_{below}", lang)
    known = numbers.count(first.could_be_judged, lang)
    return t(f"page.parts.none_failing_{below}", lang, known=known)


def _coverage_note(view: View, frame: pd.DataFrame, first: FirstToLook) -> str:
    """Out of how many areas those shown come, and how many of the others are hidden."""
    hidden = int((frame["status"] == "hidden").sum())
    words = {
        "known": numbers.count(first.could_be_judged, view.lang),
        "areas": numbers.count(first.areas, view.lang),
        "hidden": numbers.count(hidden, view.lang),
    }
    return t(
        f"page.parts.known_{view.filters.below}{'_hidden' if hidden else ''}", view.lang, **words
    )


def _instead(view: View, key: str, title: str, indicator: Indicator, sentence: str) -> Group:
    named = title or t(f"indicator.{indicator.name}.title", view.lang)
    words = t(f"page.parts.priority_of_{view.filters.below}", view.lang, title=named)
    not_followed = page_queries.not_followed_text(view, indicator.name)
    return words_instead(f"{key}_first", words, sentence, not_followed)


def words_instead(key: str, heading: str, sentence: str, not_followed: str) -> Group:
    """Give a sentence that stands in the place of a chart, and the filters it does not follow."""
    lines = [Text(line) for line in (sentence, not_followed) if line]
    return Group((Text(heading, "heading"), *lines), key)


def _in_order(
    view: View, indicator: Indicator, frame: pd.DataFrame, *, key: str, title: str
) -> Block:
    """The areas by value, largest first where neither side is better; where a count is what a card
    shows, by that count unless the share is asked for."""
    by = _by(view, key, indicator)
    rows = _rankable(frame, indicator, by)
    found = FirstToLook(rows, _could_be_ranked(frame, indicator, by), len(frame))
    if rows.empty:
        return _instead(view, key, title, indicator, _nobody(view, frame, found))
    against = company.comparison(view, indicator.name, key) if by == "value" else None
    mark = against.mark if against else company.OWN
    lowest = by == "value" and indicator.direction is Direction.HIGHER_IS_BETTER
    order = "unranked" if _no_order(view, indicator.name, by) else "low" if lowest else "high"
    words = t(
        f"page.parts.{order}_{view.filters.below}",
        view.lang,
        n=numbers.count(min(view.bars, len(rows)), view.lang),
    )
    listed = pd.concat([rows, frame[~frame["area_code"].isin(rows["area_code"])]])
    chart = Chart(
        key=key,
        title=f"{title} · {words}" if title else words,
        spec=lambda: _order_spec(view, indicator.name, by, mark),
        frame=lambda: area_table.rows(
            listed, view.lang, indicator.name, silence.marks(view, indicator.name)
        ),
        size=len(frame),
        columns=area_table.columns(indicator.name, view.lang),
        provenance=provenance.lines(view, indicator.name),
        caveat=t(f"indicator.{indicator.name}.caveat", view.lang),
        note=_coverage_note(view, frame, found),
        not_followed=page_queries.not_followed_text(view, indicator.name),
    )
    switches = (_switch(view, key, indicator, by),) if indicator.count_unit else ()
    if against:
        return Group((*switches, against.choice, against.beside(chart)), f"{key}_first")
    return Group((*switches, chart), f"{key}_first")


def _rankable(frame: pd.DataFrame, indicator: Indicator, by: By) -> pd.DataFrame:
    """The areas that may be ranked, in order: a count stands on any base, a share does not."""
    shown = frame[frame["status"] == "shown"]
    if by == "missing":
        some = shown[shown["numerator"] > 0]
        return some.sort_values(["numerator", "area_code"], ascending=[False, True])
    rows = shown[large_enough(shown, indicator)]
    upward = indicator.direction is Direction.HIGHER_IS_BETTER
    return rows.sort_values(["value", "area_code"], ascending=[upward, True])


def _could_be_ranked(frame: pd.DataFrame, indicator: Indicator, by: By) -> int:
    shown = frame[frame["status"] == "shown"]
    return len(shown) if by == "missing" else int(large_enough(shown, indicator).sum())


@cached_view
def _no_order(view: View, name: str, by: By) -> str:
    """Why the areas that may be ranked cannot be put in order, in words; a count always can be."""
    if by == "missing":
        return ""
    indicator = registry.get(name)
    rows = _rankable(page_queries.areas(view, name), indicator, by)
    return bars.no_order(rows, indicator, view.lang)


@cached_view
def _order_spec(view: View, name: str, by: By, mark: Mark) -> dict[str, Any]:
    indicator = registry.get(name)
    frame = page_queries.areas(view, name)
    if words := _no_order(view, name, by):
        return base_spec.nothing(lang=view.lang, theme=view.theme, words=words)
    rows = _rankable(frame, indicator, by).head(view.bars)
    if by == "missing":
        return _counted_spec(view, indicator, rows, rows["numerator"])
    return bars.bar_ranking(
        company.rows_with_marks(view, name, rows, mark),
        indicator=indicator,
        look=view.look,
        labels=company.labels(view, mark),
        ranking=AS_GIVEN,
    )


@cached_view
def _spec(view: View, name: str, by: By, line: float | None, mark: Mark) -> dict[str, Any]:
    indicator, wanted = registry.get(name), cast(Target, page_queries.target(view, name))
    frame = page_queries.areas(view, name)
    rows = first_to_look(frame, indicator, wanted, by=by, limit=view.bars).rows
    if by == "value":
        return bars.bar_ranking(
            company.rows_with_marks(view, name, rows, mark),
            indicator=indicator,
            look=view.look,
            target=None if line is None else bars.TargetLine(line, wanted.proposed),
            labels=company.labels(view, mark),
            ranking=AS_GIVEN,
        )
    return _counted_spec(view, indicator, rows, rows["missing"])


def _counted_spec(
    view: View, indicator: Indicator, rows: pd.DataFrame, counts: pd.Series
) -> dict[str, Any]:
    unit = "people" if indicator.unit is Unit.RATIO else indicator.count_unit or "count"
    return bars.bar_ranking(
        rows.assign(value=counts.astype("Float64"), status="shown"),
        indicator=Missing(indicator.name, unit),
        look=view.look,
        ranking=AS_GIVEN,
    )
