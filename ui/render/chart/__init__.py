"""One chart or map as a picture by itself: title and filters above, day, source and mark below."""

import re
from pathlib import Path
from textwrap import wrap

from markupsafe import Markup

from config.i18n import t
from config.theme import FONT, LIGHT
from ui.blocks import Chart, Page
from ui.render import picture
from ui.render.outline import outline
from ui.render.parts import part_of
from ui.render.templates import environment
from ui.state.page_context import View

FORMATS = ("png", "svg")
EDGE = 24
CHARACTERS = 110  # to a line of the small words below
_SIZE = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"')

_templates = environment(Path(__file__).parent)


class NoChart(Exception):
    """A page has no chart of this key; the message names those it has."""


def draw(page: Page, view: View, key: str, form: str) -> bytes:
    """Give one chart of a page as PNG or SVG; raises NoChart for a key that the page has not."""
    charts = {block.key: block for block in outline(page) if isinstance(block, Chart)}
    if key not in charts:
        raise NoChart(t("export.no_chart", view.lang, chart=key or "—", keys=", ".join(charts)))
    text = _whole(charts[key], view)
    return text.encode() if form == "svg" else picture.png_of(text)


def _whole(block: Chart, view: View) -> str:
    part = part_of(block, view.lang)
    inner = picture.svg(block.spec(), view, "c")
    size = _SIZE.search(inner)
    width, height = (float(number) for number in size.groups()) if size else (0.0, 0.0)
    said = (block.not_followed, block.note, block.caveat, block.credit)
    below = [line for text in (*said, *block.provenance.sources) for line in _lines(text, view)]
    return _templates.get_template("chart.svg").render(
        above=[
            _in_writing(text, view) for text in (view.filters.line(view.lang), block.also) if text
        ],
        title=_in_writing(part.grid.title if part.grid else block.title, view),
        below=below,
        mark=t("note.synthetic_long", view.lang) if view.snapshot.synthetic else "",
        chart=Markup(inner),
        described=part.description,
        width=max(width, picture.WIDTH) + 2 * EDGE,
        size=(width, height),
        edge=EDGE,
        ink=LIGHT,
        font=FONT,
        lang=view.lang,
    )


def _lines(text: str, view: View) -> list[str]:
    """The lines of a text; Thai has no spaces, so a line may only end where one stands."""
    return wrap(_in_writing(text, view), CHARACTERS, break_long_words=False, break_on_hyphens=False)


def _in_writing(text: str, view: View) -> str:
    return view.writing.words(text, view.lang)
