"""Text on its way into our own HTML: escaped, and with numbers kept beside what they count."""

import re
from html import escape

# "231 คน" and "1 : 10" must not be torn apart at the end of a line.
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=[^\d·])|(?<=[:–]) (?=\d)")


def escape_html(text: str) -> str:
    """Give a text as HTML, its numbers on one line with the word or sign behind them."""
    return escape(_AFTER_NUMBER.sub("\N{NO-BREAK SPACE}", text))


def emphasised(text: str) -> str:
    """Give a text as HTML like `escape_html`, its **bold** parts as <strong>."""
    parts = escape_html(text).split("**")
    return "".join(f"<strong>{part}</strong>" if n % 2 else part for n, part in enumerate(parts))
