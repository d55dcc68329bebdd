"""What an XLSX file says about its cells beyond their values, which calamine does not tell.

calamine gives an empty cell for a formula without a saved result and for an error such as #N/A, and
says nothing of hidden rows. Read as "unknown" such cells would be a silent loss, so the sheet's XML
is searched for them. It is searched, not parsed: a sheet of a million rows takes seconds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "}id"
_CHUNK = 4 << 20
_PREFIX = 40  # bytes that "</" and a prefix may take before "row>"
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_HIDDEN_ROW = re.compile(
    rb"<(?:\w+:)?row\b(?=[^>]*\shidden=[\"'](?:1|true)[\"'])[^>]*?\sr=[\"'](\d+)"
)
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\b(?=[^>]*\shidden=[\"'](?:1|true)[\"'])([^>]*)>")
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\st=[\"']e[\"'])[^>]*?\sr=[\"']([A-Z]+)(\d+)[\"'][^>]*>"
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)
# A text result may well be empty (t="str"); any other formula has a value once it was calculated.
_WITHOUT_RESULT = re.compile(
    rb"<(?:\w+:)?c\b(?![^>]*\st=[\"']str[\"'])[^>]*?\sr=[\"']([A-Z]+)(\d+)[\"'][^>]*>"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>([^<]*)</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_FAR_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\sr=[\"']([A-Z]{2,3})(\d+)[\"']")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr=[\"'](\d+)")
_ROW_TAIL = 1 << 18
MOST_COLUMNS = 1_000
MOST_CELLS = 200_000_000
_LEAST = re.compile(rb"\smin=[\"'](\d+)")
_MOST = re.compile(rb"\smax=[\"'](\d+)")

# Excel row from 1, column place from 0, what the cell shows.
Cell = tuple[int, int, str]


@dataclass(slots=True)
class Marks:
    """Cells of one sheet that hold no usable value, and what is hidden in it."""

    without_result: list[Cell] = field(default_factory=list)
    errors: list[Cell] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


class Package:
    """The zip file behind a workbook."""

    def __init__(self, path: Path) -> None:
        self._zip = ZipFile(path)
        workbook = ElementTree.fromstring(self._zip.read("xl/workbook.xml"))
        self.counts_from_1904 = _counts_from_1904(workbook)
        self._parts = dict(self._sheet_parts(workbook))

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def size(self, sheet: str) -> int:
        """Give the bytes of a sheet's XML, 0 where the package does not say where it is."""
        part = self._parts.get(sheet)
        return 0 if part is None else self._zip.getinfo(part).file_size

    def far_cell(self, sheet: str) -> str | None:
        """Give the first cell that would make the sheet too large to hold, None where none does.

        A reader keeps the whole rectangle up to the last row and column in memory: one forgotten
        cell at the edge of a sheet is enough to fill it.
        """
        part = self._parts.get(sheet)
        if part is None:
            raise KeyError(sheet)
        last_row, widest, where = 1, len("Z"), ""
        for block in self._blocks(part):
            for match in _FAR_CELL.finditer(block):
                columns = _cell_place(match[1]) + 1
                if columns > widest * 26:
                    widest, where = columns // 26 + 1, f"{match[1].decode()}{match[2].decode()}"
            rows = _ROW_NUMBER.findall(block[-_ROW_TAIL:])
            last_row = max([last_row, *(int(row) for row in rows)])
        too_wide = widest * 26 > MOST_COLUMNS
        return where if where and (too_wide or last_row * widest * 26 > MOST_CELLS) else None

    def marks(self, sheet: str) -> Marks:
        """Give the marks of one sheet; nothing where the package does not say where it is."""
        marks = Marks()
        part = self._parts.get(sheet)
        if part is None:
            return marks
        for block in self._blocks(part):
            search(block, marks)
        return marks

    def _blocks(self, part: str) -> Iterator[bytes]:
        """Give the XML of a sheet in pieces that end with a whole row."""
        rest = b""
        with self._zip.open(part) as file:
            while chunk := file.read(_CHUNK):
                rest += chunk
                end = _ROW_END.search(rest, max(0, rest.rfind(b"row>") - _PREFIX))
                if end:
                    yield rest[: end.end()]
                    rest = rest[end.end() :]
        yield rest

    def _sheet_parts(self, workbook: ElementTree.Element) -> Iterator[tuple[str, str]]:
        relations = ElementTree.fromstring(self._zip.read("xl/_rels/workbook.xml.rels"))
        targets = {r.get("Id"): r.get("Target", "") for r in relations}
        names = set(self._zip.namelist())
        for sheet in workbook.iter():
            if sheet.tag not in (f"{_MAIN}sheet", f"{_STRICT}sheet"):
                continue
            ids = [value for key, value in sheet.attrib.items() if key.endswith(_RELATION)]
            target = targets.get(ids[0], "") if ids else ""
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in names:
                yield sheet.get("name", ""), part


def _counts_from_1904(workbook: ElementTree.Element) -> bool:
    properties = (
        e for e in workbook.iter() if e.tag in (f"{_MAIN}workbookPr", f"{_STRICT}workbookPr")
    )
    return any(e.get("date1904") in ("1", "true") for e in properties)


def search(block: bytes, marks: Marks | None = None) -> Marks:
    """Give the marks, with those added that a piece of a sheet's XML holds."""
    marks = marks or Marks()
    if b"hidden=" in block:
        marks.hidden_rows += [int(match[1]) for match in _HIDDEN_ROW.finditer(block)]
        for match in _HIDDEN_COLUMN.finditer(block):
            marks.hidden_columns += _places(match[1])
    if b"<f" in block or b":f" in block:
        marks.without_result += [_cell(match, "=") for match in _WITHOUT_RESULT.finditer(block)]
    if b' t="e"' in block or b" t='e'" in block:
        marks.errors += [_cell(match, "") for match in _ERROR.finditer(block)]
    return marks


def _places(attributes: bytes) -> list[int]:
    least, most = _LEAST.search(attributes), _MOST.search(attributes)
    if least is None or most is None:
        return []
    # A column hidden up to the edge of the sheet holds nothing; do not list 16,384 of them.
    return list(range(int(least[1]) - 1, min(int(most[1]), 1_000)))


def _cell_place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place - 1


def _cell(match: re.Match[bytes], sign: str) -> Cell:
    return int(match[2]), _cell_place(match[1]), sign + (match[3] or b"").decode("utf-8", "replace")
