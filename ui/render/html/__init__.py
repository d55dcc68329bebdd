"""A page as one file of HTML that opens without a network: fonts, styles and pictures inside.

It is the accessible form of a page on paper: headings, tables with headers, and described pictures.
"""

from base64 import b64encode
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from markupsafe import Markup

from config.i18n import Lang, t
from config.theme import FONT, LIGHT
from ui.blocks import Page
from ui.render import links, picture, progress
from ui.render.about import about
from ui.render.parts import FOR_SLIDES, Part, parts, without_rows
from ui.render.templates import environment
from ui.state.page_context import View
from ui.text.line_breaks import together

MEDIA_TYPE = "text/html"
WOFF = Path(__file__).parents[3] / "static" / "fonts"
WEIGHTS = (400, 600)
# A browser takes Thai letters from the one file and all others from the other.
SCRIPTS = {"thai": "U+0E01-0E5B,U+200C-200D,U+25CC", "latin": "U+0000-0DFF,U+0E80-FFFF"}
HERE = Path(__file__).parent

_templates = environment(HERE / "templates")
_templates.filters["together"] = together


def render(page: Page, view: View) -> bytes:
    """Give the page as one file of HTML."""
    made = [_with_picture(part, page) for part in parts(page, view) if part.form not in FOR_SLIDES]
    numbered = count(1)
    filled = [
        _template_values(part, view, next(numbered)) for part in progress.each(made, progress.DRAW)
    ]
    return (
        _templates.get_template("page.html")
        .render(
            lang=view.lang,
            t=partial(_words, view.lang),
            about=about(page, view, (part.grid for part in made if part.grid)),
            parts=filled,
            contents=[one for one in filled if one["title"]],
            fonts=list(_fonts()),
            font=FONT,
            ink=LIGHT,
            qr=Markup(links.qr_svg(links.address(page, view))),
        )
        .encode()
    )


def _with_picture(part: Part, page: Page) -> Part:
    return without_rows(part) if page.slides else part


def _words(lang: Lang, key: str, **values: object) -> str:
    return t(key, lang, **values)


def _template_values(part: Part, view: View, number: int) -> dict[str, Any]:
    title = part.text if part.kind == "heading" else ""
    if part.kind == "block" and part.grid:
        title = part.grid.title
    drawn = picture.svg(part.spec(), view, f"p{number}") if part.spec else ""
    return {
        "number": number,
        "part": part,
        "title": title,
        "at": f"p{number}",
        "picture": Markup(drawn),
    }


def _fonts() -> Iterator[dict[str, Any]]:
    for script, span in SCRIPTS.items():
        for weight in WEIGHTS:
            file = WOFF / f"{FONT.lower()}-{script}-{weight}-normal.woff2"
            data = b64encode(file.read_bytes()).decode()
            yield {"weight": weight, "data": data, "range": span}
