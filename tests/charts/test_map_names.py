"""Names on maps: the extremes first, none on another at any width, none under the inset."""

import pandas as pd
import pytest

from geo import registers
from geo.points import province_points, web_mercator
from ui.maps.province_labels import WHOLE, Extent, Word, boxes_meet, named_on_map, with_points

CODES = [p.code for p in registers.provinces()]
VALUES = [float(at) for at in range(len(CODES))]
BUENG_KAN, NAN = "38", "55"


def rows_of(codes: list[str], lang: str = "th") -> pd.DataFrame:
    """Areas with their names, as a map has them."""
    names = [registers.area_name(code, lang) for code in codes]
    return pd.DataFrame({"code": codes, "name": names})


def region(name: str) -> tuple[list[str], Extent]:
    """The provinces of a region, and about what its map shows."""
    codes = [p.code for p in registers.provinces_of(name)]
    found = [p for p in province_points() if p.code in set(codes)]
    edge = web_mercator(0.4, 0)[0]
    west, east = min(p.x for p in found) - edge, max(p.x for p in found) + edge
    south, north = min(p.y for p in found) - edge, max(p.y for p in found) + edge
    return codes, Extent(west, south, east, north)


MAPS = {"TH": (CODES, WHOLE), **{name: region(name) for name in registers.REGIONS}}


def written(frame: pd.DataFrame, found: pd.DataFrame, land: float) -> dict[str, Word]:
    """The names that stand on a map of that width, by area."""
    rows = with_points(frame, province_points())
    words = [Word(x, y, 0, w) for x, y, w in zip(rows["px"], rows["py"], rows["wide"], strict=True)]
    pairs = zip(found["code"], words, found["named"], strict=True)
    return {code: word for code, word, least in pairs if least and least <= land}


def test_the_extremes_and_the_chosen_one_are_named_where_there_is_room() -> None:
    found = named_on_map(rows_of(CODES), province_points(), VALUES, "50")
    named = found.set_index("code")["named"]
    assert named["50"] == WHOLE.widths()[0], "the chosen province comes first"
    assert "" not in {named[CODES[-1]], named[CODES[0]]}, "highest and lowest"


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("area", MAPS)
def test_no_name_lies_on_another_or_beyond_the_picture_at_any_width(area: str, lang: str) -> None:
    codes, extent = MAPS[area]
    frame = rows_of(codes, lang)
    found = named_on_map(frame, province_points(), VALUES[: len(codes)], None, extent)
    for land in extent.widths():
        there = [word.box(land / extent.across) for word in written(frame, found, land).values()]
        assert not any(boxes_meet(a, b) for i, a in enumerate(there) for b in there[:i])
        assert all(extent.holds(box, land) for box in there)


@pytest.mark.parametrize("area", registers.REGIONS)
def test_the_map_of_a_region_names_its_extremes_and_more(area: str) -> None:
    codes, extent = MAPS[area]
    values = VALUES[: len(codes)]
    found = named_on_map(rows_of(codes), province_points(), values, None, extent)
    on_laptop = written(rows_of(codes), found, extent.widths()[2])
    assert {codes[0], codes[-1]} & set(on_laptop)
    assert len(on_laptop) >= 6


def test_no_name_on_the_countrys_map_touches_the_legend() -> None:
    for lang in ("th", "en"):
        frame = rows_of(CODES, lang)
        for chosen in ("96", "94"):  # Narathiwat and Pattani, beside the legend
            found = named_on_map(frame, province_points(), VALUES, chosen)
            for land in WHOLE.widths():
                scale = land / WHOLE.across
                for word in written(frame, found, land).values():
                    left, _, right, lower = word.box(scale)
                    south = lower + WHOLE.north * scale > 1.2 * land
                    assert not (south and right - WHOLE.west * scale > 0.68 * land)


def test_a_long_name_is_not_written_under_the_inset_of_bangkok() -> None:
    values = [1.0 if code == BUENG_KAN else 5.0 for code in CODES]
    found = named_on_map(rows_of(CODES, "en"), province_points(), values, None)
    least = found.set_index("code")["named"][BUENG_KAN]
    assert least == WHOLE.widths()[3], "on a projector the inset stands beside the country"
    elsewhere = [1.0 if code == NAN else 5.0 for code in CODES]
    found = named_on_map(rows_of(CODES, "en"), province_points(), elsewhere, None)
    assert found.set_index("code")["named"][NAN] in WHOLE.widths()[:3]
