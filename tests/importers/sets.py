"""A small right load, in every form a source can have, for tests to damage one cell at a time."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from sqlalchemy import Column, MetaData, String, Table, create_engine, insert

from config.i18n import Lang
from data_access.importers import BadData, LoadReport, Problem, read_into

AS_OF = date(2026, 9, 30)
Tables = dict[str, list[dict[str, Any]]]

_RIGHT: dict[str, str] = {
    "workers": """
        worker_id sex has_social_work_degree
        W1        F   true
        W2        M   .
    """,
    "worker_posts": """
        worker_id role          province_code district_code supervisor_id fte start_on   end_on
        W1        case_manager  50            5001          W2            1.0 2024-10-01 .
        W2        cm_supervisor 50            .             .             0.5 2024-10-01 2026-03-31
    """,
    "volunteers": """
        volunteer_id sex level   province_code district_code registered_on
        V1           F   village 50            5001          2020-01-15
    """,
    "families": """
        family_id household_id district_code
        F1        H1           5001
        F2        H1           3801
    """,
    "cases": """
        case_id family_id target_group urgent opened_on  stage     closed_on  closure_reason
        C1      F1        elder        true   2025-10-01 follow_up .          .
        C2      F2        child        .      2025-11-05 closed    2026-05-01 self_reliant
    """,
    "case_assignments": """
        case_id worker_id start_on   end_on
        C1      W1        2025-10-02 .
        C2      W1        2025-11-06 2026-05-01
    """,
    "follow_ups": """
        follow_up_id case_id first_due_on due_on     done_on    method     worker_id
        FU1          C1      2025-11-01   2025-11-08 2025-11-07 home_visit W1
        FU2          C1      2026-10-01   2026-10-01 .          .          .
    """,
    "courses": """
        course_id name_th target_role  qualifying
        CM        พื้นฐาน  case_manager true
    """,
    "cohorts": """
        cohort_id course_id start_on   end_on     date_precision mode
        CM-1      CM        2025-12-01 2025-12-03 day            online
    """,
    "enrolments": """
        cohort_id person_type person_id sex completed_on
        CM-1      worker      W1        F   2025-12-03
    """,
}


def right(**further: Sequence[Mapping[str, Any]]) -> Tables:
    """A load without a fault, with further tables where a test needs them. Every cell is text."""
    tables = {name: _drawn(text) for name, text in _RIGHT.items()}
    return tables | {name: [dict(row) for row in rows] for name, rows in further.items()}


def changed(table: str, row: int, **cells: Any) -> Tables:
    """The right load with some cells of one row changed; rows count as Excel shows them."""
    tables = right()
    tables[table][row - 2].update(cells)
    return tables


def csv_folder(folder: Path, tables: Tables) -> str:
    """The tables as a folder of CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text(csv_text(rows), encoding="utf-8", newline="")
    return str(folder)


def csv_text(rows: list[dict[str, Any]], separator: str = ",", end: str = "\r\n") -> str:
    """One table as the text of a CSV file."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, _columns(rows), delimiter=separator, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def workbook(tables: Tables) -> openpyxl.Workbook:
    """The tables as an open workbook, one sheet each, for the test to damage and save."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        sheet.append(_columns(rows))
        for row in rows:
            sheet.append([row.get(column) for column in _columns(rows)])
    return book


def saved(path: Path, book: openpyxl.Workbook) -> str:
    """The path of a workbook after saving it."""
    book.save(path)
    return str(path)


def database(url: str, tables: Tables) -> str:
    """The tables, all columns being text, in a database of that address."""
    engine = create_engine(url)
    metadata = MetaData()
    with engine.begin() as connection:
        for name, rows in tables.items():
            table = Table(name, metadata, *(Column(c, String(200)) for c in _columns(rows)))
            table.create(connection)
            connection.execute(insert(table), [{c: r.get(c) for c in _columns(rows)} for r in rows])
    engine.dispose()
    return url


def load(source: str, **options: Any) -> tuple[duckdb.DuckDBPyConnection, LoadReport]:
    """A load that goes in, and the connection that holds it."""
    con = duckdb.connect()
    return con, read_into(con, source, **({"as_of": AS_OF} | options))


def refused(source: str, **options: Any) -> BadData:
    """What refuses a load; fails where it goes in."""
    con = duckdb.connect()
    with pytest.raises(BadData) as caught:
        read_into(con, source, **({"as_of": AS_OF} | options))
    assert con.execute("SHOW TABLES").fetchall() == [], "all rows or none"
    return caught.value


def only(source: str) -> Problem:
    """The one problem of a load."""
    bad = refused(source)
    assert bad.total == 1, bad.text("en")
    return bad.problems[0]


def said(source: str, lang: Lang = "en") -> list[str]:
    """What a refused load says, line by line, without the heading."""
    return refused(source).lines(lang)[1:]


def _columns(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _drawn(text: str) -> list[dict[str, Any]]:
    heading, *lines = [line.split() for line in text.strip().splitlines()]
    return [
        {name: None if cell == "." else cell for name, cell in zip(heading, line, strict=True)}
        for line in lines
    ]
