"""Lists that pages read as they stand: targets, the load, broken rules, and cases that wait."""

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import pytest
from sqlalchemy import create_engine

from config.thai_calendar import FiscalYear
from data_access import quality, queries
from data_access.indicators.kernel.query import Query
from data_access.schema.derived import CLIENT_TABLES, SNAPSHOT
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from geo import registers
from tests.support.world import drawn, make

DAY = date(2026, 9, 30)
NATION = Scope(nation=True)
REVEALED = Scope(nation=True, reveal=True)
CHIANG_MAI = Scope(provinces=frozenset({"50"}), reveal=True)

TABLES: dict[str, list[dict[str, Any]]] = {
    "families": drawn("""
        family_id household_id district_code
        F1 H1 5001
        F2 H2 5002
        F3 H3 5101
        F4 H4 5101
    """),
    # C3 is closed by its stage, and has no day: a rule it breaks.
    "cases": drawn("""
        case_id family_id target_group opened_on stage closed_on
        C1 F1 elder 2024-09-30 follow_up .
        C2 F2 elder 2025-10-01 follow_up .
        C3 F3 child 2025-10-01 closed .
        C4 F4 child 2025-10-01 assessment .
    """),
    "plans": drawn("""
        case_id version made_on
        C1 1 2025-11-01
        C3 1 2026-10-01
    """),
    # C1: the last two are no better, and the plan is older. C3 got better at last.
    "follow_ups": drawn("""
        follow_up_id case_id first_due_on due_on done_on outcome cancelled_on
        U1 C1 2025-12-01 2025-12-01 2025-12-01 better .
        U2 C1 2026-01-01 2026-01-01 2026-01-01 same .
        U3 C1 2026-02-01 2026-02-01 2026-02-01 worse .
        U4 C3 2026-01-01 2026-01-01 2026-01-01 worse .
        U5 C3 2026-02-01 2026-02-01 2026-02-01 better .
        U6 C1 2026-03-01 2026-03-01 2026-03-01 better 2026-03-01
        U7 C4 2026-12-01 2026-12-01 . . .
    """),
    "referrals": drawn("""
        referral_id case_id to_organisation_id service sent_on accepted_on result_on
        R1 C1 O1 shelter 2025-10-01 . .
        R2 C2 O1 shelter 2026-09-29 2026-09-30 2026-10-01
        R3 C2 O1 shelter 2026-09-01 . 2026-09-30
        R4 C2 O1 shelter 2025-09-30 . .
        R5 C4 O1 shelter 2026-10-01 . .
    """),
    "targets": [
        {"indicator": "follow_up_completion", "scope_code": "TH", "fiscal_year": 2569,
         "value": Decimal("80"), "source": "PLAN"},
    ],
    "published_figures": [
        {"figure": "volunteers", "value": Decimal("133253"), "qualifier": "exact",
         "as_of": date(2019, 9, 30), "source": "S3"},
    ],
    "courses": drawn("""
        course_id name_th target_role qualifying
        CM ก case_manager true
    """),
    "cohorts": drawn("""
        cohort_id course_id start_on end_on date_precision mode
        ONE CM 2023-09-30 2023-10-02 day onsite
    """),
}  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    """The tables above, checked by the data-quality rules as a load is."""
    made = make(tmp_path_factory.mktemp("plain"), TABLES)
    writer = create_engine(f"duckdb:///{made.path}")
    with writer.begin() as connection:
        quality.run(connection, DAY)
    writer.dispose()
    return made


def units(frame: pd.DataFrame) -> list[str]:
    return frame["unit"].tolist()


def test_targets_figures_and_courses_come_as_they_were_loaded(world: SnapshotInfo) -> None:
    targets = queries.targets(scope=NATION, snapshot=world)
    assert targets[["indicator", "scope_code", "fiscal_year"]].to_numpy().tolist() == [
        ["follow_up_completion", "TH", 2569]
    ]
    assert targets["value"].tolist() == [Decimal("80")]
    figures = queries.published_figures(scope=NATION, snapshot=world)
    assert figures[["figure", "qualifier", "as_of", "source"]].to_numpy().tolist() == [
        ["volunteers", "exact", date(2019, 9, 30), "S3"]
    ]
    courses = queries.courses(scope=NATION, snapshot=world)
    assert courses[["course_id", "target_role", "qualifying"]].to_numpy().tolist() == [
        ["CM", "case_manager", True]
    ]


def test_the_load_knows_which_tables_were_there(world: SnapshotInfo) -> None:
    loaded = queries.load_rows(scope=NATION, snapshot=world).set_index("table_name")
    assert int(loaded.loc["cases", "rows"]) == 4
    assert bool(loaded.loc["cases", "present"])
    assert not bool(loaded.loc["services", "present"])


def test_fiscal_years_begin_with_the_first_record_and_end_with_the_day(world: SnapshotInfo) -> None:
    # The oldest: the cohort of 30 September 2023, the last day of fiscal year 2566.
    assert queries.fiscal_years(scope=NATION, snapshot=world) == [2569, 2568, 2567, 2566]


def test_rows_that_break_a_rule_are_counted_and_named_by_their_place(world: SnapshotInfo) -> None:
    counts = queries.quality_counts(scope=NATION, snapshot=world).set_index("rule")["rows"]
    assert counts["closed_without_date"] == 1
    rows = queries.quality_rows(scope=REVEALED, snapshot=world).set_index("rule")
    broken = rows.loc["closed_without_date"]
    # The header is row 1, C3 the third case: row 4.
    assert (broken["table_name"], broken["row_number"], broken["province_code"]) == (
        "cases", 4, "51",
    )  # fmt: skip
    by_province = queries.quality_counts(scope=REVEALED, snapshot=world, by_province=True)
    assert by_province["rows"].sum() == counts.sum()
    assert "C3" not in rows.astype("str").to_numpy().ravel().tolist()


def test_a_province_sees_its_own_broken_rows_only(world: SnapshotInfo) -> None:
    rows = queries.quality_rows(scope=CHIANG_MAI, snapshot=world)
    counts = queries.quality_counts(scope=CHIANG_MAI, snapshot=world)
    assert set(rows["province_code"]) <= {"50"}
    assert "closed_without_date" not in set(counts["rule"])
    assert queries.quality_rows(scope=Scope(), snapshot=world).empty


PUBLIC = Scope(nation=True, hide_below=5)
EVERY_ROW = "SELECT '{0}', 'warn', '{1}', {2}, 'x', '2027-01-01', {3}"
# One row about clients in each of two provinces and one without; a volunteer beside them.
FAULTS = (
    ("far_off_day", "case_assignments", 2, "'50'"),
    ("far_off_day", "families", 3, "'51'"),
    ("far_off_day", "volunteer_activities", 4, "NULL"),
    ("far_off_day", "volunteers", 5, "'51'"),
    ("far_off_day", "volunteers", 6, "NULL"),
)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    """The tables above with faulty rows written in."""
    made = make(tmp_path_factory.mktemp("faulty"), TABLES)
    with duckdb.connect(str(made.path)) as file:
        for fault in FAULTS:
            file.execute(f"INSERT INTO quality_results {EVERY_ROW.format(*fault)}")
    return made


def own(*provinces: str, **more: Any) -> Scope:
    return Scope(nation=True, hide_below=5, own_provinces=frozenset(provinces), **more)


@pytest.mark.parametrize(
    ("scope", "rows"),
    [
        (PUBLIC, {5, 6}),
        (own("50"), {2, 5, 6}),
        # A row tells no district: whoever has a district of the province gets none.
        (own(own_districts=frozenset({"5001"})), {5, 6}),
        (own(*set(registers.provinces_by_code()) - {"51"}), {2, 5, 6}),
        (own(*registers.provinces_by_code()), {2, 3, 4, 5, 6}),
        (REVEALED, {2, 3, 4, 5, 6}),
        (Scope(nation=True, hide_below=1), {2, 3, 4, 5, 6}),
        (Scope(provinces=frozenset({"51"})), {5}),
        (Scope(provinces=frozenset({"51"}), own_provinces=frozenset({"51"})), {3, 5}),
        (Scope(), set()),
    ],
)
def test_rows_about_clients_are_listed_in_own_provinces_only(
    faulty: SnapshotInfo, scope: Scope, rows: set[int]
) -> None:
    listed = queries.quality_rows(scope=scope, snapshot=faulty)
    assert set(listed["row_number"]) == rows
    places = queries.quality_counts(scope=scope, snapshot=faulty, by_province=True)
    assert places["rows"].sum() == len(rows)
    # Of the whole country they are counted; of a part of it, where they may be listed.
    counts = queries.quality_counts(scope=scope, snapshot=faulty)
    assert counts["rows"].sum() == (len(FAULTS) if scope.nation else len(rows))


def test_every_table_that_names_a_case_or_a_family_is_about_clients() -> None:
    named = {n for n, table in SNAPSHOT.items() if {"case_id", "family_id"} & set(table.c.keys())}
    assert set(CLIENT_TABLES) == named
    assert {"families", "cases", "follow_ups", "volunteer_activities"} <= named
    assert not named & {"volunteers", "workers", "worker_posts", "cohorts", "enrolments", "sites"}


def test_an_effect_is_the_figure_without_the_rows_that_break_the_rule(world: SnapshotInfo) -> None:
    found = queries.quality_effects(Query(DAY), scope=REVEALED, snapshot=world)
    mine = found[found["rule"] == "closed_without_date"].set_index("indicator")
    waiting = mine.loc["cases_without_next_follow_up"]
    # Only C4 has a next visit: 3 of 4 open cases have none, and 2 of 3 without C3.
    assert waiting["now"] == 100 * 3 / 4
    assert waiting["without"] == pytest.approx(100 * 2 / 3)
    assert waiting["difference"] == pytest.approx(100 * 2 / 3 - 75)
    ratio = mine.loc["families_per_case_manager"]
    assert ratio[["now", "without", "difference"]].isna().all()  # nobody is in post
    # What was left out for the comparison is back.
    whole = queries.indicator(
        "cases_without_next_follow_up", Query(DAY), scope=REVEALED, snapshot=world
    )
    assert whole["denominator"].tolist() == [4]


def test_effects_on_client_figures_are_told_of_the_country_and_own_areas_only(
    world: SnapshotInfo,
) -> None:
    public = Scope(nation=True, hide_below=5)
    own = Scope(nation=True, hide_below=5, own_provinces=frozenset({"50"}))
    country, province = Query(DAY), Query(DAY, province="50")
    for query, scope, shown in (
        (country, public, True),
        (province, public, False),
        (province, own, True),
        (Query(DAY, province="51"), own, False),
    ):
        found = queries.quality_effects(query, scope=scope, snapshot=world)
        clients = found["indicator"] == "cases_without_next_follow_up"
        assert clients.any()
        assert found.loc[clients, "now"].notna().any() == shown


def test_referrals_wait_until_the_day_of_their_result(world: SnapshotInfo) -> None:
    found = queries.waiting_referrals(Query(DAY), scope=REVEALED, snapshot=world)
    # R3 has its result today, R4 was sent last year, R5 will be sent tomorrow.
    assert units(found) == ["R1", "R2"]
    assert found["days"].tolist() == [364, 1]
    before = FiscalYear(2568).end
    earlier = queries.waiting_referrals(Query(before), scope=REVEALED, snapshot=world)
    assert units(earlier) == ["R4"]


def test_a_case_is_stuck_when_the_last_two_outcomes_are_no_better(world: SnapshotInfo) -> None:
    found = queries.stuck_cases(Query(DAY), scope=REVEALED, snapshot=world)
    assert units(found) == ["C1"]  # the cancelled visit of 1 March has no outcome
    january = queries.stuck_cases(Query(date(2026, 1, 31)), scope=REVEALED, snapshot=world)
    assert units(january) == []  # better, same


def test_cases_past_assessment_without_a_plan_are_listed(world: SnapshotInfo) -> None:
    found = queries.cases_without_plan(Query(DAY), scope=REVEALED, snapshot=world)
    assert units(found) == ["C2", "C3"]  # C3's plan is made tomorrow; C4 is not past assessment
    mine = queries.cases_without_plan(Query(DAY), scope=CHIANG_MAI, snapshot=world)
    assert units(mine) == ["C2"]


def test_a_list_whose_length_is_a_small_count_is_not_told(world: SnapshotInfo) -> None:
    for name in ("waiting_referrals", "stuck_cases", "cases_without_plan"):
        found = getattr(queries, name)(Query(DAY), scope=NATION, snapshot=world)
        assert found.empty, name
