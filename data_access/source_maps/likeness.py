"""How much a name of a table or column is like what the exchange format calls it, from 0 to 1."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from config.settings import REPOSITORY

SYNONYMS_PATH = REPOSITORY / "config" / "source_synonyms.toml"
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_AROUND = re.compile(r"^(?:tbl|tb|t|vw|v|dim|fact|form|วิว|ตาราง|ทะเบียน|ข้อมูล)_?(?=.)")
_THAI = re.compile("[\u0e00-\u0e7f]")
_SPELT_ALIKE = 0.8


@cache
def synonyms(kind: str, path: Path = SYNONYMS_PATH) -> Mapping[str, tuple[str, ...]]:
    """Give other names by name of the format; `kind` is "tables" or "columns"."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))[kind]
    return {name: (name, *map(str, others)) for name, others in content.items()}


@cache
def plain(name: str) -> str:
    """Give a name in the form in which names are compared: small letters, words joined by _."""
    words = re.sub(r"[\W_]+", "_", _CAMEL.sub("_", name)).strip("_").casefold()
    return _AROUND.sub("", words) if not _AROUND.fullmatch(words) else words


def of_table(name: str, exchange: str) -> float:
    """Give how much a table's name is like that of an exchange table."""
    return _best(name, synonyms("tables").get(exchange, (exchange,)))


def of_column(name: str, exchange: str) -> float:
    """Give how much a column's name is like that of an exchange column."""
    return _best(name, synonyms("columns").get(exchange, (exchange,)))


def _best(name: str, others: Iterable[str]) -> float:
    return max(_score(plain(name), plain(other)) for other in others)


@cache
def _score(name: str, other: str) -> float:
    if name == other or name.rstrip("s") == other.rstrip("s"):
        return 1.0
    if _THAI.search(other):
        # Thai has no blanks between words: what is contained is a word of it.
        return 0.5 + 0.45 * len(other) / len(name) if other in name else 0.0
    words, wanted = set(name.split("_")), set(other.split("_"))
    if wanted <= words:
        return 0.5 + 0.4 * len(wanted) / len(words)
    ratio = SequenceMatcher(None, name, other).ratio()
    return 0.7 * ratio if ratio >= _SPELT_ALIKE else 0.0
