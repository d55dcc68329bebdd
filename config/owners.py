"""Units of the department that answer for indicators, read from `config/owners.toml`."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from config.i18n import LANGS, Lang

TOML_PATH = Path(__file__).with_name("owners.toml")


class OwnerProblem(Exception):
    """A unit that owners.toml does not have, or one without a name in each language."""


def name(code: str, lang: Lang) -> str:
    """Give the name of a unit; raises OwnerProblem for a code without an entry."""
    if code not in owners():
        raise OwnerProblem(f"an owner is one of {sorted(owners())}; got: {code!r}")
    return owners()[code][lang]


@lru_cache(maxsize=1)
def owners() -> Mapping[str, Mapping[Lang, str]]:
    """Give the names of all units by code, read once per process."""
    return MappingProxyType(read(TOML_PATH))


def read(path: Path) -> dict[str, Mapping[Lang, str]]:
    """Give the units of a file; raises OwnerProblem with every unit that lacks a name."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    wrong = [
        code
        for code, names in table.items()
        if not isinstance(names, dict)
        or set(names) != set(LANGS)
        or not all(isinstance(name, str) and name.strip() for name in names.values())
    ]
    if wrong:
        raise OwnerProblem(f"{path.name}: a name in {LANGS} and nothing else; got: {wrong}")
    return table
