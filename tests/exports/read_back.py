"""Finished files read back by libraries that did not write them, as tables of cells."""

import io
import re
import sys
from html.parser import HTMLParser
from typing import Any

import openpyxl
from pypdf import PdfReader

Rows = list[list[Any]]
NUMBER = re.compile(r"[−+]?\d[\d,]*(?:\.\d+)?")


def sheets(content: bytes) -> dict[str, Rows]:
    """The sheets of a workbook by name, each from its row of headings on."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = {}
    for sheet in book:
        head = int(re.sub(r"\D", "", sheet.freeze_panes or "1")) - 1
        found[sheet.title] = [
            list(row) for row in sheet.iter_rows(min_row=max(head, 1), values_only=True)
        ]
    return found


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Rows] = []
        self.text: list[str] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.tables[-1][-1].append("".join(self._cell))
            self._cell = None

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._cell is not None:
            self._cell.append(data)


def html_tables(content: bytes) -> tuple[list[Rows], str]:
    """The tables of a file of HTML with their headings, and all its words."""
    reader = _Tables()
    reader.feed(content.decode().replace("\N{NO-BREAK SPACE}", " "))
    return reader.tables, " ".join(reader.text)


def pdf_pages(content: bytes) -> list[str]:
    """The words of each page; Thai comes out of such files wrong, digits and Latin right."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def pdf_fonts(content: bytes) -> set[str]:
    """The names of the fonts that a PDF carries inside itself."""
    names = set()
    for page in PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            for inner in font.get_object().get("/DescendantFonts", [font]):
                held = inner.get_object()
                descriptor = held["/FontDescriptor"].get_object()
                assert any(f"/FontFile{n}" in descriptor for n in ("", "2", "3")), held["/BaseFont"]
                names.add(str(held["/BaseFont"]).rpartition("+")[2])
    return names


def numbers_in(text: str) -> list[str]:
    """The numbers in a text, as they are written."""
    return NUMBER.findall(text)


def say(text: str) -> None:
    """Write what was compared, for `pytest -s`."""
    sys.stdout.write(f"{text}\n")
