"""A page as an Excel workbook: one sheet for each table, and one that says what the data is.

Numbers are numbers with the form that the screen shows, codes are text, empty cells are empty and
their reason stands in its own column. Text that a spreadsheet could run is neutralised.
"""

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from config import numbers
from config.i18n import Lang, t
from config.theme import FONT, LIGHT
from ui.blocks import Page
from ui.render.about import About, about
from ui.render.csv_file import neutralise_formula
from ui.render.grids import Cell, Grid, grid_of
from ui.render.outline import outline
from ui.state.page_context import View

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 31  # which Excel allows for a sheet
NARROWEST, WIDEST = 9, 60  # characters
A4 = 9
# Excel's own number for Thai: written so, a day shows its Buddhist year in every office program.
DAYS = {"th": "[$-D07041E]d mmm yyyy", "en": "d mmm yyyy"}
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")


def render(page: Page, view: View) -> bytes:
    """Give the page as a workbook."""
    grids = [grid for block in outline(page) if (grid := grid_of(block, view.lang))]
    out = io.BytesIO()
    # Days are written as days by `Sheet`; nothing else is guessed from a text.
    guesses = {f"strings_to_{kind}": False for kind in ("formulas", "urls", "numbers")}
    with xlsxwriter.Workbook(out, {"in_memory": True, **guesses}) as book:
        made = about(page, view, grids)
        book.set_properties({"title": made.title, "comments": made.foot, "subject": made.filters})
        looks = Looks(book)
        names = _sheet_names(grids, view.lang)
        _about_sheet(book.add_worksheet(t("export.about.sheet", view.lang)), made, names, looks)
        for grid, name in zip(grids, names, strict=True):
            Sheet(book.add_worksheet(name), grid, made, looks, view.lang).write()
    return out.getvalue()


class Looks:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **properties: Any) -> Format:
        """Give the format with these properties, in the typeface of the house."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            usual = {"font_name": FONT, "font_size": 11, "font_color": LIGHT.text, "valign": "top"}
            self._formats[key] = self._book.add_format({**usual, **properties})
        return self._formats[key]

    def title(self) -> Format:
        """Give the format of the title of a sheet."""
        return self.get(bold=True, font_size=16, font_color=LIGHT.accent_strong)

    def quiet(self) -> Format:
        """Give the format of a line beside a table."""
        return self.get(font_color=LIGHT.muted)

    def mark(self) -> Format:
        """Give the format of the mark of synthetic data."""
        ink = LIGHT.mark("watch")
        return self.get(bold=True, font_color=ink.colour, bg_color=ink.soft)

    def head(self, *, right: bool) -> Format:
        """Give the format of a column's heading."""
        return self.get(
            bold=True,
            bg_color=LIGHT.accent,
            font_color=LIGHT.on_accent,
            align="right" if right else "left",
            text_wrap=True,
            valign="vcenter",
        )


class Sheet:
    """One sheet: title, lines, headings that stay in sight, rows with filters."""

    def __init__(
        self, sheet: Worksheet, grid: Grid, about: About, looks: Looks, lang: Lang
    ) -> None:
        self.sheet, self.grid, self.made, self.looks, self.lang = sheet, grid, about, looks, lang

    def write(self) -> None:
        """Write the whole sheet."""
        top = self._above()
        _paper(self.sheet, self.made, landscape=True)
        if not self.grid.rows:
            text = self.grid.empty or t("message.nothing_to_list", self.lang)
            self.sheet.write_string(top, 0, text, self.looks.quiet())
            return
        last = len(self.grid.heads) - 1
        for x, head in enumerate(self.grid.heads):
            label = neutralise_formula(head.label)
            self.sheet.write_string(top, x, label, self.looks.head(right=head.right))
        for y, row in enumerate(self.grid.rows, start=top + 1):
            for x, one in enumerate(row):
                self._cell(y, x, one)
        self.sheet.autofilter(top, 0, top + len(self.grid.rows), last)
        self.sheet.freeze_panes(top + 1, 0)
        self.sheet.repeat_rows(top)
        self._widths()

    def _above(self) -> int:
        """Write title and lines; give the row of the headings."""
        self.sheet.write_string(0, 0, self.grid.title or self.made.title, self.looks.title())
        self.sheet.set_row(0, 26)
        said = (self.grid.not_followed, *self.grid.notes, *self.grid.source)
        # The mark of synthetic data has a line of its own.
        lines = [line for line in said if line != t("tables.synthetic", self.lang)]
        if not self.grid.source:
            lines += [self.made.filters, self.made.foot]
        y = 1
        if self.made.mark:
            self.sheet.write_string(y, 0, self.made.mark, self.looks.mark())
            y += 1
        for line in (line for line in lines if line):
            self.sheet.write_string(y, 0, neutralise_formula(line), self.looks.quiet())
            y += 1
        return y + 1

    def _cell(self, y: int, x: int, one: Cell) -> None:
        look = {"bottom": 1, "bottom_color": LIGHT.grid}
        if isinstance(one.number, date):
            self.sheet.write_datetime(
                y, x, one.number, self.looks.get(num_format=DAYS[self.lang], **look)
            )
        elif one.number is not None and (form := number_format(one)):
            self.sheet.write_number(y, x, one.number, self.looks.get(num_format=form, **look))
        elif one.text == numbers.MISSING:
            self.sheet.write_blank(y, x, None, self.looks.get(**look))
        else:
            text = neutralise_formula(one.text)
            self.sheet.write_string(y, x, text, self.looks.get(text_wrap=True, **look))

    def _widths(self) -> None:
        for x, head in enumerate(self.grid.heads):
            lengths = [_length(row[x].text) for row in self.grid.rows]
            longest = max([_length(head.label) + 3, *lengths])
            self.sheet.set_column(x, x, min(max(longest + 2, NARROWEST), WIDEST))


def number_format(one: Cell) -> str:
    """Give Excel's form of a number with as many places as its words have; "" for none.

    "1 : <0.001" has no form: such a cell keeps its words.
    """
    if "<" in one.text:
        return ""
    places = len(one.text.rpartition(".")[2]) if "." in one.text else 0
    digits = "#,##0" + ("." + "0" * places if places else "")
    if one.form == "ratio":
        return f'"1 : "{digits}'
    if one.form == "gap":
        return f"+{digits};{numbers.MINUS}{digits};{digits}"
    return digits


def _about_sheet(sheet: Worksheet, about: About, names: list[str], looks: Looks) -> None:
    """Write what the data is: what every other sheet needs to be read rightly."""
    wrap = looks.get(text_wrap=True)
    label = looks.get(bold=True, text_wrap=True, font_color=LIGHT.accent_strong)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, about.title, looks.title())
    sheet.set_row(0, 28)
    y = 1
    if about.mark:
        sheet.merge_range(y, 0, y, 1, about.mark, looks.mark())
        y += 1
    for name, text in _about_lines(about):
        sheet.write_string(y, 0, neutralise_formula(name), label)
        sheet.write_string(y, 1, neutralise_formula(text), wrap)
        y += 1
    for name in names:
        sheet.write_url(
            y, 1, f"internal:'{name}'!A1", looks.get(font_color=LIGHT.accent, underline=1), name
        )
        y += 1
    sheet.freeze_panes(1, 0)
    _paper(sheet, about, landscape=False)


def _about_lines(about: About) -> Iterator[tuple[str, str]]:
    yield "", about.lead
    yield from about.pairs
    for one in about.definitions:
        yield one.title, "\n".join((one.definition, one.caveat, one.source))


def _paper(sheet: Worksheet, about: About, *, landscape: bool) -> None:
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    # An ampersand begins a code in the foot of a sheet.
    sheet.set_footer(f"&L&9{about.foot.replace('&', '&&')[:200]}&R&9&P / &N")


def _sheet_names(grids: list[Grid], lang: Lang) -> list[str]:
    """Give each grid a name of its own that Excel allows: number and title."""
    names = []
    for number, grid in enumerate(grids, start=1):
        title = _NOT_IN_SHEET_NAMES.sub(" ", grid.title or t("export.table", lang)).strip()
        names.append(f"{number} {title}"[:LONGEST_NAME].strip())
    return names


def _length(text: str) -> int:
    """The width of a text in characters: Thai signs above and below a letter take none."""
    return max((len(re.sub("[ัิ-ฺ็-๎]", "", line)) for line in text.split("\n")), default=0)
