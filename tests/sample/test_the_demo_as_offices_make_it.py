"""The demo is kept as offices keep records: closed cases tidied up, some faults, some late."""

from pathlib import Path

import pandas as pd
import pytest

from sample_data.plan import DAYS_LATE, DAYS_SILENT, Plan
from tests.sample.conftest import AS_OF, Folder, written

pytestmark = pytest.mark.slow

TODAY = pd.Timestamp(AS_OF)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return written(tmp_path_factory.mktemp("demo") / "sample", scale="demo")


@pytest.fixture(scope="module")
def cases(demo: Folder) -> pd.DataFrame:
    placed = demo.dated("cases").merge(demo.texts("families"), on="family_id")
    return placed.assign(province=placed["district_code"].str[:2])


@pytest.fixture(scope="module")
def waiting(demo: Folder, cases: pd.DataFrame) -> pd.DataFrame:
    """Follow-ups past due, neither done nor called off, with what became of their case."""
    rows = demo.dated("follow_ups").merge(cases, on="case_id")
    rows = rows[rows["done_on"].isna() & rows["cancelled_on"].isna() & (rows["due_on"] < TODAY)]
    return rows.assign(days=(TODAY - rows["due_on"]).dt.days)


def test_few_closed_cases_leave_one_follow_up_behind(
    waiting: pd.DataFrame, cases: pd.DataFrame
) -> None:
    left = waiting[waiting["closed_on"].notna()]
    assert 0.03 < left["case_id"].nunique() / cases["closed_on"].notna().sum() < 0.05
    assert not left["case_id"].duplicated().any()


def test_work_overdue_on_open_cases_is_mostly_of_the_last_month_with_a_tail(
    waiting: pd.DataFrame,
) -> None:
    days = waiting[waiting["closed_on"].isna()]["days"]
    assert 700 < len(days) < 2_000
    assert (days <= 30).mean() > 0.5
    assert 0.02 < (days > 90).mean() < 0.25


def test_older_months_look_alike(demo: Folder) -> None:
    """A visit is called off by how long it waits: no month looks worse for being younger."""
    rows = demo.dated("follow_ups")
    old = rows[(rows["due_on"] >= "2024-10-01") & (rows["due_on"] < "2026-04-01")]
    kept = old[old["cancelled_on"].isna()]
    share = kept["done_on"].notna().groupby(kept["due_on"].dt.to_period("M")).mean()
    assert share.max() - share.min() < 0.03


def test_few_districts_with_families_have_a_number_that_would_be_hidden(
    cases: pd.DataFrame,
) -> None:
    now = cases[cases["closed_on"].isna() & (cases["stage"] != "closed")]
    families = now.groupby("district_code")["family_id"].nunique()
    assert (families < 5).mean() < 0.25
    assert families.median() > 20


def test_provinces_keep_their_totals(demo_plan: Plan, cases: pd.DataFrame) -> None:
    now = cases[cases["closed_on"].isna()]
    found = now.groupby("province")["family_id"].nunique()
    assert found.to_dict() == {p.place.code: p.families for p in demo_plan.provinces if p.families}


def test_a_few_rows_of_each_kind_are_wrong(demo: Folder, cases: pd.DataFrame) -> None:
    seats = demo.dated("enrolments").merge(demo.dated("cohorts"), on="cohort_id")
    visits = demo.dated("follow_ups").merge(cases, on="case_id")
    held = demo.dated("case_assignments").sort_values(["case_id", "start_on"])
    earlier = held.groupby("case_id")["end_on"].shift()
    numbers = {
        "closed without a day": ((cases["stage"] == "closed") & cases["closed_on"].isna()).sum(),
        "a day but not closed": ((cases["stage"] != "closed") & cases["closed_on"].notna()).sum(),
        "visit after closing": (visits["done_on"] > visits["closed_on"]).sum(),
        "visit in the future": (visits["done_on"] > TODAY).sum(),
        "two case managers": (held["start_on"] <= earlier).sum(),
        "completed outside": (seats["completed_on"] > seats["end_on"]).sum(),
        "registered later": (demo.dated("volunteers")["registered_on"] > TODAY).sum(),
    }
    assert {kind: n for kind, n in numbers.items() if not 1 <= n <= 40} == {}


def test_one_province_is_more_than_a_month_late(
    demo: Folder, demo_plan: Plan, cases: pd.DataFrame
) -> None:
    visits = demo.dated("follow_ups").merge(cases, on="case_id")
    visits = visits[visits["done_on"] <= TODAY]
    last = pd.concat(
        [visits.groupby("province")["done_on"].max(), cases.groupby("province")["opened_on"].max()],
        axis=1,
    ).max(axis=1)
    late = {p.place.code for p in demo_plan.provinces if p.days_late}
    assert len(late) == 1
    assert set(last[(TODAY - last).dt.days >= 30].index) == late
    assert (TODAY - last[list(late)[0]]).days >= DAYS_LATE


def test_two_districts_have_been_silent_for_months(
    demo: Folder, demo_plan: Plan, cases: pd.DataFrame
) -> None:
    silent = set().union(*(p.silent for p in demo_plan.provinces))
    assert len(silent) == 2
    since = TODAY - pd.Timedelta(days=DAYS_SILENT)
    here = cases[cases["district_code"].isin(silent)]
    assert here["closed_on"].isna().any()
    assert not (here["opened_on"] > since).any()
    for table, column in (
        ("follow_ups", "done_on"),
        ("assessments", "assessed_on"),
        ("plans", "made_on"),
        ("services", "given_on"),
    ):
        rows = demo.dated(table)
        rows = rows[rows["case_id"].isin(here["case_id"])]
        assert len(rows)
        assert not (rows[column] > since).any(), table


def test_the_faults_for_testing_stand_on_a_demo_without_flaws(tmp_path: Path) -> None:
    flawed = written(tmp_path / "sample", "warn", scale="demo")
    cases = flawed.dated("cases")
    undated = cases[(cases["stage"] == "closed") & cases["closed_on"].isna()]
    assert undated["case_id"].str.contains("FAULT").all()
