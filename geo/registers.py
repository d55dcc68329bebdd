"""The registers of Thai areas: 77 provinces, 928 districts, four regions, by official code.

Codes are text and are those of the Department of Provincial Administration. The committed files
in geo/data are made by geo.build.registers; geo/data/README.md holds sources and licences.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

from config.i18n import Lang
from geo.errors import Candidate, UnknownArea
from geo.tables import read_csv

DATA = Path(__file__).parent / "data"
COUNTRY = "TH"
BANGKOK = "10"
# กรุงเทพมหานครและปริมณฑล: what the inset of a national map shows.
BANGKOK_AND_VICINITY = ("10", "11", "12", "13", "73", "74")
REGIONS = ("north", "northeast", "central", "south")


@dataclass(frozen=True, slots=True)
class Province:
    """One province. `iso` is ISO 3166-2 (TH-50), `hasc` the key of the shipped polygons."""

    code: str
    name_th: str
    name_en: str
    region: str
    iso: str
    hasc: str


@dataclass(frozen=True, slots=True)
class District:
    """One district (อำเภอ, or เขต in Bangkok, whose Thai names keep the word เขต)."""

    code: str
    province_code: str
    name_th: str
    name_en: str


@dataclass(frozen=True, slots=True)
class AbolishedDistrict:
    """A district code no longer in use. `successors` is empty where the source names none."""

    code: str
    successors: tuple[str, ...]
    name_th: str
    name_en: str


@cache
def provinces() -> tuple[Province, ...]:
    """All 77 provinces in order of code."""
    return tuple(Province(**row) for row in read_csv(DATA / "provinces.csv"))


@cache
def districts() -> tuple[District, ...]:
    """All 928 districts in order of code."""
    return tuple(District(**row) for row in read_csv(DATA / "districts.csv"))


@cache
def abolished_districts() -> tuple[AbolishedDistrict, ...]:
    """District codes that old records may still hold, in order of code."""
    return tuple(
        AbolishedDistrict(
            row["code"], tuple(row["successors"].split()), row["name_th"], row["name_en"]
        )
        for row in read_csv(DATA / "abolished_districts.csv")
    )


@cache
def provinces_by_code() -> Mapping[str, Province]:
    """Code → province."""
    return MappingProxyType({p.code: p for p in provinces()})


@cache
def districts_by_code() -> Mapping[str, District]:
    """Code → district."""
    return MappingProxyType({d.code: d for d in districts()})


@cache
def _region_names() -> Mapping[str, tuple[str, str]]:
    rows = {row["code"]: (row["name_th"], row["name_en"]) for row in read_csv(DATA / "regions.csv")}
    return MappingProxyType(rows)


@cache
def _short_names() -> Mapping[str, tuple[str, str]]:
    rows = read_csv(DATA / "short_names.csv")
    return MappingProxyType({row["code"]: (row["short_th"], row["short_en"]) for row in rows})


@cache
def _districts_of() -> Mapping[str, tuple[District, ...]]:
    groups: dict[str, list[District]] = {p.code: [] for p in provinces()}
    for district_ in districts():
        groups[district_.province_code].append(district_)
    return MappingProxyType({code: tuple(group) for code, group in groups.items()})


def candidate(code: str) -> Candidate:
    """An area as messages offer it; a district says which province it lies in."""
    if code in provinces_by_code():
        found = provinces_by_code()[code]
        return Candidate(code, found.name_th, found.name_en)
    district_ = districts_by_code()[code]
    home = provinces_by_code()[district_.province_code]
    return Candidate(
        code,
        f"{district_.name_th} ({home.name_th})",
        f"{district_.name_en} ({home.name_en})",
    )


def _unknown_area(code: str, level: str, register: Mapping[str, object]) -> UnknownArea:
    siblings = [other for other in register if other[:2] == str(code)[:2]]
    near = get_close_matches(str(code), siblings or list(register), n=3, cutoff=0.5)
    return UnknownArea(str(code), level, tuple(candidate(match) for match in near))


def province(code: str) -> Province:
    """The province with exactly this code, or UnknownArea. Names are read by geo.names."""
    found = provinces_by_code().get(code)
    if found is None:
        raise _unknown_area(code, "province", provinces_by_code())
    return found


def district(code: str) -> District:
    """The district with exactly this code, or UnknownArea. Names are read by geo.names."""
    found = districts_by_code().get(code)
    if found is None:
        raise _unknown_area(code, "district", districts_by_code())
    return found


def districts_of(province_code: str) -> tuple[District, ...]:
    """The districts of one province in order of code."""
    return _districts_of()[province(province_code).code]


def region_of(province_code: str) -> str:
    """The region code of a province: north, northeast, central or south."""
    return province(province_code).region


def provinces_of(region: str) -> tuple[Province, ...]:
    """The provinces of one region in order of code; an unknown region raises UnknownArea."""
    if region not in REGIONS:
        raise UnknownArea(region, "area")
    return tuple(p for p in provinces() if p.region == region)


def level_of(code: str) -> str:
    """`country`, `region`, `province` or `district`; UnknownArea for anything else."""
    if code == COUNTRY:
        return "country"
    if code in REGIONS:
        return "region"
    if code in provinces_by_code():
        return "province"
    if code in districts_by_code():
        return "district"
    known = {**provinces_by_code(), **districts_by_code()}
    raise _unknown_area(code, "area", known)


def area_name(code: str, lang: Lang) -> str:
    """The name of the country, a region, a province or a district in one language."""
    level = level_of(code)
    if level in ("country", "region"):
        return _region_names()[code][0 if lang == "th" else 1]
    area = province(code) if level == "province" else district(code)
    return area.name_th if lang == "th" else area.name_en


def short_name(province_code: str, lang: Lang) -> str:
    """A province in two or three letters, for tiles and crowded labels: ชม. in Thai, CM else."""
    return _short_names()[province(province_code).code][0 if lang == "th" else 1]
