"""Roles, grants and the rules of signing in, read from `config/access.toml` and checked.

Codes of areas are only text here; `data_access.roles` knows which of them exist. The file is read
again whenever it has changed, so a grant that was taken away is gone at the next run of a page.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from config.i18n import Lang

TOML_PATH = Path(__file__).with_name("access.toml")
Elsewhere = Literal["public", "nothing"]
AREA_KINDS = ("country", "regions", "provinces", "districts")
_LISTS = ("regions", "provinces", "districts")
_GRANT = {"user", "role", "until", *AREA_KINDS}
_ROLE = {"elsewhere", "areas", "administers"}
_SECTIONS: dict[str, dict[str, type]] = {
    "identity": {"claim": str, "trust_unverified_email": bool},
    "contact": {"name_th": str, "name_en": str, "email": str},
    "session": {"idle_minutes": int, "longest_hours": int},
    "audit": {"keep_months": int},
}


class AccessProblem(Exception):
    """A file of grants that cannot be used; every mistake in it, one a line. Nobody gets in."""


@dataclass(frozen=True)
class Role:
    """What a role sees outside its own areas, which kinds of own areas it has, its tools."""

    name: str
    elsewhere: Elsewhere
    areas: frozenset[str]
    administers: bool


@dataclass(frozen=True)
class Grant:
    """One line of the list of people: who, as what, with which own areas, until which last day."""

    user: str
    role: str
    country: bool = False
    regions: frozenset[str] = field(default_factory=frozenset)
    provinces: frozenset[str] = field(default_factory=frozenset)
    districts: frozenset[str] = field(default_factory=frozenset)
    until: date | None = None


@dataclass(frozen=True)
class Access:
    """The whole file. `grants` and `sample_grants` are as written, two of one user included."""

    claim: str
    trust_unverified_email: bool
    contact_th: str
    contact_en: str
    contact_email: str
    idle_minutes: int
    longest_hours: int
    keep_months: int
    roles: Mapping[str, Role]
    grants: tuple[Grant, ...]
    sample_grants: tuple[Grant, ...]

    def contact(self, lang: Lang) -> str:
        """Give whom a refused person should ask, with the address where there is one."""
        name = self.contact_th if lang == "th" else self.contact_en
        return f"{name} ({self.contact_email})" if self.contact_email else name

    def grants_of(self, user: str, *, synthetic: bool) -> tuple[Grant, ...]:
        """Give the grants of a user; those of the sample count only where data are synthetic."""
        listed = (*self.grants, *self.sample_grants) if synthetic else self.grants
        return tuple(grant for grant in listed if grant.user == normal(user))


def normal(user: str) -> str:
    """Give a user's name as it is compared: without spaces around it, in lower case."""
    return user.strip().casefold()


def load(path: Path = TOML_PATH) -> Access:
    """Give the file as it stands now; raises AccessProblem with every mistake in it."""
    try:
        mark = path.stat()
    except OSError as problem:
        raise AccessProblem(f"{path.name}: {problem.strerror}") from problem
    return _load(path, mark.st_mtime_ns, mark.st_size, mark.st_ino)


@lru_cache(maxsize=4)
def _load(path: Path, *_mark: int) -> Access:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise AccessProblem(f"{path.name}: {problem}") from problem
    return read(table, path.name)


def read(table: Mapping[str, Any], name: str = "access.toml") -> Access:
    """Give the access of a parsed file; raises AccessProblem with every mistake in it."""
    mistakes = _mistakes(table)
    if mistakes:
        raise AccessProblem("\n".join(f"{name}: {mistake}" for mistake in mistakes))
    roles = {
        role: Role(role, line["elsewhere"], frozenset(line["areas"]), line["administers"])
        for role, line in table["roles"].items()
    }
    contact, session, identity = table["contact"], table["session"], table["identity"]
    return Access(
        claim=identity["claim"],
        trust_unverified_email=identity["trust_unverified_email"],
        contact_th=contact["name_th"],
        contact_en=contact["name_en"],
        contact_email=contact["email"],
        idle_minutes=session["idle_minutes"],
        longest_hours=session["longest_hours"],
        keep_months=table["audit"]["keep_months"],
        roles=roles,
        grants=tuple(_grant(line) for line in table.get("grants", [])),
        sample_grants=tuple(_grant(line) for line in table.get("sample_grants", [])),
    )


def _grant(line: Mapping[str, Any]) -> Grant:
    lists = {kind: frozenset(line.get(kind, [])) for kind in _LISTS}
    return Grant(
        user=normal(line["user"]),
        role=line["role"],
        country=line.get("country", False),
        until=line.get("until"),
        **lists,
    )


def _mistakes(table: Mapping[str, Any]) -> list[str]:
    found = [
        f"[{name}] is not known"
        for name in table
        if name not in (*_SECTIONS, "roles", "grants", "sample_grants")
    ]
    for section, wanted in _SECTIONS.items():
        found += _section_mistakes(section, table.get(section, {}), wanted)
    for role, line in table.get("roles", {}).items():
        found += _role_mistakes(role, line)
    for kind in ("grants", "sample_grants"):
        for at, line in enumerate(table.get(kind, []), start=1):
            found += [f"[[{kind}]] number {at}: {mistake}" for mistake in _grant_mistakes(line)]
    return found + ([] if table.get("roles") else ["[roles] has no role"])


def _section_mistakes(section: str, line: Any, types: Mapping[str, type]) -> list[str]:
    if not isinstance(line, dict):
        return [f"[{section}] must be a table"]
    found = [f"[{section}] {name} is not known" for name in sorted(set(line) - set(types))]
    for name, kind in types.items():
        if type(line.get(name)) is not kind:
            found.append(f"[{section}] {name} must be a {kind.__name__}; got: {line.get(name)!r}")
        elif kind is int and line[name] < 1:
            found.append(f"[{section}] {name} must be 1 or more; got: {line[name]}")
    return found


def _role_mistakes(role: str, line: Any) -> list[str]:
    if not isinstance(line, dict) or set(line) != _ROLE:
        return [f"[roles.{role}] must have exactly {', '.join(sorted(_ROLE))}"]
    found = []
    if line["elsewhere"] not in ("public", "nothing"):
        found.append(f"[roles.{role}] elsewhere must be public or nothing")
    if not isinstance(line["areas"], list) or set(line["areas"]) - set(AREA_KINDS):
        found.append(f"[roles.{role}] areas may hold {', '.join(AREA_KINDS)}")
    if not isinstance(line["administers"], bool):
        found.append(f"[roles.{role}] administers must be true or false")
    return found


def _grant_mistakes(line: Any) -> list[str]:
    if not isinstance(line, dict):
        return ["must be a table"]
    found = [f"{name} is not known" for name in sorted(set(line) - _GRANT)]
    found += [
        f"{name} must be a text that is not empty"
        for name in ("user", "role")
        if not isinstance(line.get(name), str) or not line[name].strip()
    ]
    for kind in _LISTS:
        codes = line.get(kind, [])
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            found.append(f'{kind} must be a list of codes in quotes, like ["50"]')
    if not isinstance(line.get("country", False), bool):
        found.append("country must be true or false")
    until = line.get("until")
    if until is not None and type(until) is not date:
        found.append("until must be a day, like 2027-09-30")
    return found
