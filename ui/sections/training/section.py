"""The training page: who is trained by role, which cohorts were held, whom they reached."""

from typing import Any

import pandas as pd

from config.i18n import t
from config.thai_calendar import FiscalYear, Span
from data_access.indicators import registry
from data_access.schema.codes import CODES
from ui.blocks import Blocks, Chart, Column, Columns, Figures, Lazy, List, Page, Text
from ui.charts import bars, cohorts, split
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.queries.query_cache import fiscal_years
from ui.sections.shared import area_lists, area_table, beside, cards, cohort_table, parts
from ui.state.page_context import View
from ui.text import messages, narrative, provenance
from ui.text.figures import Figure

SHARE = "training_coverage"
SEATS = "training_attendances"
REACH = "cohort_province_coverage"
FIGURES = (SHARE, SEATS, REACH)
MOST_COHORTS = 14
MOST_SPLITS = 6


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name."""
    return page_queries.figures(view, *FIGURES)


def is_empty(view: View, figures: dict[str, Figure]) -> bool:
    """Tell whether there is nobody to train and no cohort on record."""
    return figures[SHARE].status == "no_data" and _cohorts_so_far(view).empty


def page(view: View) -> Page:
    """Give the page: figures with their lists, coverage by role and area, cohorts, sexes."""
    found = figures(view)
    return Page(
        key="training",
        title=t("page.training.title", view.lang),
        lead=narrative.training(
            found, view.filters, len(area_lists.untrained_areas(view)), view.lang
        ),
        blocks=parts.nothing_here(view)
        if is_empty(view, found)
        else (
            row(view, found),
            Lazy(lambda: charts(view, found)),
            *beside.below(view, "training"),
        ),
    )


def row(view: View, figures: dict[str, Figure]) -> Figures:
    """Give the cards; people and seats stay two different things."""
    lists = {SHARE: area_lists.untrained_list, SEATS: cohort_list, REACH: cohort_list}
    return cards.row(view, [figures[name] for name in FIGURES], lists)


def charts(view: View, figures: dict[str, Figure]) -> Blocks:
    """Give coverage by role and area, the cohorts in time, and women, men and unspecified."""
    target = figures[SHARE].target
    line = figures[SHARE].line
    proposed = target is not None and target.proposed
    by_area = parts.area_ranking(view, SHARE, key="training_by_area", target=line)
    sexes, timeline = _of_cohorts(view)
    return (Columns(((_by_role(view, line, proposed), *sexes), (by_area,))), *timeline)


def _of_cohorts(view: View) -> tuple[Blocks, Blocks]:
    """The sexes and the timeline, or in the place of both that there is no cohort on record."""
    if _cohorts_so_far(view).empty:
        return (), (Text(t("page.training.no_cohorts", view.lang), "notice"),)
    return (_sexes(view),), (_timeline(view),)


def _roles(view: View) -> pd.DataFrame:
    frame = page_queries.frame(view, SHARE, view.filters.query(breakdown="role"))
    return frame[frame["denominator"].fillna(0) > 0].reset_index(drop=True)


def _by_role(view: View, target: float | None, proposed: bool) -> Chart:
    frame = _roles(view)
    words = _role_names(view)
    return Chart(
        key="training_by_role",
        title=t("page.training.by_role", view.lang),
        spec=lambda: _role_spec(view, target, proposed),
        frame=lambda: area_table.rows(frame, view.lang).assign(role=frame["group"].map(words)),
        size=len(frame),
        columns=[
            Column("role", t("filter.role", view.lang)),
            *[c for c in area_table.columns(SHARE, view.lang, codes=False) if c.name != "area"],
        ],
        provenance=provenance.lines(view, SHARE),
        not_followed=page_queries.not_followed_text(view, SHARE),
    )


def _role_names(view: View) -> dict[str, str]:
    return {code: t(f"code.target_role.{code}", view.lang) for code in CODES["target_role"]}


@cached_view
def _role_spec(view: View, target: float | None, proposed: bool) -> dict[str, Any]:
    return bars.bar_ranking(
        _roles(view),
        indicator=registry.get(SHARE),
        look=view.look,
        target=None if target is None else bars.TargetLine(target, proposed),
        labels=bars.Labels(_role_names(view)),
    )


def _cohorts_so_far(view: View) -> pd.DataFrame:
    """Cohorts from the first year on record to the end of the period chosen."""
    years = fiscal_years(view.scope, view.snapshot)
    start = min(FiscalYear(years[-1]).start, view.filters.span.start)
    found = page_queries.listing(view, "cohorts", span=Span(start, view.filters.span.end))
    return cohort_table.told_apart(found, view.lang)


def _timeline(view: View) -> Chart:
    frame = _cohorts_so_far(view)
    return Chart(
        key="training_cohorts",
        title=t("page.training.timeline", view.lang),
        spec=lambda: _timeline_spec(view),
        frame=lambda: cohort_table.rows(frame, view),
        size=len(frame),
        columns=cohort_table.columns(view),
        provenance=provenance.lines(view, near="training_attendances"),
        note=cohort_table.origins(frame, view.lang),
        caveat=t("page.training.timeline_caveat", view.lang, n=MOST_COHORTS),
        not_followed=page_queries.not_followed_text(view, "cohorts"),
    )


@cached_view
def _timeline_spec(view: View) -> dict[str, Any]:
    return cohorts.timeline(
        _cohorts_so_far(view),
        lang=view.lang,
        theme=view.theme,
        as_of=view.filters.as_of,
        limit=MOST_COHORTS,
    )


def _sexes(view: View) -> Chart:
    frame = _cohorts_so_far(view)
    return Chart(
        key="training_sexes",
        title=t("page.training.sexes", view.lang),
        spec=lambda: _sex_spec(view),
        frame=lambda: cohort_table.rows(frame, view),
        size=len(frame),
        columns=cohort_table.sex_columns(view),
        provenance=provenance.lines(view, near="training_sex_split"),
        note=cohort_table.origins(frame.head(MOST_SPLITS), view.lang),
        not_followed=page_queries.not_followed_text(view, "cohorts"),
        caveat=t("page.training.sexes_caveat", view.lang),
    )


@cached_view
def _sex_spec(view: View) -> dict[str, Any]:
    newest = _cohorts_so_far(view).head(MOST_SPLITS)
    return split.sex(newest, lang=view.lang, theme=view.theme)


def cohort_list(view: View) -> Blocks:
    """Give the cohorts of the period chosen, newest first."""
    found = page_queries.listing(view, "cohorts", span=view.filters.span)
    frame = cohort_table.told_apart(found, view.lang)
    return (
        List(
            key="training_cohort_list",
            title=t("page.training.cohorts_held", view.lang),
            frame=lambda: cohort_table.rows(frame, view),
            size=len(frame),
            columns=cohort_table.columns(view),
            provenance=provenance.lines(view, SEATS),
            note=cohort_table.origins(frame, view.lang),
            not_followed=page_queries.not_followed_text(view, "cohorts"),
            empty=messages.nothing_to_list(view.lang),
        ),
    )
