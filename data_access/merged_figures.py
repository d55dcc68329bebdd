"""What stands beside a hidden district: the figure of its group of districts or its province."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import Lang, t
from geo import district_groups


def figure(row: Any, unit: str, lang: Lang) -> str:
    """Give "33.3 (5 / 15)" of the area that a row was merged into; without a unit its counts."""
    value = "" if not unit else numbers.value(row.merged_value, unit, lang, "words")
    if pd.isna(row.merged_denominator):
        return value or numbers.count(int(row.merged_numerator), lang)
    counts = (row.merged_numerator, row.merged_denominator)
    parts = " / ".join(numbers.count(int(count), lang) for count in counts)
    return t("district_group.parts", lang, value=value, parts=parts) if value else parts


def sentence(area: str, figure_text: str, lang: Lang) -> str:
    """Give "figure of the districts A, B: 33.3 (5 / 15)" for the code of a group or province."""
    if not district_groups.is_group(area):
        return t("district_group.figure_of_province", lang, figure=figure_text)
    name = district_groups.name(area, lang)
    return t("district_group.figure", lang, area=name, figure=figure_text)


def sentences(frame: pd.DataFrame, unit: str, lang: Lang) -> list[str]:
    """Give one for each row of an indicator frame; empty where nothing was merged."""
    if "merged_area" not in frame:
        return [""] * len(frame)
    return [
        sentence(str(row.merged_area), figure(row, unit, lang), lang) if row.merged_area else ""
        for row in frame.itertuples()
    ]
