"""Assistants in temporary shelters: seminars, skills, company on home visits, advice given."""

from typing import Any

import pandas as pd
import streamlit as st

from config import numbers
from config.i18n import t
from config.thai_calendar import FiscalYear, Span, format_span
from ui.charts import cohorts, pairs, split
from ui.charts.indicator_frame import day
from ui.queries import page_queries
from ui.queries.cached import fiscal_years
from ui.queries.page_queries import cached_view
from ui.render.streamlit import cards, chart_block, layout, tables
from ui.render.streamlit.tables import Column
from ui.sections.shared import parts, recommendations
from ui.sections.training import section as training
from ui.state.page_context import View
from ui.text import area_names, messages, provenance
from ui.text.figures import Figure

ROLE = "social_worker_assistant"
ALONG = "accompanied_visits"
PEERS = "peer_appreciation_coverage"
DONE = "recommendations_done"
FIGURES = (ALONG, PEERS, DONE)
SHELTER = "shelter"
SKILLS = ("gained", "wanted")
# What the article on the seminars of 2565 says that participants gained and still want.
NAMED = {
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
        **page_queries.role_figures(view, ROLE, PEERS, DONE),
    }


def sentence(view: View, found: dict[str, Figure]) -> str:
    """Give the sentence that states what matters: people at the seminars, and company on visits."""
    held = _seminars(view)
    known = held["attendances"].dropna()
    return t(
        "page.shelters.sentence",
        view.lang,
        seminars=numbers.count(len(held), view.lang),
        people=numbers.count(int(known.sum()), view.lang),
        female=numbers.count(int(held["female"].fillna(0).sum()), view.lang),
        male=numbers.count(int(held["male"].fillna(0).sum()), view.lang),
        along=found[ALONG].text(view.lang),
    )


def row(view: View, found: dict[str, Figure]) -> None:
    """Draw the cards and the lists behind them."""
    lists = {ALONG: _visits_list, PEERS: _seminar_list, DONE: _advice_list}
    cards.row(view, [found[name] for name in FIGURES], lists)


def charts(view: View) -> None:
    """Draw the seminars in time and by sex, the skills, company on visits, advice and sites."""
    left, right = st.columns(2, gap="large")
    with left:
        _timeline(view)
        _sexes(view)
    with right:
        _skills(view)
    title = parts.list_title(view, ALONG)
    parts.over_time(view, (ALONG,), key="shelter_visits", target=None, title=title)
    recommendations.register(
        view, ROLE, key="shelter_advice", title=t("page.shelters.advice", view.lang)
    )
    _sites(view)


def _seminars(view: View) -> pd.DataFrame:
    """Seminars and courses for assistants, from the first on record to the end of the period."""
    years = fiscal_years(view.scope, view.snapshot)
    start = min(FiscalYear(years[-1]).start, view.filters.span.start)
    frame = page_queries.listing(
        view, "cohorts", role=ROLE, span=Span(start, view.filters.span.end)
    )
    frame = frame[frame["mode"] == "seminar"].reset_index(drop=True)
    # The seminars share one course's name: the place is what tells them apart.
    named = [_place(line, view) for _, line in frame.iterrows()]
    return frame.assign(name_th=named, name_en=named)


def _place(line: "pd.Series[Any]", view: View) -> str:
    """The seminar's place and day; the province where the source names no site."""
    province = area_names.short_name(str(line["held_in_province_code"]), view.lang)
    site = line["venue"] if isinstance(line["venue"], str) and line["venue"] else province
    when = format_span(Span(day(line["start_on"]), day(line["end_on"])), view.lang)
    return t("page.shelters.place", view.lang, site=site, province=province, when=when)


def _timeline(view: View) -> None:
    frame = _seminars(view)
    chart_block.block(
        view,
        key="shelter_seminars",
        title=t("page.shelters.seminars", view.lang),
        spec=_timeline_spec(view),
        frame=training.cohort_rows(frame, view),
        columns=training.cohort_columns(view),
        provenance=provenance.lines(view, near="training_attendances"),
        caveat=t("page.shelters.seminars_caveat", view.lang),
    )


@cached_view
def _timeline_spec(view: View) -> dict[str, Any]:
    return cohorts.timeline(
        _seminars(view), lang=view.lang, theme=view.theme, as_of=view.filters.as_of, limit=8
    )


def _sexes(view: View) -> None:
    frame = _seminars(view)
    chart_block.block(
        view,
        key="shelter_sexes",
        title=t("page.shelters.sexes", view.lang),
        spec=_sex_spec(view),
        frame=training.cohort_rows(frame, view),
        columns=training.sex_columns(view),
        provenance=provenance.lines(view, near="training_sex_split"),
    )


@cached_view
def _sex_spec(view: View) -> dict[str, Any]:
    return split.sex(_seminars(view).head(8), lang=view.lang, theme=view.theme)


def _skill_rows(view: View) -> pd.DataFrame:
    frame = page_queries.listing(view, "skills_reported", role=ROLE)
    if frame.empty:
        return pd.DataFrame(columns=["skill", *SKILLS, "label"])
    wide = frame.pivot(index="skill", columns="status", values="people").reindex(columns=SKILLS)
    wide = wide.reset_index()
    return wide.assign(label=[t(f"code.skill.{code}", view.lang) for code in wide["skill"]])


def _skills(view: View) -> None:
    words = [t(f"code.skill_status.{status}", view.lang) for status in SKILLS]
    columns = [Column(status, word, "count") for status, word in zip(SKILLS, words, strict=True)]
    chart_block.block(
        view,
        key="shelter_skills",
        title=t("page.shelters.skills", view.lang),
        spec=_skill_spec(view),
        frame=_skill_rows(view),
        columns=[Column("label", t("page.shelters.skill", view.lang)), *columns],
        provenance=provenance.lines(view, "skills_gained"),
        caveat=t("page.shelters.skills_caveat", view.lang),
    )
    _named_skills(view)


def _named_skills(view: View) -> None:
    """Say which skills the seminars' source names: it gives no numbers, so there is no chart."""
    lang = view.lang
    lines = []
    for status, codes in NAMED.items():
        named = t("tables.joint", lang).join(t(f"code.skill.{code}", lang) for code in codes)
        lines.append(f"- {t(f'code.skill_status.{status}', lang)}: {named}")
    chart_block.heading(t("page.shelters.skills_named", lang))
    st.markdown("\n".join(lines))
    layout.caption(t("page.shelters.skills_named_source", lang))


@cached_view
def _skill_spec(view: View) -> dict[str, Any]:
    series = [(status, t(f"code.skill_status.{status}", view.lang)) for status in SKILLS]
    return pairs.side_by_side(_skill_rows(view), series=series, lang=view.lang, theme=view.theme)


def _sites(view: View) -> None:
    frame = page_queries.listing(view, "sites")
    frame = frame[frame["type"] == SHELTER].reset_index(drop=True)
    chart_block.heading(t("page.shelters.sites", view.lang))
    if frame.empty:
        messages.nothing_to_list(view.lang)
        return
    name = "name_th" if view.lang == "th" else "name_en"
    tables.table(
        frame.assign(
            site=frame[name].fillna(frame["name_th"]),
            province=[area_names.short_name(code, view.lang) for code in frame["province_code"]],
            level=t("page.shelters.province_only", view.lang),
        ),
        [
            Column("site", t("page.shelters.site", view.lang), width="large"),
            Column("province", t("filter.province", view.lang)),
            Column("level", t("page.shelters.shown_at", view.lang)),
        ],
        lang=view.lang,
        key="shelter_sites",
        provenance=provenance.lines(view),
    )


def _visits_list(view: View) -> None:
    parts.area_list(view, ALONG, page_queries.areas(view, ALONG), key="shelter_along", worst="low")


def _seminar_list(view: View) -> None:
    chart_block.heading(t("page.shelters.seminars", view.lang))
    tables.table(
        training.cohort_rows(_seminars(view), view),
        training.cohort_columns(view),
        lang=view.lang,
        key="shelter_seminar_list",
        provenance=provenance.lines(view, PEERS),
    )


def _advice_list(view: View) -> None:
    title = t("page.shelters.advice", view.lang)
    recommendations.register(view, ROLE, key="shelter_advice_list", title=title)
