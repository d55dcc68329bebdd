"""The seminars for assistants in shelters: those on record, and what they add up to in words."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.thai_calendar import (
    FiscalYear,
    Span,
    fiscal_year_of,
    format_fiscal_year,
    format_span,
)
from ui.charts.indicator_frame import day
from ui.queries import page_queries
from ui.queries.query_cache import fiscal_years
from ui.state.page_context import View
from ui.text import area_names

ROLE = "social_worker_assistant"


def seminars_so_far(view: View) -> pd.DataFrame:
    """Give the seminars for assistants, from the first on record to the end of the period."""
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
    when = when.replace(" ", "\N{NO-BREAK SPACE}")  # a label of two lines breaks before the day
    return t("page.shelters.place", view.lang, site=site, province=province, when=when)


def in_period(view: View) -> pd.DataFrame:
    """Give the seminars that ended in the period chosen."""
    every, span = seminars_so_far(view), view.filters.span
    within = [span.start <= day(d) <= span.end for d in every["end_on"]]
    return every[pd.Series(within, index=every.index, dtype=bool)]


def _sums(seminars: pd.DataFrame, lang: Lang) -> dict[str, str]:
    """How many seminars and people, women and men, in words."""
    columns = {"people": "attendances", "female": "female", "male": "male"}
    sums = {word: seminars[column].fillna(0).sum() for word, column in columns.items()}
    return {
        "seminars": numbers.count(len(seminars), lang),
        **{word: numbers.count(int(people), lang) for word, people in sums.items()},
    }


def held_text(view: View) -> str:
    """Give the sentence on the seminars of the period or, without any, on those before it."""
    every, now, lang = seminars_so_far(view), in_period(view), view.lang
    counted = every if now.empty else now
    words = {
        "period": view.filters.period_text(lang),
        "area": area_names.in_sentence(view.filters.narrowest, lang),
        **_sums(counted, lang),
    }
    if every.empty:
        return t("page.shelters.no_seminars", lang, **words)
    if counted["attendances"].dropna().empty:
        return t("page.shelters.nobody_counted", lang, **words)
    if now.empty:
        last = max(fiscal_year_of(day(d)).be for d in every["end_on"])
        year = format_fiscal_year(FiscalYear(last), lang)
        return t("page.shelters.held_before", lang, last=year, **words)
    return t("page.shelters.held", lang, **words)


def sum_text(view: View, every: pd.DataFrame) -> str:
    """Give what the bars add up to; of the period alone where its sentence is about fewer."""
    now = in_period(view)
    if now.empty or len(now) == len(every):
        return t("page.shelters.sum", view.lang, **_sums(every, view.lang))
    return t("page.shelters.sum_in_period", view.lang, **_sums(now, view.lang))
