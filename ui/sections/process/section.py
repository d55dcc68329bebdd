"""The page of the case-management process: stages, how fast, plans, goals, and who is stuck."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from data_access.indicators import registry
from data_access.lists_programmes import STAGES
from data_access.programmes import STILL_WATCHED
from data_access.schema.codes import CODES
from ui.blocks import Blocks, Chart, Column, Columns, Figures, Lazy, Page, Text
from ui.charts import bars, stacked, survival
from ui.charts.stacked import Bar, Part
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import beside, cards, parts, programme_parts
from ui.state.page_context import View
from ui.text import narrative_programmes, provenance
from ui.text.figures import Figure

TO_ASSESSMENT, TO_PLAN = "days_to_assessment", "days_to_plan"
PLANNED, REVISED = "plan_coverage", "plan_revision"
STUCK, GOALS = "no_improvement_no_revision", "goals_achieved"
FIGURES = (TO_ASSESSMENT, TO_PLAN, PLANNED, STUCK, GOALS)


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name."""
    return programme_parts.figures(view, *FIGURES)


def stages(view: View) -> pd.DataFrame:
    """Give one row per stage for the cases opened in the period."""
    return page_queries.listing(view, "case_stages")


def is_empty(view: View, found: dict[str, Figure]) -> bool:
    """Tell whether no case was opened in the period and none has a plan to speak of."""
    opened = stages(view)["reason"].iloc[0] == "no_cases_opened"
    return bool(opened) and all(figure.status == "no_data" for figure in found.values())


def page(view: View) -> Page:
    """Give the page: figures with their lists, stages, pace, areas, goals and revisions."""
    found = figures(view)
    return Page(
        key="process",
        title=t("page.process.title", view.lang),
        lead=narrative_programmes.process(found, stages(view), view.filters, view.lang),
        blocks=parts.nothing_here(view)
        if is_empty(view, found)
        else (
            row(view, found),
            *_slowest(view),
            Lazy(lambda: charts(view)),
            *beside.below(view, "process"),
        ),
    )


def row(view: View, found: dict[str, Figure]) -> Figures:
    """Give the cards, and what stands behind each."""
    lists = {
        TO_ASSESSMENT: assessment_list,
        TO_PLAN: plan_days_list,
        PLANNED: unplanned_list,
        STUCK: stuck_list,
        GOALS: goal_list,
    }
    return cards.row(view, [found[name] for name in FIGURES], lists)


def _slowest(view: View) -> Blocks:
    """Within how many days nine of ten cases got there: a middle hides those who wait long."""
    said = []
    for name in (TO_ASSESSMENT, TO_PLAN):
        cell = programme_parts.mine(view, f"{name}_p90").iloc[0]
        if cell["status"] == "shown":
            words = {
                "days": numbers.value(cell["value"], "days", view.lang),
                "reached": numbers.count(cell["numerator"], view.lang),
            }
            said.append(Text(t(f"page.process.p90_{name}", view.lang, **words)))
    return tuple(said)


def charts(view: View) -> Blocks:
    """Give the stages, how fast they are reached, plans and goals, and the areas in order."""
    by_area: Blocks = ()
    revisions: Blocks = ()
    if not programme_parts.missing(view, "plans"):
        title = t("page.process.stuck", view.lang)
        by_area = (parts.ranked(view, STUCK, key="process_by_area", title=title),)
        revisions = (_revisions(view),)
    return (
        *programme_parts.say_missing(view, "assessments", "plans", "plan_goals", "services"),
        Columns(((_funnel(view),), (_curves(view),))),
        Columns((by_area, (*_goals(view), *revisions))),
    )


def _stage_names(view: View) -> dict[str, str]:
    return {stage: t(f"page.process.stage.{stage}", view.lang) for stage in STAGES}


def _median(days: Any, view: View) -> str:
    if numbers.is_missing(days):
        return t("page.process.not_half", view.lang)
    return numbers.value(int(days), "days", view.lang, form="words")


def _funnel(view: View) -> Chart:
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
        caveat=t("page.process.funnel_caveat", view.lang),
    )


@cached_view
def _funnel_spec(view: View) -> dict[str, Any]:
    drawn = [
        Part("reached", t("page.process.got_there", view.lang), "good"),
        Part("rest", t("page.process.not_there", view.lang), "rest"),
    ]
    held = [_stage_bar(row, view) for row in stages(view).itertuples()]
    return stacked.shares(held, drawn, lang=view.lang, theme=view.theme)


def _stage_bar(row: Any, view: View) -> Bar:
    label = t(f"page.process.stage.{row.stage}", view.lang)
    if row.status != "shown":
        known = {"hidden": "status.hidden", "no_data": f"reason.{row.reason}"}
        return Bar(label, "", None, {}, t(known[row.status], view.lang))
    count, opened = int(row.cases), int(row.opened)
    cases = numbers.value(count, "cases", view.lang, form="words")
    middle = _median(row.median_days, view)
    note = t("page.process.note", view.lang, cases=cases, median=middle)
    parts_of = {"reached": count, "rest": opened - count}
    return Bar(label, cases if row.stage == "intake" else note, opened, parts_of)


def _curves(view: View) -> Chart:
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


def _goals(view: View) -> Blocks:
    if programme_parts.missing(view, "plan_goals"):
        return ()
    frame = programme_parts.mine(view, GOALS, "dimension")
    return (
        Chart(
            key="process_goals",
            title=t("page.process.goals", view.lang),
            spec=lambda: _goal_spec(view),
            frame=programme_parts.twin_rows(frame, _dimension_names(view), view),
            columns=programme_parts.twin_columns(
                view, t("page.outcomes.dimension", view.lang), t("page.process.achieved", view.lang)
            ),
            provenance=provenance.lines(view, GOALS),
            caveat=t(f"indicator.{GOALS}.caveat", view.lang),
        ),
    )


def _dimension_names(view: View) -> dict[str, str]:
    return programme_parts.named(view, "code.dimension", CODES["dimension"])


@cached_view
def _goal_spec(view: View) -> dict[str, Any]:
    return bars.ranked(
        programme_parts.mine(view, GOALS, "dimension"),
        indicator=registry.get(GOALS),
        lang=view.lang,
        theme=view.theme,
        names=_dimension_names(view),
    )


def _revisions(view: View) -> Chart:
    title = t("page.process.revisions", view.lang)
    months = parts.Series((REVISED,), None, 250)
    return parts.over_time(view, months, key="process_revisions", title=title)


def assessment_list(view: View) -> Blocks:
    """Give the areas by days to the first assessment, slowest first."""
    frame = page_queries.areas(view, TO_ASSESSMENT)
    return parts.area_list(view, TO_ASSESSMENT, frame, key="process_assessment")


def plan_days_list(view: View) -> Blocks:
    """Give the areas by days to the first plan, slowest first."""
    return parts.area_list(
        view, TO_PLAN, page_queries.areas(view, TO_PLAN), key="process_plan_days"
    )


def unplanned_list(view: View) -> Blocks:
    """Give the cases past assessment that have no plan, by pseudonym."""
    unit = t("page.programmes.case", view.lang)
    return programme_parts.cases(
        view, "cases_without_plan", PLANNED, key="process_unplanned", unit=unit
    )


def stuck_list(view: View) -> Blocks:
    """Give the cases without improvement whose plan was not changed, by pseudonym."""
    unit = t("page.programmes.case", view.lang)
    return programme_parts.cases(view, "stuck_cases", STUCK, key="process_stuck", unit=unit)


def goal_list(view: View) -> Blocks:
    """Give the areas by goals achieved, lowest first."""
    return parts.area_list(
        view, GOALS, page_queries.areas(view, GOALS), key="process_goal_areas", worst="low"
    )
