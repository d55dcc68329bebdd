"""HTML as a visitor reads it: without the spans and spaces that keep words on one line."""

import re

_UNBROKEN = re.compile(r'<span class="ov-nb">(.*?)</span>')


def as_read(html: str) -> str:
    """Give HTML with plain spaces, and terms that must not wrap as plain text; other tags stay."""
    return _UNBROKEN.sub(r"\1", html).replace("\N{NO-BREAK SPACE}", " ")
