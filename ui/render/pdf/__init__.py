"""A page as PDF on A4, set by Typst: contents, page numbers, and what the data is on every page.

Text copied out of a Thai PDF by Typst comes out wrong (its own known fault): the accessible form of
the same page is the file of HTML.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from config.i18n import raw, t
from config.theme import FONT, LIGHT
from ui.blocks import Page
from ui.render import links, picture, progress
from ui.render.about import About, about
from ui.render.grids import Cell, Grid
from ui.render.parts import FOR_SLIDES, Card, Part, parts, without_rows
from ui.state.page_context import View
from ui.text.line_breaks import with_joiners

MEDIA_TYPE = "application/pdf"
TEMPLATES = Path(__file__).parent
MOST_ROWS = 120  # more are for a spreadsheet, and the page says so
CONTENTS_FROM = 4  # headings; a page of fewer needs no list of them
# Signs that no font inside the file has, with one that has the same meaning and shape.
OWN_SYMBOLS = {"✕": "×"}
# Sheets are printed by the office's own printer: what is no background is black.
BLACK_AND_WHITE = {
    "surface": "#ffffff", "background": "#ffffff", "accent_soft": "#eeeeee", "on_accent": "#ffffff",
    "grid": "#bbbbbb", "border": "#888888",
}  # fmt: skip
SHORT = 20  # characters that a column takes without being given a share of the width
Files = dict[str, bytes]


def render(page: Page, view: View) -> bytes:
    """Give the page as PDF."""
    made = [part for part in parts(page, view) if part.form not in FOR_SLIDES]
    # Of a chart on a slide or on paper of one or two pages the picture alone has room.
    made = made if page.layout == "report" and not page.slides else list(map(without_rows, made))
    files: Files = {path.name: path.read_bytes() for path in TEMPLATES.glob("*.typ")}
    files["link.png"] = links.qr_png(links.address(page, view))
    said = about(page, view, (part.grid for part in made if part.grid))
    listed = [_part(part, view, files) for part in progress.each(made, progress.DRAW)]
    data = {**_head(said, page, view), "parts": listed}
    if any(one.get("form") == "chapter" for one in listed):
        # Below chapters everything else is one step lower, and the list of contents is of chapters.
        for one in listed:
            one["level"] = 1 if one.get("form") == "chapter" else 2
    titles = [one for one in listed if one.get("title") or one["kind"] == "heading"]
    data["contents"] = len(titles) >= CONTENTS_FROM
    if page.layout == "sheets":
        data["ink"] = {name: BLACK_AND_WHITE.get(name, "#000000") for name in data["ink"]}
        data["marks"] = {
            name: {**mark, "colour": "#000000", "soft": "#ffffff"}
            for name, mark in data["marks"].items()
        }
    files["data.json"] = json.dumps(data, ensure_ascii=False).encode()
    return _set(files, f"{page.layout}.typ")


def _set(files: Files, template: str) -> bytes:
    """Give the PDF of a template and its files, which Typst reads from a folder of their own."""
    with TemporaryDirectory(prefix="report-") as name:
        folder = Path(name)
        for file, content in files.items():
            (folder / file).write_bytes(content)
        # Fonts of this machine are left alone: a file looks the same wherever it is made.
        fonts: dict[str, Any] = {"font_paths": [str(picture.FONTS)], "ignore_system_fonts": True}
        return bytes(typst.compile(str(folder / template), root=name, **fonts))


def _head(document: About, page: Page, view: View) -> dict[str, Any]:
    lang = view.lang
    marks = {
        name: {**vars(mark), "symbol": OWN_SYMBOLS.get(mark.symbol, mark.symbol)}
        for name, mark in LIGHT.marks.items()
    }
    colours = {name: value for name, value in vars(LIGHT).items() if isinstance(value, str)}
    short = t("note.synthetic", lang) if document.mark else ""
    return {
        "font": FONT,
        "lang": lang,
        "ink": colours,
        "marks": marks,
        "title": document.title,
        "thai_digits": view.writing.thai_digits and lang == "th",
        "lead": with_joiners(document.lead),
        "filters": document.filters,
        "mark": document.mark,
        "short_mark": short,
        "foot": document.foot.removeprefix(short).removeprefix(t("tables.joint", lang)),
        "page_of": raw("export.page_of", lang),
        "definitions_at": raw("export.definitions_at", lang),
        "explained": t("export.explained", lang, link=links.to_page("indicators")),
        "department": t("app.department", lang),
        "link": links.address(page, view),
        "words": {
            "contents": t("export.contents", lang),
            "definitions": t("export.definitions", lang),
            "about": t("export.about.sheet", lang),
            "agreed": t("paper.supervision_sheet.agreed", lang),
            "signed": t("paper.supervision_sheet.signed", lang),
        },
        "definitions": [
            {"title": one.title, "lines": [one.definition, one.caveat, one.source]}
            for one in document.definitions
        ],
        "pairs": document.pairs,
    }


def _part(part: Part, view: View, files: Files) -> dict[str, Any]:
    if part.kind == "figures":
        cards = [_card(card) for card in part.cards]
        return {"kind": "figures", "cards": cards, "across": across(len(cards))}
    if part.kind != "block" or part.grid is None:
        words = part.text if part.form in ("code", "sql") else with_joiners(part.text)
        return {
            "kind": part.kind,
            "text": words,
            "form": part.form,
            "level": 1,
            "pairs": part.pairs,
        }
    return {
        "kind": "block",
        "level": 1,
        "said": part.description,
        **_picture(part, view, files),
        **_table(part.grid.compact(), view),
    }


def _card(card: Card) -> dict[str, str]:
    lines = {**vars(card), "changes": "\n".join(card.changes)}
    return {key: with_joiners(text) for key, text in lines.items()}


def across(cards: int) -> int:
    """Give how many cards stand side by side: three, or two where that leaves no gap."""
    return 2 if cards in (2, 4) else min(max(cards, 1), 3)


def _picture(part: Part, view: View, files: Files) -> dict[str, Any]:
    if part.spec is None:
        return {"picture": "", "picture_width": 0}
    name = f"picture{len(files)}.png"
    files[name] = picture.png(part.spec(), view)
    return {"picture": name, "picture_width": 70 if part.is_map else 100}


def _table(grid: Grid, view: View) -> dict[str, Any]:
    shown = grid.rows[:MOST_ROWS]
    more = ""
    if len(grid.rows) > len(shown):
        more = t("export.more_rows", view.lang, shown=len(shown), rows=f"{len(grid.rows):,}")
    # The part of a row stands above the first row of that part, not in every one of them.
    groups = [row[0].text for row in shown] if grid.in_parts else []
    if grid.in_parts:
        grid = replace(grid, heads=grid.heads[1:], rows=tuple(row[1:] for row in grid.rows))
        shown = grid.rows[:MOST_ROWS]
    source = [line for line in grid.source if line != t("tables.synthetic", view.lang)]
    return {
        "title": grid.title,
        "notes": [with_joiners(line) for line in grid.notes],
        "not_followed": grid.not_followed,
        "heads": [with_joiners(head.label) for head in grid.heads],
        "right": [head.right for head in grid.heads],
        "widths": widths(grid, shown),
        "size": 8.5 if len(grid.heads) <= 6 else 7.5,
        "rows": [[with_joiners(cell.text) for cell in row] for row in shown],
        "groups": groups,
        "empty": grid.empty,
        "more": more,
        "source": t("tables.joint", view.lang).join(source),
    }


def widths(grid: Grid, rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Give each column its share of the width, 0 for one that takes only what it needs."""
    shares = []
    for x, head in enumerate(grid.heads):
        longest = max([len(row[x].text) for row in rows], default=0)
        narrow = head.right or max(longest, len(head.label)) <= SHORT
        shares.append(0 if narrow else min(longest, 60))
    if shares and not any(shares):
        longest_of = {
            x: max([len(row[x].text) for row in rows], default=0)
            for x, head in enumerate(grid.heads)
            if not head.right
        }
        shares[max(longest_of, key=lambda x: longest_of[x]) if longest_of else 0] = 1
    return shares
