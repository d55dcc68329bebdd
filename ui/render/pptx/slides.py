"""Slides of one look: title, body, foot, notes; every run of text in the typeface of the house."""

import io
from dataclasses import dataclass
from typing import Any, NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Pt

from config.i18n import Lang, t
from config.theme import FONT, LIGHT
from ui.render import links
from ui.render.about import About

CM = 360_000  # in the unit of such files
WIDTH, HEIGHT = int(33.867 * CM), int(19.05 * CM)  # 16:9
EDGE = int(1.5 * CM)
LONG_TITLE = 32  # characters that fill a line of the cover
BLANK = 6  # the layout without any place of its own
LINE_SPACING = 1.15  # marks above and below Thai letters need more than one line's height
TAGS = {"th": "th-TH", "en": "en-US"}


class Box(NamedTuple):
    """A place on a slide: left, top, width and height."""

    left: int
    top: int
    width: int
    height: int


TITLE = Box(EDGE, int(0.9 * CM), WIDTH - 2 * EDGE - int(2.5 * CM), int(1.9 * CM))
BODY = Box(EDGE, int(3.6 * CM), WIDTH - 2 * EDGE, int(13.2 * CM))
CORNER = Box(WIDTH - EDGE - int(2.1 * CM), int(0.4 * CM), int(2.1 * CM), int(2.1 * CM))
FOOT = Box(EDGE, int(17.7 * CM), WIDTH - 2 * EDGE, int(0.9 * CM))


def colour(code: str) -> RGBColor:
    """Give a colour of the theme as such files have it."""
    return RGBColor.from_string(code.removeprefix("#"))


def set_run(run: Any, lang: Lang, *, size: float, bold: bool = False, ink: str = "") -> None:
    """Set typeface, language, size and colour of one run.

    Thai is complex script to PowerPoint: without `cs` it takes a typeface of its own.
    """
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = colour(ink or LIGHT.text)
    properties = run._r.get_or_add_rPr()
    properties.set("lang", TAGS[lang])
    _typefaces(properties)


def _typefaces(properties: Any) -> None:
    for name in ("latin", "ea", "cs"):
        for old in properties.findall(qn(f"a:{name}")):
            properties.remove(old)
        face = OxmlElement(f"a:{name}")
        face.set("typeface", FONT)
        properties.append(face)


def set_font(font: Any, lang: Lang, *, size: float, bold: bool = False, ink: str = "") -> None:
    """Set the words of a chart, which have no runs but properties for all of them."""
    font.size, font.bold = Pt(size), bold
    font.color.rgb = colour(ink or LIGHT.text)
    properties = font._rPr
    properties.set("lang", TAGS[lang])
    _typefaces(properties)


@dataclass
class Deck:
    """The slides of one page, in the order in which they are added."""

    file: Any
    about: About
    lang: Lang
    link: str = ""  # where the numbers of the next slides can be looked up

    def cover(self, qr: bytes) -> None:
        """Add the first slide: title, filters, the sentence that matters, and the link."""
        slide = self._blank("")
        self._ground(slide, Box(0, 0, int(0.6 * CM), HEIGHT), LIGHT.accent)
        self.words(
            slide,
            t("app.department", self.lang),
            Box(EDGE, 2 * CM, 24 * CM, CM),
            size=16,
            ink=LIGHT.muted,
        )
        self.words(
            slide,
            self.about.title,
            Box(EDGE, 3 * CM, 25 * CM, 3 * CM),
            size=44 if len(self.about.title) < LONG_TITLE else 30,
            bold=True,
            ink=LIGHT.accent_strong,
        )
        self.words(
            slide,
            self.about.filters,
            Box(EDGE, 6 * CM, 25 * CM, int(1.4 * CM)),
            size=20,
            ink=LIGHT.muted,
        )
        size = 24 if len(self.about.lead) < 400 else 18
        self.words(slide, self.about.lead, Box(EDGE, 8 * CM, WIDTH - 2 * EDGE, 8 * CM), size=size)
        self.picture(
            slide,
            qr,
            Box(WIDTH - EDGE - 4 * CM, int(1.5 * CM), 4 * CM, 4 * CM),
            t("export.link", self.lang),
        )
        if self.about.mark:
            ink = LIGHT.mark("watch")
            box = Box(EDGE, 16 * CM, WIDTH - 2 * EDGE, int(1.2 * CM))
            self._ground(slide, box, ink.soft)
            self.words(slide, self.about.mark, box, size=16, bold=True, ink=ink.colour)

    def slide(self, title: str, under: str, notes: str) -> Any:
        """Add a slide with a title, a line under it (such as what is not followed), and notes."""
        slide = self._blank(notes)
        size = 28 if len(title) < 70 else 20
        self.words(slide, title, TITLE, size=size, bold=True, ink=LIGHT.accent_strong)
        line = t("tables.joint", self.lang).join(x for x in (self.about.filters, under) if x)
        self.words(
            slide, line, Box(EDGE, int(2.5 * CM), WIDTH - 2 * EDGE, CM), size=14, ink=LIGHT.muted
        )
        return slide

    def words(
        self, slide: Any, text: str, box: Box, *, size: float, bold: bool = False, ink: str = ""
    ) -> None:
        """Put words on a slide, a paragraph for each line."""
        frame = slide.shapes.add_textbox(*(Emu(x) for x in box)).text_frame
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.TOP
        for n, line in enumerate(text.split("\n")):
            paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            paragraph.line_spacing = LINE_SPACING
            run = paragraph.add_run()
            run.text = line
            set_run(run, self.lang, size=size, bold=bold, ink=ink)

    def picture(self, slide: Any, content: bytes, box: Box, words: str) -> None:
        """Put a picture into the middle of a place, as large as fits, with its description."""
        shape = slide.shapes.add_picture(io.BytesIO(content), Emu(box.left), Emu(box.top))
        ratio = shape.width / shape.height
        width = min(box.width, int(box.height * ratio))
        height = int(width / ratio)
        shape.width, shape.height = Emu(width), Emu(height)
        shape.left = Emu(box.left + (box.width - width) // 2)
        shape.top = Emu(box.top + (box.height - height) // 2)
        shape._element.nvPicPr.cNvPr.set("descr", words)

    def _blank(self, notes: str) -> Any:
        slide = self.file.slides.add_slide(self.file.slide_layouts[BLANK])
        self.words(slide, self.about.foot, FOOT, size=11, ink=LIGHT.muted)
        if self.link:
            self.picture(slide, links.qr_png(self.link), CORNER, t("export.link", self.lang))
            slide.shapes[-1].click_action.hyperlink.address = self.link
        if notes:
            frame = slide.notes_slide.notes_text_frame
            frame.text = notes
            for paragraph in frame.paragraphs:
                for run in paragraph.runs:
                    set_run(run, self.lang, size=12)
        return slide

    def _ground(self, slide: Any, box: Box, code: str) -> None:
        shape = slide.shapes.add_shape(1, *(Emu(x) for x in box))
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour(code)
        shape.line.fill.background()
        shape.shadow.inherit = False
