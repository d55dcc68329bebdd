"""Groups of neighbouring districts: what the public level shows where a district is too small.

Each province is divided once and for all, whatever the data; the code of a group is the
province's with a number, `50-3`.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from config.i18n import Lang, t
from geo import registers
from geo.tables import read_csv

SEPARATOR = "-"


@cache
def group_by_district() -> Mapping[str, str]:
    """District code → code of its group, for all 928 districts."""
    rows = read_csv(registers.DATA / "district_groups.csv")
    return MappingProxyType({r["code"]: f"{r['code'][:2]}{SEPARATOR}{r['group']}" for r in rows})


@cache
def members() -> Mapping[str, tuple[str, ...]]:
    """Code of a group → its districts; the first district of a province is in its first group."""
    found: dict[str, list[str]] = {}
    for district, group in group_by_district().items():
        found.setdefault(group, []).append(district)
    return MappingProxyType({group: tuple(codes) for group, codes in sorted(found.items())})


def groups_of(province: str) -> tuple[str, ...]:
    """The groups of one province, in order."""
    return tuple(group for group in members() if group.startswith(province + SEPARATOR))


def is_group(code: str) -> bool:
    """True for the code of a group."""
    return code in members()


def name(group: str, lang: Lang) -> str:
    """A group in words: the names of its districts; the first of a province counts those of its
    clients whose district is unknown too, and says so."""
    names = [registers.area_name(code, lang) for code in members()[group]]
    key = "name_bangkok" if group.startswith(registers.BANGKOK) else "name"
    text = t(f"district_group.{key}", lang, names=", ".join(names))
    first = group.endswith(f"{SEPARATOR}1")
    return t("district_group.first", lang, name=text) if first else text
