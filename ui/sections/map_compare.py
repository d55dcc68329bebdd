"""Provinces compared fairly: equal tiles, months and years with fixed classes, two indicators at
once, and a funnel plot that says which differences are more than chance."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from config.i18n import t
from config.thai_calendar import FiscalYear, format_fiscal_year
from data_access.indicators import registry
from ui import address, area_table, ask, cached, draw, geometry, provenance, session, shell
from ui import tables as table_of
from ui.ask import kept
from ui.charts import bivariate, funnel, multiples, tiles
from ui.charts.intervals import is_share
from ui.charts.map_layers import AREA
from ui.figures import target
from ui.sections import league, map_pictures, map_time, province_map
from ui.tables import Column
from ui.view import View

PARAM, MEASURE = "picture", "measure"
PICTURES = ("tiles", "years", "time", "two", "funnel")
MEASURES = ("value", "count", "target", "change")
SECOND = "follow_up_completion"
FIRST = "families_per_case_manager"
YEARS = 6


class Shown(NamedTuple):
    """What a map draws when it does not draw the indicator itself: its count or a difference."""

    name: str
    unit: str
    direction: str


def picture() -> str:
    """Give the picture that the address asks for; the tiles where it asks for none."""
    return address.option(PARAM, PICTURES, PICTURES[0])


def sentence(view: View, name: str) -> str:
    """Give how many provinces differ from the country by more than chance."""
    if not is_share(registry.get(name)):
        return t("page.map_compare.sentence_plain", view.lang)
    judged = league.judged(view, name)
    counts = judged["verdict"].value_counts()
    return t(
        "page.map_compare.sentence",
        view.lang,
        title=t(f"indicator.{name}.title", view.lang),
        worse=int(counts.get("worse", 0)),
        better=int(counts.get("better", 0)),
        alike=len(judged) - int(counts.get("worse", 0)) - int(counts.get("better", 0)),
        total=len(judged),
    )


def choose(view: View, name: str, shown: str) -> None:
    """Draw the choice of indicator, picture and measure; all three go to the address bar."""
    province_map.choose_indicator(view, name)
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare_choices"):
        _switch(PARAM, PICTURES, shown, view)
        if shown == "tiles":
            _switch(MEASURE, MEASURES, _measure(), view)


def _switch(param: str, offered: tuple[str, ...], now: str, view: View) -> None:
    key = f"compare_{param}"
    st.session_state[key] = now
    st.segmented_control(
        t(f"page.map_compare.{param}", view.lang),
        offered,
        format_func=lambda code: t(f"page.map_compare.{param}_{code}", view.lang),
        key=key,
        required=True,
        on_change=_switched,
        args=(param, offered[0]),
    )


def _switched(param: str, usual: str) -> None:
    address.keep_option(param, st.session_state[f"compare_{param}"], usual)


def _measure() -> str:
    return address.option(MEASURE, MEASURES, MEASURES[0])


def draw_picture(view: View, name: str, shown: str) -> None:
    """Draw the picture chosen; only that one is computed."""
    pictures: dict[str, Callable[[View, str], None]] = {
        "tiles": _tiles,
        "years": _years,
        "time": map_time.months,
        "two": _two,
        "funnel": _funnel,
    }
    pictures[shown](view, name)


def _tiles(view: View, name: str) -> None:
    measure = _measure()
    frame = _measured(view, name, measure)
    if frame is None:
        st.info(t(f"page.map_compare.no_{measure}", view.lang))
        return
    spec = draw.without_csv(_tile_spec(view, name, measure))
    _clickable(spec, f"tiles_{name}_{measure}_{view.chosen.narrowest}")
    shell.caption(t("page.map_compare.tiles_caption", view.lang))


def _clickable(spec: dict[str, Any], key: str) -> None:
    st.vega_lite_chart(
        spec, theme=None, key=f"map_{key}", on_select=map_pictures.clicked, selection_mode=AREA
    )


@kept
def _tile_spec(view: View, name: str, measure: str) -> dict[str, Any]:
    frame = _measured(view, name, measure)
    return tiles.tile_grid(
        frame if frame is not None else province_map.frame(view, name),
        indicator=_drawable(name, measure),
        lang=view.lang,
        theme=view.theme,
        selected=view.chosen.province,
        base=view.chosen.base,
    )


def _drawable(name: str, measure: str) -> Any:
    item = registry.get(name)
    if measure == "value":
        return item
    unit = "count" if measure == "count" else "difference"
    # Another name: the classes held fixed for the indicator are not those of a difference.
    return Shown(f"{name}_{measure}", unit, str(item.direction))


def _measured(view: View, name: str, measure: str) -> pd.DataFrame | None:
    """The provinces with the measure as value; None where there is no target or no year before.

    Hidden and empty cells stay what they are, and a difference needs both of its ends.
    """
    frame = province_map.frame(view, name).copy()
    if measure == "count":
        frame["value"] = frame["numerator"].astype("Float64")
    if measure == "target":
        wanted = target(name, view.chosen, ask.whole(view, "targets"))
        if wanted is None or wanted.counts:
            return None
        frame["value"] = frame["value"] - wanted.value
    if measure == "change":
        before = view.chosen.year.previous()
        if before.be not in cached.fiscal_years(view.scope, view.snapshot):
            return None
        earlier = ask.frame(view, name, view.chosen.with_year(before.be).question("province"))
        old = earlier.set_index("area_code")
        frame = frame.set_index("area_code")
        frame["value"] = frame["value"] - old["value"].reindex(frame.index)
        both = old["status"].reindex(frame.index)
        frame["status"] = frame["status"].where(both == "shown", both.fillna("no_data"))
        frame = frame.reset_index()
    return frame


def _years(view: View, name: str) -> None:
    draw.block(
        view,
        key=f"compare_years_{name}",
        title=t("page.map_compare.years", view.lang),
        spec=draw.without_csv(_years_spec(view, name)),
        frame=pd.concat(
            [area_table.rows(f, view.lang).assign(year=y) for y, f in _yearly(view, name).items()]
        ),
        columns=[
            Column("year", t("filter.fiscal_year", view.lang)),
            *area_table.columns(name, view.lang),
        ],
        provenance=provenance.lines(view, name),
        caveat=t("page.map_compare.years_caveat", view.lang),
    )


def _yearly(view: View, name: str) -> dict[str, pd.DataFrame]:
    found = cached.fiscal_years(view.scope, view.snapshot)
    years = sorted(be for be in found if be <= view.chosen.year.be)[-YEARS:]
    everywhere = view.chosen.at("TH")
    frames = {
        format_fiscal_year(FiscalYear(be), view.lang, "short"): ask.frame(
            view, name, everywhere.with_year(be).question("province")
        )
        for be in years
    }
    # A year before the records begin would be a grey map that says nothing.
    return {year: f for year, f in frames.items() if (f["status"] == "shown").any()}


@kept
def _years_spec(view: View, name: str) -> dict[str, Any]:
    return multiples.small_multiples(
        _yearly(view, name),
        indicator=registry.get(name),
        geometry=geometry.source("province", session.settings().data_dir),
        lang=view.lang,
        theme=view.theme,
        selected=view.chosen.province,
    )


def _two(view: View, name: str) -> None:
    first, second = (FIRST, SECOND) if name in (FIRST, SECOND) else (name, SECOND)
    spec = draw.without_csv(_two_spec(view, first, second))
    draw.heading(
        t(
            "page.map_compare.two",
            view.lang,
            first=t(f"indicator.{first}.title", view.lang),
            second=t(f"indicator.{second}.title", view.lang),
        )
    )
    _clickable(spec, f"two_{first}_{view.chosen.narrowest}")
    both = area_table.rows(province_map.frame(view, first), view.lang).merge(
        area_table.rows(province_map.frame(view, second), view.lang)[["area_code", "value"]],
        on="area_code",
        suffixes=("", "_second"),
    )
    table_of.twin(
        both,
        [
            *area_table.columns(first, view.lang),
            Column("value_second", t(f"indicator.{second}.title", view.lang), "percent"),
        ],
        lang=view.lang,
        key="compare_two",
        provenance=[*provenance.lines(view, first), *provenance.lines(view, second)[:1]],
    )


@kept
def _two_spec(view: View, first: str, second: str) -> dict[str, Any]:
    return bivariate.bivariate(
        province_map.frame(view, first),
        province_map.frame(view, second),
        indicators=(registry.get(first), registry.get(second)),
        names=(
            t(f"indicator.{first}.title", view.lang),
            t(f"indicator.{second}.title", view.lang),
        ),
        geometry=geometry.source("province", session.settings().data_dir),
        lang=view.lang,
        theme=view.theme,
        selected=view.chosen.province,
    )


def _funnel(view: View, name: str) -> None:
    if not is_share(registry.get(name)):
        st.info(t("page.map_compare.no_funnel", view.lang))
        return
    draw.heading(t("page.map_compare.funnel", view.lang))
    draw.chart(_funnel_spec(view, name), f"funnel_{name}")
    shell.caption(t("page.map_compare.funnel_caveat", view.lang))


@kept
def _funnel_spec(view: View, name: str) -> dict[str, Any]:
    return funnel.plot(
        province_map.frame(view, name),
        indicator=registry.get(name),
        lang=view.lang,
        theme=view.theme,
        selected=view.chosen.province,
    )
