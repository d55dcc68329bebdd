"""One map through the months: a slider to scrub, a switch to play, classes held fixed."""

from typing import Any

import pandas as pd

from config.i18n import Lang, t
from config.thai_calendar import format_month
from data_access.indicators import registry
from geo import points
from ui.blocks import Blocks, Frames, Map, Text
from ui.charts.indicator_frame import day
from ui.maps import choropleth
from ui.maps.base_map import Annotations, BaseMap
from ui.maps.classes import classes_of
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared.map_frames import EVERYWHERE, REAL, SHAPE, TILES
from ui.server import boundary_urls
from ui.state.page_context import View
from ui.text import provenance

MONTHS = 24
HEIGHT = 700


def months(view: View, name: str) -> Blocks:
    """Give the map of each month, to scrub and to play.

    Provinces are tiles, or true to shape where the address asks for that.
    """
    form = view.option(SHAPE, (TILES, REAL), TILES)
    series = _series(view, name)
    ends = [end.isoformat() for end in sorted({day(end) for end in series["period_end"]})]
    if not ends or not registry.get(name).series:
        return (Text(t("page.map_compare.no_time", view.lang), "notice"),)
    return (
        Frames(
            key="map_time",
            label=t("page.map_compare.month", view.lang),
            play=t("page.map_compare.play", view.lang),
            frames={end: _month(end, view.lang) for end in ends},
            block=lambda end: _month_map(view, name, form, end),
        ),
    )


def _month_map(view: View, name: str, form: str, end: str) -> Map:
    return Map(
        key=f"map_time_{form}",
        spec=lambda: _month_spec(view, name, form, end),
        also=_month(end, view.lang),
        provenance=provenance.lines(view, name),
        caveat=t("page.map_compare.time_caveat", view.lang),
        not_followed=page_queries.not_followed_text(view, name, without=EVERYWHERE),
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
        "look": view.look,
        # Classes come from all months together: a colour means the same in each of them.
        "classes": classes_of(series["value"], registry.get(name)),
        "notes": Annotations(base=view.filters.base, selected=view.filters.province),
    }
    if form == TILES:
        return choropleth.tile_grid(here, **common)
    return choropleth.choropleth(here, base_map=country_map(view), **common)


def country_map(view: View) -> BaseMap:
    """Give the ground of a map of all provinces, true to shape."""
    folder = view.data_dir
    return BaseMap(
        boundary_urls.source("province", folder),
        points=points.province_points(folder),
        borders=boundary_urls.borders(folder),
        height=HEIGHT,
    )
