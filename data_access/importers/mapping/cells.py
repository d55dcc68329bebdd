"""Cells of a source as cells of the exchange format: texts joined, cut, translated.

Batches are Arrow; a column is only read text by text where its map names codes, answers or a form
of dates, and then each different text once.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from config.thai_calendar import DateProblem
from data_access.importers.mapping.day_forms import read_written_day
from data_access.importers.mapping.definition import ColumnMap, SourceColumn, TableMap
from data_access.importers.values import bare

NO_CODE, NO_ANSWER, NO_DAY = "map_no_code", "map_no_answer", "map_no_day"


class Unread(Exception):
    """A text that its map does not read; `rule` says what the map lacks."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class Cells:
    """The columns of one part, and what they could not read: `unread` counts rows by text."""

    def __init__(self, part: TableMap, order: Sequence[SourceColumn]) -> None:
        self._part = part
        self._places = {column: place for place, column in enumerate(order)}
        self._texts: dict[str, dict[str, str]] = {name: {} for name in part.columns}
        self.unread: dict[tuple[str, str], Counter[str]] = {}

    def table(self, batch: pa.RecordBatch, names: Sequence[str]) -> pa.Table:
        """Give a batch as text columns of the exchange format; those not of this part are empty."""
        rows = batch.num_rows
        columns = [
            self._column(name, batch) if name in self._part.columns else pa.repeat("", rows)
            for name in names
        ]
        return pa.table(columns, [f"c{n}" for n in range(len(names))])

    def _column(self, name: str, batch: pa.RecordBatch) -> pa.Array:
        how = self._part.columns[name]
        if how.value is not None and not how.columns:
            return pa.repeat(how.value, batch.num_rows)
        cells = _join([batch.column(self._places[c]) for c in how.columns], how.between)
        if how.empty:
            blank = pc.is_in(pc.utf8_trim_whitespace(cells), pa.array(sorted(how.empty)))
            cells = pc.if_else(blank, "", cells)
        if how.first is not None:
            cells = pc.utf8_slice_codeunits(pc.utf8_trim_whitespace(cells), 0, how.first)
        if how.is_translated:
            cells = self._translate(name, how, cells)
        if how.before:
            ids = pc.binary_join_element_wise(how.before, cells, "")
            cells = pc.if_else(pc.equal(cells, ""), "", ids)
        return cells

    def _translate(self, name: str, how: ColumnMap, cells: pa.Array) -> pa.Array:
        encoded = cells.dictionary_encode()
        texts = encoded.dictionary.to_pylist()
        known = self._texts[name]
        counts: Mapping[int, int] | None = None
        for place, text in enumerate(texts):
            if text in known:
                continue
            try:
                known[text] = read(how, text)
            except Unread as gap:
                if counts is None:
                    counts = _counts(encoded)
                unread = self.unread.setdefault((name, gap.rule), Counter())
                unread[text] += counts[place]
        readings = pa.array([known.get(text, "") for text in texts], pa.string())
        return readings.take(encoded.indices)


def read(how: ColumnMap, text: str) -> str:
    """Give one text as the exchange format writes it; raises Unread where the map has no reading.

    A text that the codes do not name stays as it is: it may be right already.
    """
    plain = bare(text)
    if not plain:
        return ""
    if how.codes:
        return _code(how, plain)
    if how.yes or how.no:
        if plain in how.yes or plain in how.no:
            return "true" if plain in how.yes else "false"
        raise Unread(NO_ANSWER)
    if how.date is not None:
        try:
            return read_written_day(plain, how.date).isoformat()
        except DateProblem:
            raise Unread(NO_DAY) from None
    return text


def _code(how: ColumnMap, plain: str) -> str:
    if plain in how.codes:
        return how.codes[plain]
    if plain in how.codes.values():
        return plain
    raise Unread(NO_CODE)


def _join(columns: Sequence[pa.Array], between: str) -> pa.Array:
    """The texts of several columns as one, empty ones left out."""
    if len(columns) == 1:
        return columns[0]
    trimmed = [pc.utf8_trim_whitespace(column) for column in columns]
    whole = trimmed[0]
    for part in trimmed[1:]:
        both = pc.binary_join_element_wise(whole, part, between)
        longer = pc.if_else(pc.equal(part, ""), whole, both)
        whole = pc.if_else(pc.equal(whole, ""), part, longer)
    return whole


def _counts(column: pa.DictionaryArray) -> dict[int, int]:
    return {
        int(one["values"]): int(one["counts"])
        for one in pc.value_counts(column.indices).to_pylist()
    }
