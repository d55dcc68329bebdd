"""Names on the country's map: the extremes first, none on another at any width."""

import pandas as pd

from geo import registers
from geo.points import province_points
from ui.charts.map_layers import COUNTRY
from ui.charts.map_names import _LANDS, Word, _meet, named_in_country, with_points

CODES = [p.code for p in registers.provinces()]
FRAME = pd.DataFrame({"code": CODES, "name": [registers.area_name(c, "th") for c in CODES]})
VALUES = [float(at) for at in range(len(CODES))]


def test_the_extremes_and_the_chosen_one_are_named_where_there_is_room() -> None:
    named = named_in_country(FRAME, province_points(), VALUES, "50").set_index("code")["named"]
    assert named["50"] == _LANDS[0], "the chosen province comes first"
    assert "" not in {named[CODES[-1]], named[CODES[0]]}, "highest and lowest"


def test_no_name_lies_on_another_at_any_width() -> None:
    named = named_in_country(FRAME, province_points(), VALUES, None)["named"].tolist()
    rows = with_points(FRAME, province_points())
    words = [Word(x, y, 0, w) for x, y, w in zip(rows["px"], rows["py"], rows["wide"], strict=True)]
    for land in _LANDS:
        scale = land / (COUNTRY[2] - COUNTRY[0])
        there = [
            w.box(scale) for w, least in zip(words, named, strict=True) if least and least <= land
        ]
        assert not any(_meet(a, b) for i, a in enumerate(there) for b in there[:i])
