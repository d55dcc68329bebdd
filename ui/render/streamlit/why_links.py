"""Links from a change to what explains it: the page of the area, with the same filters."""

from collections.abc import Collection
from urllib.parse import urlencode

from config.i18n import t
from ui.render.streamlit import menu
from ui.state import url_state
from ui.state.page_context import View
from ui.text.figures import Figure

PAGE = "area"
_STILL = ("unchanged", "unknown")


def address(view: View, figure: Figure, causes_of: Collection[str]) -> str:
    """Give the address for a link within HTML; empty where there is no change to explain.

    Such a link opens the page anew, which would end looking as somebody else: there is none then.
    """
    change = figure.change_previous
    views_other = view.reader is not None and view.author is None
    if figure.name not in causes_of or views_other or change is None or change.word in _STILL:
        return ""
    return f"{PAGE}?{urlencode({**view.filters.params(), 'lang': view.lang, **_options(figure)})}"


def draw(view: View, figure: Figure, causes_of: Collection[str]) -> None:
    """Draw the link below a card; nothing for a figure without a number."""
    if figure.name in causes_of and figure.status == "shown":
        codes = {**url_state.codes(), **_options(figure)}
        menu.link(PAGE, view.lang, codes, label=t("explain.link", view.lang))


def _options(figure: Figure) -> dict[str, str]:
    """The codes that choose the figure on the page of the area, and put its causes first."""
    return {"why": figure.name, "place": "top"}
