"""Which reader each column of the exchange format has, chosen from what the schema says of it."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cache, partial
from typing import NamedTuple

import pyarrow as pa
from sqlalchemy import Boolean, Column, Date, Integer, Numeric, String

from config.i18n import LANGS, has, t
from config.numbers import to_arabic
from config.thai_calendar import DateProblem
from data_access.importers.problems import Bilingual, ValueProblem, cut
from data_access.importers.values import (
    Reading,
    bare,
    read_christian_year,
    read_day,
    read_decimal,
    read_fiscal_year,
    read_whole,
    read_yes_no,
)
from data_access.schema.codes import CODES
from geo.errors import AmbiguousArea, GeoError, UnknownArea
from geo.names import clean, read_district, read_province
from geo.registers import COUNTRY, REGIONS, abolished_districts, area_name

Reader = Callable[[str], Reading]
# Everything a reader may raise for a cell it cannot read.
UNREADABLE = (ValueProblem, DateProblem, GeoError)

# Columns whose meaning the type alone does not tell.
_CHRISTIAN_YEARS = frozenset({("province_statistics", "year")})
# 80 may be written "80%"; a share of less than one in a hundred must be (see `targets`).
_WITH_PERCENT_SIGN = frozenset({("targets", "value")})
_SCOPES = frozenset({("targets", "scope_code")})


class Kind(NamedTuple):
    """How a column is read: its reader, or None for plain text, and its Arrow type."""

    reader: Reader | None
    arrow: pa.DataType


def rule_of(problem: Exception) -> str:
    """Give the name of the rule that a reader's problem stands for."""
    if isinstance(problem, DateProblem):
        return f"date_{problem.rule}"
    if isinstance(problem, AmbiguousArea):
        return "ambiguous_area"
    if isinstance(problem, UnknownArea):
        return "unknown_area"
    if isinstance(problem, ValueProblem):
        return problem.rule
    raise TypeError(f"a problem of a reader is wanted; got: {problem!r}")


def message_of(problem: Exception) -> Bilingual:
    """Give a reader's problem as something that words itself."""
    if isinstance(problem, UNREADABLE):
        return problem
    raise TypeError(f"a problem of a reader is wanted; got: {problem!r}")


def kind_of(column: Column[object]) -> Kind:
    """Give how one column of an exchange table is read."""
    info, place = column.info, (column.table.name, column.name)
    if place in _SCOPES:
        return Kind(read_scope, pa.string())
    if area := info.get("area"):
        return Kind(read_province_code if area == "province" else read_district_code, pa.string())
    if codes := info.get("codes"):
        return Kind(partial(read_code, codes), pa.string())
    if isinstance(column.type, Date):
        return Kind(read_day, pa.date32())
    if isinstance(column.type, Boolean):
        return Kind(read_yes_no, pa.bool_())
    if isinstance(column.type, Numeric) and not isinstance(column.type, Integer):
        return Kind(_decimal_reader(column), pa.decimal128(14, 4))
    if isinstance(column.type, Integer):
        return Kind(_whole_reader(column), pa.int32())
    if isinstance(column.type, String):
        return Kind(None, pa.string())
    raise TypeError(f"no reader for the type of {place}; got: {column.type!r}")


def _decimal_reader(column: Column[object]) -> Reader:
    least, most = column.info["between"]
    reader = partial(read_decimal, least=least, most=most, example=column.info["example"])
    if (column.table.name, column.name) in _WITH_PERCENT_SIGN:
        return lambda text: reader(bare(text).removesuffix("%"))
    return reader


def read_without_comma(reader: Reader, text: str) -> Reading:
    """Give a number that holds no comma: elsewhere than here it may be a decimal point."""
    if "," in text:
        plain = bare(text).replace(",", "")
        raise ValueProblem("comma_number", seen=cut(text), plain=plain)
    return reader(text)


def _whole_reader(column: Column[object]) -> Reader:
    info = column.info
    example = info["example"]
    if info.get("fiscal_year"):
        return partial(read_fiscal_year, example=example)
    least, most = info["between"]
    if (column.table.name, column.name) in _CHRISTIAN_YEARS:
        return partial(read_christian_year, least=least, most=most, example=example)
    return partial(read_whole, least=least, most=most, example=example)


def read_code(codes: str, text: str) -> Reading:
    """Give a code of a list, upper and lower case being the same; labels are not codes."""
    plain = bare(text)
    if not plain:
        return Reading(None)
    known = CODES[codes]
    if plain in known:
        return Reading(plain)
    folded = {code.casefold(): code for code in known}
    if plain.casefold() in folded:
        return Reading(folded[plain.casefold()], "case_changed")
    near = _nearest_code(codes, plain)
    values: dict[str, object] = {"seen": cut(text), "codes": ", ".join(known)}
    if near is None:
        raise ValueProblem("unknown_code", **values)
    raise ValueProblem("unknown_code_near", near=near, **values)


def _nearest_code(codes: str, plain: str) -> str | None:
    """Give the code whose label was written, else the code spelt most alike."""
    spelt = clean(plain).casefold()
    labels = labels_of(codes)
    if spelt in labels:
        return labels[spelt]
    candidates = {code.casefold(): code for code in CODES[codes]} | dict(labels)
    near = get_close_matches(spelt.replace(" ", "_"), candidates, n=1) or get_close_matches(
        spelt, candidates, n=1
    )
    return candidates[near[0]] if near else None


@cache
def labels_of(codes: str) -> Mapping[str, str]:
    """Give the code of each label of a list, in both languages, in small letters."""
    keys = {code: f"code.{codes}.{code}" for code in CODES[codes]}
    return {
        clean(t(key, lang)).casefold(): code
        for code, key in keys.items()
        if has(key)
        for lang in LANGS
    }


def read_province_code(text: str) -> Reading:
    """Give the code of the province that a cell names by code, name or alias."""
    return Reading(read_province(text)) if bare(text) else Reading(None)


def read_district_code(text: str, province: str | None = None) -> Reading:
    """Give the code of a district; an abolished code gives its successor, with a note."""
    if not bare(text):
        return Reading(None)
    code = read_district(text, province)
    digits = "".join(c for c in to_arabic(text).split(".")[0] if c.isdecimal())
    return Reading(code, "successor" if digits in _abolished_codes() else None)


@cache
def _abolished_codes() -> frozenset[str]:
    return frozenset(old.code for old in abolished_districts())


@cache
def moved_districts() -> frozenset[tuple[str, str]]:
    """Pairs of an old province and a present district that once belonged to it."""
    return frozenset(
        (old.code[:2], old.successors[0])
        for old in abolished_districts()
        if len(old.successors) == 1 and old.successors[0][:2] != old.code[:2]
    )


def read_scope(text: str) -> Reading:
    """Give TH, a region, or the code of a province or district named by code or name."""
    plain = bare(text)
    if not plain:
        return Reading(None)
    if plain.upper() == COUNTRY:
        return Reading(COUNTRY)
    if plain.lower() in REGIONS:
        return Reading(plain.lower())
    try:
        return read_province_code(plain)
    except UnknownArea as unknown:
        near = unknown.suggestions
    try:
        return read_district_code(plain)
    except UnknownArea as unknown:
        raise UnknownArea(plain, "area", near or unknown.suggestions) from None


def read_district_in(province_text: str | None, text: str) -> tuple[Reading, str | None]:
    """Give the district named in a row that also names a province, and a corrected province.

    The corrected province is None unless the row names the province that the district belonged to
    before it moved (Nong Khai for the districts of Bueng Kan). Where the province cannot be read,
    an unclear district name is not a second problem. Raises ValueProblem where the two disagree.
    """
    province = _province_or_none(province_text)
    try:
        reading = read_district_code(text, province)
    except GeoError:
        if province is None and province_text is not None and bare(province_text):
            return Reading(None), None
        raise
    district = reading.value
    if not isinstance(district, str) or province is None or district[:2] == province:
        return reading, None
    if (province, district) in moved_districts():
        return Reading(district, "province_moved"), district[:2]
    raise ValueProblem("district_outside_province", seen=cut(text), **_both(district, province))


def _province_or_none(text: str | None) -> str | None:
    try:
        return None if text is None else read_province_code(text).value  # type: ignore[return-value] # a province reading is text or None
    except UnknownArea:
        return None


def _both(district: str, province: str) -> dict[str, object]:
    return {
        "district": _Area(district),
        "home": _Area(district[:2]),
        "province": _Area(province),
    }


class _Area(NamedTuple):
    """An area that words itself as code and name."""

    code: str

    def text(self, lang: str) -> str:
        return f"{self.code} {area_name(self.code, 'th' if lang == 'th' else 'en')}"
