"""One map through the months: a slider to scrub, a switch to play, classes held fixed."""

from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from config.i18n import Lang, t
from config.thai_calendar import format_month
from data_access.indicators import registry
from geo import points
from ui.charts.indicator_frame import day
from ui.maps import choropleth
from ui.maps.classes import classes_of
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.render.streamlit import chart_block, layout, png_button
from ui.sections.province_map.choice import REAL, SHAPE, TILES
from ui.server import boundary_urls, chart_data_route
from ui.state import url_state
from ui.state.page_context import View

MONTHS = 24
STEP = timedelta(seconds=1.5)
HEIGHT = 700
_AT, _PLAY = "map_time_at", "map_time_play"


def months(view: View, name: str) -> None:
    """Draw the map of one month with its slider; playing moves on by itself and starts again.

    Provinces are tiles, or true to shape where the address asks for that.
    """
    form = url_state.option(SHAPE, (TILES, REAL), TILES)
    series = _series(view, name)
    ends = sorted({day(end) for end in series["period_end"]})
    if not ends or not registry.get(name).series:
        st.info(t("page.map_compare.no_time", view.lang))
        return
    playing = st.toggle(t("page.map_compare.play", view.lang), key=_PLAY)
    frame = st.fragment(_frame, run_every=STEP if playing else None)
    frame(view, name, form, [end.isoformat() for end in ends], playing)
    layout.caption(t("page.map_compare.time_caveat", view.lang))
    chart_block.definition_link(view, name)


def _frame(view: View, name: str, form: str, ends: list[str], playing: bool) -> None:
    state = st.session_state
    if state.get(_AT) not in ends:
        state[_AT] = ends[-1]
    if playing:
        state[_AT] = ends[(ends.index(state[_AT]) + 1) % len(ends)]
    st.select_slider(
        t("page.map_compare.month", view.lang),
        ends,
        key=_AT,
        format_func=lambda end: _month(end, view.lang),
    )
    spec = chart_data_route.by_address(_month_spec(view, name, form, state[_AT]))
    with st.container(key="map_time_picture", border=False):
        st.vega_lite_chart(spec, theme=None, key=f"map_time_{form}")
    png_button.save_button(
        view, name, of=".st-key-map_time_picture", also=_month(state[_AT], view.lang)
    )


def _month(end: str, lang: Lang) -> str:
    return format_month(day(pd.Timestamp(end)), lang)


def _series(view: View, name: str) -> pd.DataFrame:
    if not registry.get(name).series:
        return pd.DataFrame(columns=["period_end", "value"])
    span = view.filters.months_up_to(MONTHS)
    query = view.filters.at("TH").query("province", over="month", span=span)
    return page_queries.frame(view, name, query)


@cached_view
def _month_spec(view: View, name: str, form: str, end: str) -> dict[str, Any]:
    series = _series(view, name)
    of_month = [day(e).isoformat() == end for e in series["period_end"]]
    here = series[pd.Series(of_month, series.index, dtype=bool)].reset_index(drop=True)
    common: dict[str, Any] = {
        "indicator": registry.get(name),
        "lang": view.lang,
        "theme": view.theme,
        # Classes come from all months together: a colour means the same in each of them.
        "classes": classes_of(series["value"], registry.get(name)),
        "selected": view.filters.province,
        "base": view.filters.base,
    }
    if form == TILES:
        spec = choropleth.tile_grid(here, **common)
    else:
        folder = view.data_dir
        spec = choropleth.choropleth(
            here,
            geometry=boundary_urls.source("province", folder),
            points=points.province_points(folder),
            borders=boundary_urls.borders(folder),
            height=HEIGHT,
            **common,
        )
    drawable: dict[str, Any] = chart_block.without_csv(spec)
    return drawable
