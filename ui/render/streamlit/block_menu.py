"""The small menu of a chart or map: save the picture, see its rows, take them along, copy a link.

The browser draws what it shows, with its words, into the file: nothing is drawn twice and nothing
is sent. Nothing is made before the menu is opened.
"""

import streamlit as st

from config import numbers
from config.i18n import Lang, t
from ui.blocks import Chart, Tabular
from ui.render.streamlit import slides, tables, words
from ui.render.streamlit.templating import html, script
from ui.server import boundary_urls
from ui.state.page_context import View

_SAVES = html("script", script=script("picture.js"))


def heading_and_menu(block: Chart, view: View, place: str) -> None:
    """Draw the heading of a chart with its menu at the end of the line."""
    with st.container(
        key=f"head_{block.key}",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        if block.title:
            words.heading(block.title)
        menu(block, view, place)


def menu(block: Tabular, view: View, place: str, *, pictures: bool = True) -> None:
    """Draw the menu; `place` is the key of the container that the picture stands in."""
    lang = view.lang
    fold = st.popover(
        t("menu.block", lang),
        icon=":material/more_horiz:",
        type="tertiary",
        key=f"menu_{block.key}",
        on_change="rerun",
    )
    if not fold.open:
        return
    with fold:
        st.html(_actions(block, view, place, pictures=pictures))
        # By itself it is the same on every page, so a browser is sent it once.
        st.html(_SAVES, unsafe_allow_javascript=True)
        slides.add_button(block.key, view, "menu")
        if block.frame is not None:
            _rows(block, lang)


def _actions(block: Tabular, view: View, place: str, *, pictures: bool) -> str:
    lang = view.lang
    about = t(f"indicator.{block.about}.title", lang) if block.about else ""
    title = " · ".join(dict.fromkeys(part for part in (block.title, about) if part))
    also = block.also if isinstance(block, Chart) else ""
    credit = block.credit if isinstance(block, Chart) else ""
    above = " · ".join(part for part in (view.filters.line(lang), also) if part)
    lines = [*block.provenance.sources, *([credit] if credit else [])]
    day = view.filters.day.isoformat()
    labels = {kind: t(f"action.save_{kind}", lang) for kind in ("png", "svg")}
    return html(
        "block_menu",
        pictures=labels if pictures else {},
        words={
            "of": f".st-key-{place}",
            "fonts": f"{boundary_urls.prefix()}/app/static/fonts/",
            "name": "-".join([block.key, view.filters.narrowest, day]),
            "above": f"{title}\n{above}",
            "below": "\n".join(lines),
        },
        at=f"st-key-block_{block.key}",
        copy=t("action.copy_link", lang),
        copied=t("action.copied", lang),
    )


def _rows(block: Tabular, lang: Lang) -> None:
    opened = _opened(block)
    count = numbers.count(block.count, lang)
    label = t("action.close_table", lang) if opened else t("tables.open", lang, rows=count)
    st.button(
        label,
        key=f"rows_{block.key}",
        type="tertiary",
        on_click=_turn,
        args=(block.key, not opened),
    )
    shown = block.rows()[[column.name for column in block.columns]]
    tables.download(block, shown, lang, key="menu_csv")


def _turn(key: str, opened: bool) -> None:
    st.session_state[f"{key}_opened"] = opened


def _opened(block: Tabular) -> bool:
    return bool(st.session_state.get(f"{block.key}_opened"))


def opened_rows(block: Tabular, lang: Lang) -> None:
    """Draw the rows of a block where its menu was asked for them."""
    if _opened(block) and block.frame is not None:
        tables.rows(block, block.rows(), lang)
