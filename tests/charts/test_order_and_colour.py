"""An order only where there is one, one meaning for a colour, nothing drawn for what is hidden."""

import json
from typing import Any

import pandas as pd
import pytest

from config.i18n import Lang, t
from config.theme import THEMES
from geo import registers
from tests.charts.made import CASELOAD, COMPLETION, ages, caseload, cell, completion, frame, months
from ui.charts import ageing, bars, columns, stacked_bars, trend
from ui.charts.look import Look
from ui.charts.stacked_bars import Bar, Part
from ui.maps import bivariate
from ui.maps.choropleth import tile_grid

BOTH = pytest.mark.parametrize("theme", THEMES)


def rows(spec: dict[str, Any], name: str = "rows") -> list[dict[str, Any]]:
    """The rows under a name."""
    found: list[dict[str, Any]] = spec["datasets"][name]
    return found


def many(*counts: tuple[int, int]) -> Any:
    """Provinces with these counts out of so many."""
    codes = [p.code for p in registers.provinces()]
    return frame([cell(c, top, n, 100) for c, (top, n) in zip(codes, counts, strict=False)])


def ranking(frame: pd.DataFrame, lang: Lang = "en", **more: Any) -> dict[str, Any]:
    """Bars of the completion of follow-ups."""
    return bars.bar_ranking(frame, indicator=COMPLETION, look=Look(lang), **more)


def test_values_that_are_written_alike_are_a_sentence_and_no_ranking() -> None:
    # 568 ÷ 588 = 96.599 and 284 ÷ 294 = 96.599: both "96.6%"; 966 ÷ 1000 = 96.6 exactly.
    drawn = ranking(many((568, 588), (966, 1000)))
    said = t("chart.bars.equal", "en", value="96.6%", n=2)
    assert drawn["description"] == said.replace("\n", " ")
    one = ranking(many((568, 588)))
    assert len(rows(one)) == 1, "one area is no ranking"


def test_differences_that_chance_explains_are_not_ranked() -> None:
    noise = [(50 + step, 100) for step in (-3, -2, -1, 0, 0, 1, 2, 3, -4, 4, -2, 2)]
    drawn = ranking(many(*noise))
    assert drawn["description"].startswith("The areas differ no more than chance explains")
    spread = [(30, 100), (90, 100)] * 6
    assert len(rows(ranking(many(*spread)))) == 12
    # Some reach 50 % and some do not: that is there to see, whatever the order is worth.
    assert len(rows(ranking(many(*noise), target=bars.TargetLine(50)))) == 12


def test_a_target_that_is_only_proposed_gives_no_bar_the_colour_of_worse() -> None:
    two = many((50, 100), (90, 100))
    set_ = ranking(two, target=bars.TargetLine(80))
    assert [row["side"] for row in rows(set_)] == ["off", "on"]
    proposed = ranking(two, target=bars.TargetLine(80, proposed=True))
    assert [row["side"] for row in rows(proposed)] == ["plain", "plain"]
    assert "80.0" in json.dumps(proposed["layer"]), "the line is drawn all the same"


def test_districts_of_one_province_do_without_its_name() -> None:
    inside = frame([cell("3001", 1, 9, 100), cell("3002", 5, 9, 100)])
    across = frame([cell("3001", 1, 9, 100), cell("5001", 5, 9, 100)])
    named = {row["label"] for row in rows(ranking(inside, lang="th"))}
    assert not any("(" in name for name in named)
    named = {row["label"] for row in rows(ranking(across, lang="th"))}
    assert all("(" in name for name in named)


def test_many_areas_without_a_number_share_a_row_that_counts_them() -> None:
    nothing = {"status": "no_data", "reason": "nothing_due"}
    listed = [cell("10", 1, 2, 100), cell("11", 2, 2, 100)]
    listed += [cell(str(code), None, None, **nothing) for code in (12, 13, 14, 15, 16)]
    found = rows(ranking(frame(listed)))
    assert [row["at"] for row in found] == [0, 1, 2]
    assert found[-1]["label"] == "5 areas"


@BOTH
def test_better_worse_parts_lines_and_sexes_have_colours_of_their_own(theme: str) -> None:
    ink = THEMES[theme]  # type: ignore[index]  # a name of the table
    verdicts = {ink.better, ink.worse}
    assert not verdicts & {*ink.parts, *ink.lines, ink.accent, ink.female, ink.male}
    assert not {ink.female, ink.male} & {*ink.parts, *ink.lines, ink.accent}
    tones = stacked_bars.tones(ink)
    assert verdicts.isdisjoint(
        tones[name] for name in ("main", "first", "second", "third", "fourth")
    )


@BOTH
def test_two_indicators_stand_out_most_where_both_are_bad(theme: str) -> None:
    # Few families and much done are good: 3.0 with 98 % is m00, 25.0 with 45 % is m22.
    classes = [bivariate.thirds(f["value"], item) for f, item in
               ((caseload(), CASELOAD), (completion(), COMPLETION))]  # fmt: skip
    assert bivariate.step(3.0, classes[0], CASELOAD) == bivariate.step(98.0, classes[1], COMPLETION)
    assert bivariate.step(3.0, classes[0], CASELOAD) == 0
    assert bivariate.step(25.0, classes[0], CASELOAD) == 2
    assert bivariate.step(45.0, classes[1], COMPLETION) == 2
    shades = bivariate.nine(THEMES[theme])  # type: ignore[index]  # a name of the table
    light = {code: _light(shade) for code, shade in shades.items()}
    most = (
        min(light, key=light.__getitem__) if theme == "light" else max(light, key=light.__getitem__)
    )
    assert most == "m22"


def _light(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_province_without_families_and_case_managers_is_no_data_and_not_black() -> None:
    nobody = {"status": "no_data", "reason": "no_case_manager"}
    found = caseload()[lambda held: ~held["area_code"].isin(["10", "11"])]
    both = frame([cell("10", 0, 0, families=0, **nobody), cell("11", 7, 0, families=7, **nobody)])
    drawn = tile_grid(pd.concat([both, found]), indicator=CASELOAD, look=Look("th"))
    text = json.dumps(drawn, ensure_ascii=False)
    assert '"code": "10", "k": "no_data"' in text
    assert '"code": "11", "k": "no_case_manager"' in text


def test_a_hidden_band_is_a_striped_field_without_a_length_and_an_empty_one_is_zero() -> None:
    some = ages()
    empty = [None, None, None, "no_data", "nothing_waiting"]
    columns = ["numerator", "denominator", "value", "status", "reason"]
    some.loc[some["group"] == "366+", columns] = [None, None, None, "hidden", "small_number"]
    some.loc[some["group"] == "91-180", columns] = empty
    drawn = ageing.bands(some, lang="en")
    by_band = {row["label"]: row for row in rows(drawn)}
    assert by_band[ageing.band_words("366+", "en")]["count"] is None
    assert by_band["91–180 days"]["count"] == 0
    assert by_band["91–180 days"]["words"] == "0 items"
    assert [row["label"] for row in rows(drawn, "hidden")] == [ageing.band_words("366+", "en")]
    assert "percent" not in json.dumps(rows(drawn)).lower()


def test_hidden_months_are_bands_behind_the_line_and_no_points_on_the_axis() -> None:
    drawn = trend.line(months(), indicator=COMPLETION, look=Look("en"), target=80)
    bands = [(row["left"], row["right"], row["status"]) for row in rows(drawn, "gaps")]
    assert bands == [(3.5, 4.5, "no_data"), (6.5, 7.5, "hidden")]
    marks = [layer["mark"]["type"] for layer in drawn["layer"]]
    assert marks[0] == "rect", "behind everything else"


def test_the_words_of_a_target_stand_beside_the_lines_and_clear_of_their_names() -> None:
    drawn = trend.line(months(), indicator=COMPLETION, look=Look("en"), target=81)
    last = rows(drawn, "last")[0]
    assert last["value"] == 81, "the last month, 70 + 11, lies on the target"
    assert abs(last["goal_at"] - last["label_at"]) > 0
    words = next(layer for layer in drawn["layer"]
                 if layer.get("encoding", {}).get("y", {}).get("field") == "goal_at")  # fmt: skip
    assert words["encoding"]["x"] == {"value": "width"}


def test_a_hidden_part_of_a_column_is_striped_and_never_zero() -> None:
    parts = [Part("a", "A", "first"), Part("b", "B", "second")]
    whole = Bar("2568", "", 20, {"a": 12, "b": None})
    unknown = Bar("2569", "", None, {"a": 5, "b": None}, reason="Partly hidden")
    drawn = columns.stacked_columns([whole, unknown], parts, lang="en", unit="awards")
    found = [(row["row"], row["part"], row["top"] - row["bottom"]) for row in rows(drawn)]
    # 20 − 12 = 8 are hidden; of the other column nobody can say how many are.
    assert found == [("2568", "a", 12), ("2568", "hidden", 8), ("2569", "a", 5)]
    assert [row["tag"] for row in rows(drawn, "tops")] == ["20", "Partly hidden"]
