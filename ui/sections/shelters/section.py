"""Assistants in temporary shelters: seminars, skills, company on home visits, advice given."""

from typing import Any

import pandas as pd

from config.i18n import t
from ui.blocks import Blocks, Chart, Column, Columns, Figures, Lazy, List, Page, Table, Text
from ui.charts import cohorts, pairs, split
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import beside, cards, cohort_table, parts, recommendations
from ui.sections.shelters import seminars
from ui.sections.shelters.seminars import ROLE
from ui.state.page_context import View
from ui.text import area_names, messages, provenance
from ui.text.figures import Figure

ALONG = "accompanied_visits"
PEERS = "peer_appreciation_coverage"
RECOMMENDATIONS_DONE = "recommendations_done"
FIGURES = (ALONG, PEERS, RECOMMENDATIONS_DONE)
SHELTER = "shelter"
SKILLS = ("gained", "wanted")
# What the article on the seminars of 2565 says that participants gained and still want.
LISTS_WITH_NAMES = {
    "gained": (
        "observation",
        "questioning",
        "interviewing",
        "home_visit",
        "child_activities",
        "child_protection",
        "recording",
        "coordination",
    ),
    "wanted": (
        "case_management",
        "recording",
        "leadership",
        "social_work",
        "protection_assessment",
    ),
}


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name."""
    return {
        **page_queries.figures(view, ALONG),
        **page_queries.role_figures(view, ROLE, PEERS, RECOMMENDATIONS_DONE),
    }


def sentence(view: View, figures: dict[str, Figure]) -> str:
    """Give the sentences that state what matters: people at the seminars, and company on visits.

    Where no seminar was held in the period chosen, that is said before those held until then.
    """
    return " ".join((seminars.held_text(view), _along(view, figures[ALONG])))


def _along(view: View, along: Figure) -> str:
    key = "along" if along.status == "shown" else "along_unknown"
    words = {"along": along.in_words(view.lang), "why": along.made_of(view.lang)}
    return t(f"page.shelters.{key}", view.lang, **words)


def page(view: View) -> Page:
    """Give the page: figures with their lists, seminars, sexes, skills, visits, advice, sites."""
    found = figures(view)
    return Page(
        key="shelters",
        title=t("page.shelters.title", view.lang),
        lead=sentence(view, found),
        blocks=(row(view, found), Lazy(lambda: charts(view))),
    )


def row(view: View, figures: dict[str, Figure]) -> Figures:
    """Give the cards and the lists behind them."""
    lists = {ALONG: _visits_list, PEERS: _seminar_list, RECOMMENDATIONS_DONE: _advice_list}
    return cards.row(view, [figures[name] for name in FIGURES], lists, histories=False)


def charts(view: View) -> Blocks:
    """Give the seminars in time and by sex, the skills, company on visits, advice and sites."""
    visits = parts.over_time(
        view, parts.Series((ALONG,)), key="shelter_visits", title=parts.list_title(view, ALONG)
    )
    held: Blocks = ()
    if not seminars.seminars_so_far(view).empty:  # the sentence says where there are none
        held = (_timeline(view), _sexes(view))
    return (
        Columns(((*held, *_named_skills(view)), (_skills(view),))),
        visits,
        _advice(view, "shelter_advice"),
        _sites(view),
    )


def _advice(view: View, key: str) -> Table:
    title = t("page.shelters.advice", view.lang)
    return recommendations.register(view, ROLE, key=key, title=title)


def _timeline(view: View) -> Chart:
    frame = seminars.seminars_so_far(view)
    return Chart(
        key="shelter_seminars",
        title=t("page.shelters.seminars", view.lang),
        spec=lambda: _timeline_spec(view),
        frame=lambda: cohort_table.rows(frame, view),
        size=len(frame),
        columns=cohort_table.columns(view),
        provenance=provenance.lines(view, near="training_attendances"),
        caveat=t("page.shelters.seminars_caveat", view.lang),
        not_followed=page_queries.not_followed_text(view, "cohorts"),
        note=cohort_table.origins(frame, view.lang),
    )


@cached_view
def _timeline_spec(view: View) -> dict[str, Any]:
    return cohorts.timeline(
        seminars.seminars_so_far(view),
        lang=view.lang,
        theme=view.theme,
        as_of=view.filters.as_of,
        limit=8,
    )


def _sexes(view: View) -> Chart:
    frame = seminars.seminars_so_far(view)
    return Chart(
        key="shelter_sexes",
        title=t("page.shelters.sexes", view.lang),
        spec=lambda: _sex_spec(view),
        frame=lambda: cohort_table.rows(frame, view),
        size=len(frame),
        columns=cohort_table.sex_columns(view),
        provenance=provenance.lines(view, near="training_sex_split"),
        caveat=seminars.sum_text(view, frame),
        not_followed=page_queries.not_followed_text(view, "cohorts"),
    )


@cached_view
def _sex_spec(view: View) -> dict[str, Any]:
    return split.sex(seminars.seminars_so_far(view).head(8), lang=view.lang, theme=view.theme)


def _skill_rows(view: View) -> pd.DataFrame:
    frame = page_queries.listing(view, "skills_reported", role=ROLE)
    if frame.empty:
        return pd.DataFrame(columns=["skill", *SKILLS, "label"])
    wide = frame.pivot(index="skill", columns="status", values="people").reindex(columns=SKILLS)
    wide = wide.reset_index()
    return wide.assign(label=[t(f"code.skill.{code}", view.lang) for code in wide["skill"]])


def _skills(view: View) -> Chart:
    words = [t(f"code.skill_status.{status}", view.lang) for status in SKILLS]
    columns = [Column(status, word, "count") for status, word in zip(SKILLS, words, strict=True)]
    return Chart(
        key="shelter_skills",
        title=t("page.shelters.skills", view.lang),
        spec=lambda: _skill_spec(view),
        frame=_skill_rows(view),
        columns=[Column("label", t("page.shelters.skill", view.lang)), *columns],
        provenance=provenance.lines(view, "skills_gained"),
        caveat=t("page.shelters.skills_caveat", view.lang),
        not_followed=page_queries.not_followed_text(view, "skills_reported"),
    )


def _named_skills(view: View) -> Blocks:
    """The skills that the seminars' source names: it gives no numbers, so there is no chart."""
    lang = view.lang
    lines = []
    for status, codes in LISTS_WITH_NAMES.items():
        named = t("tables.joint", lang).join(t(f"code.skill.{code}", lang) for code in codes)
        lines.append(f"{t(f'code.skill_status.{status}', lang)}: {named}")
    return (
        Text(t("page.shelters.skills_named", lang), "heading"),
        Text("\n".join(lines), "bullets", key="shelter_named_skills"),
        Text(t("page.shelters.skills_named_source", lang)),
        *beside.document_note(view),
    )


@cached_view
def _skill_spec(view: View) -> dict[str, Any]:
    series = [(status, t(f"code.skill_status.{status}", view.lang)) for status in SKILLS]
    return pairs.side_by_side(_skill_rows(view), series=series, lang=view.lang, theme=view.theme)


def _sites(view: View) -> Table:
    frame = page_queries.listing(view, "sites")
    frame = frame[frame["type"] == SHELTER].reset_index(drop=True)
    name = "name_th" if view.lang == "th" else "name_en"
    return Table(
        key="shelter_sites",
        title=t("page.shelters.sites", view.lang),
        frame=frame.assign(
            site=frame[name].fillna(frame["name_th"]),
            province=[area_names.short_name(code, view.lang) for code in frame["province_code"]],
            level=t("page.shelters.province_only", view.lang),
        ),
        columns=[
            Column("site", t("page.shelters.site", view.lang), width="large"),
            Column("province", t("filter.province", view.lang)),
            Column("level", t("page.shelters.shown_at", view.lang)),
        ],
        provenance=provenance.lines(view),
        not_followed=page_queries.not_followed_text(view, "sites"),
        empty=messages.nothing_to_list(view.lang),
    )


def _visits_list(view: View) -> Blocks:
    return parts.area_list(
        view, ALONG, page_queries.areas(view, ALONG), key="shelter_along", worst="low"
    )


def _seminar_list(view: View) -> Blocks:
    frame = seminars.seminars_so_far(view)
    return (
        List(
            key="shelter_seminar_list",
            title=t("page.shelters.seminars", view.lang),
            frame=lambda: cohort_table.rows(frame, view),
            size=len(frame),
            columns=cohort_table.columns(view),
            provenance=provenance.lines(view, PEERS),
            not_followed=page_queries.not_followed_text(view, "cohorts"),
            empty=messages.nothing_to_list(view.lang),
        ),
    )


def _advice_list(view: View) -> Blocks:
    return (_advice(view, "shelter_advice_list"),)
