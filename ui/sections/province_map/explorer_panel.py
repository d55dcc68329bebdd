"""The zoomable explorer, a tab of the map page: the indicator by district, or sites of service."""

from collections.abc import Sequence
from typing import Any

from config.i18n import t
from data_access.indicators import registry
from geo import points, registers
from geo.points import AreaPoint
from ui.blocks import Blocks, Chart, Choice, Columns, Details, Group, PointMap, Text
from ui.charts import bars
from ui.maps.base_map import area_codes
from ui.maps.explorer import COUNTRY, Explorer, Ground, Show, explorer
from ui.queries import page_queries, query_cache
from ui.queries.page_queries import cached_view
from ui.sections.shared import area_table, company, map_frames
from ui.server import boundary_urls
from ui.state.filter_state import FilterState
from ui.state.page_context import View
from ui.text import area_names, narrative, provenance

PARAM = "show"
DISTRICTS, SITES = "districts", "sites"
LAYERS: dict[str, tuple[Show, ...]] = {DISTRICTS: ("districts",), SITES: ("sites",)}
HEIGHT = 560
MOST_BARS = 15
WIDTHS = (3, 2)
_MARGIN = 0.15  # degrees around the outermost points


def part(view: View, name: str) -> Blocks:
    """Give the explorer with its switch, what it says in a sentence, and the districts in order.

    An indicator that no district has is said to be so, and the sites are shown.
    """
    by_district = registry.get(name).by_district
    # Without values by district that layer would be hundreds of empty rings.
    offered = tuple(code for code in LAYERS if code != DISTRICTS or by_district)
    shown = view.option(PARAM, offered, offered[0])
    picture = (_picture(view, name, shown), *_missing(view, name, shown))
    return (
        *([] if by_district else [Text(t("reason.not_by_district", view.lang), "notice")]),
        *([_switch(view, offered, shown)] if len(offered) > 1 else []),
        *([Text(_summary(view, name))] if shown == DISTRICTS else []),
        Columns((picture, (_ranking(view, name),)), WIDTHS) if shown == DISTRICTS else picture[0],
    )


def _switch(view: View, options: tuple[str, ...], form: str) -> Choice:
    return Choice(
        param=PARAM,
        label=t("page.province_map.layers", view.lang),
        options={code: t(f"page.province_map.show_{code}", view.lang) for code in options},
        now=form,
        usual=options[0],
        key="explorer_show",
        label_hidden=True,
    )


def _summary(view: View, name: str) -> str:
    """How many districts have a value, and which have the most and the least."""
    found = map_frames.districts(view, name)
    hidden = int((found["status"] == "hidden").sum())
    counted = t("page.province_map.of_districts", view.lang, hidden=hidden)
    said = narrative.spread(name, found, view.lang).replace("**", "")
    return t("tables.joint", view.lang).join([said, counted])


def _picture(view: View, name: str, form: str) -> PointMap:
    of_districts = form == DISTRICTS
    found = map_frames.districts(view, name)
    return PointMap(
        key=f"districts_{name}",
        explorer=lambda: _explorer(view, name, form),
        height=HEIGHT,
        legend=of_districts,
        state=form,
        without_webgl=t("page.province_map.no_webgl", view.lang),
        note="" if of_districts else t(f"page.province_map.{form}_size", view.lang),
        caveat=t("page.province_map.explorer_use", view.lang),
        indicator=name if of_districts else None,
        frame=(lambda: area_table.rows(found, view.lang, of=name)) if of_districts else None,
        size=len(found),
        columns=area_table.columns(name, view.lang),
        provenance=provenance.lines(view, name),
        not_followed=_not_followed(view, name if of_districts else SITES),
    )


def _not_followed(view: View, name: str) -> str:
    """The filters not followed: all districts around the chosen one are shown."""
    return page_queries.not_followed_text(view, name, without=map_frames.OF_DISTRICTS)


def _ranking(view: View, name: str) -> Group:
    """The districts that have a value in order, those that need attention first."""
    found = map_frames.districts(view, name)
    shown = found[found["status"] == "shown"]
    against = company.comparison(view, name, "explorer_ranked")
    chart = Chart(
        key=f"explorer_ranked_{name}",
        title=t("page.province_map.ranked_districts", view.lang, n=min(MOST_BARS, len(shown))),
        spec=lambda: _ranked_spec(view, name, against.mark),
        frame=lambda: area_table.rows(shown, view.lang),
        size=len(shown),
        columns=area_table.columns(name, view.lang),
        provenance=provenance.lines(view, name),
        not_followed=_not_followed(view, name),
    )
    return Group((against.choice, against.beside(chart)), "explorer_ranked_marked")


@cached_view
def _ranked_spec(view: View, name: str, mark: company.Mark) -> dict[str, Any]:
    found = map_frames.districts(view, name)
    wanted = map_frames.map_target(view, name)
    return bars.bar_ranking(
        company.rows_with_marks(view, name, found[found["status"] == "shown"], mark),
        indicator=registry.get(name),
        look=view.look,
        target=bars.TargetLine(wanted.value, wanted.proposed) if wanted else None,
        ranking=bars.Ranking(limit=MOST_BARS),
        labels=company.labels(view, mark, bold=view.filters.district),
    )


@cached_view
def _explorer(view: View, name: str, form: str) -> Explorer:
    within = view.filters.province or view.filters.region
    placed = _points(view, within)
    return explorer(
        map_frames.districts(view, name),
        indicator=registry.get(name),
        look=view.look,
        ground=Ground(
            boundary_urls.outlines(view.data_dir),
            placed,
            within,
            _bounds(placed) if within else COUNTRY,
        ),
        show=LAYERS[form],
        sites=_sites(view) if form == SITES else None,
    )


def _sites(view: View) -> dict[str, list[str]]:
    """Names of sites by district; by province where the district is unknown or not to be told."""
    found = query_cache.listing("sites", _around(view).query(), view.scope, view.snapshot)
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


def _bounds(points: Sequence[AreaPoint]) -> tuple[float, float, float, float]:
    if not points:
        return COUNTRY
    west, east = min(p.lon for p in points), max(p.lon for p in points)
    south, north = min(p.lat for p in points), max(p.lat for p in points)
    return west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN


def _missing(view: View, name: str, form: str) -> Blocks:
    """The districts that no point is known for."""
    codes = _explorer(view, name, form).without_point
    if not codes:
        return ()
    names = [area_names.name_with_province(code, view.lang) for code in codes]
    said = Text(t("tables.joint", view.lang).join(names))
    label = t("page.province_map.without_point", view.lang, n=len(codes))
    return (Details(label, "explorer_without_point", lambda: (said,), True),)
