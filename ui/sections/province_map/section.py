"""The map page: one indicator by province or district, its table, and the explorer as a tab."""

from dataclasses import replace

import pandas as pd

from config.i18n import t
from config.thresholds import threshold
from data_access.filters import Filters
from data_access.indicators import registry
from geo import credits, points
from ui.blocks import Block, Blocks, Choice, Columns, Details, Map, Page, Row, Tabs, Text
from ui.queries import page_queries
from ui.sections.province_map import choice as map_choice
from ui.sections.province_map import explorer_panel, pictures, stale
from ui.sections.province_map.choice import DISTRICTS
from ui.sections.province_map.choice import Choice as MapChoice
from ui.sections.shared import area_table, map_frames, parts
from ui.sections.shared.map_frames import TILES
from ui.server import boundary_urls
from ui.state import filter_bar
from ui.state.page_context import View
from ui.text import area_names, narrative, provenance

PARAM = "part"
MAP, EXPLORER = PARTS = ("map", "explorer")
WIDTHS = (3, 2)


def page(view: View) -> Page:
    """Give the page: a tab with the map of provinces or districts, and one with the explorer."""
    name = map_frames.indicator(view)
    return Page(
        key="province_map",
        title=t("page.province_map.title", view.lang),
        lead=sentence(view, name),
        blocks=(
            Tabs(
                PARAM,
                {part: t(f"page.province_map.part_{part}", view.lang) for part in PARTS},
                view.option(PARAM, PARTS, PARTS[0]),
                {MAP: lambda: map_part(view, name), EXPLORER: lambda: explorer_part(view, name)},
            ),
        ),
    )


def map_part(view: View, name: str) -> Blocks:
    """Give one map in the height there is, its choices in one line above it, areas beside it."""
    choice = map_choice.read(view, name)
    switches = map_choice.switches(view, name, choice)
    map_ = (picture(view, name, choice), *_without_point(view, choice))
    return (
        Row((_indicator(view, name), *switches), "map_choices"),
        Columns((map_, (_ranking(view, name),)), WIDTHS),
    )


def explorer_part(view: View, name: str) -> Blocks:
    """Give the explorer with the choice of its indicator."""
    chosen = Row((_indicator(view, name),), "explorer_choices")
    return (chosen, *explorer_panel.part(view, name))


def _indicator(view: View, name: str) -> Choice:
    """The choice of the indicator, in one line with others: what it holds says what it is."""
    return replace(map_frames.indicator_choice(view, name), label_hidden=True)


def _ranking(view: View, name: str) -> Block:
    """The areas of the indicator that need attention first."""
    wanted = map_frames.map_target(view, name)
    return parts.area_ranking(view, name, key="map_ranked", target=wanted.value if wanted else None)


def sentence(view: View, name: str) -> str:
    """Give what the map says: of the country or region, or of the province that is chosen."""
    provinces = map_frames.provinces(view, name)
    code = view.filters.province
    if code is None:
        return narrative.spread(name, provinces, view.lang)
    inside = map_frames.districts(view, name)
    return narrative.location_sentences(name, provinces, code, inside, view.lang)


def picture(view: View, name: str, choice: MapChoice) -> Map:
    """Give the map that the address asks for, with its rows; a click chooses the area."""
    of_districts = choice.areas == DISTRICTS
    found = map_frames.districts(view, name) if of_districts else _rows_on_map(view, name, choice)
    upward = registry.get(name).direction == "higher_is_better"
    return Map(
        key=f"{choice.areas}_{name}",
        spec=lambda: pictures.spec(view, name, choice),
        choose=filter_bar.go_to,
        state=f"{name}_{'_'.join(choice)}_{view.filters.narrowest}",
        frame=lambda: area_table.rows(
            found.sort_values("value", ascending=upward, na_position="last"), view.lang, of=name
        ),
        size=len(found),
        columns=area_table.columns(name, view.lang),
        provenance=provenance.lines(view, name),
        note=_note(view, choice),
        not_followed=page_queries.not_followed_text(view, name, without=_left_out(view, choice)),
        caveat=t(f"indicator.{name}.caveat", view.lang),
        credit="" if choice.shape == TILES else _credit(view, of_districts),
    )


def _note(view: View, choice: MapChoice) -> str:
    """What a click does, what the picture does not show, and whose shapes these are."""
    of_districts = choice.areas == DISTRICTS
    said = [t(f"page.province_map.click_{choice.areas}", view.lang)]
    if choice.shape == TILES:
        said.append(t("page.map_compare.tiles_caption", view.lang))
    elif choice.circles:
        said.append(t("page.province_map.circles", view.lang))
    elif of_districts and not pictures.has_polygons(view):
        said.append(t("page.province_map.points", view.lang))
    if not of_districts and stale.stale(view):
        days = int(threshold(stale.STALE).value)
        said.append(t("page.province_map.stale", view.lang, days=days))
    return t("tables.joint", view.lang).join(said)


def _without_point(view: View, choice: MapChoice) -> Blocks:
    """The districts here that no point is known for: they are on no map of points."""
    if choice.areas != DISTRICTS or pictures.has_polygons(view):
        return ()
    folder, area = view.data_dir, map_frames.around_districts(view)
    inside = set(pictures.codes_of_districts(area))
    missing = [d.code for d in points.districts_without_point(folder) if d.code in inside]
    if not missing:
        return ()
    names = [area_names.name_with_province(code, view.lang) for code in missing]
    said = Text(t("tables.joint", view.lang).join(names))
    label = t("page.province_map.without_point", view.lang, n=len(missing))
    return (Details(label, "map_without_point", lambda: (said,), True),)


def _credit(view: View, of_districts: bool) -> str:
    folder = view.data_dir
    credit = boundary_urls.credit("province", folder, view.lang)
    if not of_districts:
        return credit
    of_points = credits.in_words(points.district_points_credit(folder), view.lang)
    return " · ".join(dict.fromkeys([credit, of_points]))


def _left_out(view: View, choice: MapChoice) -> Filters:
    """The filters that the picture does not follow: it shows the neighbours of the chosen area."""
    if choice.areas == DISTRICTS:
        return map_frames.OF_DISTRICTS
    return map_frames.EVERYWHERE if choice.shape == TILES else map_frames.left_out(view)


def _rows_on_map(view: View, name: str, choice: MapChoice) -> pd.DataFrame:
    """The provinces that the picture shows: tiles are always all of them."""
    tiles = choice.shape == TILES
    return map_frames.everywhere(view, name) if tiles else map_frames.provinces(view, name)
