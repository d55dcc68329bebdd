"""A first draft of a source map, guessed from names, types and the few texts of coded columns."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, Date
from sqlalchemy import Table as ExchangeTable

from config.i18n import Lang, t
from data_access.importers import headers
from data_access.importers.connection import OpenDatabase
from data_access.importers.problems import ValueProblem
from data_access.importers.readers import labels_of
from data_access.importers.values import read_yes_no
from data_access.schema.codes import CODES
from data_access.schema.tables import EXCHANGE_TABLES
from data_access.source_maps import likeness
from data_access.source_maps.samples import READ_ANYWAY, Sample, Table, table_of
from data_access.source_maps.uses import indicators_by_column
from geo.names import clean

_LIKE_ENOUGH = 0.55
_TABLE_LIKE_ENOUGH = 0.9
_YES = ("y", "yes", "t", "มี", "เป็น", "ใช่")
_MOST_NAMES = 4
# Codes of subdistricts and villages begin with that of their district.
_SUBDISTRICTS = ("999999", "99999999")
OPEN = "?"


@dataclass(frozen=True)
class Match:
    """A table of the source taken for an exchange table, and its columns by exchange column."""

    table: Table
    columns: Mapping[str, str]
    score: float


def draft(database: OpenDatabase, lang: Lang, hide_below: int) -> str:
    """Give the draft as TOML, its comments in one language; what nothing is like stands as "?".

    Tables of the format's own names are left out: they need no map.
    """
    tables = [
        table_of(database, name, hide_below)
        for name in database.names()
        if headers.table_named(name) is None
    ]
    own = {headers.table_named(name) for name in database.names()}
    blocks = [_heading(database, lang)]
    for name, exchange in EXCHANGE_TABLES.items():
        if name in own:
            continue
        matches = [_match(exchange, table) for table in tables]
        best = max(matches, key=lambda match: match.score, default=None)
        if best is not None and best.score >= _TABLE_LIKE_ENOUGH:
            blocks.append("\n".join(_block(exchange, best, lang)))
        elif exchange.info["required"]:
            blocks.append("\n".join(_empty_block(exchange, lang)))
    return "\n\n".join(blocks) + "\n"


def _heading(database: OpenDatabase, lang: Lang) -> str:
    lines = [f"# {line}" for line in t("source_map.draft.heading", lang).split("\n")]
    lines += ["", "[source]"]
    schema = database.limits.schema
    lines.append(f"schema = {_text(schema)}" if schema else '# schema = "…"')
    return "\n".join(lines)


def _match(exchange: ExchangeTable, table: Table) -> Match:
    """Name counts one, the columns that may not be empty count as much together."""
    scores = sorted(
        (
            (_column_score(column, source, sample), column.name, source)
            for column in exchange.c
            for source, sample in table.columns.items()
        ),
        key=lambda one: -one[0],
    )
    columns: dict[str, str] = {}
    for score, column_name, source in scores:
        if score >= _LIKE_ENOUGH and column_name not in columns and source not in columns.values():
            columns[column_name] = source
    required = [c.name for c in exchange.c if c.info.get("required")]
    share = sum(name in columns for name in required) / len(required)
    name_score = likeness.of_table(table.name, exchange.name)
    keyed = any(key in columns for key in (exchange.info["key"] or required[:1]))
    return Match(table, columns, name_score + share if keyed or name_score == 1 else 0.0)


def _column_score(column: "Column[Any]", source: str, sample: Sample) -> float:
    score = likeness.of_column(source, column.name)
    holds_days = sample.is_day or sample.form is not None
    if isinstance(column.type, Date) != holds_days and (sample.shape or sample.is_day):
        return score * 0.5
    return score


def _block(exchange: ExchangeTable, match: Match, lang: Lang) -> Iterator[str]:
    table = match.table
    yield f"[tables.{exchange.name}]"
    rows = t("source_map.draft.rows", lang, rows=f"{table.rows:,}")
    yield f"from = {_text(table.name)}   # {rows}"
    yield f"[tables.{exchange.name}.columns]"
    for column in exchange.c:
        source = match.columns.get(column.name)
        if source is not None:
            yield from _column(column, source, table.columns[source], lang)
        else:
            yield _missing(column, lang)
    others = [name for name in table.columns if name not in match.columns.values()]
    if others:
        personal = f" ({t('source_map.draft.personal', lang)})"
        names = [name + personal * headers.is_personal(name) for name in others]
        listed = ", ".join(names)
        yield f"# {t('source_map.draft.others', lang, columns=listed)}"


def _empty_block(exchange: ExchangeTable, lang: Lang) -> Iterator[str]:
    yield f"# {t('source_map.draft.no_table', lang, grain=exchange.info['grain'])}"
    yield f"[tables.{exchange.name}]"
    yield f'from = "{OPEN}"'
    yield f"[tables.{exchange.name}.columns]"
    for column in exchange.c:
        yield _missing(column, lang)


def _missing(column: "Column[Any]", lang: Lang) -> str:
    if column.info.get("required"):
        return f'{column.name} = "{OPEN}"   # {t("source_map.draft.required", lang)}'
    names = indicators_by_column().get((column.table.name, column.name), ())
    adds = _some(names) or t("source_map.lists_only", lang)
    return f'# {column.name} = "{OPEN}"   # {t("source_map.draft.optional", lang, adds=adds)}'


def _some(names: tuple[str, ...]) -> str:
    more = f" +{len(names) - _MOST_NAMES}" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


def _column(column: "Column[Any]", source: str, sample: Sample, lang: Lang) -> Iterator[str]:
    """One line for a plain column, several where texts are to be translated."""
    codes = str(column.info.get("codes", ""))
    about = sample.shape and f"   # {sample.kind}, {sample.shape}" or f"   # {sample.kind}"
    if codes in CODES and (sample.texts or sample.rarer):
        yield from _codes(column, source, sample, lang)
    elif isinstance(column.type, Boolean) and _needs_answers(sample):
        yes = [text for text in sample.texts if text.casefold().startswith(_YES) or text == "1"]
        no = [text for text in sample.texts if text not in yes]
        answers = f"yes = {_list(yes)}, no = {_list(no)}"
        yield f"{column.name} = {{ column = {_text(source)}, {answers} }}"
    elif column.info.get("area") == "district" and sample.shape in _SUBDISTRICTS:
        yield f"{column.name} = {{ column = {_text(source)}, first = 4 }}{about}"
    elif sample.form is not None and sample.form.pattern not in READ_ANYWAY:
        form = f"date = {_text(sample.form.pattern)}"
        yield f"{column.name} = {{ column = {_text(source)}, {form} }}{about}"
    else:
        yield f"{column.name} = {_text(source)}{about}"


def _needs_answers(sample: Sample) -> bool:
    try:
        for text in sample.texts:
            read_yes_no(text)
    except ValueProblem:
        return True
    return False


def _codes(column: "Column[Any]", source: str, sample: Sample, lang: Lang) -> Iterator[str]:
    codes = str(column.info["codes"])
    if all(text in CODES[codes] for text in sample.texts) and not sample.rarer:
        yield f"{column.name} = {_text(source)}"
        return
    pairs = [f"{_text(text)} = {_text(_code(codes, text))}" for text in sample.texts]
    yield f"# {column.name}: {t('source_map.draft.codes', lang, codes=', '.join(CODES[codes]))}"
    if sample.rarer:
        yield f"# {t('source_map.draft.rarer', lang, rarer=sample.rarer)}"
    yield f"{column.name} = {{ column = {_text(source)}, codes = {{ {', '.join(pairs)} }} }}"


def _code(codes: str, text: str) -> str:
    """The code or label itself, or the one label that the text is a part of; nothing spelt alike.

    A wrong code is a wrong number that nobody sees; a ? is seen.
    """
    plain = clean(text).casefold()
    if plain in CODES[codes]:
        return plain
    labels = labels_of(codes)
    # A number is no part of a label's meaning: 1 stands in the name of hotline 1300.
    parts = {code for label, code in labels.items() if plain in label and not plain.isdigit()}
    return labels.get(plain) or (parts.pop() if len(parts) == 1 else OPEN)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list(texts: list[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"
