"""Tiles, circles, several maps, two rates on one map, district points, and the explorer."""

import json
import re
from itertools import combinations

import pandas as pd
import pytest

from config.i18n import LANGS, Lang, t
from config.theme import THEMES
from geo import registers
from geo.points import district_points
from tests.charts.made import (
    CASELOAD,
    COMPLETION,
    HIDDEN_CODE,
    POINTS,
    URL,
    caseload,
    completion,
    districts,
    explored,
    spec,
)
from tests.charts.test_every_chart import values_of
from tests.charts.test_maps import legend_of, rows_of
from tests.unit.config.colour import SIGHTS, Sight, distance
from ui.charts.indicator_frame import ChartProblem
from ui.charts.look import Look
from ui.maps import bivariate, choropleth
from ui.maps import explorer as zoomable
from ui.maps.base_map import BaseMap
from ui.maps.layers import VICINITY
from ui.render.streamlit.templating import html

PLACED = {point.code for point in district_points()}


def colours(found: zoomable.Explorer) -> set[str]:
    """The colours of the districts that the explorer fills."""
    layers = json.loads(found.deck.to_json())["layers"]
    layer = next(one for one in layers if one["id"] == "districts")
    palette = [json.loads(fill) for fill in re.findall(r"\[[^]]+\]", layer["getFillColor"])]
    return {"#{:02X}{:02X}{:02X}".format(*palette[row["f"]]) for row in layer["data"]}


def test_the_tile_map_has_77_tiles_with_77_short_names() -> None:
    rows = rows_of(spec("tile_grid"))
    assert len(rows) == 77
    assert len({row["short"] for row in rows.values()}) == 77
    assert len({(row["col"], row["row"]) for row in rows.values()}) == 77


def test_a_hidden_tile_carries_no_number() -> None:
    hidden = rows_of(spec("tile_grid"))[HIDDEN_CODE]
    assert hidden["tag"] == ""
    assert hidden["x"] == ""


def test_tiles_and_map_colour_a_province_alike() -> None:
    tiles, areas = rows_of(spec("tile_grid")), rows_of(spec("choropleth"))
    assert {c: row["k"] for c, row in tiles.items()} == {c: row["k"] for c, row in areas.items()}
    fills = [next(values_of(spec(name), "range"))[:6] for name in ("tile_grid", "choropleth")]
    assert fills[0] == fills[1]


def test_circles_grow_with_the_value_and_hidden_areas_have_none() -> None:
    rows = rows_of(spec("symbols"))
    assert len(rows) == 77
    assert "size" not in rows[HIDDEN_CODE]
    scale = next(
        s for s in values_of(spec("symbols"), "scale") if s and s.get("range", [1])[0] == 0
    )
    assert scale["domain"][0] == 0


def test_several_maps_share_their_classes_and_one_legend() -> None:
    drawn = spec("small_multiples")
    domains = {
        tuple(scale["domain"])
        for scale in values_of(drawn, "scale")
        if scale and "hidden" in scale.get("domain", [])
    }
    assert len(domains) == 1
    assert {"k0", "k1", "t0", "t1"} <= set(rows_of(drawn)["10"])


def test_more_than_six_maps_are_refused() -> None:
    with pytest.raises(ChartProblem, match="1 to 6 maps"):
        choropleth.small_multiples(
            {str(year): completion() for year in range(7)},
            indicator=COMPLETION,
            look=Look("th"),
            geometry=URL,
        )


@pytest.mark.parametrize("theme", THEMES)
def test_nine_colours_of_the_two_rate_map_are_nine(theme: str) -> None:
    assert len(set(bivariate.nine(THEMES[theme]).values())) == 9


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", THEMES)
def test_no_eye_takes_one_of_the_nine_for_another_or_for_no_data(theme: str, sight: Sight) -> None:
    shades = [*bivariate.nine(THEMES[theme]).values(), THEMES[theme].no_data]
    least = min(distance(a, b, sight) for a, b in combinations(shades, 2))
    assert least > 5, "about 2 is just visible side by side"


def test_an_area_without_one_of_two_rates_is_grey_and_hidden_wins() -> None:
    rows = rows_of(spec("bivariate"))
    assert rows[HIDDEN_CODE]["k"] == "hidden"
    assert rows["38"]["k"] == "no_data"
    assert re.fullmatch(r"m[0-2][0-2]", rows["10"]["k"])
    assert len(rows) == 77


def test_district_points_show_the_districts_of_one_province_that_have_a_point() -> None:
    wanted = {d.code for d in registers.districts_of("50")} & PLACED
    assert set(rows_of(spec("district_points"))) == wanted


def test_the_explorer_asks_nothing_from_outside_and_is_compact() -> None:
    text = explored().deck.to_json()
    deck = json.loads(text)
    # Streamlit fetches a base map from outside when the style is empty, none when it is untouched.
    assert deck["mapStyle"] == "__MAP_STYLE__"
    assert "mapProvider" not in deck or not deck["mapProvider"]
    assert "http" not in text
    assert '": ' not in text
    assert not any(layer.get("autoHighlight") for layer in deck["layers"])


def legend_html(found: zoomable.Explorer, lang: Lang = "th") -> str:
    """The legend as it stands on the page."""
    return html("map_key", **found.key._asdict(), lang=lang)


def test_the_explorer_uses_the_colours_of_the_map_and_gives_no_hidden_number() -> None:
    found = explored()
    layers = {la["id"]: la["data"] for la in json.loads(found.deck.to_json())["layers"]}
    hidden = next(row for row in layers["hidden"] if row["c"] == districts()["area_code"][1])
    assert hidden["t"].startswith("ปกปิด")
    assert hidden["p"] == ""
    assert "f" not in hidden
    painted = colours(found)
    assert painted
    assert painted <= set(re.findall(r"background:(#[0-9A-F]{6})", legend_html(found)))
    known = {row["c"] for name in ("districts", "no_data") for row in layers[name]}
    assert hidden["c"] not in known, "nothing lies on a hidden district"


@pytest.mark.parametrize("lang", LANGS)
def test_the_explorers_legend_has_every_class_with_its_count_and_hollow_circles(lang: Lang) -> None:
    found = explored(lang)
    rows = re.findall(r"<li>(.*?)</li>", legend_html(found, lang))
    legend = legend_of(spec("district_points", lang))
    assert len(rows) == len(legend["values"])
    total = sum(int(re.search(r"\((\d+)\)", row)[1]) for row in rows)
    assert total == len(registers.districts_of("50"))
    assert sum('class="ov-thin"' in row for row in rows) == 1
    assert sum('class="ov-thick"' in row for row in rows) == 1
    assert t("legend.hidden", lang) in rows[-1]


@pytest.mark.parametrize("within", ["50", None])
def test_districts_without_case_managers_have_their_class_in_the_explorer_too(
    within: str | None,
) -> None:
    absent = {"status": "no_data", "reason": "no_case_manager", "value": pd.NA}
    one = districts().assign(numerator=7, **absent)
    found = explored(frame=one, within=within)
    layers = {la["id"]: la["data"] for la in json.loads(found.deck.to_json())["layers"]}
    rows = [row for row in layers["districts"] if row["c"].startswith("50")]
    assert len(rows) == len({d.code for d in registers.districts_of("50")} & PLACED)
    assert colours(found) == {THEMES["light"].text}, "the colour that the legend gives the class"
    assert {row["t"] for row in rows} != {""}


def test_most_of_the_explorer_is_the_same_whatever_is_chosen() -> None:
    one, other = explored(), explored(frame=districts().assign(status="hidden", value=pd.NA))
    lowest = [
        next(la["data"] for la in json.loads(e.deck.to_json())["layers"] if la["id"] == "hidden")
        for e in (one, other)
    ]
    assert lowest[0] == lowest[1]


def test_of_the_whole_country_a_district_without_data_is_a_ring_and_no_more() -> None:
    codes = [d.code for d in registers.districts()]
    columns = {"status": "no_data", "reason": "", "qualifier": "exact"}
    kinds = {"value": "Float64", "numerator": "Int64", "denominator": "Int64"}
    empty = dict.fromkeys(kinds, pd.NA)
    nothing = pd.DataFrame({"area_code": codes}).assign(**columns, **empty).astype(kinds)
    found = explored(frame=nothing, within=None)
    layers = {la["id"]: la for la in json.loads(found.deck.to_json())["layers"]}
    assert not layers["no_data"]["pickable"]
    assert all(len(row) == 2 for row in layers["no_data"]["data"])
    assert layers["no_data"]["getPosition"] == "@@=-"
    words = {row["t"] for row in layers["hidden"]["data"]}
    assert len(words) == 1, "the card below speaks of both kinds of ring"


def test_the_explorer_names_the_districts_it_cannot_place() -> None:
    missing = {d.code for d in registers.districts_of("50")} - PLACED
    assert set(explored().without_point) == missing
    assert str(len(missing)) in explored().description


def test_the_explorer_draws_sites_only_where_asked() -> None:
    layers = json.loads(explored(sites={"5001": ["A"]}).deck.to_json())["layers"]
    assert [layer["id"] for layer in layers] == ["outlines", "hidden", "no_data", "districts"]
    asked = explored(sites={"5001": ["A"]}, show=("sites",))
    layers = json.loads(asked.deck.to_json())["layers"]
    assert [layer["id"] for layer in layers] == ["outlines", "sites"]


def test_maps_of_one_frame_read_it_and_change_nothing() -> None:
    rows = caseload()
    before = rows.copy(deep=True)
    ground = BaseMap(URL, points=POINTS)
    choropleth.choropleth(rows, indicator=CASELOAD, look=Look("th"), base_map=ground)
    assert rows.equals(before)


def test_circles_are_drawn_again_in_the_inset_of_bangkok() -> None:
    drawn = spec("symbols")
    assert {"map", "inset"} <= set(values_of(drawn, "name"))
    filters = [str(found) for found in values_of(drawn, "filter")]
    circles = [found for found in filters if all(f"'{code}'" in found for code in VICINITY)]
    assert circles, "six provinces alone"


def test_the_explorer_flies_to_the_area_that_is_chosen() -> None:
    far, near = explored(), explored(bounds=(98.9, 18.7, 99.1, 18.9))
    views = [json.loads(one.deck.to_json())["initialViewState"] for one in (far, near)]
    assert views[1]["zoom"] > views[0]["zoom"]
    assert views[1]["longitude"] == pytest.approx(99.0)
    assert all(view["transitionDuration"] > 0 for view in views)
