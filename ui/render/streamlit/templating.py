"""Our own HTML: templates that escape whatever is put into them. No HTML is written elsewhere."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from config.i18n import t
from config.theme import LIGHT
from ui.render.templates import environment
from ui.text.line_breaks import any_term, together

_HERE = Path(__file__).parent


@lru_cache(maxsize=8192)
def unbroken(text: str) -> Markup:
    """Give a text as HTML, escaped, each term of the list in a span that does not wrap."""
    return Markup(any_term().sub(r'<span class="ov-nb">\g<0></span>', str(escape(together(text)))))


def strong(text: str) -> Markup:
    """Give a text as HTML, its **bold** parts as <strong>, numbers beside what they count."""
    parts = [unbroken(part) for part in together(text).split("**")]
    bold = Markup("<strong>{}</strong>")
    return Markup("").join(bold.format(part) if n % 2 else part for n, part in enumerate(parts))


def _symbol(mark: str) -> str:
    return LIGHT.mark(mark).symbol


def _no_method(put_in: object) -> object:
    # `words.copy` is the method of the mapping and not its word: better a failure than its address.
    if callable(put_in):
        raise TypeError(f"templates show texts, got: {put_in!r}")
    return put_in


_templates = environment(_HERE / "templates", finalize=_no_method, lstrip_blocks=False)
_templates.filters.update(together=unbroken, strong=strong)
_templates.globals.update(symbol=_symbol, t=t)


def html(template: str, **words: Any) -> str:
    """Give a template of the folder `templates` filled with words; all of them are escaped."""
    return _templates.get_template(f"{template}.html").render(words).rstrip()


def script(name: str) -> Markup:
    """Give one of our own scripts or style sheets, which are the only text put in as it is."""
    return Markup((_HERE / name).read_text("utf-8"))
