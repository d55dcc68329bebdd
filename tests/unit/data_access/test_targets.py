"""What is wanted of a figure, and the one judge: expected values are worked out by hand."""

from typing import Any

import pandas as pd
import pytest

from data_access.indicators import registry
from data_access.targets import (
    Result,
    Target,
    Verdict,
    first_to_look,
    judge,
    missing,
    norm_of,
    target_of,
)

RATIO = registry.get("families_per_case_manager")
DONE = registry.get("follow_up_completion")
OVERDUE = registry.get("follow_up_overdue")
SEATS = registry.get("training_attendances")
GAP = registry.get("staffing_gap")
NORM = Target(10, "caseload_norm", proposed=False)
PLAN = Target(80, "แผน", proposed=False, watch=60)
PROPOSED = Target(80, "ข้อเสนอ", proposed=True, watch=60)
COLUMNS = ["indicator", "scope_code", "fiscal_year", "value", "source"]


def share(top: int, bottom: int) -> Result:
    return Result(100 * top / bottom, top, bottom, "shown")


def ratio(families: int, managers: int) -> Result:
    if not managers:
        reason = "no_case_manager" if families else "nothing_to_count"
        return Result(None, families, 0, "no_data", reason)
    return Result(families / managers, families, managers, "shown")


@pytest.mark.parametrize(
    ("top", "mark"), [(800, "meets"), (799, "watch"), (600, "watch"), (599, "fails")]
)
def test_a_target_with_a_document_behind_it_has_three_verdicts(top: int, mark: str) -> None:
    assert judge(DONE, share(top, 1000), PLAN) == Verdict(mark)  # type: ignore[arg-type]  # a Mark


@pytest.mark.parametrize(("top", "mark"), [(800, "reaches_proposed"), (799, "below_proposed")])
def test_a_proposed_target_has_neutral_verdicts_of_its_own(top: int, mark: str) -> None:
    assert judge(DONE, share(top, 1000), PROPOSED).mark == mark


@pytest.mark.parametrize(
    ("families", "managers", "verdict"),
    [
        (100, 10, Verdict("meets")),
        (1004, 100, Verdict("fails")),  # 10.04 reads as 10.0 and is over it
        (7, 0, Verdict("fails", "no_case_manager")),
        (0, 0, Verdict("none", "no_data")),
        (0, 3, Verdict("meets")),
    ],
)
def test_families_are_judged_by_the_norm(families: int, managers: int, verdict: Verdict) -> None:
    assert judge(RATIO, ratio(families, managers), NORM) == verdict


def test_nineteen_are_too_few_for_a_verdict_and_twenty_are_not() -> None:
    assert judge(DONE, share(19, 19), PLAN) == Verdict("none", "small_base")
    assert judge(DONE, share(20, 20), PLAN) == Verdict("meets")


def test_without_a_number_or_a_target_the_reason_is_given() -> None:
    hidden = Result(None, None, None, "hidden", "small_number")
    assert judge(DONE, hidden, PLAN) == Verdict("none", "hidden")
    assert judge(DONE, Result(None, 0, 0, "no_data"), PLAN) == Verdict("none", "no_data")
    assert judge(DONE, share(50, 100), None) == Verdict("none", "no_target")
    neutral = registry.get("volunteers_per_1000_households")
    found = judge(neutral, Result(6.1, 610, 100_000, "shown"), Target(6, "แผน", proposed=False))
    assert found == Verdict("reference", "neutral")


def wanted(*rows: tuple[str, str, int, float, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def test_an_area_s_own_target_comes_first_then_the_nation_s_then_the_norm() -> None:
    name = DONE.name
    plan = wanted((name, "TH", 2569, 85, "แผน"), (name, "50", 2569, 70, "แผน"))
    ask: dict[str, Any] = {"fiscal_year": 2569, "targets": plan}
    assert target_of(DONE, area="50", **ask) == Target(70, "แผน", proposed=False)
    assert target_of(DONE, area="51", **ask) == Target(85, "แผน", proposed=False)
    next_year = target_of(DONE, area="50", fiscal_year=2570, targets=plan)
    assert next_year == norm_of(DONE) == Target(80, DONE.name, proposed=True, watch=60)


def test_a_count_wanted_of_the_nation_is_not_wanted_of_a_part() -> None:
    plan = wanted((SEATS.name, "TH", 2569, 900, "แผน"))
    ask: dict[str, Any] = {"fiscal_year": 2569, "targets": plan}
    assert target_of(SEATS, area="TH", **ask) == Target(900, "แผน", proposed=False)
    assert target_of(SEATS, area="50", **ask) is None
    # But nobody missing in the nation is nobody missing anywhere.
    none = wanted((GAP.name, "TH", 2569, 0, "แผน"))
    assert target_of(GAP, area="50", fiscal_year=2569, targets=none) == Target(
        0, "แผน", proposed=False
    )


@pytest.mark.parametrize("source", ["ข้อเสนอ · Proposed", "Proposed: 80", "ค่าเสนอ", " ", ""])
def test_a_target_without_a_document_is_a_proposal(source: str) -> None:
    plan = wanted((DONE.name, "TH", 2569, 85, source))
    found = target_of(DONE, area="TH", fiscal_year=2569, targets=plan)
    assert found is not None
    assert found.proposed


def test_only_nobody_is_compared_as_a_count() -> None:
    nobody = wanted((OVERDUE.name, "TH", 2569, 0, "แผน"))
    some = wanted((OVERDUE.name, "TH", 2569, 5, "แผน"))
    ask: dict[str, Any] = {"area": "TH", "fiscal_year": 2569}
    as_count = target_of(OVERDUE, targets=nobody, **ask)
    as_share = target_of(OVERDUE, targets=some, **ask)
    assert as_count is not None
    assert as_share is not None
    assert (as_count.counts, as_share.counts) == (True, False)
    # 4 of 100 are 4 %: over nobody, within 5 %.
    assert judge(OVERDUE, share(4, 100), as_count).mark == "fails"
    assert judge(OVERDUE, share(4, 100), as_share).mark == "meets"


@pytest.mark.parametrize(
    ("indicator", "result", "target", "short"),
    [
        (RATIO, ratio(95, 8), NORM, 10 - 8),  # 95 families need 10 case managers
        (RATIO, ratio(100, 10), NORM, 0),
        (RATIO, ratio(101, 10), NORM, 11 - 10),
        (RATIO, ratio(7, 0), NORM, 1),
        (RATIO, ratio(10, 5), NORM, 0),  # four more than are needed are nobody missing
        (DONE, share(190, 200), PLAN, 0),
        (DONE, share(150, 200), PLAN, 160 - 150),
        (DONE, share(53, 67), PLAN, 54 - 53),  # 80 % of 67 are 53.6
        (OVERDUE, share(12, 100), Target(5, "แผน", proposed=False), 12 - 5),
        (OVERDUE, share(12, 100), Target(0, "", proposed=True, counts=True), 12),
        (DONE, Result(None, None, None, "hidden"), PLAN, None),
        (DONE, share(1, 2), None, None),
    ],
)
def test_what_is_missing_is_counted(
    indicator: Any, result: Result, target: Target | None, short: int | None
) -> None:
    assert missing(indicator, result, target) == short


def areas(*cells: tuple[str, int, int]) -> pd.DataFrame:
    rows = [(code, ratio(families, managers)) for code, families, managers in cells]
    return pd.DataFrame(
        [(code, r.value, r.numerator, r.denominator, r.status, r.reason) for code, r in rows],
        columns=["area_code", "value", "numerator", "denominator", "status", "reason"],
    ).astype({"value": "Float64", "numerator": "Int64", "denominator": "Int64"})


# 5001 has 1 : 30 and lacks 2; 5002 has 1 : 12 and lacks 4; 5003 has families and nobody, lacks 3;
# 5004 is within the norm; 5005 has nothing in it.
DISTRICTS = areas(
    ("5001", 30, 1), ("5002", 240, 20), ("5003", 25, 0), ("5004", 10, 1), ("5005", 0, 0)
)


def test_first_to_look_lists_only_those_that_fail() -> None:
    found = first_to_look(DISTRICTS, RATIO, NORM)
    assert found.rows["area_code"].tolist() == ["5003", "5001", "5002"]
    assert found.rows["missing"].tolist() == [3, 3 - 1, 24 - 20]
    assert (found.could_be_judged, found.areas) == (4, 5)


def test_first_to_look_can_be_ordered_by_people_missing() -> None:
    found = first_to_look(DISTRICTS, RATIO, NORM, by="missing", limit=2)
    assert found.rows["area_code"].tolist() == ["5002", "5003"]


def test_areas_with_nothing_in_them_are_never_first_to_look() -> None:
    found = first_to_look(areas(("5001", 0, 0), ("5002", 0, 4)), RATIO, NORM)
    assert found.rows.empty
    assert (found.could_be_judged, found.areas) == (1, 2)


def test_first_to_look_for_more_is_better_begins_with_the_least() -> None:
    rows = [("50", 50.0, 50, 100), ("51", 70.0, 700, 1000), ("52", 90.0, 90, 100), ("53", 0, 0, 9)]
    frame = pd.DataFrame(rows, columns=["area_code", "value", "numerator", "denominator"])
    frame = frame.assign(status="shown", reason="")
    found = first_to_look(frame, DONE, PROPOSED)
    assert found.rows["area_code"].tolist() == ["50", "51"]
    by_missing = first_to_look(frame, DONE, PROPOSED, by="missing")
    assert by_missing.rows["area_code"].tolist() == ["51", "50"]  # 800 − 700, 80 − 50
    assert (found.could_be_judged, found.areas) == (3, 4)  # nine are too few
