"""Names of courses, cohorts and their attendance, as charts and lists write them."""

from typing import Any

from config import numbers
from config.i18n import Lang, t


def cohort_title(row: Any, lang: Lang) -> str:
    """Give "course name, cohort 2" from a row of the list of cohorts; Thai where English lacks."""
    name = row["name_th"]
    if lang == "en" and not numbers.is_missing(row["name_en"]):
        name = row["name_en"]
    if numbers.is_missing(row["number"]):
        return str(name)
    return t("chart.cohort", lang, name=name, number=int(row["number"]))


def attendance(row: Any, lang: Lang) -> str:
    """Give who came: "205 คน", "กว่า 400 คน", or that the source gives no number."""
    if numbers.is_missing(row["attendances"]):
        return t("status.no_data", lang)
    said = t("chart.people", lang, n=numbers.count(int(row["attendances"]), lang))
    key = {"more_than": "note.more_than", "about": "note.about"}.get(str(row["qualifier"]))
    return t(key, lang, value=said) if key else said


def coverage(row: Any, lang: Lang) -> str:
    """Give "37 จาก 37 จังหวัด", "" where either count is unknown."""
    reached, targeted = row["provinces_reached"], row["provinces_targeted"]
    if numbers.is_missing(reached) or numbers.is_missing(targeted):
        return ""
    return t("chart.of_provinces", lang, n=int(reached), m=int(targeted))
