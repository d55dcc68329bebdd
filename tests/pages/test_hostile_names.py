"""Hostile words in every text column of the data: shown as words, never as part of the page."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Boolean, Column, Date, Integer, Numeric

from data_access.schema.codes import CODES
from data_access.schema.tables import EXCHANGE_TABLES
from tests.pages.conftest import Open
from tests.support.world import Rows
from ui.render.csv_file import csv_bytes
from ui.render.pages import PAGES

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'{seen}"


def cell(column: Column[Any]) -> Any:
    """A right value of a column: hostile wherever the sender may write words."""
    info = column.info
    if codes := info.get("codes"):
        return next(iter(CODES[codes]))
    if isinstance(column.type, Date):
        return date(2026, 3, 31)
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer):
        return int(info["example"])
    if isinstance(column.type, Numeric):
        return Decimal(info["example"])
    if info.get("area") or info.get("references") or column.name.endswith("_id"):
        return info["example"]
    return HOSTILE


def hostile_rows() -> Rows:
    """One row for every table of the exchange format."""
    return {name: [{c.name: cell(c) for c in t.c}] for name, t in EXCHANGE_TABLES.items()}


def test_most_tables_have_words_that_a_sender_writes() -> None:
    written = [name for name, (row,) in hostile_rows().items() if HOSTILE in row.values()]  # type: ignore[misc]  # one row each
    assert len(written) >= 8


@pytest.mark.slow
@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_a_page_shows_hostile_words_as_words(
    open_page: Open, data_dir_with: Callable[[Rows], Path], entry: Any
) -> None:
    app = open_page(entry.key, data_dir=data_dir_with(hostile_rows()))
    assert not app.exception
    assert not app.error
    bodies = [element.proto.body for element in app.get("html")]
    bodies += [element.value for element in (*app.markdown, *app.caption, *app.info, *app.warning)]
    assert bodies
    for body in bodies:
        assert "<img src=x" not in body
        assert "<script>alert" not in body


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_file_is_a_formula(start: str) -> None:
    frame = pd.DataFrame({"name": [f"{start}cmd|' /C calc'!A0"]})
    lines = csv_bytes(frame, {"name": f"{start}x"}, [f"{start}y"]).decode("utf-8-sig")
    assert f"'{start}cmd" in lines
    assert f"'{start}x" in lines
