"""Words in two languages: one key, one text per language, no silent fallback.

Texts live in `config/locale/<language>/<area>.toml`, one file per subject. A key is the path inside
the file, joined with dots: `[page.caseload]` with `title = "…"` is the key `page.caseload.title`.
The name of the file is not part of the key, so a key may stand in one file only.
"""

import string
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

Lang = Literal["th", "en"]
LANGS: tuple[Lang, ...] = ("th", "en")
LOCALE_DIR = Path(__file__).parent / "locale"


class TextProblem(Exception):
    """Something is wrong with the texts; the base of this module's errors."""


class MissingText(TextProblem):
    """A key, a language or a value for a `{placeholder}` that is not there."""


class LocaleProblem(TextProblem):
    """A file of texts that cannot be used as it stands."""


def t(key: str, lang: Lang, **values: object) -> str:
    """Give the text of `key` in one language, its `{placeholders}` filled from `values`.

    Values that the text does not mention are ignored. A value is written as `str` writes it, so
    numbers and dates are formatted first (see `config.numbers`, `config.thai_calendar`). The name
    of a threshold needs no value: `{caseload_norm}` is the norm as thresholds.toml has it, so that
    a norm stands in no text.
    """
    return fill_text(_text(key, lang), key, lang, **values)


def fill_text(text: str, key: str, lang: Lang, **values: object) -> str:
    """Give a text with its `{placeholders}` filled, as `t` does; `key` names it in an error."""
    try:
        return text.format_map(_Values(values))
    except KeyError as missing:
        raise MissingText(
            f"text {key!r} ({lang}) wants a value for {missing.args[0]!r}; got: {sorted(values)}"
        ) from None


class _Values(dict[str, object]):
    """Values by name; a threshold's name is its value where none is given."""

    def __missing__(self, name: str) -> str:
        # thresholds.toml is checked with the texts of units, so that module imports this one.
        from config import thresholds

        norm = thresholds.thresholds().get(name)
        if norm is None:
            raise KeyError(name)
        return thresholds.bare(norm.value)


def raw(key: str, lang: Lang) -> str:
    """Give the text of `key` as it is written, placeholders unfilled."""
    return _text(key, lang)


def has(key: str) -> bool:
    """Tell whether every language has a text for `key`."""
    return all(key in texts(lang) for lang in LANGS)


def keys(lang: Lang) -> frozenset[str]:
    """Give all keys that one language has a text for."""
    return frozenset(texts(lang))


def placeholders(text: str) -> frozenset[str]:
    """Give the names between braces in a text; raises LocaleProblem if they are not plain names."""
    try:
        fields = [
            (name, spec, conversion)
            for _, name, spec, conversion in string.Formatter().parse(text)
            if name is not None
        ]
    except ValueError as problem:
        raise LocaleProblem(
            f"braces do not match ({problem}); write {{{{ for one brace; got: {text!r}"
        ) from problem
    for name, spec, conversion in fields:
        if not name.isidentifier() or spec or conversion:
            raise LocaleProblem(f"a placeholder is a plain name, like {{count}}; got: {text!r}")
    return frozenset(name for name, _, _ in fields)


@lru_cache(maxsize=len(LANGS))
def texts(lang: Lang) -> dict[str, str]:
    """Give every text of one language by its key, read once per process."""
    if lang not in LANGS:
        raise MissingText(f"a language is one of {LANGS}; got: {lang!r}")
    return read_folder(LOCALE_DIR / lang)


def read_folder(folder: Path) -> dict[str, str]:
    """Give all texts of the TOML files in a folder by key; raises LocaleProblem on a double key."""
    found: dict[str, str] = {}
    home: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for key, text in _flat(_read(path), path):
            if key in home:
                raise LocaleProblem(f"text {key!r} stands in both {home[key]} and {path.name}")
            placeholders(text)
            found[key], home[key] = text, path.name
    return found


def _text(key: str, lang: Lang) -> str:
    text = texts(lang).get(key)
    if text is None:
        raise MissingText(f"no text in {lang!r} for the key {key!r}; add it to config/locale")
    return text


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise LocaleProblem(
            f"{path.parent.name}/{path.name} is not valid TOML: {problem}"
        ) from problem


def _flat(table: dict[str, Any], path: Path, prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, content in table.items():
        key = f"{prefix}{name}"
        if isinstance(content, dict):
            pairs.extend(_flat(content, path, f"{key}."))
        elif isinstance(content, str):
            pairs.append((key, content))
        else:
            raise LocaleProblem(f"{path.name}: text {key!r} must be a string; got: {content!r}")
    return pairs
