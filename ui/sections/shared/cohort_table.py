"""The list of cohorts as a table: title, when, where, for whom, who came, provinces reached."""

from collections import Counter
from typing import Any

import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.thai_calendar import fiscal_year_of, format_fiscal_year
from ui.blocks import Column
from ui.charts import cohorts, titles
from ui.charts.indicator_frame import day
from ui.state.page_context import View
from ui.text import area_names


def told_apart(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Give the list of cohorts with the year in the names that several share, or the days where
    the year is the same too: cohorts of one course are told apart by when they were held."""
    listed = [row for _, row in frame.iterrows()]
    names = Counter(titles.cohort_title(row, lang) for row in listed)
    years = Counter((titles.cohort_title(row, lang), _year(row)) for row in listed)
    shared = [names[titles.cohort_title(row, lang)] > 1 for row in listed]
    when = [
        cohorts.when_held(row, lang)
        if years[titles.cohort_title(row, lang), _year(row)] > 1
        else format_fiscal_year(fiscal_year_of(day(row["end_on"])), lang, "short")
        for row in listed
    ]

    def names_of(column: str) -> list[Any]:
        return [
            t("page.training.told_apart", lang, name=row[column], when=said)
            if twice and not numbers.is_missing(row[column])
            else row[column]
            for row, twice, said in zip(listed, shared, when, strict=True)
        ]

    return frame.assign(name_th=names_of("name_th"), name_en=names_of("name_en"))


def _year(row: "pd.Series[Any]") -> int:
    return fiscal_year_of(day(row["end_on"])).be


def origins(frame: pd.DataFrame, lang: Lang) -> str:
    """Give how many cohorts come from where: documents, the sender's system, invention."""
    counted = Counter(frame["provenance"])
    said = [
        t(
            "page.training.of_origin",
            lang,
            origin=t(f"code.provenance.{code}", lang),
            n=numbers.count(count, lang),
        )
        for code, count in counted.most_common()
    ]
    joined = t("tables.joint", lang).join(said)
    return t("page.training.origins", lang, origins=joined) if said else ""


def rows(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Give the list of cohorts in words: title, when, where, role, who came, provinces reached."""
    listed = [row for _, row in frame.iterrows()]
    return frame.assign(
        title=[titles.cohort_title(row, view.lang) for row in listed],
        when=[cohorts.when_held(row, view.lang) for row in listed],
        how=[t(f"code.mode.{code}", view.lang) for code in frame["mode"]],
        place=[_place(row, view) for row in listed],
        role=[t(f"code.target_role.{code}", view.lang) for code in frame["target_role"]],
        came=[titles.attendance(row, view.lang) for row in listed],
        reach=[titles.coverage(row, view.lang) or numbers.MISSING for row in listed],
        origin=[titles.origin(row, view.lang) for row in listed],
    )


def _place(row: "pd.Series[Any]", view: View) -> str:
    """The venue and its province, whichever of the two the source names."""
    venue, code = row["venue"], row["held_in_province_code"]
    province = "" if numbers.is_missing(code) else area_names.full_name(str(code), view.lang)
    named = "" if numbers.is_missing(venue) else str(venue)
    return t("tables.joint", view.lang).join(x for x in (named, province) if x) or numbers.MISSING


def columns(view: View) -> list[Column]:
    """Give the columns of `rows`."""
    return [
        Column("title", t("page.training.cohort", view.lang), width="large"),
        Column("when", t("page.training.when", view.lang)),
        Column("how", t("page.training.how", view.lang)),
        Column("place", t("page.training.place", view.lang)),
        Column("role", t("page.training.for_role", view.lang)),
        Column("came", t("chart.word.attendances", view.lang)),
        Column("planned_seats", t("page.training.planned_seats", view.lang), "count"),
        Column("reach", t("chart.word.coverage", view.lang)),
        Column("origin", t("column.origin", view.lang), width="medium"),
    ]


def sex_columns(view: View) -> list[Column]:
    """Give the columns of a cohort's women, men and unspecified."""
    counts = (("female", "F"), ("male", "M"), ("unspecified", "U"))
    return [
        Column("title", t("page.training.cohort", view.lang)),
        *[Column(name, t(f"code.sex.{code}", view.lang), "count") for name, code in counts],
        Column("origin", t("column.origin", view.lang), width="medium"),
    ]
