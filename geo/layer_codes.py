"""Find the official codes in a boundary layer and check them both ways against the register.

Areas are joined on the code, never on the name. Which column holds the codes is decided by what is
in it *and* by where its areas lie: FIPS codes look the same as official ones and mean other places.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas
import numpy as np
import pandas as pd
import shapely

from config.i18n import LANGS
from geo import boundaries, coverage, registers
from geo.layer_problems import BadLayer, BadRequest, Remark
from geo.names import as_code, clean, level_free_keys, moved_districts, read_province

DIGITS = {"province": 2, "district": 4}
# The shipped provinces are off by up to 0.1° (10 km) from official ones; 0.3° is another place.
NEAR_DEGREES = 0.3
# Below this share of readable codes a column is taken for something else.
LEAST_SHARE = 0.5
NONGKHAI, BUENGKAN = "43", "38"


@dataclass(frozen=True, slots=True)
class CodedRows:
    """The layer's rows with their codes; `codes` is None where a row's code is not known."""

    level: str
    column: str
    codes: tuple[str | None, ...]
    spellings: tuple[str, ...]
    notes: tuple[Remark, ...]


def register_of(level: str) -> Mapping[str, object]:
    """The register of a level by code."""
    return registers.provinces_by_code() if level == "province" else registers.districts_by_code()


def read_codes(frame: geopandas.GeoDataFrame, level: str | None, column: str | None) -> CodedRows:
    """The codes of a layer from the column named, or from the one that fits best.

    `column` may join two, as PROV_CODE+AMP_CODE. BadRequest where it is not there, BadLayer where
    no column holds codes of the level.
    """
    levels = ("district", "province") if level is None else (level,)
    columns = _columns(frame, column)
    spots = shapely.point_on_surface(coverage.repair(frame.geometry.to_numpy()))
    best: tuple[float, str, str] | None = None
    for wanted in levels:
        for name, texts in columns.items():
            codes_read = [_code(text, wanted) for text in texts]
            share = sum(code is not None for code in codes_read) / len(codes_read)
            if share >= LEAST_SHARE:
                fit = share + _share_in_place(codes_read, spots)
                if best is None or fit > best[0] + 1e-9:
                    best = (fit, wanted, name)
    if best is None:
        raise BadLayer([_without_codes(columns, levels)])
    _, wanted, name = best
    seen = columns[name]
    codes = tuple(_code(text, wanted) for text in seen)
    return CodedRows(wanted, name, codes, tuple(seen), _moved_note(seen, codes, wanted))


def _without_codes(columns: Mapping[str, list[str]], levels: Sequence[str]) -> Remark:
    """What to say of a layer without a column of codes; one with names only is told what to add."""
    for level in levels:
        names = {
            key
            for code in register_of(level)
            for lang in LANGS
            for key in level_free_keys(registers.area_name(code, lang))
        }
        for name, texts in columns.items():
            if sum(bool(level_free_keys(text) & names) for text in texts) >= LEAST_SHARE * len(
                texts
            ):
                return Remark(f"names_only_{level}", {"column": name})
    return Remark("no_codes", {"columns": ", ".join(columns)})


def _columns(frame: geopandas.GeoDataFrame, column: str | None) -> dict[str, list[str]]:
    """Column name → its cells as text."""
    table = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    if column is None:
        return {str(name): _texts(table[name]) for name in table.columns}
    parts = column.split("+")
    absent = [part for part in parts if part not in table.columns]
    if absent:
        names = ", ".join(str(name) for name in table.columns)
        raise BadRequest("no_column", seen=", ".join(absent), columns=names)
    texts = [_texts(table[part]) for part in parts]
    if len(parts) == 1:
        return {column: texts[0]}
    return {column: ["".join(cell.zfill(2) for cell in row) for row in zip(*texts, strict=True)]}


def _texts(column: pd.Series) -> list[str]:
    return ["" if pd.isna(cell) else clean(str(cell)).removesuffix(".0") for cell in column]


def _code(text: str, level: str) -> str | None:
    """The current code that a cell holds, an abolished one as its successor."""
    code = as_code(text, DIGITS[level])
    if code in register_of(level):
        return code
    return moved_districts().get(code or "") if level == "district" else None


def _share_in_place(codes: list[str | None], spots: np.ndarray) -> float:
    """The share of areas that lie in or near the province that their code names."""
    return 1 - len(far_from_province(codes, spots)) / len(codes)


def far_from_province(
    codes: list[str | None] | tuple[str | None, ...], spots: np.ndarray
) -> list[int]:
    """Positions of the rows with a known code that lie far from the province it names."""
    shapes = boundaries.provinces().geometry
    homes = [shapes[code[:2]] if code else None for code in codes]
    away = shapely.distance(np.array(homes, dtype=object), spots)
    return [int(position) for position in np.flatnonzero(away > NEAR_DEGREES)]


def _moved_note(
    old_codes: list[str], codes: tuple[str | None, ...], level: str
) -> tuple[Remark, ...]:
    moved = tuple(
        f"{old} → {new}"
        for old, new in zip(old_codes, codes, strict=True)
        if new is not None and as_code(old, DIGITS[level]) != new
    )
    return (Remark("codes_moved", {}, moved),) if moved else ()


def code_problems(rows: CodedRows) -> list[Remark]:
    """Codes the register does not know, and areas of the register the layer does not have."""
    problems = []
    unknown = tuple(
        f"{position}: {seen or '—'}"
        for position, (seen, code) in enumerate(
            zip(rows.spellings, rows.codes, strict=True), start=1
        )
        if code is None
    )
    if unknown:
        problems.append(Remark("unknown_codes", {"column": rows.column}, unknown))
    absent = [code for code in register_of(rows.level) if code not in set(rows.codes)]
    if absent:
        problems.append(Remark("missing_areas", {}, tuple(both_names(code) for code in absent)))
    if BUENGKAN in absent and NONGKHAI in rows.codes:
        problems.append(Remark("before_bueng_kan"))
    return problems


def both_names(code: str) -> str:
    """A code with its name in both languages, for messages of either."""
    return f"{code} {registers.area_name(code, 'th')} ({registers.area_name(code, 'en')})"


def name_notes(frame: geopandas.GeoDataFrame, rows: CodedRows) -> tuple[Remark, ...]:
    """Thai names in the layer that differ from the register's, whose names are the ones shown."""
    table = frame.drop(columns=frame.geometry.name)
    for name in table.columns:
        cells = _texts(table[name])
        odd = [
            f"{code}: {cell}"
            for code, cell in zip(rows.codes, cells, strict=True)
            if code is not None and not _same_name(cell, code, rows.level)
        ]
        if 0 < len(odd) < len(cells) / 2:
            return (Remark("names_differ", {"column": str(name)}, tuple(odd)),)
    return ()


def _same_name(cell: str, code: str, level: str) -> bool:
    official = registers.area_name(code, "th")
    if level == "province":
        try:
            return read_province(cell) == code
        except registers.UnknownArea:
            return False
    return bool(level_free_keys(cell) & level_free_keys(official))


def duplicate_note(codes: tuple[str | None, ...]) -> tuple[Remark, ...]:
    """A note on codes with several rows, which are joined into one area."""
    several = tuple(
        f"{code} × {times}" for code, times in Counter(codes).items() if code and times > 1
    )
    return (Remark("rows_joined", {}, several),) if several else ()
