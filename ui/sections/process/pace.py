"""How fast cases are assessed and planned, and how far those of the period have come."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from data_access.lists_programmes import STAGES
from data_access.programmes import STILL_WATCHED
from ui.blocks import Chart, Column
from ui.charts import stacked_bars, survival
from ui.charts.stacked_bars import Bar, Part
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import programme_parts
from ui.state.page_context import View
from ui.text import provenance
from ui.text.figures import Figure

WITHIN = (
    "assessed_within_15_days",
    "assessed_within_30_days",
    "planned_within_15_days",
    "planned_within_30_days",
)


def stages(view: View) -> pd.DataFrame:
    """Give one row per stage for the cases opened in the period."""
    return page_queries.listing(view, "case_stages")


def within(view: View) -> Chart:
    """Give the shares of cases assessed and planned within 15 and 30 days of intake."""
    found = programme_parts.figures(view, *WITHIN)
    rows = pd.concat(
        [programme_parts.mine(view, name).assign(group=name) for name in WITHIN], ignore_index=True
    )
    names = {name: t(f"page.process.within.{name}", view.lang) for name in WITHIN}
    shown = programme_parts.twin_rows(rows, names, view)
    small = [found[name].is_small for name in WITHIN]
    shown.loc[small, "value"] = pd.NA
    shown.loc[small, "state"] = t("mark.why.small_base", view.lang)
    return Chart(
        key="process_within",
        title=t("page.process.within_title", view.lang),
        spec=lambda: _within_spec(view),
        frame=shown,
        columns=programme_parts.twin_columns(
            view, t("page.process.step", view.lang), t("page.process.in_time", view.lang)
        ),
        provenance=provenance.lines(view, near=WITHIN[0]),
        caveat=t("page.process.within_caveat", view.lang),
        not_followed=page_queries.not_followed_text(view, *WITHIN),
    )


@cached_view
def _within_spec(view: View) -> dict[str, Any]:
    drawn = [
        Part("reached", t("page.process.in_time", view.lang), "main"),
        Part("rest", t("page.process.later", view.lang), "rest"),
    ]
    held = [_within_bar(figure, view) for figure in programme_parts.figures(view, *WITHIN).values()]
    return stacked_bars.shares(held, drawn, lang=view.lang, theme=view.theme, unit="cases")


def _within_bar(figure: Figure, view: View) -> Bar:
    label = t(f"page.process.within.{figure.name}", view.lang)
    if figure.status != "shown":
        return Bar(label, "", None, {}, figure.made_of(view.lang))
    counts = t(
        "figure.counts_any",
        view.lang,
        numerator=numbers.count(figure.numerator, view.lang),
        denominator=numbers.value(figure.denominator, "cases", view.lang, form="words"),
    )
    if figure.is_small:
        return Bar(label, counts, None, {}, figure.made_of(view.lang))
    hit, whole = figure.numerator or 0, figure.denominator or 0
    return Bar(label, counts, whole, {"reached": hit, "rest": whole - hit})


def _stage_names(view: View) -> dict[str, str]:
    return {stage: t(f"page.process.stage.{stage}", view.lang) for stage in STAGES}


def _pace(days: Any, cases: str, view: View) -> str:
    """Within how many days half of the cases got there, or that they have not yet."""
    if numbers.is_missing(days):
        return t("page.process.note_not_half", view.lang, cases=cases)
    middle = numbers.value(int(days), "days", view.lang, form="words")
    return t("page.process.note", view.lang, cases=cases, median=middle)


def stage_chart(view: View) -> Chart:
    """Give how many of the cases opened in the period have reached each stage."""
    frame = stages(view)
    words = {"hidden": t("status.hidden", view.lang), "no_data": t("status.no_data", view.lang)}
    names = _stage_names(view)
    return Chart(
        key="process_stages",
        title=t("page.process.funnel", view.lang),
        spec=lambda: _funnel_spec(view),
        frame=frame.assign(
            name=[names[stage] for stage in frame["stage"]],
            state=[words.get(str(status), "") for status in frame["status"]],
        ),
        columns=[
            Column("name", t("page.process.stage_name", view.lang)),
            Column("cases", t("page.process.got_there", view.lang), "count"),
            Column("opened", t("page.process.opened", view.lang), "count"),
            Column("share", t("unit.percent", view.lang), "percent"),
            Column("median_days", t("page.process.median", view.lang), "count"),
            Column("state", t("column.status", view.lang)),
        ],
        provenance=provenance.lines(view, near="days_to_assessment"),
        not_followed=page_queries.not_followed_text(view, "case_stages"),
        caveat=t("page.process.funnel_caveat", view.lang),
    )


@cached_view
def _funnel_spec(view: View) -> dict[str, Any]:
    drawn = [
        Part("reached", t("page.process.got_there", view.lang), "main"),
        Part("rest", t("page.process.not_there", view.lang), "rest"),
    ]
    held = [_stage_bar(row, view) for row in stages(view).itertuples()]
    return stacked_bars.shares(held, drawn, lang=view.lang, theme=view.theme, unit="cases")


def _stage_bar(row: Any, view: View) -> Bar:
    label = t(f"page.process.stage.{row.stage}", view.lang)
    if row.status != "shown":
        known = {"hidden": "status.hidden", "no_data": f"reason.{row.reason}"}
        return Bar(label, "", None, {}, t(known[row.status], view.lang))
    count, opened = int(row.cases), int(row.opened)
    cases = numbers.value(count, "cases", view.lang, form="words")
    note = _pace(row.median_days, cases, view)
    parts_of = {"reached": count, "rest": opened - count}
    return Bar(label, cases if row.stage == "intake" else note, opened, parts_of)


def curves(view: View) -> Chart:
    """Give the share of cases at each stage by days since opening."""
    frame = page_queries.listing(view, "case_stage_curves")
    names = _stage_names(view)
    return Chart(
        key="process_curves",
        title=t("page.process.curves", view.lang),
        spec=lambda: _curve_spec(view),
        frame=frame.assign(name=[names[stage] for stage in frame["stage"]]),
        columns=[
            Column("name", t("page.process.stage_name", view.lang)),
            Column("day", t("page.process.day", view.lang), "count"),
            Column("share", t("unit.percent", view.lang), "percent"),
            Column("low", t("page.process.low", view.lang), "percent"),
            Column("high", t("page.process.high", view.lang), "percent"),
        ],
        provenance=provenance.lines(view, near="days_to_plan"),
        not_followed=page_queries.not_followed_text(view, "case_stage_curves"),
        caveat=t(
            "page.process.curves_caveat",
            view.lang,
            least=view.scope.hide_below,
            watched=STILL_WATCHED,
        ),
    )


@cached_view
def _curve_spec(view: View) -> dict[str, Any]:
    names = _stage_names(view)
    names.pop("intake")
    frame = page_queries.listing(view, "case_stage_curves")
    return survival.curves(frame, names=names, lang=view.lang, theme=view.theme, height=366)
