"""Province and district codes read from what people write: codes or names, whole or damaged.

Read: "50", "50.0", " ๕๐", "TH-50", the official place code "TH5001", Thai and English names,
the aliases in geo/data/aliases.csv, level words before a name (จ. อ. เขต …), and marks damaged
by old software. Nothing is guessed: what no register knows, or what fits several places, raises.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache

from config.numbers import to_arabic
from geo import registers
from geo.errors import AmbiguousArea, Candidate, UnknownArea
from geo.tables import read_csv

__all__ = [
    "AmbiguousArea",
    "UnknownArea",
    "as_code",
    "clean",
    "level_free_keys",
    "moved_districts",
    "name_key",
    "read_district",
    "read_province",
    "thai_sort_key",
]

BANGKOK = "10"
# SARA AM typed or exported as its two halves, with or without a tone mark between them.
_SPLIT_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_TONE_AFTER_AM = re.compile("\u0e33([\u0e48-\u0e4b])")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_CODE = re.compile(r"(?:TH-?)?(\d+)(?:\.0+)?", re.IGNORECASE)
_LEADING_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_SMALL_MARKS = re.compile("[\u0e47-\u0e4e]")
_PROVINCE_WORD = re.compile(
    r"^(?:จังหวัด|จ\.|จ\s|changwat\s|province\s+of\s)\s*|\s+(?:province|changwat)$", re.IGNORECASE
)
_BANGKOK_WORD = re.compile(r"^(?:เขต|khet\s)\s*|\s+khet$", re.IGNORECASE)
_AMPHOE_WORD = re.compile(
    r"^(?:กิ่ง\s*อำเภอ|กิ่ง\s*อ\.|อำเภอ|อ\.|อ\s|(?:king\s+)?amph(?:oe|ur)\s)\s*|\s+(?:amphoe|amphur)$",
    re.IGNORECASE,
)
_OTHER_WORD = re.compile(r"^(?:ตำบล|ต\.|ต\s|แขวง)\s*|\s+district$", re.IGNORECASE)
_PROVINCE_INSIDE = re.compile(r"(?<=\S)\s*(?:จังหวัด|จ\.)\s*(?=\S)")
# The old English spelling of เมือง; only tried last, since ม่วง is also written Muang.
_MUANG = re.compile(r"^muang", re.IGNORECASE)
_BARE_CAPITAL = frozenset({"เมือง", "mueang", "muang"})


def clean(text: str) -> str:
    """The text with Thai marks repaired, invisible characters gone and single spaces.

    NFKC is never used: it would split every ำ again.
    """
    text = str(text).translate(_INVISIBLE)
    text = _TONE_AFTER_AM.sub("\\1\u0e33", _SPLIT_AM.sub("\\1\u0e33", text))
    text = unicodedata.normalize("NFC", text.replace("\u0e40\u0e40", "\u0e41"))
    return " ".join(text.split())


def name_key(text: str) -> str:
    """Letters, marks and digits only, in lower case: the form in which names are compared."""
    kept = (c for c in clean(text).lower() if unicodedata.category(c)[0] in "LMN")
    return "".join(kept).replace("ฯ", "").replace("ๆ", "")


def thai_sort_key(text: str) -> tuple[str, str]:
    """A key that sorts as Thai dictionaries do: เ แ โ ใ ไ after their consonant, tones last."""
    swapped = _LEADING_VOWEL.sub(r"\2\1", clean(text).lower())
    return _SMALL_MARKS.sub("", swapped), swapped


def as_code(text: str, digits: int) -> str | None:
    """The digits of a code of that length, or None where the text is no such code."""
    found = _CODE.fullmatch(to_arabic(text).replace(" ", ""))
    return found[1] if found and len(found[1]) == digits else None


def _suggest(text: str, index: Mapping[str, Iterable[str]]) -> tuple[Candidate, ...]:
    near = get_close_matches(name_key(text), index, n=4, cutoff=0.6)
    codes = dict.fromkeys(code for key in near for code in index[key])
    return tuple(registers.candidate(code) for code in codes)


def level_free_keys(name: str) -> set[str]:
    """Keys of a district name with and without its level word (อำเภอ, เขต, Amphoe …)."""
    return {name_key(form) for form, _ in _forms(clean(name))}


@cache
def _province_index() -> Mapping[str, tuple[str, ...]]:
    index = {}
    for province in registers.provinces():
        for name in (province.name_th, province.name_en):
            index[name_key(name)] = (province.code,)
    for row in read_csv(registers.DATA / "aliases.csv"):
        if row["level"] == "province":
            index[name_key(row["alias"])] = (row["code"],)
    return index


@lru_cache(maxsize=4096)
def read_province(text: str) -> str:
    """The code of the province that the text names by code, name or alias, or UnknownArea."""
    seen = clean(text)
    code = as_code(seen, 2)
    if code is not None and code in registers.provinces_by_code():
        return code
    index = _province_index()
    for form in (seen, _PROVINCE_WORD.sub("", seen)):
        if found := index.get(name_key(form)):
            return found[0]
    raise UnknownArea(seen, "province", _suggest(_PROVINCE_WORD.sub("", seen), index))


def _names_of(district: registers.District) -> set[str]:
    names = {name_key(district.name_th), name_key(district.name_en)}
    if district.province_code == BANGKOK:
        names.add(name_key(_BANGKOK_WORD.sub("", district.name_th)))
    if district.code.endswith("01") and district.name_th.startswith("เมือง"):
        names |= _BARE_CAPITAL
    return names


@cache
def _district_index(province_code: str | None) -> Mapping[str, tuple[str, ...]]:
    """Name → codes of the districts that bear it, in one province or in the country.

    Districts that moved to a new province are found under the old one too: a record written
    before the move names the old one.
    """
    index: dict[str, list[str]] = {}

    def add(key: str, code: str, homes: set[str]) -> None:
        if key and (province_code is None or province_code in homes):
            codes = index.setdefault(key, [])
            if code not in codes:
                codes.append(code)

    for district in registers.districts():
        for key in _names_of(district):
            add(key, district.code, {district.province_code})
    for row in read_csv(registers.DATA / "aliases.csv"):
        if row["level"] == "district":
            add(name_key(row["alias"]), row["code"], {row["code"][:2]})
    for old in registers.abolished_districts():
        for code in old.successors:
            for name in (old.name_th, old.name_en):
                add(name_key(name), code, {old.code[:2], code[:2]})
    return {key: tuple(codes) for key, codes in index.items()}


@cache
def moved_districts() -> Mapping[str, str]:
    """Abolished code → the one code that took its place."""
    return {
        old.code: old.successors[0]
        for old in registers.abolished_districts()
        if len(old.successors) == 1
    }


def _forms(value: str) -> list[tuple[str, bool | None]]:
    """The spellings to look up in turn, each with whether its level word says Bangkok or not.

    The whole text comes first, because a name may hold a level word (สนามชัยเขต).
    """
    forms: list[tuple[str, bool | None]] = [(value, None)]
    for pattern, in_bangkok in ((_BANGKOK_WORD, True), (_AMPHOE_WORD, False), (_OTHER_WORD, None)):
        bare = pattern.sub("", value)
        if bare and bare != value:
            forms.append((bare, in_bangkok))
    old_spelling = [(_MUANG.sub("mueang", form), hint) for form, hint in forms]
    return forms + [pair for pair in old_spelling if pair not in forms]


def _district_by_code(code: str) -> str | None:
    if code in registers.districts_by_code():
        return code
    return moved_districts().get(code)


@lru_cache(maxsize=16384)
def read_district(text: str, province_code: str | None = None) -> str:
    """The code of the district that the text names, searched inside the province where given.

    A code is read as it stands, an abolished one as its successor, whatever the province: whether
    the two agree is a question about the row, not about this cell. A name must be found inside
    the province. UnknownArea where nothing fits, AmbiguousArea where several districts do. Bare
    เมือง means the capital district, except in Ayutthaya and Bangkok, which have none so named.
    """
    seen = clean(text)
    code = as_code(seen, 4)
    if code is not None and (current := _district_by_code(code)):
        return current
    parts = _PROVINCE_INSIDE.split(seen, maxsplit=1)
    if len(parts) == 2:
        stated = read_province(parts[1])
        if province_code not in (None, stated):
            raise UnknownArea(seen, "district", _suggest(parts[0], _district_index(province_code)))
        return read_district(parts[0], stated)
    index = _district_index(province_code)
    for form, in_bangkok in _forms(seen):
        found = [
            code
            for code in index.get(name_key(form), ())
            if in_bangkok is None or code.startswith(BANGKOK) == in_bangkok
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousArea(seen, tuple(registers.candidate(code) for code in found))
    raise UnknownArea(seen, "district", _suggestions(seen, code, province_code))


def _suggestions(value: str, code: str | None, province_code: str | None) -> tuple[Candidate, ...]:
    """What the writer may have meant: near names in the province, else the same name elsewhere."""
    everywhere = _district_index(None)
    if code is not None:
        gone = [old.name_th for old in registers.abolished_districts() if old.code == code]
        if gone:
            return _suggest(gone[0], everywhere)
        siblings = [d.code for d in registers.districts() if d.province_code == code[:2]]
        near = get_close_matches(code, siblings, n=3, cutoff=0.7)
        return tuple(registers.candidate(match) for match in near)
    bare = _forms(value)[-1][0]
    if name_key(bare) in _BARE_CAPITAL and province_code not in (None, BANGKOK):
        return (registers.candidate(f"{province_code}01"),)
    return _suggest(bare, _district_index(province_code)) or _suggest(bare, everywhere)
