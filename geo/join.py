"""Put indicator rows onto every area, so that no province or district is ever missing from a map.

The register comes first and the rows join it: an area without a row gets status `no_data`. A code
that the register does not know, or an area named twice, is an error and never a lost row.
"""

from collections.abc import Iterable, Sequence

import pandas as pd

from config.i18n import Lang, t
from geo import registers
from geo.errors import GeoError, UnknownArea

# Columns that tell several rows of one area apart (target groups, months of a time series).
SERIES = ("group", "period_start", "period_end")
NO_DATA = "no_data"


class RepeatedArea(GeoError):
    """Areas that stand in a frame more than once for the same group and period."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(codes)
        self.codes = codes

    def text(self, lang: Lang) -> str:
        return t("geo.repeated", lang, codes=", ".join(self.codes[:5]), count=len(self.codes))


def onto_provinces(
    frame: pd.DataFrame, *, codes: Sequence[str] | None = None, code_column: str = "area_code"
) -> pd.DataFrame:
    """The frame with one row for each of the 77 provinces (or of `codes`), in order of code.

    Adds name_th, name_en and region. Where the frame holds several groups or periods there is one
    row per province for each of them. Raises UnknownArea and RepeatedArea.
    """
    every = [p for p in registers.provinces() if codes is None or p.code in set(codes)]
    area = pd.DataFrame(
        [(p.code, p.name_th, p.name_en, p.region) for p in every],
        columns=[code_column, "name_th", "name_en", "region"],
    )
    return _joined(area, frame, code_column, "province", registers.provinces_by_code())


def onto_districts(
    frame: pd.DataFrame, *, codes: Sequence[str] | None = None, code_column: str = "area_code"
) -> pd.DataFrame:
    """The frame with one row for each of the 928 districts (or of `codes`), in order of code.

    Adds name_th, name_en, province_code and region. Raises UnknownArea and RepeatedArea.
    """
    every = [d for d in registers.districts() if codes is None or d.code in set(codes)]
    area = pd.DataFrame(
        [
            (d.code, d.name_th, d.name_en, d.province_code, registers.region_of(d.province_code))
            for d in every
        ],
        columns=[code_column, "name_th", "name_en", "province_code", "region"],
    )
    return _joined(area, frame, code_column, "district", registers.districts_by_code())


def _joined(
    area: pd.DataFrame, frame: pd.DataFrame, code: str, level: str, known: Iterable[str]
) -> pd.DataFrame:
    unknown = sorted(set(frame[code].astype(str)) - set(known))
    if unknown:
        raise UnknownArea(", ".join(unknown[:5]), level)
    series = [column for column in SERIES if column in frame.columns]
    twice = frame.loc[frame.duplicated([code, *series]), code]
    if not twice.empty:
        raise RepeatedArea(tuple(sorted(set(twice))))
    wanted = area
    if series and not frame.empty:
        wanted = area.merge(frame[series].drop_duplicates(), how="cross")
    joined = wanted.merge(
        frame, how="left", on=[code, *(series if not frame.empty else [])], validate="one_to_one"
    )
    if "status" in joined.columns:
        joined["status"] = joined["status"].astype("str").where(joined["status"].notna(), NO_DATA)
    return joined
