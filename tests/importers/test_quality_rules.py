"""Data-quality rules on small drawn worlds: what each counts, and what it leaves in peace."""

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from sqlalchemy import create_engine

from data_access import quality
from data_access.schema.derived import SNAPSHOT
from tests.support import world

AS_OF = date(2026, 9, 30)

# One row stands in for each table; a rule's own rows are drawn below.
HOME = {
    "families": """
        family_id household_id district_code
        F1        H1           5001
    """,
    "sites": """
        site_id type    province_code sensitive
        S50     shelter 50            false
        S58     shelter 58            false
    """,
    "cases": """
        case_id family_id opened_on  stage     closed_on  site_id
        C1      F1        2025-10-01 follow_up .          .
        C2      F1        2025-10-01 closed    2026-03-31 S50
    """,
    "cohorts": """
        cohort_id course_id start_on   end_on     date_precision
        K-DAY     CM        2025-12-01 2025-12-03 day
        K-MONTH   CM        2025-12-01 2026-01-01 month
    """,
}

# rule → table, the rows drawn, and the Excel rows that break it
BREAKS = {
    "done_in_future": (
        "follow_ups",
        """
        follow_up_id case_id due_on     done_on
        FU1          C1      2026-09-30 2026-09-30
        FU2          C1      2026-10-01 2026-10-01
        FU3          C1      2026-10-01 .
        """,
        [3],
    ),
    "closed_in_future": (
        "cases",
        """
        case_id family_id opened_on  stage  closed_on
        C1      F1        2025-10-01 closed 2026-09-30
        C2      F1        2025-10-01 closed 2026-10-01
        """,
        [3],
    ),
    "closed_without_date": (
        "cases",
        """
        case_id family_id opened_on  stage    closed_on
        C1      F1        2025-10-01 closed   .
        C2      F1        2025-10-01 closed   2026-03-31
        C3      F1        2025-10-01 planning .
        """,
        [2],
    ),
    "date_without_closed_stage": (
        "cases",
        """
        case_id family_id opened_on  stage    closed_on
        C1      F1        2025-10-01 closed   2026-03-31
        C2      F1        2025-10-01 planning 2026-03-31
        C3      F1        2025-10-01 planning .
        """,
        [3],
    ),
    "two_case_managers_one_day": (
        "case_assignments",
        """
        case_id worker_id start_on   end_on
        C1      W1        2025-10-01 2025-12-31
        C1      W2        2025-12-31 2026-03-31
        C1      W3        2026-04-01 .
        C1      W3        2026-05-01 .
        C1      W4        2026-06-01 2026-06-02
        C2      W1        2025-10-01 .
        C2      W2        2025-10-01 .
        """,
        [3, 6, 8],  # 5 is the same worker again; 7 was there first
    ),
    "follow_up_after_closing": (
        "follow_ups",
        """
        follow_up_id case_id due_on     done_on
        FU1          C2      2026-03-31 2026-03-31
        FU2          C2      2026-03-31 2026-04-01
        FU3          C2      2026-05-01 .
        FU4          C1      2026-05-01 2026-05-01
        """,
        [3],
    ),
    "own_supervisor": (
        "worker_posts",
        """
        worker_id role         province_code supervisor_id start_on
        W1        case_manager 50            W1            2025-10-01
        W2        case_manager 50            W1            2025-10-01
        W3        case_manager 50            .             2025-10-01
        """,
        [2],
    ),
    "sexes_exceed_attendance": (
        "cohorts",
        """
        cohort_id course_id start_on   end_on     reported_attendance reported_qualifier reported_female reported_male
        K1        CM        2025-12-01 2025-12-03 17                  exact              16              1
        K2        CM        2025-12-01 2025-12-03 17                  exact              16              2
        K3        CM        2025-12-01 2025-12-03 17                  .                  18              .
        K4        CM        2025-12-01 2025-12-03 400                 more_than          300             110
        K5        CM        2025-12-01 2025-12-03 .                   .                  300             110
        """,  # noqa: E501  one row of the drawn table is one line
        [3, 4],
    ),
    "completed_outside_cohort": (
        "enrolments",
        """
        cohort_id person_type  province_code completed_on
        K-DAY     unregistered 50            2025-12-03
        K-DAY     unregistered 50            2025-12-04
        K-DAY     unregistered 50            2025-11-30
        K-DAY     unregistered 50            .
        K-MONTH   unregistered 50            2026-01-31
        K-MONTH   unregistered 50            2026-02-01
        """,
        [3, 4, 7],
    ),
    "enrolment_person_not_in_post": (
        "enrolments",
        """
        cohort_id person_type province_code person_id
        K-DAY     worker      .             W1
        K-DAY     worker      50            W1
        K-DAY     volunteer   .             V1
        K-DAY     worker      .             .
        """,
        [2],
    ),
    "volunteer_over_110_years": (
        "volunteers",
        """
        volunteer_id province_code registered_on ended_on
        V1           50            1950-09-30    .
        V2           50            1960-03-01    2070-03-01
        V3           50            1960-03-01    2070-03-02
        V4           50            1960-03-01    2099-01-01
        """,
        [4, 5],
    ),
    "far_off_day": (
        "volunteers",
        """
        volunteer_id province_code registered_on
        V1           50            1986-09-30
        V2           50            1986-09-29
        V3           50            2046-09-30
        V4           50            2046-10-01
        """,
        [3, 5],  # 40 years back from 30 September 2026, and 20 ahead
    ),
    "recorded_after_as_of": (
        "cases",
        """
        case_id family_id opened_on
        C1      F1        2026-09-30
        C2      F1        2026-10-01
        C3      F1        2062-10-01
        """,
        [3],  # the last one is far off
    ),
    "alike_ids": (
        "volunteers",
        """
        volunteer_id province_code
        V-1          50
        v1           50
        V๒           50
        Ｖ_2          50
        V3           50
        V33          50
        """,
        [2, 3, 4, 5],
    ),
    "case_site_in_other_province": (
        "cases",
        """
        case_id family_id opened_on  stage  site_id
        C1      F1        2025-10-01 intake S50
        C2      F1        2025-10-01 intake S58
        C3      F1        2025-10-01 intake .
        """,
        [3],
    ),
}


def found(folder: Path, tables: world.Rows, rule: str) -> pd.DataFrame:
    """What one rule finds in a world of these rows."""
    info = world.make(folder, tables)
    engine = create_engine(f"duckdb:///{info.path}")
    with engine.begin() as connection:
        counts = quality.run(connection, AS_OF)
    with engine.connect() as connection:
        results = pd.read_sql("SELECT * FROM quality_results ORDER BY row_number", connection)
    engine.dispose()
    mine = results[results["rule"] == rule]
    assert counts[rule] == len(mine)
    return mine


@pytest.mark.parametrize("rule", sorted(quality.RULES))
def test_every_warn_rule_has_a_drawn_example(rule: str) -> None:
    assert (rule in BREAKS) == (quality.RULES[rule].severity == "warn")


@pytest.mark.parametrize("rule", sorted(BREAKS))
def test_a_rule_finds_exactly_the_rows_that_break_it(rule: str, tmp_path: Path) -> None:
    table, drawn, rows = BREAKS[rule]
    tables = {name: world.drawn(text) for name, text in HOME.items()}

    results = found(tmp_path, tables | {table: world.drawn(drawn)}, rule)

    assert list(results["row_number"]) == rows
    assert set(results["table_name"]) == {table}
    assert set(results["severity"]) == {"warn"}
    assert results["seen"].notna().all()
    assert set(results["column_name"]) <= {column.name for column in SNAPSHOT[table].c}


def test_what_is_found_counts_in_the_province_of_its_row(tmp_path: Path) -> None:
    tables = {name: world.drawn(text) for name, text in HOME.items()}
    _, drawn, _ = BREAKS["follow_up_after_closing"]

    results = found(
        tmp_path, tables | {"follow_ups": world.drawn(drawn)}, "follow_up_after_closing"
    )

    assert list(results["province_code"]) == ["50"]
    assert list(results["seen"]) == ["2026-04-01"]


def test_a_future_activity_of_a_volunteer_is_found_as_well(tmp_path: Path) -> None:
    volunteers = world.drawn("""
        volunteer_id province_code registered_on
        V1           50            2020-01-01
    """)
    activities = world.drawn("""
        volunteer_id done_on    duty
        V1           2026-09-30 watch
        V1           2026-10-01 watch
    """)

    tables = {"volunteers": volunteers, "volunteer_activities": activities}
    results = found(tmp_path, tables, "done_in_future")

    assert list(results["table_name"]) == ["volunteer_activities"]
    assert list(results["row_number"]) == [3]


def test_rules_run_twice_count_once_and_also_on_a_plain_duckdb_connection(tmp_path: Path) -> None:
    table, drawn, rows = BREAKS["closed_without_date"]
    tables = {name: world.drawn(text) for name, text in HOME.items()}
    info = world.make(tmp_path, tables | {table: world.drawn(drawn)})

    with duckdb.connect(str(info.path)) as con:
        quality.run(con, AS_OF)
        counts = quality.run(con, AS_OF)
        kept = con.execute("SELECT count(*) FROM quality_results").fetchone()

    assert counts["closed_without_date"] == len(rows)
    assert kept == (sum(counts.values()),)
    assert set(counts) == {rule.name for rule in quality.WARN_RULES}


@pytest.mark.parametrize("name", sorted(quality.RULES))
def test_every_rule_says_what_why_and_how_in_both_languages(name: str) -> None:
    rule = quality.RULES[name]

    for say in (rule.title, rule.why, rule.fix):
        assert say("th") != say("en")
    assert len(rule.title("th")) <= 60
    assert len(rule.title("en")) <= 60
