"""The header row: which column is which, however it is spelt, and what does not belong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sqlalchemy import Table

from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import cut
from data_access.importers.staging import SourceTable, StagedTable
from data_access.schema.tables import EXCHANGE_TABLES
from geo.names import clean

LOOK_BELOW = 10  # rows looked at when the first one is not the header
MOST_COLUMNS = 1_000  # no table has thirty; matching a hundred thousand names takes half an hour
# What people and programs add to the name of a file when they copy, mend or send it.
_COPY_WORDS = re.compile(
    r"\(\d+\)|\.(?:csv|tsv|txt|xlsx?|xlsm|ods)|สำเนาของ|สำเนา|copy_of|copy|final|latest|new|ฉบับ|แก้ไข|ล่าสุด|ใหม่"
    r"|_v?\d+(?=_|$)|\d{4,}"
)

# Headers of columns that would identify a person: whole English words, parts of Thai headers.
_PERSONAL = re.compile(
    "(?:^|_)(?:name|first_?name|last_?name|surname|full_?name|nickname|initials"
    "|address|addr|street|house|house_?no|lat|latitude|lon|lng|long|longitude|coordinates?|gps|geom"
    "|geometry|phone|mobile|tel|telephone|fax|e?mail|line_?id|facebook|passport|citizen|citizen_?id"
    "|national_?id|id_?card|cid|pid|birth|birth_?da(?:te|y)|dob|born)(?:_|$)"
    "|ชื่อ|นามสกุล|ที่อยู่|บ้านเลขที่|เลขที่บ้าน|ถนน|ซอย|ละติจูด|ลองจิจูด|พิกัด|โทรศัพท์|เบอร์|มือถือ|อีเมล"
    "|ประชาชน|บัตรประจำตัว|พาสปอร์ต|หนังสือเดินทาง|วันเกิด"
)
_CITIZEN = re.compile("ประชาชน|บัตรประจำตัว|citizen|national_?id|id_?card|^cid$|^pid$|^pin$")


@dataclass(frozen=True, slots=True)
class Header:
    """A header row understood. Keys are places from 0; `doubles` are names that stand twice."""

    width: int
    columns: Mapping[int, str]
    others: Mapping[int, str]
    doubles: tuple[str, ...]

    def staging_names(self) -> list[str]:
        """Give the name of each column in the staging table."""
        return [self.columns.get(n, f"extra_{n + 1}") for n in range(self.width)]

    def staged_table(self, relation: str, numbered: bool = True) -> StagedTable:
        """Give the staged table that this header describes."""
        others = {f"extra_{place + 1}": name for place, name in self.others.items()}
        return StagedTable(relation, tuple(self.columns.values()), others, numbered)


def tidy(header: str) -> str:
    """Give a header or table name in the form in which names are compared."""
    return re.sub(r"[\s\-]+", "_", clean(header)).casefold()


def table_named(name: str) -> str | None:
    """Give the exchange table that a file, sheet or table name means."""
    return tidy(name) if tidy(name) in EXCHANGE_TABLES else None


def table_meant(name: str) -> str | None:
    """Give the exchange table that a name nearly is: "workers (1).csv", "สำเนาของ workers"."""
    plain = _COPY_WORDS.sub("_", tidy(name.rsplit("/", 1)[-1]))
    plain = re.sub("_+", "_", plain).strip("_.")
    if plain in EXCHANGE_TABLES:
        return plain
    near = get_close_matches(plain, EXCHANGE_TABLES, n=1, cutoff=0.85)
    return near[0] if near else None


def report_width(source_table: SourceTable, width: int, log: ProblemLog) -> None:
    """Take down that a table has more columns than any table can have."""
    table, file = source_table.table, source_table.name
    log.add("too_many_columns", table, 1, file=file, width=width, most=MOST_COLUMNS)


def match(cells: Sequence[str | None], table: Table | None) -> Header:
    """Give the columns of a header row; empty headers and those of no table are `others`."""
    known: dict[int, str] = {}
    others: dict[int, str] = {}
    doubles: list[str] = []
    for place, cell in enumerate(cells):
        name = tidy(cell or "")
        if table is None or name not in table.c:
            others[place] = cut(cell) or f"({place + 1})"
        elif name in known.values():
            doubles.append(name)
            others[place] = name
        else:
            known[place] = name
    return Header(len(cells), known, others, tuple(doubles))


def lower_header(rows: Sequence[Sequence[str | None]], table: Table) -> int | None:
    """Give the Excel row of the header where it is not the first row, else None.

    A row further down is the header when it names more of the table's columns than the first row
    does, and at least two.
    """
    scores = [len(match(row, table).columns) for row in rows[:LOOK_BELOW]]
    best = max(scores, default=0)
    if best < 2 or scores[0] == best:
        return None
    return scores.index(best) + 1


def report(header: Header, table: Table, log: ProblemLog) -> None:
    """Take down what is wrong with a header: missing or double columns; unknown ones as notes."""
    for name in header.doubles:
        log.add("double_column", table.name, column=name)
    present = set(header.columns.values())
    for column in table.c:
        if column.info.get("required") and column.name not in present:
            _report_missing(column.name, header, table, log)
    ignored = [name for name in header.others.values() if name not in header.doubles]
    names = tuple(name for name in ignored if not is_nameless(name))
    if names:
        log.ignored_columns[table.name] = names
    for name in names:
        _note_ignored(name, set(table.c.keys()) - present, table, log)


def is_nameless(header: str) -> bool:
    """Tell whether a column had no header and is known by its place, as in "(7)"."""
    return re.fullmatch(r"\(\d+\)", header) is not None


def is_personal(header: str) -> bool:
    """Tell whether a header names something that would identify a person."""
    return _PERSONAL.search(re.sub("[^a-z\u0e00-\u0e7f]+", "_", tidy(header))) is not None


def names_citizen_number(header: str) -> bool:
    """Tell whether a header says that the column holds citizen numbers."""
    return _CITIZEN.search(tidy(header)) is not None


def _report_missing(name: str, header: Header, table: Table, log: ProblemLog) -> None:
    spelt = {tidy(other): other for other in header.others.values()}
    near = get_close_matches(name, spelt, n=1, cutoff=0.75)
    example = table.c[name].info["example"]
    if near:
        log.add("missing_column_near", table.name, column=name, near=spelt[near[0]])
    else:
        log.add("missing_column", table.name, column=name, example=example)


def _note_ignored(name: str, absent: set[str], table: Table, log: ProblemLog) -> None:
    near = get_close_matches(tidy(name), absent, n=1, cutoff=0.75)
    if near:
        log.note("unknown_column_near", table.name, name, near=near[0])
    elif is_personal(name):
        log.note("personal_column", table.name, name)
    else:
        log.note("unknown_column", table.name, name)
