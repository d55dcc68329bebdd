"""One figure: its number, its gap from the target, its verdict, and what it says when empty."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from ui.state.filter_state import FilterState, everything
from ui.text.figures import Figure, figure_of

AS_OF = date(2026, 9, 30)
HOME = everything(AS_OF)
TARGETS = pd.DataFrame(columns=["indicator", "scope_code", "fiscal_year", "value", "source"])


def cell(numerator: Any, denominator: Any, value: Any, **more: Any) -> pd.DataFrame:
    row = {
        "area_code": "TH", "group": "", "period_start": date(2025, 10, 1), "period_end": AS_OF,
        "numerator": numerator, "denominator": denominator, "value": value,
        "status": "shown", "reason": "", "qualifier": "exact",
    }  # fmt: skip
    return pd.DataFrame([row | more])


def figure(
    name: str, frame: pd.DataFrame, chosen: FilterState = HOME, targets: Any = None
) -> Figure:
    return figure_of(name, frame, chosen, TARGETS if targets is None else targets)


def wanted(*rows: tuple[str, str, int, float]) -> pd.DataFrame:
    listed = [(*row, "plan") for row in rows]
    return pd.DataFrame(listed, columns=list(TARGETS.columns))


@pytest.mark.parametrize(
    ("families", "managers", "mark", "gap"),
    [(100, 10, "meets", "0.0"), (101, 10, "fails", "+0.1"), (95, 10, "meets", "−0.5")],
)
def test_the_ratio_is_held_against_one_to_ten_unrounded(
    families: int, managers: int, mark: str, gap: str
) -> None:
    found = figure("families_per_case_manager", cell(families, managers, families / managers))
    assert (found.mark, found.gap_text("th")) == (mark, gap)


def test_ten_and_four_hundredths_is_over_though_it_reads_as_ten() -> None:
    found = figure("families_per_case_manager", cell(1004, 100, 10.04))
    assert found.text("th") == "1 : 10.0"
    assert found.mark == "fails"


def test_a_proposed_threshold_is_never_red_or_green() -> None:
    marks = [figure("follow_up_completion", cell(n, 1000, n / 10)).mark for n in (800, 799, 599)]
    assert marks == ["reaches_proposed", "below_proposed", "below_proposed"]


def test_provinces_over_the_norm_are_shown_and_judged_as_a_count() -> None:
    found = figure("provinces_over_norm", cell(23, 76, 100 * 23 / 76))
    assert found.text("th") == "23"
    assert found.unit("th") == "จังหวัด"
    assert found.made_of("th") == "จาก 76 จังหวัดที่มีข้อมูล (ร้อยละ 30.3)"
    assert (found.target_text("th"), found.gap_text("th")) == ("0", "+23")


def test_hidden_empty_and_zero_are_three_different_things() -> None:
    hidden = figure("unassigned_families", cell(pd.NA, pd.NA, pd.NA, status="hidden"))
    empty = figure(
        "follow_up_completion",
        cell(0, 0, pd.NA, status="no_data", reason="nothing_due"),
    )
    zero = figure("unassigned_families", cell(0, 40, 0.0))
    assert [f.text("th") for f in (hidden, empty, zero)] == ["—", "—", "0"]
    assert len({f.made_of("th") for f in (hidden, empty, zero)}) == 3
    assert empty.made_of("th") == "ไม่มีรายการถึงกำหนดในช่วงนี้"
    assert [f.mark for f in (hidden, empty, zero)] == ["none", "none", "reaches_proposed"]


def test_a_target_is_for_reference_where_neither_more_nor_less_is_better() -> None:
    plan = wanted(("volunteers_per_1000_households", "TH", 2569, 6.0))
    shown = figure("volunteers_per_1000_households", cell(609, 100_000, 6.09), targets=plan)
    assert (shown.mark, shown.gap_text("th")) == ("reference", "+0.09")
    assert (shown.mark_text("th"), shown.mark_text("en")) == (
        "ข้อมูลประกอบ (ไม่ใช้ตัดสิน)", "For reference",
    )  # fmt: skip
    without = figure("volunteers_per_1000_households", cell(609, 100_000, 6.09))
    assert (without.mark, without.mark_text("en")) == ("none", "No target")


def test_without_a_verdict_the_words_say_what_is_missing() -> None:
    plan = wanted(("follow_up_completion", "TH", 2569, 85.0))
    gone = {"numerator": pd.NA, "denominator": pd.NA, "value": pd.NA}
    hidden = figure("follow_up_completion", cell(*gone.values(), status="hidden"), targets=plan)
    empty = figure("follow_up_completion", cell(*gone.values(), status="no_data"), targets=plan)
    assert {f.mark for f in (hidden, empty)} == {"none"}
    assert [f.mark_text("en") for f in (hidden, empty)] == ["Hidden", "No data"]


def test_a_ratio_far_below_one_is_not_nobody() -> None:
    found = figure("families_per_volunteer", cell(14_096, 133_253, 14_096 / 133_253))
    assert found.text("th") == "1 : 0.11"


def test_an_answer_without_a_row_for_the_area_is_no_data() -> None:
    found = figure("families_per_case_manager", cell(1, 1, 1.0).iloc[:0])
    assert (found.status, found.text("th"), found.mark) == ("no_data", "—", "none")


def test_a_loaded_target_wins_over_the_proposed_threshold() -> None:
    plan = wanted(("follow_up_completion", "TH", 2569, 85.0))
    found = figure("follow_up_completion", cell(840, 1000, 84.0), targets=plan)
    assert (found.target_text("th"), found.gap_text("th"), found.mark) == ("85.0", "−1.0", "fails")
    assert found.target is not None
    assert not found.target.proposed


def test_the_narrowest_area_s_own_target_is_taken_first() -> None:
    plan = wanted(
        ("follow_up_completion", "TH", 2569, 85.0), ("follow_up_completion", "50", 2569, 70.0)
    )
    frame = cell(75, 100, 75.0)
    assert figure("follow_up_completion", frame, HOME.at("50"), plan).mark == "meets"
    assert figure("follow_up_completion", frame, HOME.at("51"), plan).mark == "fails"


def test_a_target_of_another_year_does_not_count() -> None:
    plan = wanted(("follow_up_completion", "TH", 2568, 99.0))
    assert (
        figure("follow_up_completion", cell(80, 100, 80.0), targets=plan).mark == "reaches_proposed"
    )


def test_a_number_that_is_a_lower_bound_keeps_its_word() -> None:
    frame = cell(400, pd.NA, 400, qualifier="more_than")
    assert figure("training_attendances", frame).text("th") == "กว่า 400"
    assert figure("training_attendances", frame).text("en") == "More than 400"


def test_every_figure_names_its_base_and_its_day_or_period() -> None:
    stock = figure("families_per_case_manager", cell(10, 1, 10.0)).foot("th")
    flow = figure("follow_up_completion", cell(8, 10, 80.0)).foot("th")
    assert stock == "ณ วันที่ 30 ก.ย. 2569 · ฐาน 77 จังหวัด (รวม กทม.)"
    assert flow.startswith("1 ต.ค. 2568 – 30 ก.ย. 2569 · ฐาน 77 จังหวัด (รวม กทม.) · ข้อมูล ณ วันที่")
    part = figure("families_per_case_manager", cell(10, 1, 10.0), HOME.at("50")).foot("th")
    assert part == "ณ วันที่ 30 ก.ย. 2569"


def test_a_small_base_is_written_as_its_counts_without_percentage_mark_or_gap() -> None:
    small = figure("follow_up_completion", cell(17, 19, 100 * 17 / 19))
    assert (small.text("th"), small.unit("th"), small.is_percent) == ("17 จาก 19", "", False)
    assert (small.gap, small.mark, small.in_words("en")) == (None, "none", "17 of 19")
    enough = figure("follow_up_completion", cell(17, 20, 85.0))
    assert (enough.text("th"), enough.is_percent, enough.gap_text("th")) == ("85.0", True, "+5.0")
