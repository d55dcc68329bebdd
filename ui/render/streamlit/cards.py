"""Cards: one figure each, with what keeps it from being misread, and the list behind it."""

from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup, escape

from config.i18n import Lang, t
from data_access.statistics.change import NO_PERIOD
from ui.blocks import Figures
from ui.render.streamlit.canvas import Canvas
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
    changes: tuple[str, ...]
    remarks: tuple[str, ...]
    not_followed: str
    foot: str


def figures(block: Figures, canvas: Canvas) -> None:
    """Draw figures as a row of cards, and under them the list that was asked for."""
    lang = canvas.view.lang
    with st.container(key="cards"):
        for figure in block.figures:
            with st.container(key=f"card_{figure.name}"):
                st.html(card(figure, lang, block.not_followed.get(figure.name, "")))
                _list_button(figure, block, lang)
    if block.opened:
        with st.container(key="list_behind", border=True):
            canvas.draw(block.lists[block.opened]())
        # Another list is another script, so a browser runs it for each list that is opened.
        words = Markup("/* {} */").format(block.opened) + _FOCUS
        st.html(html("script", script=words), unsafe_allow_javascript=True)


def card(figure: Figure, lang: Lang, not_followed: str = "") -> str:
    """Give the HTML of one card."""
    return html("card", card=worded(figure, lang, not_followed), lang=lang)


def worded(figure: Figure, lang: Lang, not_followed: str = "") -> Card:
    """Give the words of one card: number, what it is made of, target, changes, remarks, foot."""
    judged = figure.target is not None and figure.status == "shown"
    remarks = (changes.variation_reason(figure, lang), changes.provisional_text(figure, lang))
    return Card(
        figure=figure,
        title=heading(figure, lang),
        value=figure.text(lang),
        unit=figure.unit(lang),
        pattern=_pattern(figure, lang),
        made_of=figure.made_of(lang),
        judged=judged,
        against=_against(figure, lang) if judged else "",
        changes=changed(figure, lang),
        remarks=tuple(line for line in remarks if line),
        not_followed=not_followed,
        foot=figure.foot(lang),
    )


def changed(figure: Figure, lang: Lang) -> tuple[str, ...]:
    """Give the changes from the period before and from the year before, where they were read."""
    lines = []
    if figure.change_previous != NO_PERIOD:
        lines.append(changes.previous_line(figure, lang))
    if figure.change_year_before != NO_PERIOD:
        lines.append(changes.year_before_line(figure, lang))
    return tuple(lines)


def heading(figure: Figure, lang: Lang) -> str:
    """Give the title without a unit in brackets: the number below has it beside it."""
    title = figure.title(lang).removesuffix(f" ({figure.unit(lang)})")
    return title.removesuffix(" (%)") if figure.is_percent else title


def _list_button(figure: Figure, block: Figures, lang: Lang) -> None:
    if figure.name not in block.lists:
        return
    is_open = figure.name == block.opened
    st.button(
        t("action.close" if is_open else "action.view_list", lang),
        key=f"list_{figure.name}",
        type="tertiary",
        on_click=url_state.keep_option,
        args=(LIST, "" if is_open else figure.name, ""),
    )


def _against(figure: Figure, lang: Lang) -> str:
    proposed = figure.target is not None and figure.target.proposed
    key = "figure.against_proposed" if proposed else "figure.against"
    return t(key, lang, target=figure.target_text(lang), gap=figure.gap_text(lang))


def _pattern(figure: Figure, lang: Lang) -> Markup:
    """How number and unit stand together; Thai says percent before the number."""
    if figure.status != "shown" or figure.indicator.unit == "ratio":
        return Markup("{value}")
    key = "figure.card_percent" if figure.is_percent else "figure.card_other"
    return escape(t(key, lang, value="{value}", unit="{unit}"))
