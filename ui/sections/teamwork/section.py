"""The page of teams and referrals: professions, conferences, partners, referrals, channels."""

from typing import Any

import pandas as pd

from config.i18n import t
from data_access.indicators import registry
from data_access.schema.codes import CODES
from ui.blocks import Blocks, Chart, Columns, Figures, Lazy, Page
from ui.charts import bars
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import beside, cards, parts, programme_parts
from ui.state.page_context import View
from ui.text import narrative_programmes, provenance
from ui.text.figures import Figure
from ui.text.group_words import group_word

TEAM, CONFERENCES = "team_participation", "case_conferences_held"
PARTNERS = "partner_mix"
REFERRALS_ACCEPTED, REFERRALS_ANSWERED = "referrals_accepted", "referrals_closed_loop"
FIGURES = (TEAM, CONFERENCES, REFERRALS_ACCEPTED, REFERRALS_ANSWERED)
PROFESSIONS, CHANNELS = "team_professions", "cases_by_channel"
# The one indicator that is split by the way a case came in.
BY_CHANNEL = "urgent_cases"
HOTLINE = "hotline_1300"
NEEDS = ("case_team", "case_conferences", "services", "organisations", "referrals")


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name."""
    return programme_parts.figures(view, *FIGURES)


def channels(view: View) -> pd.DataFrame:
    """Give the cases opened in the period by the channel they came through."""
    return programme_parts.mine(view, CHANNELS)


def is_empty(view: View, figures: dict[str, Figure]) -> bool:
    """Tell whether no case is open or was opened, and nothing was referred."""
    nothing = all(figure.status == "no_data" for figure in figures.values())
    return nothing and bool((channels(view)["status"] == "no_data").all())


def page(view: View) -> Page:
    """Give the page: figures with their lists, professions, channels, partners, referrals."""
    found = figures(view)
    return Page(
        key="teamwork",
        title=t("page.teamwork.title", view.lang),
        lead=narrative_programmes.teamwork(found, channels(view), view.filters, view.lang),
        blocks=parts.nothing_here(view)
        if is_empty(view, found)
        else (row(view, found), Lazy(lambda: charts(view)), *beside.below(view, "teamwork")),
    )


def row(view: View, figures: dict[str, Figure]) -> Figures:
    """Give the cards, and what stands behind each."""
    lists = {
        TEAM: team_list,
        CONFERENCES: conference_list,
        REFERRALS_ACCEPTED: accepted_list,
        REFERRALS_ANSWERED: waiting_list,
    }
    return cards.row(view, [figures[name] for name in FIGURES], lists)


def charts(view: View) -> Blocks:
    """Give professions, channels, partners, services and referrals, the areas and the months."""
    offered = ("services", "organisations")
    left = (
        *_part(view, "professions", PROFESSIONS, "profession", needs=("case_team",)),
        *_part(view, "partners", PARTNERS, "organisation_type", needs=offered),
        *_teams_by_area(view),
        *_conferences_by_month(view),
    )
    right = (
        *_part(view, "channels", CHANNELS, "intake_channel", needs=()),
        *_part(view, "referrals", REFERRALS_ACCEPTED, "organisation_type", needs=("referrals",)),
        *_part(view, "services", PARTNERS, "service_type", needs=offered),
    )
    return (*programme_parts.say_missing(view, *NEEDS), Columns((left, right)))


def _teams_by_area(view: View) -> Blocks:
    if programme_parts.missing(view, "case_team"):
        return ()
    title = t("page.teamwork.teams", view.lang)
    return (parts.area_ranking(view, TEAM, key="teamwork_by_area", title=title),)


def _conferences_by_month(view: View) -> Blocks:
    if programme_parts.missing(view, "case_conferences"):
        return ()
    title = t("page.teamwork.conferences", view.lang)
    months = parts.Series((CONFERENCES,), None, 230)
    return (parts.over_time(view, months, key="teamwork_months", title=title),)


def _part(view: View, key: str, name: str, group: str, needs: tuple[str, ...]) -> Blocks:
    """Give one breakdown as bars, largest part first, with its table."""
    if programme_parts.missing(view, *needs):
        return ()
    frame = _rows(view, name, group)
    return (
        Chart(
            key=f"teamwork_{key}",
            title=t(f"page.teamwork.{key}", view.lang),
            spec=lambda: _part_spec(view, name, group),
            frame=programme_parts.twin_rows(frame, _names(view, frame, group), view),
            columns=programme_parts.twin_columns(
                view,
                t(f"page.teamwork.by.{group}", view.lang),
                t(f"page.teamwork.of.{key}", view.lang),
            ),
            provenance=_lines(view, name),
            not_followed=page_queries.not_followed_text(view, name),
            caveat=t(f"page.teamwork.caveat.{key}", view.lang),
        ),
    )


def _lines(view: View, name: str) -> provenance.Lines:
    if name in registry.INDICATORS:
        return provenance.lines(view, name)
    return provenance.lines(view, near=TEAM if name == PROFESSIONS else BY_CHANNEL)


def _rows(view: View, name: str, group: str) -> pd.DataFrame:
    """The groups that have anything; a group nobody has is no news where the list is open."""
    frame = programme_parts.mine(view, name, group)
    if group not in ("organisation_type", "intake_channel"):
        return frame
    some = (frame["denominator"].fillna(1) > 0) & (frame["group"] != "")
    return frame[some].reset_index(drop=True)


def _names(view: View, frame: pd.DataFrame, group: str) -> dict[str, str]:
    if group != "organisation_type":
        return programme_parts.code_names(view, f"code.{group}", CODES[group])
    # Types of organisations are the sender's own words; those of the format's notes have labels.
    codes = list(dict.fromkeys(str(code) for code in frame["group"]))
    return {code: group_word(group, code, view.lang) for code in codes}


@cached_view
def _part_spec(view: View, name: str, group: str) -> dict[str, Any]:
    frame = _rows(view, name, group)
    return bars.bar_ranking(
        frame,
        indicator=programme_parts.LargestFirst(name, "percent"),
        look=view.look,
        labels=bars.Labels(
            _names(view, frame, group), bold=HOTLINE if group == "intake_channel" else None
        ),
    )


def team_list(view: View) -> Blocks:
    """Give the areas by cases with a team, lowest first."""
    return parts.area_list(
        view, TEAM, page_queries.areas(view, TEAM), key="teamwork_teams", worst="low"
    )


def conference_list(view: View) -> Blocks:
    """Give the areas by cases with a conference, lowest first."""
    frame = page_queries.areas(view, CONFERENCES)
    return parts.area_list(view, CONFERENCES, frame, key="teamwork_conferences", worst="low")


def accepted_list(view: View) -> Blocks:
    """Give the areas by referrals accepted in time, lowest first."""
    frame = page_queries.areas(view, REFERRALS_ACCEPTED)
    return parts.area_list(view, REFERRALS_ACCEPTED, frame, key="teamwork_accepted", worst="low")


def waiting_list(view: View) -> Blocks:
    """Give the referrals that have no result yet, oldest first, by pseudonym."""
    unit = t("page.teamwork.referral", view.lang)
    return programme_parts.cases(
        view, "waiting_referrals", REFERRALS_ANSWERED, key="teamwork_waiting", unit=unit
    )
