"""Names of courses, cohorts and their attendance, as charts and lists write them."""

import unicodedata
from typing import Any

from config import numbers
from config.i18n import Lang, t


def width_of(text: str) -> int:
    """Give how many signs stand side by side: Thai vowels and tone marks above and below do not."""
    return sum(unicodedata.category(sign) != "Mn" for sign in text)


def two_lines(title: str, most: int = 40) -> str:
    """Give a title broken into two lines where it is wider than so many signs: before a bracket, or
    at a space.

    Thai is written without spaces: what has none cannot be broken, and keeps its one line.
    """
    if width_of(title) <= most:
        return title
    place = title.find(" (")
    place = place if place > 0 else title.rfind(" ")
    return title if place < 0 else f"{title[:place]}\n{title[place + 1 :]}"


def cohort_title(row: Any, lang: Lang) -> str:
    """Give "course name, cohort 2" from a row of the list of cohorts; Thai where English lacks.

    Synthetic ones are marked as samples; a project says of how many cohorts it is the whole.
    """
    name = str(row["name_th"])
    if lang == "en" and not numbers.is_missing(row["name_en"]):
        name = str(row["name_en"])
    if not numbers.is_missing(row["number"]):
        name = t("chart.cohort", lang, name=name, number=int(row["number"]))
    if not numbers.is_missing(row.get("parts")):
        name = t("chart.cohorts.project", lang, name=name, parts=int(row["parts"]))
    marked = t("chart.cohorts.synthetic", lang, name="").strip()
    if row.get("provenance") == "synthetic" and marked not in name:
        return t("chart.cohorts.synthetic", lang, name=name)
    return name


def origin(row: Any, lang: Lang) -> str:
    """Give where a row comes from: a document with its source, the sender's system, invention."""
    said = t(f"code.provenance.{row['provenance']}", lang)
    source = row.get("source")
    if row["provenance"] != "document" or numbers.is_missing(source):
        return said
    return f"{said} · {source}"


def attendance(row: Any, lang: Lang) -> str:
    """Give who came: "205 คน", "กว่า 400 คน", or that the source gives no number."""
    if numbers.is_missing(row["attendances"]):
        return t("status.no_data", lang)
    said = t("chart.people", lang, n=numbers.count(int(row["attendances"]), lang))
    key = {"more_than": "note.more_than", "about": "note.about"}.get(str(row["qualifier"]))
    return t(key, lang, value=said) if key else said


def coverage(row: Any, lang: Lang) -> str:
    """Give "37 จาก 37 จังหวัด"; "76 จังหวัด" where a document says so; "" where nothing is known."""
    reached, targeted = row["provinces_reached"], row["provinces_targeted"]
    if numbers.is_missing(reached) and row.get("provenance") == "document":
        unknown = numbers.is_missing(targeted)
        return "" if unknown else t("chart.cohorts.provinces", lang, m=int(targeted))
    if numbers.is_missing(reached) or numbers.is_missing(targeted):
        return ""
    return t("chart.of_provinces", lang, n=int(reached), m=int(targeted))
