"""The small sample drawn together into a few areas, so that every filter has something to change.

In 77 provinces eight thousand cases leave many figures of a province or a group as they are by
chance. Here they lie in nine provinces of two districts, Bangkok among them, and what the sample is
too small for is written in: faulty rows, seminars and awards of this year, silent districts.
"""

import shutil
from pathlib import Path

import duckdb

from data_access.schema.derived import WRITTEN_AHEAD
from data_access.snapshot import SnapshotInfo, current

PROVINCES = ("10", "50", "57", "30", "40", "80", "90", "20", "11")
# A published register of the nation, and where courses were meant for: one row per province.
KEPT = ("province_statistics", "cohort_provinces", "disclosure_cells")
# Rules that rows of some provinces break, and others in others.
FAULTS = tuple(
    "INSERT INTO quality_results (rule, severity, table_name, row_number, province_code)"
    f" SELECT '{rule}', 'warning', '{table}', source_row, province_code FROM {table}"
    f" WHERE source_row % {every} = 0 AND province_code IN ({where})"
    for rule, table, every, where in (
        ("done_before_opened", "follow_ups", 97, "'10', '50', '57', '80'"),
        ("alike_ids", "volunteers", 5, "'10', '57'"),
        ("far_off_day", "volunteers", 9, "'10'"),
    )
)
# Case managers sit in both districts of a province, and too few of them in Bangkok.
# Cases of two provinces are in the hands of one worker for each district.
POSTS = (
    "UPDATE worker_posts SET district_code = province_code || '02' WHERE hash(worker_id) % 2 = 0",
    "DELETE FROM worker_posts WHERE province_code = '10' AND hash(worker_id) % 3 > 0",
    "UPDATE case_assignments SET worker_id = coalesce((SELECT min(worker_id) FROM worker_posts p"
    " WHERE p.district_code = case_assignments.district_code AND role = 'case_manager'"
    " AND end_on IS NULL), worker_id) WHERE province_code IN ('10', '50')",
)
CASEWORK = (
    # Half of the visits of three districts were never made.
    "UPDATE follow_ups SET done_on = NULL WHERE district_code IN ('1001', '3001', '5001')"
    " AND source_row % 2 = 0 AND due_on >= '2025-01-01'",
    # Districts whose last record is years old.
    *(
        f"UPDATE {table} SET district_code = province_code || '04'"
        f" WHERE province_code IN ('10', '40', '50', '57') AND {day} < '2023-10-01'"
        for table, day in (("cases", "opened_on"), ("follow_ups", "due_on"))
    ),
)
# Courses of this year and the one before are held in Bangkok and in two provinces of the north,
# are meant for few provinces, and have skills, appreciations and advice.
HELD = "['10', '50', '57'][1 + (source_row % 3)::INT]"
STAFF = "SELECT worker_id FROM worker_posts WHERE province_code IN ({})"
STAFF_OF_TWO, STAFF_OF_ONE = STAFF.format("'10', '57'"), STAFF.format("'40'")
RECENT = "SELECT cohort_id FROM cohorts WHERE end_on BETWEEN '2024-10-01' AND '2026-09-30'"
TRAINING = (
    *(
        f"UPDATE cohorts SET start_on = start_on + INTERVAL ({months}) MONTH,"
        f" end_on = end_on + INTERVAL ({months}) MONTH WHERE cohort_id = '{cohort}'"
        for cohort, months in (
            ("VOL-2568-1", -12),
            ("SWA-2565-1", 24),
            ("SWA-2565-2", 36),
            ("SWA-2565-3", 46),
        )
    ),
    f"UPDATE enrolments SET cohort_id = 'LAO-2569-1', from_province_code = {HELD},"
    " completed_on = NULL WHERE cohort_id IN ('LAO-2566-1', 'LAO-2567-1')",
    "UPDATE enrolments SET held_on = (SELECT end_on FROM cohorts c"
    " WHERE c.cohort_id = enrolments.cohort_id)",
    f"UPDATE cohorts SET held_in_province_code = {HELD}"
    f" WHERE cohort_id IN ({RECENT}) OR mode = 'seminar'",
    "UPDATE cohorts SET held_in_province_code = '10' WHERE cohort_id = 'SWA-2565-3'",
    "DELETE FROM cohort_provinces WHERE hash(cohort_id || province_code) % 40 > 0"
    " AND province_code <> '10'",
    # In two provinces nobody is trained, in a third nobody until the summer.
    f"DELETE FROM enrolments WHERE person_id IN ({STAFF_OF_TWO})",
    "UPDATE enrolments SET completed_on = '2026-08-15' WHERE completed_on < '2026-08-15'"
    f" AND person_id IN ({STAFF_OF_ONE})",
    "INSERT INTO enrolments BY NAME SELECT 'SWA-2569-1' AS cohort_id, 'worker' AS person_type,"
    " 'SWA' || source_row AS person_id, 'F' AS sex, DATE '2026-03-01' AS completed_on,"
    f" {HELD} AS province_code, {HELD} AS from_province_code, 'SWA-COURSE' AS course_id,"
    " DATE '2026-03-01' AS held_on, source_row + 9000 AS source_row FROM cohorts",
    "INSERT INTO skill_reports SELECT cohort_id, person_id, 'crisis', status, 9000 + source_row"
    f" FROM enrolments, (VALUES ('gained'), ('wanted')) s(status) WHERE cohort_id IN ({RECENT})",
    "INSERT INTO peer_appreciations SELECT cohort_id, person_id, 'empathy', 9000 + source_row"
    f" FROM enrolments WHERE cohort_id IN ({RECENT}) AND source_row % 3 = 0",
    "INSERT INTO recommendations BY NAME SELECT 'R-' || cohort_id AS recommendation_id, cohort_id,"
    " 'recommendation' AS kind, cohort_id AS text_th, 'done' AS status, 9000 AS source_row"
    f" FROM ({RECENT})",
)
OTHERS = (
    "INSERT INTO awards SELECT volunteer_id, 'outstanding', 2567"
    " + (source_row % 7 > 1)::INT + (source_row % 7 > 4)::INT,"
    " source_row + 1000 FROM volunteers WHERE source_row % 2 = 0",
    f"UPDATE sites SET province_code = {HELD} WHERE type = 'shelter'",
)


def make(sample: Path, home: Path) -> SnapshotInfo:
    """The small sample of one data directory, denser, as the only snapshot of another."""
    (home / "snapshots").mkdir(parents=True)
    path = home / "snapshots" / "dense.duckdb"
    shutil.copy(current(sample).path, path)
    with duckdb.connect(str(path)) as con:
        _together(con)
        for statement in (*POSTS, *CASEWORK, *TRAINING, *OTHERS, *FAULTS):
            con.execute(statement)
        con.execute("UPDATE load_info SET snapshot_id = 'dense'")
        for table in WRITTEN_AHEAD:  # worked out from the rows as they were
            con.execute(f"DROP TABLE IF EXISTS {table.name}")
    (home / "current").write_text("dense", encoding="utf-8")
    return current(home)


def _together(con: duckdb.DuckDBPyConnection) -> None:
    """Moves whatever lies in a province into one of the few, and into one of its two districts."""
    listed = ", ".join(f"'{code}'" for code in PROVINCES)
    province = f"[{listed}][1 + substr(code, 1, 2)::INT % {len(PROVINCES)}]"
    district = "'0' || (1 + substr(code, 3, 2)::INT % 2)"
    con.execute(
        "CREATE TEMP MACRO nearby(code) AS"
        f" {province} || CASE WHEN length(code) > 2 THEN {district} ELSE '' END"
    )
    columns = con.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE regexp_matches(column_name, '(province|district)_code$')"
    ).fetchall()
    for table, column in columns:
        if table not in KEPT:
            con.execute(
                f"UPDATE {table} SET {column} = nearby({column}) WHERE {column} IS NOT NULL"
            )
