"""Where a line of text may break: numbers stay beside what they count."""

import re

# "231 คน" and "1 : 10" must not be torn apart at the end of a line.
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=[^\d·])|(?<=[:–]) (?=\d)")


def together(text: str) -> str:
    """Give a text whose numbers stay on one line with the word or sign behind them."""
    return _AFTER_NUMBER.sub("\N{NO-BREAK SPACE}", text)
