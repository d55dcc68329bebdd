"""A deck as one document for a wall: every slide is there before the first is shown.

The browser only turns to the next one, so that it is there at once, and goes on without a network.
`ui/server/shell_seminar/present.js` turns them; without it the slides stand below each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from config import thresholds
from config.i18n import Lang, raw, t
from config.thai_calendar import format_date
from config.theme import FONT, LIGHT, ROOM, theme
from ui.render.templates import environment
from ui.render.wall.faces import Face, faces
from ui.seminar.deck import Deck
from ui.seminar.slide_content import fill, shown_to_a_room
from ui.state.page_context import View
from ui.text.line_breaks import any_term, together
from ui.text.provenance import own_source

FONTS = [(script, weight) for weight in (400, 600, 700) for script in ("thai", "latin")]
# A browser takes Thai letters from the one file and all others from the other.
SPANS = {"thai": "U+0E01-0E5B,U+200C-200D,U+25CC", "latin": "U+0000-0DFF,U+0E80-FFFF"}
BROWSER_WORDS = (
    "slides", "notes", "next", "last", "timer", "newer", "old", "unreachable", "close", "begin",
)  # fmt: skip
Progress = Callable[[int, int], None]

_templates = environment(Path(__file__).with_name("templates"))


@dataclass(frozen=True)
class Surroundings:
    """Where the server keeps fonts and script, and where leaving the slides leads."""

    fonts: str
    script: str
    back: str
    ready: str


def render(deck: Deck, view: View, around: Surroundings, progress: Progress) -> bytes:
    """Give the document; `progress` is told after each slide how many of how many are done."""
    view = shown_to_a_room(view)
    made: list[Face] = [_cover(deck, view)]
    for number, one in enumerate(fill(deck, view), start=1):
        made += faces(one, number)
        progress(number, len(deck.slides))
    page = _templates.get_template("deck.html").render(
        lang=view.lang,
        t=partial(_words, view.lang),
        title=deck.title[view.lang],
        faces=made,
        around=around,
        foot=_foot(view),
        data=_data(deck, view),
        fonts=FONTS,
        spans=SPANS,
        font=FONT,
        ink=theme(view.theme),
        size=ROOM,
    )
    return page.encode()


def waiting(deck: Deck, lang: Lang, step: int, of: int) -> bytes:
    """Give the page that stands while slides are made and asks again by itself."""
    return _small(deck.title[lang], t("deck.waiting", lang, done=step, of=of), lang, again=True)


def refusal_page(title: str, text: str, lang: Lang) -> bytes:
    """Give the page that says why there are no slides."""
    return _small(title, text, lang, again=False)


def _small(title: str, text: str, lang: Lang, *, again: bool) -> bytes:
    template = _templates.get_template("small.html")
    page = template.render(lang=lang, title=title, text=text, again=again, ink=LIGHT, font=FONT)
    return page.encode()


def _words(lang: Lang, key: str, **values: object) -> str:
    return t(key, lang, **values)


def _cover(deck: Deck, view: View) -> Face:
    return Face("cover", deck.title[view.lang], filters=view.filters.line(view.lang))


def _foot(view: View) -> Mapping[str, str]:
    lang, info = view.lang, view.snapshot
    return {
        "as_of": t("note.as_of", lang, date=format_date(view.filters.day, lang)),
        "source": t("note.source", lang, source=own_source(info, lang)),
        "symbols": t("deck.symbols", lang),
        "mark": t("note.synthetic", lang) if info.synthetic else "",
        "long_mark": t("note.synthetic_long", lang) if info.synthetic else "",
    }


def _data(deck: Deck, view: View) -> dict[str, Any]:
    """What the script needs to know: which deck, of which day, when that is old, and its words."""
    return {
        "deck": deck.name,
        "snapshot": view.snapshot.snapshot_id,
        "as-of": view.snapshot.as_of.isoformat(),
        "stale-days": thresholds.whole("stale_days"),
        "day": format_date(view.snapshot.as_of, view.lang),
        **{f"word-{name}": raw(f"deck.browser.{name}", view.lang) for name in BROWSER_WORDS},
    }


def _unbroken(text: str) -> Markup:
    """A text as HTML, escaped, each term of the list in a span that does not wrap."""
    term = Markup('<span class="nb">{}</span>')
    whole, at, parts = together(text), 0, []
    for found in any_term().finditer(whole):
        parts += [escape(whole[at : found.start()]), term.format(found[0])]
        at = found.end()
    return Markup("").join([*parts, escape(whole[at:])])


def _strong(text: str) -> Markup:
    """A text as HTML, escaped, its **bold** parts strong."""
    bold = Markup("<strong>{}</strong>")
    parts = [_unbroken(part) for part in text.split("**")]
    return Markup("").join(bold.format(part) if n % 2 else part for n, part in enumerate(parts))


_templates.filters.update(together=_unbroken, strong=_strong)
