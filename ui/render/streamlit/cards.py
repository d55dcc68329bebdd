"""Cards: one figure each, with what keeps it from being misread, and the list behind it."""

from collections.abc import Callable, Collection, Mapping, Sequence

import streamlit as st

from config.i18n import Lang, t
from config.theme import LIGHT
from ui.render.streamlit.html import escape_html
from ui.state import url_state
from ui.state.page_context import View
from ui.text.figures import Figure

LIST = "list"


def row(view: View, figures: Sequence[Figure], lists: Mapping[str, Callable[[View], None]]) -> None:
    """Draw figures as a row of cards, and under them the list that was asked for.

    `lists` says for which figures there is a list, and how it is drawn.
    """
    opened = url_state.option(LIST, tuple(lists), "")
    with st.container(key="cards"):
        for figure in figures:
            with st.container(key=f"card_{figure.name}"):
                st.html(card(figure, view.lang))
                _list_button(figure, lists, opened, view.lang)
    if opened:
        with st.container(key="list_behind", border=True):
            lists[opened](view)


def card(figure: Figure, lang: Lang) -> str:
    """Give the HTML of one card: title, number, what it is made of, target and gap, foot."""
    shown = figure.status == "shown"
    parts = figure.made_of(lang)
    lines = [f'<p class="quiet">{escape_html(parts)}</p>'] if parts else []
    if figure.target is not None and shown:
        lines.append(f"<p>{mark(figure, lang)}</p>")
        lines.append(f'<p class="quiet">{escape_html(_against(figure, lang))}</p>')
    return (
        f'<div class="ov-card"><h3>{escape_html(heading(figure, lang))}</h3>'
        f'<div class="value">{_value(figure, lang)}</div>'
        f'{"".join(lines)}<p class="quiet foot">{escape_html(figure.foot(lang))}</p></div>'
    )


def heading(figure: Figure, lang: Lang) -> str:
    """Give the title without a unit in brackets: the number below has it beside it."""
    title = figure.title(lang).removesuffix(f" ({figure.unit(lang)})")
    return title.removesuffix(" (%)") if figure.is_percent else title


def mark(figure: Figure, lang: Lang) -> str:
    """Give the HTML of a figure's verdict: symbol and words, told apart without colour."""
    symbol, words = LIGHT.mark(figure.mark).symbol, escape_html(figure.mark_text(lang))
    return f'<span class="ov-mark {figure.mark}">{symbol} {words}</span>'


def _list_button(figure: Figure, lists: Collection[str], opened: str, lang: Lang) -> None:
    if figure.name not in lists:
        return
    is_open = figure.name == opened
    st.button(
        t("action.close" if is_open else "action.view_list", lang),
        key=f"list_{figure.name}",
        type="tertiary",
        on_click=url_state.keep_option,
        args=(LIST, "" if is_open else figure.name, ""),
    )


def _against(figure: Figure, lang: Lang) -> str:
    key = (
        "figure.against_proposed" if figure.target and figure.target.proposed else "figure.against"
    )
    return t(key, lang, target=figure.target_text(lang), gap=figure.gap_text(lang))


def _value(figure: Figure, lang: Lang) -> str:
    """The number and its unit, smaller; Thai says percent before the number."""
    number = escape_html(figure.text(lang))
    if figure.status != "shown" or figure.indicator.unit == "ratio":
        return number
    key = "figure.card_percent" if figure.is_percent else "figure.card_other"
    return t(key, lang, value=number, unit=f"<small>{escape_html(figure.unit(lang))}</small>")
