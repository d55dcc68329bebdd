"""The page of the case-management process: stages, how fast, plans, goals, and who is stuck."""

from typing import Any

from config import numbers
from config.i18n import t
from data_access.indicators import registry
from data_access.schema.codes import CODES
from ui.blocks import Block, Blocks, Chart, Columns, Details, Figures, Lazy, Page, Text
from ui.charts import bars
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.process import pace
from ui.sections.shared import beside, cards, parts, programme_parts
from ui.state.page_context import View
from ui.text import narrative_programmes, provenance
from ui.text.figures import Figure

TO_ASSESSMENT, TO_PLAN = "days_to_assessment", "days_to_plan"
PLAN_COVERAGE, PLAN_REVISION = "plan_coverage", "plan_revision"
NO_IMPROVEMENT, GOALS = "no_improvement_no_revision", "goals_achieved"
FIGURES = (TO_ASSESSMENT, TO_PLAN, PLAN_COVERAGE, NO_IMPROVEMENT, GOALS)


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name."""
    return programme_parts.figures(view, *FIGURES)


def is_empty(view: View, figures: dict[str, Figure]) -> bool:
    """Tell whether no case was opened in the period and none has a plan to speak of."""
    opened = pace.stages(view)["reason"].iloc[0] == "no_cases_opened"
    return bool(opened) and all(figure.status == "no_data" for figure in figures.values())


def page(view: View) -> Page:
    """Give the page: figures with their lists, stages, pace, areas, goals and revisions."""
    found = figures(view)
    return Page(
        key="process",
        title=t("page.process.title", view.lang),
        lead=narrative_programmes.process(found, pace.stages(view), view.filters, view.lang),
        blocks=parts.nothing_here(view)
        if is_empty(view, found)
        else (
            row(view, found),
            *_slowest(view),
            Lazy(lambda: charts(view)),
            *beside.below(view, "process"),
        ),
    )


def row(view: View, figures: dict[str, Figure]) -> Figures:
    """Give the cards, and what stands behind each."""
    lists = {
        TO_ASSESSMENT: assessment_list,
        TO_PLAN: plan_days_list,
        PLAN_COVERAGE: unplanned_list,
        NO_IMPROVEMENT: stuck_list,
        GOALS: goal_list,
    }
    return cards.row(view, [figures[name] for name in FIGURES], lists)


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
        by_area = (parts.area_ranking(view, NO_IMPROVEMENT, key="process_by_area", title=title),)
        revisions = (_revisions(view),)
    return (
        *programme_parts.say_missing(view, "assessments", "plans", "plan_goals", "services"),
        Columns(((pace.within(view),), (pace.stage_chart(view),))),
        Columns((by_area, (*_goals(view), *revisions))),
        Details(t("page.process.curves", view.lang), "process_days", lambda: (pace.curves(view),)),
    )


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
            not_followed=page_queries.not_followed_text(view, GOALS),
            caveat=t(f"indicator.{GOALS}.caveat", view.lang),
        ),
    )


def _dimension_names(view: View) -> dict[str, str]:
    return programme_parts.code_names(view, "code.dimension", CODES["dimension"])


@cached_view
def _goal_spec(view: View) -> dict[str, Any]:
    return bars.bar_ranking(
        programme_parts.mine(view, GOALS, "dimension"),
        indicator=registry.get(GOALS),
        look=view.look,
        labels=bars.Labels(_dimension_names(view)),
    )


def _revisions(view: View) -> Block:
    title = t("page.process.revisions", view.lang)
    months = parts.Series((PLAN_REVISION,), None, 250)
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
        view, "cases_without_plan", PLAN_COVERAGE, key="process_unplanned", unit=unit
    )


def stuck_list(view: View) -> Blocks:
    """Give the cases without improvement whose plan was not changed, by pseudonym."""
    unit = t("page.programmes.case", view.lang)
    return programme_parts.cases(
        view, "stuck_cases", NO_IMPROVEMENT, key="process_stuck", unit=unit
    )


def goal_list(view: View) -> Blocks:
    """Give the areas by goals achieved, lowest first."""
    return parts.area_list(
        view, GOALS, page_queries.areas(view, GOALS), key="process_goal_areas", worst="low"
    )
