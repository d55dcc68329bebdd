"""Charts and maps on the screen: heading with its menu, picture, what to know, and their rows."""

from pathlib import Path
from typing import Any

import pydeck
import streamlit as st
from markupsafe import Markup

from config.i18n import t
from ui.blocks import Chart, Map, PointMap
from ui.maps.layers import AREA
from ui.render.streamlit import block_menu, menu, words
from ui.render.streamlit.canvas import Canvas
from ui.render.streamlit.templating import html
from ui.server import chart_data_route

_ASKS_FOR_WEBGL = (Path(__file__).parents[2] / "maps" / "webgl.js").read_text("utf-8")


def chart(block: Chart, canvas: Canvas) -> None:
    """Draw one chart with its heading and menu, what was left out of it, and its caveat."""
    with st.container(key=f"block_{block.key}"):
        block_menu.heading_and_menu(block, canvas.view, f"block_{block.key}")
        st.vega_lite_chart(dict(block.spec()), theme=None, key=f"chart_{block.key}")
        _below(block, canvas)


def map_(block: Map, canvas: Canvas) -> None:
    """Draw a map; where its areas can be clicked, the click chooses one."""
    with st.container(key=f"block_{block.key}"):
        if block.title:
            words.heading(block.title)
        picture(block, "map_picture" if block.choose else f"chart_{block.key}", canvas)
        _below(block, canvas)


def picture(block: Map, place: str, canvas: Canvas) -> None:
    """Draw the picture of a map in a place of its own, with its menu below.

    A clickable map is as high as its spec says; the style sheet makes it higher where the screen
    is a wide one. Its key says what is chosen, so a click is a new one.
    """
    spec = chart_data_route.by_address(dict(block.spec()))
    if block.choose is None:
        with st.container(key=place, border=False):
            st.vega_lite_chart(spec, theme=None, key=f"picture_{block.key}")
    else:
        with st.container(key=place, height=int(spec["height"]), border=False):
            st.vega_lite_chart(
                spec,
                theme=None,
                height="stretch",
                key=f"map_{block.state}",
                on_select=lambda: _take_click(block),
                selection_mode=AREA,
            )
    block_menu.menu(block, canvas.view, place)


def _take_click(block: Map) -> None:
    """Take over the area that was clicked; a click beside the map changes nothing."""
    event: Any = st.session_state.get(f"map_{block.state}")
    picked = event.selection.get(AREA) if event else None
    if picked and block.choose:
        block.choose(str(picked[0]["code"]))


def _below(block: Chart, canvas: Canvas) -> None:
    for line in (block.note, block.not_followed, block.caveat, block.credit):
        words.caption(line)
    _area_links(block, canvas)
    block_menu.opened_rows(block, canvas.view.lang)
    menu.definition_link(block.about, canvas.view.lang)


def _area_links(block: Chart, canvas: Canvas) -> None:
    """Draw the fold of areas as links: what a click on a picture of areas does, by keyboard.

    The browser fills it from the search index once it is opened.
    """
    filters = canvas.view.filters
    if any(column.name == "area_code" for column in block.columns):
        within = filters.province or filters.region or ""
        label = t("shell.areas", canvas.view.lang)
        st.html(html("areas", kind=filters.below, within=within, label=label))


def point_map(block: PointMap, canvas: Canvas) -> None:
    """Draw the zoomable map, its legend or what its marks mean, and its rows."""
    made = block.explorer()
    _by_address(made.deck)
    with st.container(key="explorer_picture"):
        st.pydeck_chart(
            made.deck, height=block.height, key=f"explorer_{block.state}", alt=made.description
        )
    # The device is asked once for each opening of the application; the style sheet does the rest.
    asked = html("no_webgl", text=block.without_webgl, script=Markup(_ASKS_FOR_WEBGL))
    st.html(asked, unsafe_allow_javascript=True)
    if block.legend:
        st.html(html("map_key", **made.key._asdict(), lang=canvas.view.lang))
    for line in (block.note, block.not_followed, block.caveat):
        words.caption(line)
    menu.definition_link(block.indicator, canvas.view.lang)
    if block.frame is not None:
        block_menu.menu(block, canvas.view, "explorer_picture", pictures=False)
        block_menu.opened_rows(block, canvas.view.lang)


def _by_address(deck: pydeck.Deck) -> None:
    """Let the browser fetch long rows by itself: only their address goes with each run."""
    for layer in deck.layers:
        if not isinstance(layer.data, list):
            continue
        # Nothing in the picture reads the code, and a tenth of the weight is saved without it.
        rows = [
            {key: part for key, part in row.items() if key != "c"} if isinstance(row, dict) else row
            for row in layer.data
        ]
        if address := chart_data_route.address(rows):
            layer.data = address
