"""The zoomable explorer beside the province map: districts and volunteers as points."""

from collections.abc import Sequence

import pandas as pd

from config.i18n import t
from data_access.indicators import registry
from geo import points, registers
from geo.points import AreaPoint
from ui.blocks import Blocks, Choice, Details, PointMap, Text
from ui.maps.explorer import COUNTRY, Explorer, Show, explorer
from ui.maps.sheet import area_codes
from ui.queries import cached, page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import area_table
from ui.server import boundary_urls
from ui.state.filter_state import FilterState
from ui.state.page_context import View
from ui.text import area_names, provenance

PARAM = "show"
DISTRICTS, VOLUNTEERS, SITES, COLUMNS = "districts", "volunteers", "sites", "columns"
LAYERS: dict[str, tuple[Show, ...]] = {
    DISTRICTS: ("districts",),
    VOLUNTEERS: ("volunteers",),
    SITES: ("sites",),
    COLUMNS: ("columns",),
}
# Volunteers of a district are the denominator of the share that is active.
COUNTED = "active_volunteers"
HEIGHT = 610  # about as high as the map beside it
_MARGIN = 0.15  # degrees around the outermost points


def part(view: View, name: str, *, listed: bool = False) -> Blocks:
    """Give the explorer with its switch, legend, caveat and table.

    `listed` says that a map beside it names the same districts and has their table.
    """
    by_district = registry.get(name).by_district
    # Without values by district that layer would be hundreds of empty rings.
    offered = tuple(code for code in LAYERS if code != DISTRICTS or by_district)
    usual = _usual(view) if _usual(view) in offered else VOLUNTEERS
    shown = view.option(PARAM, offered, usual)
    return (
        Text(t("page.province_map.explorer", view.lang), "heading"),
        *([] if by_district else [Text(t("reason.not_by_district", view.lang))]),
        _switch(view, offered, shown, usual),
        _picture(view, name, shown, listed=listed),
        *([] if listed else _missing(view, name, shown)),
    )


def _switch(view: View, offered: tuple[str, ...], shown: str, usual: str) -> Choice:
    return Choice(
        param=PARAM,
        label=t("page.province_map.layers", view.lang),
        options={code: t(f"page.province_map.show_{code}", view.lang) for code in offered},
        now=shown,
        usual=usual,
        key="explorer_show",
        label_hidden=True,
    )


def _picture(view: View, name: str, shown: str, *, listed: bool) -> PointMap:
    of_districts = shown == DISTRICTS
    found = _districts(view, name)
    return PointMap(
        key=f"districts_{name}",
        explorer=lambda: _explorer(view, name, shown),
        height=HEIGHT,
        legend=of_districts,
        state=shown,
        without_webgl=t("page.province_map.no_webgl", view.lang),
        note="" if of_districts else t(f"page.province_map.{shown}_size", view.lang),
        caveat=t("page.province_map.explorer_use", view.lang),
        indicator=name if of_districts else None,
        frame=None if listed else lambda: area_table.rows(found, view.lang),
        size=len(found),
        columns=area_table.columns(name, view.lang),
        provenance=provenance.lines(view, name),
    )


def _usual(view: View) -> str:
    """What is shown first: in the whole country most districts are too small to show a rate."""
    return VOLUNTEERS if view.filters.level == "country" else DISTRICTS


@cached_view
def _explorer(view: View, name: str, shown: str) -> Explorer:
    within = view.filters.province or view.filters.region
    placed = _points(view, within)
    return explorer(
        _districts(view, name),
        indicator=registry.get(name),
        points=placed,
        outlines=boundary_urls.outlines(view.data_dir),
        lang=view.lang,
        theme=view.theme,
        within=within,
        volunteers=_volunteers(view) if shown in (VOLUNTEERS, COLUMNS) else None,
        sites=_sites(view) if shown == SITES else None,
        show=LAYERS[shown],
        bounds=_bounds(placed) if within else COUNTRY,
        height=HEIGHT,
    )


def _districts(view: View, name: str) -> pd.DataFrame:
    """One row per district of the province or region chosen, or of the country."""
    around = _around(view)
    return page_queries.frame(view, name, around.query("district"))


def _volunteers(view: View) -> dict[str, int]:
    around = _around(view)
    # Volunteers belong to no target group: the filter would leave none.
    query = around.query("district").but(target_group=None)
    found = page_queries.frame(view, COUNTED, query).dropna(subset=["denominator"])
    counted = zip(found["area_code"], found["denominator"], strict=True)
    return {str(code): int(count) for code, count in counted if count > 0}


def _sites(view: View) -> dict[str, list[str]]:
    """Names of sites by district; by province where the district is unknown or not to be told."""
    found = cached.listing("sites", _around(view).query(), view.scope, view.snapshot)
    names: dict[str, list[str]] = {}
    for row in found.itertuples():
        known = isinstance(row.district_code, str)
        name = row.name_th if view.lang == "th" else row.name_en
        place = str(row.district_code if known else row.province_code)
        names.setdefault(place, []).append(str(name or row.name_th))
    return names


def _around(view: View) -> FilterState:
    return view.filters.at(view.filters.province or view.filters.region or registers.COUNTRY)


def _points(view: View, within: str | None) -> tuple[AreaPoint, ...]:
    """Points of the districts, and of the provinces for what has no district."""
    folder = view.data_dir
    inside = {*area_codes("district", within), *area_codes("province", within)}
    known = (*points.district_points(folder), *points.province_points(folder))
    return tuple(p for p in known if p.code in inside)


def _bounds(placed: Sequence[AreaPoint]) -> tuple[float, float, float, float]:
    if not placed:
        return COUNTRY
    west, east = min(p.lon for p in placed), max(p.lon for p in placed)
    south, north = min(p.lat for p in placed), max(p.lat for p in placed)
    return west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN


def _missing(view: View, name: str, shown: str) -> Blocks:
    """The districts that no point is known for."""
    codes = _explorer(view, name, shown).without_point
    if not codes:
        return ()
    names = [area_names.name_with_province(code, view.lang) for code in codes]
    said = Text(t("tables.joint", view.lang).join(names))
    label = t("page.province_map.without_point", view.lang, n=len(codes))
    return (Details(label, "explorer_without_point", lambda: (said,), True),)
