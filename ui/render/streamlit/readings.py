"""Icons of an XmR reading with their words, for cards and cells."""

from typing import NamedTuple

from config.i18n import Lang, t
from ui.charts import icons as drawn
from ui.text import changes
from ui.text.figures import Figure


class Icon(NamedTuple):
    """One icon: its picture, what kind of reading it is of, its words, and the rule behind it."""

    src: str
    kind: str
    words: str
    help: str = ""


def icons(figure: Figure, lang: Lang, theme: str) -> tuple[Icon, ...]:
    """Give the icons of a figure's variation and assurance; none where it has no reading."""
    if figure.reading is None:
        return ()
    found = [
        Icon(
            drawn.variation(figure.reading, theme),
            t("variation.title", lang),
            changes.variation_text(figure, lang),
            changes.variation_reason(figure, lang),
        )
    ]
    if src := drawn.assurance(figure.reading, theme):
        found.append(Icon(src, t("assurance.title", lang), changes.assurance_text(figure, lang)))
    return tuple(found)
