"""Lines, sparklines and bars: gaps stay gaps, directions come from the indicator."""

from datetime import date
from typing import Any
from urllib.parse import unquote

import pytest

from config.thai_calendar import month_spans
from tests.charts.made import (
    CASELOAD,
    COMPLETION,
    DENSITY,
    EMPTY_CODE,
    HIDDEN_CODE,
    NOBODY_CODE,
    OVERDUE,
    ages,
    caseload,
    cell,
    cohort_list,
    frame,
    loads,
    measures,
    months,
    spec,
)
from tests.charts.test_every_chart import values_of
from ui.charts import (
    ageing,
    bars,
    bullet,
    cohorts,
    coverage,
    distribution,
    periods,
    scales,
    spark,
    split,
    trend,
)
from ui.charts.indicator_frame import ChartProblem
from ui.charts.look import Look


def data(drawn: dict[str, Any], name: str = "rows") -> list[dict[str, Any]]:
    """One of a chart's own tables."""
    rows: list[dict[str, Any]] = drawn["datasets"][name]
    return rows


def test_a_month_without_a_number_breaks_the_line_and_is_marked_under_it() -> None:
    drawn = spec("trend")
    values = [row["value"] for row in data(drawn)]
    assert [i for i, value in enumerate(values) if value is None] == [4, 7]
    assert [(row["at"], row["status"]) for row in data(drawn, "gaps")] == [
        (4, "no_data"),
        (7, "hidden"),
    ]


def test_the_last_shown_value_is_written_at_the_end_of_the_line() -> None:
    assert [row["tag"] for row in data(spec("trend"), "last")] == ["81.0"]


def test_labels_of_lines_that_end_together_do_not_lie_on_each_other() -> None:
    drawn = trend.line(
        months(("north", "south")), indicator=COMPLETION, look=Look("th"), height=200
    )
    lower, upper = sorted(row["label_at"] for row in data(drawn, "last"))
    axes = [y["scale"]["domain"] for y in values_of(drawn, "y") if "domain" in y.get("scale", {})]
    low, high = axes[0]
    assert (upper - lower) / (high - low) * 122 >= 13  # 122 of 200 pixels are the plot


def test_seven_lines_are_refused() -> None:
    seven = ("10", "11", "12", "13", "14", "15", "16")
    with pytest.raises(ChartProblem, match="at most 6 lines"):
        trend.line(months(seven), indicator=COMPLETION, look=Look("th"))


def test_a_line_without_any_value_says_so_and_names_no_latest_one() -> None:
    hidden = months().assign(value=None, status="hidden", reason="small_count")
    drawn = trend.line(hidden, indicator=COMPLETION, look=Look("th"))
    assert drawn["description"].endswith("ไม่มีค่าที่แสดงได้")
    assert "ค่าล่าสุด" not in drawn["description"]


def test_provisional_months_are_hollow_and_say_how_much_they_still_change() -> None:
    rows = months()
    words = ["" if i < len(rows) - 2 else "moves by another +6.1" for i in range(len(rows))]
    settled = trend.line(rows, indicator=COMPLETION, look=Look("en"))
    late = trend.line(rows.assign(provisional=words), indicator=COMPLETION, look=Look("en"))
    hollow = [
        layer
        for layer in late["layer"]
        if any("provisional" in str(step) for step in layer.get("transform", ()))
    ]
    assert [layer["mark"]["fill"] for layer in hollow] == [Look("en").ink.background]
    assert len(late["layer"]) == len(settled["layer"]) + 1
    assert [row["provisional"] for row in data(late) if row["provisional"]] == words[-2:]
    assert "provisional" in str(late["layer"][-1]["encoding"]["tooltip"])
    assert "provisional" not in str(settled)


def test_a_timeline_of_known_days_alone_needs_no_legend() -> None:
    rows = cohort_list()
    drawn = cohorts.timeline(rows, lang="th")
    known = cohorts.timeline(rows.head(1), lang="th")
    legends = [
        [
            layer["encoding"]["color"]["legend"]
            for layer in one["layer"]
            if layer["mark"]["type"] == "bar"
        ]
        for one in (drawn, known)
    ]
    assert legends[0][0]
    assert legends[1] == [None]


def test_a_series_without_rows_says_so_in_words() -> None:
    drawn = trend.line(months().head(0), indicator=COMPLETION, look=Look("en"))
    assert "no data" in drawn["description"]


def test_a_year_of_months_is_labelled_by_quarter_with_buddhist_years_in_thai() -> None:
    starts = [span.start for span in month_spans(date(2025, 10, 1), date(2026, 9, 30))]
    places, labels = periods.ticks(starts, "th")
    assert places == [0, 3, 6, 9]
    assert [labels[i] for i in places] == ["ต.ค.\n2568", "ม.ค.\n2569", "เม.ย.", "ก.ค."]
    assert periods.ticks(starts, "en")[1][3] == "Jan\n2026"


def test_five_years_of_months_are_labelled_once_a_year() -> None:
    starts = [span.start for span in month_spans(date(2021, 10, 1), date(2026, 9, 30))]
    places, _ = periods.ticks(starts, "th")
    assert [starts[i].month for i in places] == [10] * 5


def test_a_percentage_axis_never_passes_one_hundred_and_holds_its_target() -> None:
    low, high = scales.domain_of(frame([cell("TH", 98, 100, 100)])["value"], 80, unit="percent")
    assert low <= 80
    assert high == 100


def test_the_words_of_a_target_at_either_end_of_an_axis_have_room() -> None:
    low, high = scales.domain_of(frame([cell("TH", 12, 1)])["value"], 10, unit="ratio")
    assert low < 10 < 12 <= high
    low, high = scales.domain_of(frame([cell("TH", 4, 1)])["value"], 5, unit="ratio")
    assert high > 5
    assert scales.domain_of(frame([cell("TH", 4, 1)])["value"], 0, unit="count")[0] == 0


def test_a_sparkline_keeps_its_gaps_apart() -> None:
    series = spark.values(months())
    assert series[4] is None
    assert series[7] is None
    assert len(spark.points(series).split("|")) == 3
    assert spark.code(series)[4] == "_"
    assert spark.points([None, None]) == ""
    assert spark.svg([]) == ""
    assert spark.svg(series).startswith("data:image/svg+xml,%3Csvg")


def test_a_sparkline_marks_its_first_last_lowest_and_highest_value() -> None:
    drawn = unquote(spark.svg([5.0, 9.0, None, 1.0, 1.0, 6.0]))
    places = [run.split(" ") for run in spark.points([5.0, 9.0, None, 1.0, 1.0, 6.0]).split("|")]
    (x0, _), (x1, y1) = (place.split(",") for place in (places[0][0], places[-1][-1]))
    (top, top_y), (low, low_y) = (place.split(",") for place in (places[0][1], places[1][1]))
    assert f"<circle cx='{x0}'" in drawn  # the first, hollow
    assert f"<circle cx='{x1}' cy='{y1}' r='3'" in drawn  # the last, filled
    # The highest has a triangle above it, the latest of the two lowest one below it.
    assert f"M{int(top) - 3},{int(top_y) - 4} " in drawn
    assert f"M{int(low) - 3},{int(low_y) + 4} " in drawn
    assert drawn.count("<circle") == drawn.count("<path") == 2
    ends = [float(y) for run in places for place in run for y in [place.split(",")[1]]]
    assert min(ends) >= 9
    assert max(ends) <= spark.HEIGHT - 9  # or the triangles would be cut off


def test_a_sparkline_that_never_moves_has_no_lowest_and_no_highest_value() -> None:
    drawn = unquote(spark.svg([3.0, 3.0, 3.0]))
    assert (drawn.count("<circle"), drawn.count("<path")) == (2, 0)
    assert (unquote(spark.svg([3.0])).count("<circle")) == 1


def test_bars_put_the_worst_first_by_the_direction_of_the_indicator() -> None:
    two = frame([cell("10", 50, 100, 100), cell("50", 90, 100, 100)])
    lower = bars.bar_ranking(two, indicator=OVERDUE, look=Look("en"))
    higher = bars.bar_ranking(two, indicator=COMPLETION, look=Look("en"))
    assert [row["code"] for row in data(lower)] == ["50", "10"]
    assert [row["code"] for row in data(higher)] == ["10", "50"]


@pytest.mark.parametrize(
    ("indicator", "sides"),
    [(CASELOAD, ["off", "on"]), (COMPLETION, ["off", "on"]), (DENSITY, ["plain", "plain"])],
)
def test_the_side_of_a_target_comes_from_the_direction(indicator: Any, sides: list[str]) -> None:
    two = frame([cell("10", 12, 1), cell("50", 10, 1)])
    if indicator is COMPLETION:
        two = frame([cell("10", 9, 1), cell("50", 10, 1)])
    drawn = bars.bar_ranking(two, indicator=indicator, look=Look("en"), target=bars.TargetLine(10))
    assert [row["side"] for row in data(drawn)] == sides


def test_areas_without_a_number_stand_last_and_say_why() -> None:
    rows = data(spec("bars", "en"))
    assert len(rows) == 77
    last = {row["code"]: row["told"] for row in rows[-3:]}
    assert last == {
        EMPTY_CODE: "No data: Nothing to count in this period",
        NOBODY_CODE: "No data: No case manager",
        HIDDEN_CODE: "Hidden: Small number",
    }
    assert all(row["value"] is None for row in rows[-3:])


def test_zero_is_a_bar_of_no_length_and_not_a_gap() -> None:
    drawn = bars.bar_ranking(frame([cell("10", 0, 5)]), indicator=CASELOAD, look=Look("en"))
    assert data(drawn)[0]["value"] == 0
    assert data(drawn)[0]["tag"] == "1 : 0.0"


def test_of_equal_bars_the_one_with_more_behind_it_comes_first_and_zeros_say_of_how_many() -> None:
    counts = (("10", 0, 5), ("50", 0, 40), ("96", 0, 18), ("30", 9, 10))
    drawn = bars.bar_ranking(
        frame([cell(code, top, n, 100) for code, top, n in counts]),
        indicator=COMPLETION,
        look=Look("en"),
    )
    assert [row["code"] for row in data(drawn)] == ["50", "96", "10", "30"]
    words = [
        view
        for view in drawn["layer"]
        if view.get("encoding", {}).get("text", {}).get("field") == "n"
    ]
    assert len(words) == 1
    some = bars.bar_ranking(frame([cell("10", 1, 5, 100)]), indicator=COMPLETION, look=Look("en"))
    assert len(some["layer"]) == len(drawn["layer"]) - 1


def test_load_bands_show_the_idle_and_split_at_the_norm() -> None:
    rows = {row["label"]: row for row in data(spec("load_bands", "en"))}
    assert rows["0"]["kind"] == "empty"
    assert rows["6–10"]["kind"] == "within"
    assert rows["11–15"]["kind"] == "over"
    assert rows["6–10"]["share"] == "40.0%"
    assert "18 (36.0%) hold more than 10" in spec("load_bands", "en")["description"]


def test_a_norm_inside_a_band_is_refused() -> None:
    with pytest.raises(ChartProblem, match="the norm must end a band"):
        distribution.load_bands(loads(), lang="th", norm=8)
    with pytest.raises(ChartProblem, match="a band is written like"):
        distribution.load_bands(loads().replace({"band": {"0": "none"}}), lang="th")


def test_due_today_is_not_overdue_and_a_hidden_band_hides_the_shares() -> None:
    rows = data(spec("ageing", "en"))
    assert [row["label"] for row in rows][0] == "1–7 days"
    assert rows[0]["words"] == "40 items (40.0%)"
    assert [row["kind"] for row in rows] == ["recent"] * 2 + ["late"] * 3
    some = ages()
    some.loc[some["group"] == "366+", ["numerator", "denominator", "value"]] = None
    some.loc[some["group"] == "366+", ["status", "reason"]] = ["hidden", "small_number"]
    hidden = data(ageing.bands(some, lang="en"))
    assert hidden[0]["words"] == "40 items"
    assert hidden[-1]["words"].startswith("Hidden")


def test_a_course_without_a_split_is_all_unspecified_and_never_no_women() -> None:
    drawn = spec("split", "en")
    online = [row for row in data(drawn) if row["row"] == "Online course"]
    assert [(row["part"], row["tag"]) for row in online] == [("U", "400 (100.0%)")]
    assert [row["total"] for row in data(drawn, "heads")] == ["17 people", "More than 400 people"]


def test_a_sex_split_by_area_adds_the_unknown_to_the_unspecified() -> None:
    rows = [cell("50", n, None, group=g, value=float(n)) for g, n in
            (("F", 3), ("M", 1), ("U", 2), ("unknown", 4))]  # fmt: skip
    drawn = split.sex(frame(rows), lang="en")
    assert [(row["part"], row["count"]) for row in data(drawn)] == [
        ("F", "3 people"),
        ("M", "1 people"),
        ("U", "6 people"),
    ]


def test_cohorts_known_by_month_are_bands_of_whole_months_and_future_ones_are_planned() -> None:
    rows = data(spec("cohorts", "en"))
    assert [row["kind"] for row in rows] == ["month", "day", "planned"]
    assert rows[0]["left"] == date(2021, 11, 1).toordinal()
    assert rows[0]["right"] == date(2022, 2, 1).toordinal()
    assert rows[0]["tag"] == "More than 400 people · 70 of 76 provinces"
    assert rows[0]["when"] == "November 2021 – January 2022"
    assert rows[2]["tag"] == "Not yet held"
    assert len(data(cohorts.timeline(cohort_list(), lang="th", limit=1))) == 1


def test_coverage_has_one_dot_for_each_province_meant() -> None:
    points = data(spec("coverage", "en"), "points")
    online = [point for point in points if point["label"] == "Online course"]
    assert len(online) == 76
    assert sum(point["kind"] == "reached" for point in online) == 70
    empty = coverage.dots(cohort_list().tail(1), lang="en")
    assert "no data" in empty["description"]


def test_bullet_rows_keep_a_measure_without_a_value_and_refuse_a_strange_verdict() -> None:
    rows = data(spec("bullet", "en"))
    assert rows[1]["bar"] is None
    assert rows[1]["tick"] == 1.0
    with pytest.raises(ChartProblem, match="a verdict is one of"):
        bullet.rows(measures().assign(verdict="fine"), lang="en")


def test_charts_of_one_frame_read_it_and_change_nothing() -> None:
    rows = caseload()
    before = rows.copy(deep=True)
    bars.bar_ranking(rows, indicator=CASELOAD, look=Look("th"), target=bars.TargetLine(10))
    assert rows.equals(before)
