"""What a column holds, told without content of clients: its shape, or the few texts it has.

Texts are shown only of a column that has few different ones, each in as many rows as a count must
have to be shown, and whose name does not speak of personal data.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Date, Integer, LargeBinary, func, select

from config.thai_calendar import DateProblem
from data_access.importers import headers
from data_access.importers.connection import OpenDatabase
from data_access.importers.mapping.day_forms import read_written_day
from data_access.importers.mapping.definition import DateForm
from data_access.importers.mapping.statements import source_table, text_of

ROWS = 1_000
MOST_TEXTS = 30
_LONGEST = 40
_PERSON_LIKE = re.compile(r"\d{5,}|@")
# In the order in which they are tried; the first that reads every text is taken.
_FORMS = (
    DateForm("yyyy-mm-dd"),
    DateForm("dd/mm/yyyy"),
    DateForm("dd-mmm-yyyy"),
    DateForm("dd mmm yyyy"),
    DateForm("yyyymmdd"),
    DateForm("ddmmyyyy"),
    DateForm("mm/dd/yyyy"),
)
# These are read without being named.
READ_ANYWAY = frozenset({"yyyy-mm-dd", "dd/mm/yyyy", "dd-mmm-yyyy", "dd mmm yyyy"})


@dataclass(frozen=True)
class Sample:
    """What is told of a column.

    `texts` are the few it has, by falling number of rows; `rarer` those that too few rows have to
    be shown. `form` is the one in which all its texts are days. `shape` has 9 for each digit.
    """

    kind: str
    shape: str = ""
    texts: tuple[str, ...] = ()
    rarer: int = 0
    form: DateForm | None = None
    is_day: bool = False


@dataclass(frozen=True)
class Table:
    """A table or view of a source: its number of rows and a sample of each column."""

    name: str
    rows: int
    columns: dict[str, Sample]


def table_of(database: OpenDatabase, name: str, hide_below: int) -> Table:
    """Give one table with samples of its columns, from its first thousand rows."""
    described = [
        Column(column, kind)
        for column, kind in database.columns(name).items()
        if not isinstance(kind, LargeBinary)
    ]
    table = source_table(name, database.limits.schema, described)
    rows = database.scalar(select(func.count()).select_from(table))
    dialect = database.connection.dialect
    cells = [text_of(column, dialect).label(f"c{n}") for n, column in enumerate(table.columns)]
    head = database.rows(select(*cells).limit(ROWS)) if cells else []
    samples = {
        column.name: _sample(column, [str(row[n] or "").strip() for row in head], hide_below)
        for n, column in enumerate(table.columns)
    }
    return Table(name, rows, samples)


def _sample(column: "Column[Any]", cells: list[str], hide_below: int) -> Sample:
    kind = column.type.__visit_name__.lower()
    filled = [cell for cell in cells if cell]
    is_day = isinstance(column.type, Date) or "date" in kind or "time" in kind
    if is_day:
        return Sample(kind, is_day=True)
    form = _form(filled, isinstance(column.type, Integer))
    shapes = Counter(_shape(cell) for cell in filled)
    shape = shapes.most_common(1)[0][0] if shapes else ""
    if headers.is_personal(column.name):
        return Sample(kind)
    counts = Counter(filled)
    if form is not None or len(counts) > MOST_TEXTS or any(map(_may_be_personal, counts)):
        return Sample(kind, shape, form=form)
    shown = tuple(text for text, rows in counts.most_common() if rows >= hide_below)
    return Sample(kind, shape, shown, len(counts) - len(shown))


def _may_be_personal(text: str) -> bool:
    return len(text) > _LONGEST or _PERSON_LIKE.search(text) is not None


def _shape(text: str) -> str:
    letters = re.sub("[\u0e00-\u0e7f]+", "ก", re.sub("[A-Za-z]", "A", text))
    return re.sub(r"\d", "9", letters)[:_LONGEST]


def _form(texts: list[str], whole: bool) -> DateForm | None:
    different = {text for text in texts if set(text) - set("0-")}
    if not different:
        return None
    for form in _FORMS:
        if whole and form.pattern not in ("yyyymmdd", "ddmmyyyy"):
            continue
        try:
            for text in different:
                read_written_day(text, form)
        except DateProblem:
            continue
        return form
    return None
