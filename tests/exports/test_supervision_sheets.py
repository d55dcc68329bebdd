"""Supervision sheets as PDF: a page each, the numbers of the door, black and white."""

import io
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from config.i18n import LANGS, Lang, t
from data_access import snapshot
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.exports.read_back import numbers_in, pdf_pages
from ui.blocks import Table, Text
from ui.queries import page_queries
from ui.render.documents import paper
from ui.render.media import renderer
from ui.state.filter_state import everything
from ui.state.page_context import View

OWN = Scope(nation=True, own_provinces=frozenset({"30", "31", "32", "33", "34", "40", "50", "57"}))


@pytest.fixture(scope="module")
def info(small_data_dir: Path) -> SnapshotInfo:
    return snapshot.current(small_data_dir)


def view_of(info: SnapshotInfo, area: str = "TH", lang: Lang = "th", **options: str) -> View:
    filters = everything(info.as_of).at(area)
    return View(filters, lang, "light", OWN, info, options=options, today=date(2026, 9, 30))


def test_fifty_sheets_are_one_file_with_a_page_each(info: SnapshotInfo) -> None:
    document, view = paper("supervision", view_of(info))
    rows = page_queries.listing(view, "supervision")
    assert len(rows) >= 50
    content = renderer("pdf")(document, view) or b""
    pages = pdf_pages(content)
    assert len(pages) == len(rows)
    for row, page in zip(rows.itertuples(), pages, strict=True):
        if row.kind == "case_manager":
            assert row.code in page
        wanted = {str(getattr(row, name)) for name in ("due", "done", "late", "visits")}
        assert wanted <= set(numbers_in(page)), row.code


@pytest.mark.parametrize("lang", LANGS)
def test_one_person_has_one_sheet_with_the_numbers_of_show(info: SnapshotInfo, lang: Lang) -> None:
    rows = page_queries.listing(view_of(info, "50", lang), "supervision")
    row = rows[rows["kind"] == "case_manager"].iloc[0]
    document, view = paper("supervision", view_of(info, "50", lang, person=row["code"]))
    titles = [b.text for b in document.blocks if isinstance(b, Text) and b.form == "chapter"]
    assert titles == [row["code"]]
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    frame: pd.DataFrame = table.rows()
    assert frame["now"].tolist() == [row[name] for name in ("due", "done", "late", "visits")]
    before = [row[f"{name}_before"] for name in ("due", "done", "late", "visits")]
    assert frame["before"].tolist() == before
    (steps,) = [b.text for b in document.blocks if isinstance(b, Text) and b.form == "steps"]
    assert len(steps.split("\n")) == 3
    assert len(pdf_pages(renderer("pdf")(document, view) or b"")) == 1


def test_whoever_has_no_area_gets_a_page_without_anybody(info: SnapshotInfo) -> None:
    view = View(everything(info.as_of), "th", "light", Scope(nation=True), info)
    document, view = paper("supervision", view)
    assert document.blocks == ()
    (page,) = pdf_pages(renderer("pdf")(document, view) or b"")
    assert not re.search("SYN", page)
    assert document.lead == t("page.desk.nobody", "th")


def test_sheets_have_no_colour(info: SnapshotInfo) -> None:
    document, view = paper("supervision", view_of(info, "50", person="5001"))
    reader = PdfReader(io.BytesIO(renderer("pdf")(document, view) or b""))
    content = ContentStream(reader.pages[0].get_contents(), reader)
    inks = [
        [float(number) for number in numbers]
        for numbers, operator in content.operations
        if operator in (b"rg", b"RG", b"sc", b"SC", b"scn", b"SCN") and len(numbers) == 3
    ]
    assert inks
    assert all(max(ink) == min(ink) for ink in inks)
