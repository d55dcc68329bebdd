"""Where a line of text may break: numbers stay beside what they count, words of a list stay whole.

Thai is written without spaces, and a browser that breaks it by its own dictionary tears apart the
very terms that every page is about. The list is `config/thai_terms.txt`; names of provinces and
regions are taken from the registers.
"""

import re
from functools import cache
from pathlib import Path

from config.i18n import t
from geo import registers

TERMS = Path(__file__).parents[2] / "config" / "thai_terms.txt"
_NO_BREAK = "\N{NO-BREAK SPACE}"
# "231 คน", "1 : 10" and "ร้อยละ 88.7" must not be torn apart at the end of a line. A line may end
# behind a dash: a space there that does not break would begin the next one.
_BESIDE = re.compile(r"(?<=\d) (?=[^\d·])|(?<=:) (?=\d)|(?<=ร้อยละ) (?=\d)")
# A number written against a Thai word: "มี37จังหวัด". Signs such as ๆ and ฯ stay where they are.
_AGAINST = re.compile(r"(?<=[ก-ฮะ-ฺเ-ๅ็-์])(?=\d)|(?<=\d)(?=[ก-ฮเ-ไ])")

# Between two syllables at the latest: before a consonant or a vowel that is written before one.
_INSIDE = re.compile(r"(?<=[ก-ฮะ-ฺๅ-์])(?=[ก-ฮเ-ไ])")


def together(text: str) -> str:
    """Give a text whose numbers have a space to Thai words, and stay on one line with them."""
    return _BESIDE.sub(_NO_BREAK, _AGAINST.sub(" ", text))


@cache
def terms() -> tuple[str, ...]:
    """Give the terms that no line breaks inside, the longest first."""
    lines = TERMS.read_text(encoding="utf-8").splitlines()
    listed = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    listed |= {province.name_th for province in registers.provinces()}
    listed |= {t(f"region.{code}", "th") for code in registers.REGIONS}
    return tuple(sorted(listed, key=lambda term: (-len(term), term)))


@cache
def any_term() -> re.Pattern[str]:
    """Give the pattern that matches any of the terms, the longest one that fits."""
    return re.compile("|".join(map(re.escape, terms())))


def with_joiners(text: str) -> str:
    """Give a text as `together` does, with word joiners inside the terms of the list.

    For papers alone: a joiner stays in what is copied from a page, and Thai copied from a PDF is
    wrong anyway.
    """
    return any_term().sub(lambda term: _INSIDE.sub("\N{WORD JOINER}", term[0]), together(text))
