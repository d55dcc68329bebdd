"""One area on two pages of paper: sentence, what to look at first, figures; then its indicators.

The numbers are those of the area's page. A page of paper has no room for all indicators: those that
the pages open with stand here, all of them in the file of the page itself.
"""

from dataclasses import replace

from config.i18n import t
from config.thai_calendar import format_date
from ui.blocks import Blocks, Cell, Figures, GroupedTable, Page, Text
from ui.queries import area_profile, page_queries
from ui.queries.area_profile import Profile
from ui.sections.area import (
    beside_alike,
    cells,
    first_to_look,
    notes,
    parts_of_work,
    profile,
    section,
)
from ui.sections.shared import parts
from ui.state.page_context import View
from ui.text import area_names

CARDS = (
    "families_per_case_manager",
    "staffing_gap",
    "unassigned_families",
    "follow_up_overdue",
    "follow_up_completion",
    "training_coverage",
)
# What is drawn month by month: the first of these that has a month which may be shown.
MONTHLY = (
    ("follow_up_completion", "follow_up_on_time"),
    ("training_coverage",),
    ("active_volunteers",),
)
COLUMNS = ("title", "target", "result", "value", "year_before", "rank")
MOST_NOTES = 4
INDICATORS = frozenset({
    *CARDS, "case_managers_over_norm", "families_in_care", "urgent_cases", "follow_up_on_time",
    "cases_without_next_follow_up", "no_contact_90_days",
    "home_visit_share", "plan_coverage", "no_improvement_no_revision", "goals_achieved",
    "days_to_assessment", "assessed_within_30_days", "planned_within_30_days",
    "dimension_improved", "dimension_worse", "closed_self_reliant", "team_participation",
    "case_conferences_held", "screening_decided", "volunteers_per_1000_households",
    "active_volunteers", "training_attendances", "untrained_without_degree",
    "record_completeness",
})  # fmt: skip


def page(view: View) -> Page:
    """Give the paper of the view's area."""
    profiles = {
        name: area_profile.with_series(view, name)
        for names in parts_of_work.names().values()
        for name in names
    }
    return Page(
        key="area",
        title=area_names.full_name(view.filters.narrowest, view.lang),
        lead=section.sentence(view),
        blocks=(
            *first_to_look.findings_list(view, profiles),
            _cards(view),
            *_months(view),
            *newest_notes(view),
            _table(view, profiles),
        ),
        layout="two_pages",
    )


def _cards(view: View) -> Figures:
    figures = page_queries.figures(view, *CARDS)
    said = {name: page_queries.not_followed_text(view, name) for name in CARDS}
    return Figures(figures=list(figures.values()), not_followed=said)


def _months(view: View) -> Blocks:
    span = view.filters.months_up_to(parts.MONTHS)
    for names in MONTHLY:
        rows = page_queries.series(view, names[0], "month", span)
        if (rows["status"] == "shown").sum() > 1:
            title = parts.list_title(view, names[0])
            wanted = parts.Series(names, height=220)
            return (parts.over_time(view, wanted, key="profile_months", title=title),)
    return ()


def _table(view: View, profiles: dict[str, Profile]) -> GroupedTable:
    listed = {
        part: [name for name in names if name in INDICATORS]
        for part, names in parts_of_work.names().items()
    }
    rows: dict[str, list[cells.Row]] = {
        t(f"page.area.part.{part}", view.lang): [_row(view, name, profiles[name]) for name in names]
        for part, names in listed.items()
        if names
    }
    whole = profile.table(view, rows, "paper")
    wider = view.filters.path[:-1]
    kept = {*COLUMNS, *wider}
    columns = [one for one in profile.columns(view) if one.name in kept]
    if beside_alike.has_neighbours(view):
        columns.insert(-1, beside_alike.column(view))
    return replace(whole, columns=columns, merged_columns=frozenset())


def newest_notes(view: View) -> Blocks:
    """Give the newest notes of the area, for a reader who may read them on the page too."""
    lines = [
        t(
            "page.area.note_on_paper",
            view.lang,
            date=format_date(one.on_day, view.lang),
            figure=t(f"indicator.{one.indicator}.title", view.lang),
            what=one.text,
        )
        for one in notes.notes_of(view)[:MOST_NOTES]
    ]
    if not lines:
        return ()
    return (Text(t("page.area.notes", view.lang), "heading"), Text("\n".join(lines), "bullets"))


def _row(view: View, name: str, one: Profile) -> dict[str, Cell]:
    """The cells of the page; a line below a number is left out where the number says enough."""
    row = cells.row(view, name, one, series=True)
    row[beside_alike.COLUMN] = beside_alike.cell(view, name)
    short = ("rank", "target")
    return row | {column: replace(row[column], quiet="") for column in short if column in row}
