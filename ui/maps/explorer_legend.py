"""The legend beside the zoomable explorer, as HTML: the engine has none, a chart weighs more."""

from collections.abc import Sequence

from config.i18n import Lang
from ui.maps.classes import HIDDEN, NO_DATA, Entry
from ui.render.streamlit.html import escape_html

# Circles without a value are hollow, as on the map: thin for no data, thick for hidden.
_HOLLOW = {NO_DATA: "ov-thin", HIDDEN: "ov-thick"}


def circles(entries: Sequence[Entry], title: str, lang: Lang) -> str:
    """Give the classes as a list of circles and words with the number of areas in each."""
    name = escape_html(title.replace("\n", " "))
    rows = "".join(
        f"<li>{_circle(entry)}{escape_html(entry.label(lang))}</li>" for entry in entries
    )
    return f'<div class="ov-key"><p>{name}</p><ul aria-label="{name}">{rows}</ul></div>'


def _circle(entry: Entry) -> str:
    if entry.code in _HOLLOW:
        return f'<i class="{_HOLLOW[entry.code]}"></i>'
    return f'<i style="background:{entry.fill}"></i>'
