"""Cards: one figure each, with what keeps it from being misread, and the list behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from markupsafe import Markup, escape

from config.i18n import Lang, t
from ui.blocks import Figures
from ui.render.streamlit import readings, why_links
from ui.render.streamlit.canvas import Canvas
from ui.render.streamlit.readings import Icon
from ui.render.streamlit.templating import html, script
from ui.state import url_state
from ui.text import changes
from ui.text.figures import Figure

LIST = "list"
_FOCUS = script("list_focus.js")


@dataclass(frozen=True)
class Card:
    """The words of one card, in the order they stand on it; an empty one leaves no line."""

    figure: Figure
    title: str
    value: str
    unit: str
    pattern: Markup
    made_of: str
    judged: bool
    against: str
    waits: bool
    changes: tuple[str, ...]
    icons: tuple[Icon, ...]
    provisional: str
    not_followed: str
    foot: str


def figures(block: Figures, canvas: Canvas) -> None:
    """Draw figures as a row of cards, and under them the list that was asked for."""
    lang = canvas.view.lang
    waits = block.histories is not None and block.waits
    shown = block.figures if waits else block.complete()
    places = {}
    with st.container(key="cards"):
        for figure in shown:
            with st.container(key=f"card_{figure.name}"):
                places[figure.name] = st.empty()
                places[figure.name].html(_html(figure, block, canvas, waits=waits))
                _list_button(figure, block, lang)
                why_links.draw(canvas.view, figure, block.causes_of)
    if waits:
        canvas.later.append(lambda: _again(block, canvas, places))
    if block.open_list:
        with st.container(key="list_behind", border=True):
            canvas.draw(block.lists[block.open_list]())
        # Another list is another script, so a browser runs it for each list that is opened.
        words = Markup("/* {} */").format(block.open_list) + _FOCUS
        st.html(html("script", script=words), unsafe_allow_javascript=True)


def _again(block: Figures, canvas: Canvas, places: Mapping[str, Any]) -> None:
    """Put the cards in once more, with their changes."""
    for figure in block.complete():
        places[figure.name].html(_html(figure, block, canvas, waits=False))


def _html(figure: Figure, block: Figures, canvas: Canvas, *, waits: bool) -> str:
    said = block.not_followed.get(figure.name, "")
    waiting = waits and figure.status == "shown"
    return card(figure, canvas.view.lang, said, theme=canvas.view.theme, waits=waiting)


def card(
    figure: Figure,
    lang: Lang,
    not_followed: str = "",
    *,
    theme: str = "light",
    waits: bool = False,
) -> str:
    """Give the HTML of one card; while it `waits` there are dots where its changes will stand."""
    words = card_words(figure, lang, not_followed, theme, waits=waits)
    return html("card", card=words, lang=lang, provisional=t("provisional.mark", lang))


def card_words(
    figure: Figure, lang: Lang, not_followed: str, theme: str, *, waits: bool = False
) -> Card:
    """Give the words of one card: number, what it is made of, target, changes, icons, foot."""
    judged = figure.target is not None and figure.status == "shown"
    return Card(
        figure=figure,
        title=heading(figure, lang),
        value=figure.text(lang),
        unit=figure.unit(lang),
        pattern=_pattern(figure, lang),
        made_of=figure.made_of(lang),
        judged=judged,
        against=figure.against_text(lang) if judged else "",
        waits=waits,
        changes=tuple(changes.lines(figure, lang)),
        icons=readings.icons(figure, lang, theme),
        provisional=changes.provisional_text(figure, lang),
        not_followed=not_followed,
        foot=figure.foot(lang),
    )


def heading(figure: Figure, lang: Lang) -> str:
    """Give the title without a unit in brackets: the number below has it beside it."""
    title = figure.title(lang).removesuffix(f" ({figure.unit(lang)})")
    return title.removesuffix(" (%)") if figure.is_percent else title


def _list_button(figure: Figure, block: Figures, lang: Lang) -> None:
    if figure.name not in block.lists:
        return
    is_open = figure.name == block.open_list
    st.button(
        t("action.close" if is_open else "action.view_list", lang),
        key=f"list_{figure.name}",
        type="tertiary",
        on_click=url_state.keep_option,
        args=(LIST, "" if is_open else figure.name, ""),
    )


def _pattern(figure: Figure, lang: Lang) -> Markup:
    """How number and unit stand together; Thai says percent before the number."""
    if figure.status != "shown" or figure.indicator.unit == "ratio":
        return Markup("{value}")
    key = "figure.card_percent" if figure.is_percent else "figure.card_other"
    return escape(t(key, lang, value="{value}", unit="{unit}"))
