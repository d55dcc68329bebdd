"""Families' agreement to their plan: the plan in force of open cases, and what nobody recorded."""

from datetime import date
from pathlib import Path

import pandas as pd

from config.thai_calendar import FiscalYear
from data_access import queries
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from tests.support.world import drawn, make

WORLD = {
    "families": drawn("""
        family_id household_id district_code
        F1 H1 5001
        F2 H2 5001
        F3 H3 5001
        F4 H4 5101
        F5 H5 5101
    """),
    "cases": drawn("""
        case_id family_id target_group opened_on  stage     closed_on
        C1      F1        elder        2026-01-05 follow_up .
        C2      F2        elder        2026-01-05 follow_up .
        C3      F3        child        2026-01-05 planning  .
        C4      F4        child        2026-01-05 closed    2026-06-01
        C5      F5        child        2026-01-05 intake    .
    """),
    "plans": drawn("""
        case_id version made_on    family_agreed
        C1      1       2026-02-01 false
        C1      2       2026-05-01 true
        C2      1       2026-02-01 .
        C3      1       2026-02-01 true
        C3      2       2026-10-01 false
        C4      1       2026-02-01 true
    """),
}


def asked(tmp_path: Path, as_of: date, area: str = "country") -> pd.DataFrame:
    """What the door answers, with nothing hidden: these counts are small by design."""
    world = make(tmp_path, WORLD, as_of=as_of)
    year = FiscalYear(2569)
    query = Query(area=area, as_of=as_of, span=year.span)
    scope = Scope(nation=True, hide_below=1)
    return queries.breakdown("plan_agreement", query, scope=scope, snapshot=world)


def counts(frame: pd.DataFrame) -> dict[str, int]:
    return dict(zip(frame["group"], frame["numerator"], strict=True))


def test_the_plan_in_force_counts_and_not_recorded_is_not_disagreement(tmp_path: Path) -> None:
    frame = asked(tmp_path, date(2026, 9, 30))
    # C1 by its second version, C3 by its first (the next is of tomorrow); C4 is closed.
    assert counts(frame) == {"agreed": 1 + 1, "unknown": 1}
    assert set(frame["denominator"]) == {3}


def test_an_earlier_day_reads_the_plan_that_was_in_force_then(tmp_path: Path) -> None:
    frame = asked(tmp_path, date(2026, 4, 30))
    # C1 by its first version; C3 agreed; C4 was open and had agreed.
    assert counts(frame) == {"not_agreed": 1, "unknown": 1, "agreed": 1 + 1}


def test_where_nobody_has_a_plan_there_is_no_data(tmp_path: Path) -> None:
    frame = asked(tmp_path, date(2026, 9, 30), area="province").set_index("area_code")
    assert set(frame.loc[["51"], "status"]) == {"no_data"}
    assert set(frame.loc[["51"], "reason"]) == {"no_cases_with_plan"}
