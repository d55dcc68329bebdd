"""Parts of a whole, counts of single days, and curves: what is drawn is what may be said."""

import json
import re
from typing import Any

import pandas as pd
import pytest
import vl_convert

from config.i18n import LANGS, Lang, t
from config.theme import THEMES, theme
from ui.charts import columns, snapshots, stacked_bars, survival
from ui.charts.indicator_frame import ChartProblem
from ui.charts.snapshots import Snapshot
from ui.charts.stacked_bars import Bar, Part

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")
PARTS = [Part("better", "ดีขึ้น", "better"), Part("same", "คงเดิม", "same"),
         Part("worse", "แย่ลง", "worse")]  # fmt: skip
BARS = [
    Bar("มิติรายได้", "20 กรณี", 20, {"better": 10, "same": 8, "worse": 2}),
    Bar("มิติสุขภาพ", "20 กรณี", 20, {"better": 10, "same": None, "worse": None}),
    Bar("มิติการศึกษา", "", None, {}, "ปกปิด"),
]
PUBLISHED = [
    Snapshot("มี.ค. 2561", 133253, "exact", "S3"),
    Snapshot("ก.ย. 2562", 98125, "about", "W19"),
    Snapshot("ก.ย. 2569", 131410, "exact", "ทะเบียน", own=True),
]
CURVES = pd.DataFrame(
    [("assessment", 4, 40.0, 30.0, 51.0), ("assessment", 300, 80.0, 70.0, 88.0),
     ("closed", 100, 20.0, 12.0, 31.0)],
    columns=["stage", "day", "share", "low", "high"],
)  # fmt: skip
NAMES = {"assessment": "ประเมิน", "closed": "ยุติ"}


def spec(name: str, lang: Lang = "th", look: str = "light") -> dict[str, Any]:
    match name:
        case "shares":
            return stacked_bars.shares(BARS, PARTS, lang=lang, theme=look)
        case "columns":
            return columns.stacked_columns(BARS[:1], PARTS, lang=lang, theme=look)
        case "snapshots":
            return snapshots.columns(PUBLISHED, lang=lang, theme=look)
        case _:
            return survival.curves(CURVES, names=NAMES, lang=lang, theme=look)


DRAWN = ("shares", "columns", "snapshots", "curves")


@pytest.mark.parametrize("look", THEMES)
@pytest.mark.parametrize("name", DRAWN)
def test_colours_come_from_the_theme_only(name: str, look: str) -> None:
    known = repr(theme(look))
    used = {c.upper() for c in COLOUR.findall(json.dumps(spec(name, "th", look)))}
    assert used <= {c.upper() for c in COLOUR.findall(known)}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_can_be_drawn_and_read_aloud(name: str, lang: Lang) -> None:
    drawn = spec(name, lang)
    assert len(drawn["description"]) > 20
    assert "{" not in drawn["description"]
    assert "title" not in drawn
    picture = vl_convert.vegalite_to_svg(drawn | {"width": 420})
    assert "NaN" not in picture


def test_what_is_hidden_is_the_rest_of_the_whole_without_its_number() -> None:
    rows = pd.DataFrame(spec("shares")["datasets"]["rows"])
    hidden = rows[rows["part"] == "hidden"]
    assert hidden["row"].tolist() == ["มิติสุขภาพ"]
    assert (hidden["left"].iloc[0], hidden["right"].iloc[0]) == (0.5, 1.0)
    assert hidden["count"].tolist() == [t("status.hidden", "th")]
    assert hidden["share"].tolist() == ["—"]
    assert "มิติการศึกษา" not in set(rows["row"])


def test_the_parts_of_a_whole_fill_it() -> None:
    rows = pd.DataFrame(spec("shares")["datasets"]["rows"])
    for _, parts in rows.groupby("row"):
        assert (parts["right"] - parts["left"]).sum() == pytest.approx(1)


def test_a_whole_of_which_nothing_may_be_told_says_so() -> None:
    heads = pd.DataFrame(spec("shares")["datasets"]["heads"])
    assert heads["said"].tolist() == ["", "", "ปกปิด"]


def test_nothing_to_draw_is_said_in_words() -> None:
    for drawn in (
        stacked_bars.shares([], PARTS, lang="th"),
        columns.stacked_columns([], PARTS, lang="th"),
        snapshots.columns([], lang="th"),
        survival.curves(CURVES.head(0), names=NAMES, lang="th"),
    ):
        assert drawn["description"] == t("chart.nothing", "th")


def test_counts_of_single_days_are_never_joined_by_a_line() -> None:
    drawn = spec("snapshots")
    marks = {layer["mark"]["type"] for layer in drawn["layer"]}
    assert marks == {"bar", "text", "rule"}
    assert len(drawn["datasets"]["breaks"]) == len(PUBLISHED) - 1
    assert [row["tag"] for row in drawn["datasets"]["rows"]] == [
        "133,253",
        t("note.about", "th", value="98,125"),
        "131,410",
    ]


def test_a_column_without_a_whole_is_a_gap_with_words_in_place_of_a_total() -> None:
    known, gap = (
        stacked_bars.Bar("2568", "", 9, {"a": 9}),
        stacked_bars.Bar("2567", "", None, {}, reason="—"),
    )
    drawn = columns.stacked_columns([gap, known], [stacked_bars.Part("a", "ก", "main")], lang="th")
    assert [row["tag"] for row in drawn["datasets"]["tops"]] == ["—", "9"]
    assert "()" not in drawn["description"]


def test_columns_stand_on_zero_so_that_their_heights_can_be_compared() -> None:
    assert {row["zero"] for row in spec("snapshots")["datasets"]["rows"]} == {0}
    assert min(row["bottom"] for row in spec("columns")["datasets"]["rows"]) == 0


def test_every_curve_starts_at_nobody_on_the_first_day() -> None:
    rows = pd.DataFrame(spec("curves")["datasets"]["rows"])
    for _, line in rows.groupby("line"):
        assert line[["day", "share"]].iloc[0].tolist() == [0, 0.0]
        assert line["day"].is_monotonic_increasing


def test_more_curves_than_can_be_told_apart_are_a_mistake() -> None:
    names = {f"s{n}": str(n) for n in range(7)}
    rows = pd.DataFrame([{**CURVES.iloc[0].to_dict(), "stage": code} for code in names])
    with pytest.raises(ChartProblem, match="6 lines"):
        survival.curves(rows, names=names, lang="th")


def test_marks_without_a_row_are_no_picture_to_a_screen_reader() -> None:
    parts = [stacked_bars.Part("yes", "Yes", "main")]
    told = stacked_bars.Bar("High", "", None, {}, "Hidden")
    drawn = stacked_bars.Bar("Low", "", 10, {"yes": 10})

    def arias(bars: list[stacked_bars.Bar]) -> list[object]:
        spec = stacked_bars.shares(bars, parts, lang="en")
        marks = [layer["mark"] for layer in spec["layer"]]
        return [mark.get("aria") for mark in marks if mark["type"] == "bar"]

    assert arias([told]) == [False]
    assert arias([told, drawn]) == [None]
