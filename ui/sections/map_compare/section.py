"""Provinces compared fairly: equal tiles, months and years with fixed classes, two indicators at
once, and a funnel plot that says which differences are more than chance."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from config.i18n import t
from config.thai_calendar import FiscalYear, format_fiscal_year
from data_access.indicators import registry
from data_access.statistics.intervals import has_chance
from ui.blocks import Blocks, Column, Lazy, Map, Page, Row, Text
from ui.charts.indicator_frame import Drawable
from ui.maps import choropleth, compare, small_multiples
from ui.maps.base_map import Annotations, Geometry
from ui.maps.classes import WHOLE_UNITS
from ui.queries import page_queries, query_cache
from ui.queries.page_queries import cached_view
from ui.sections.map_compare import league_table, months, two
from ui.sections.shared import area_table, map_frames, priority
from ui.sections.shared.map_frames import EVERYWHERE, REAL, SHAPE, TILES
from ui.server import boundary_urls
from ui.state import filter_bar
from ui.state.page_context import View
from ui.text import messages, narrative, provenance

PARAM, MEASURE = "picture", "measure"
PICTURES = ("tiles", "years", "time", "two", "funnel")
MEASURES = ("value", "count", "target", "change")
YEARS = 6


def page(view: View) -> Page:
    """Give the page: what to compare, the picture chosen, and the provinces in order."""
    name = map_frames.indicator(view)
    shown = view.option(PARAM, PICTURES, PICTURES[0])
    return Page(
        key="map_compare",
        title=t("page.map_compare.title", view.lang),
        lead=sentence(view, name),
        blocks=(
            map_frames.indicator_choice(view, name),
            choices(view, shown),
            Lazy(lambda: picture(view, name, shown)),
            Lazy(lambda: league_table.table_and_plot(view, name, shown)),
        ),
    )


def sentence(view: View, name: str) -> str:
    """Give how many provinces differ from the average of all shown by more than chance."""
    if not has_chance(registry.get(name)):
        found = narrative.spread(name, map_frames.provinces(view, name), view.lang)
        return f"{found} {t('page.map_compare.sentence_plain', view.lang)}"
    judged = league_table.verdict_rows(view, name)
    counts = judged["verdict"].value_counts()
    return t(
        "page.map_compare.sentence",
        view.lang,
        title=t(f"indicator.{name}.title", view.lang),
        average=league_table.average(view),
        worse=int(counts.get("worse", 0)),
        better=int(counts.get("better", 0)),
        alike=len(judged) - int(counts.get("worse", 0)) - int(counts.get("better", 0)),
        total=len(judged),
    )


def choices(view: View, form: str) -> Row:
    """Give the choice of picture, measure and shape; all go to the address bar."""
    switches = [map_frames.switch(view, PARAM, PICTURES, form, f"page.map_compare.{PARAM}")]
    if form == "tiles":
        words = f"page.map_compare.{MEASURE}"
        switches.append(map_frames.switch(view, MEASURE, MEASURES, _measure(view), words))
    if form != "funnel":
        words = f"page.province_map.{SHAPE}"
        switches.append(map_frames.switch(view, SHAPE, _shapes(form), shape(view, form), words))
    return Row(tuple(switches), "compare_choices")


def shape(view: View, form: str) -> str:
    """Give whether the provinces of a picture are tiles or true to shape."""
    offered = _shapes(form)
    return view.option(SHAPE, offered, offered[0])


def _shapes(form: str) -> tuple[str, ...]:
    """The forms of a picture, the usual one first: small maps are known by their outline."""
    return (REAL, TILES) if form in ("years", "two") else (TILES, REAL)


def _measure(view: View) -> str:
    return view.option(MEASURE, MEASURES, MEASURES[0])


def picture(view: View, name: str, form: str) -> Blocks:
    """Give the picture chosen; only that one is computed."""
    pictures: dict[str, Callable[[View, str], Blocks]] = {
        "tiles": _provinces,
        "years": _years,
        "time": months.months,
        "two": lambda view, name: two.two(view, name, shape(view, "two")),
        "funnel": league_table.funnel_plot,
    }
    return pictures[form](view, name)


def _provinces(view: View, name: str) -> Blocks:
    measure, form = _measure(view), shape(view, "tiles")
    if _in_measure(view, name, measure) is None:
        return (Text(t(f"page.map_compare.no_{measure}", view.lang), "notice"),)
    return (
        Map(
            key=f"compare_{name}",
            spec=lambda: _province_spec(view, name, measure, form),
            choose=filter_bar.go_to,
            state=f"{form}_{name}_{measure}_{view.filters.narrowest}",
            provenance=provenance.lines(view, name),
            caveat=t("page.map_compare.tiles_caption", view.lang) if form == TILES else "",
            not_followed=page_queries.not_followed_text(view, name, without=EVERYWHERE),
        ),
    )


@cached_view
def _province_spec(view: View, name: str, measure: str, form: str) -> dict[str, Any]:
    found = _in_measure(view, name, measure)
    frame, item = found or (map_frames.everywhere(view, name), registry.get(name))
    notes = Annotations(base=view.filters.base, selected=view.filters.province)
    common: dict[str, Any] = {"indicator": item, "look": view.look, "notes": notes}
    if form == TILES:
        return choropleth.tile_grid(frame, **common)
    counts = str(item.unit) in WHOLE_UNITS and measure in ("value", "count")
    draw = choropleth.symbols if counts else choropleth.choropleth
    return draw(frame, base_map=months.country_map(view), **common)


def _in_measure(view: View, name: str, measure: str) -> tuple[pd.DataFrame, Drawable] | None:
    """The provinces in a measure, and what to draw it as; None without target or year before."""
    frame, item = map_frames.everywhere(view, name), registry.get(name)
    if measure == "count" and str(item.unit) not in WHOLE_UNITS:
        return compare.counts(frame, indicator=item, unit=item.count_unit or "count")
    if measure == "target":
        wanted = map_frames.map_target(view, name)
        if wanted is None:
            return None
        return compare.from_target(frame, indicator=item, target=wanted.value)
    if measure == "change":
        before = view.filters.year.previous()
        if before.be not in query_cache.fiscal_years(view.scope, view.snapshot):
            return None
        then = view.filters.at("TH").with_year(before.be)
        earlier = page_queries.frame(view, name, then.query("province"))
        return compare.over_time(frame, earlier, indicator=item)
    return frame, item


def _years(view: View, name: str) -> Blocks:
    yearly = _yearly(view, name)
    if not yearly:
        why = priority.refusal(view, name) or messages.nothing_here(view.filters, view.lang)
        return (Text(why, "notice"),)
    return (
        Map(
            key=f"compare_years_{name}",
            title=t("page.map_compare.years", view.lang),
            spec=lambda: _years_spec(view, name, shape(view, "years")),
            frame=pd.concat(
                [
                    area_table.rows(frame, view.lang).assign(year=year)
                    for year, frame in yearly.items()
                ]
            ),
            columns=[
                Column("year", t("filter.fiscal_year", view.lang)),
                *area_table.columns(name, view.lang),
            ],
            provenance=provenance.lines(view, name),
            caveat=t("page.map_compare.years_caveat", view.lang),
            not_followed=page_queries.not_followed_text(view, name, without=EVERYWHERE),
        ),
    )


def _yearly(view: View, name: str) -> dict[str, pd.DataFrame]:
    found = query_cache.fiscal_years(view.scope, view.snapshot)
    years = sorted(be for be in found if be <= view.filters.year.be)[-YEARS:]
    everywhere = view.filters.at("TH")
    frames = {
        format_fiscal_year(FiscalYear(be), view.lang, "short"): page_queries.frame(
            view, name, everywhere.with_year(be).query("province")
        )
        for be in years
    }
    # A year before the records begin would be a grey map that says nothing.
    return {year: f for year, f in frames.items() if (f["status"] == "shown").any()}


@cached_view
def _years_spec(view: View, name: str, form: str) -> dict[str, Any]:
    return small_multiples.small_multiples(
        _yearly(view, name),
        indicator=registry.get(name),
        look=view.look,
        geometry=_shape_source(view, form),
        selected=view.filters.province,
    )


def _shape_source(view: View, form: str) -> Geometry | None:
    """The shapes of the provinces; None where they are tiles."""
    return boundary_urls.source("province", view.data_dir) if form == REAL else None
