"""Without planted faults no row breaks a rule of the format, counted here with plain pandas."""

from collections.abc import Iterator

import pandas as pd
import pytest

from data_access.schema.codes import CODES
from data_access.schema.tables import EXCHANGE_TABLES
from geo.registers import districts, provinces
from tests.sample.conftest import AS_OF, Folder

TODAY = pd.Timestamp(AS_OF)
PERIODS = {
    "worker_posts": ("start_on", "end_on"),
    "volunteers": ("registered_on", "ended_on"),
    "cases": ("opened_on", "closed_on"),
    "case_assignments": ("start_on", "end_on"),
    "case_team": ("start_on", "end_on"),
    "cohorts": ("start_on", "end_on"),
    "follow_ups": ("first_due_on", "due_on"),
    "referrals": ("sent_on", "accepted_on"),
    "screenings": ("run_on", "decided_on"),
    "plans": ("made_on", "target_on"),
}
# What happens in a case happens while it is open, and not after the as-of date.
WITHIN_CASES = {
    "assessments": "assessed_on",
    "plans": "made_on",
    "plan_goals": "achieved_on",
    "services": "given_on",
    "case_team": "start_on",
    "case_conferences": "held_on",
    "referrals": "sent_on",
    "screenings": "run_on",
    "volunteer_activities": "done_on",
    "case_assignments": "start_on",
}


def columns(**info: object) -> Iterator[tuple[str, str]]:
    """Tables and columns whose `info` holds these values, or merely has the key for ...."""
    for name, table in EXCHANGE_TABLES.items():
        for column in table.columns:
            if all(
                column.info.get(key) == value or (value is ... and column.info.get(key))
                for key, value in info.items()
            ):
                yield name, column.name


def test_every_required_cell_is_filled(tiny: Folder) -> None:
    for table, column in columns(required=True):
        assert (tiny.texts(table)[column] != "").all(), f"{table}.{column}"


def test_every_code_is_in_its_list(tiny: Folder) -> None:
    for table, column in columns(codes=...):
        known = set(CODES[EXCHANGE_TABLES[table].c[column].info["codes"]])
        assert set(tiny.texts(table)[column]) - {""} <= known, f"{table}.{column}"


def test_every_area_is_in_the_register(tiny: Folder) -> None:
    known = {"province": {p.code for p in provinces()}, "district": {d.code for d in districts()}}
    for level, codes in known.items():
        for table, column in columns(area=level):
            assert set(tiny.texts(table)[column]) - {""} <= codes, f"{table}.{column}"


def test_every_district_lies_in_the_province_beside_it(tiny: Folder) -> None:
    for table in ("worker_posts", "volunteers", "sites"):
        rows = tiny.texts(table).query("district_code != ''")
        assert (rows["district_code"].str[:2] == rows["province_code"]).all(), table


def test_every_key_stands_once(tiny: Folder) -> None:
    for name, table in EXCHANGE_TABLES.items():
        if table.info["key"]:
            assert not tiny.texts(name).duplicated(list(table.info["key"])).any(), name


def test_every_reference_leads_to_a_row(tiny: Folder) -> None:
    for table, column in columns(references=...):
        target, key = EXCHANGE_TABLES[table].c[column].info["references"].split(".")
        wanted = set(tiny.texts(table)[column]) - {""}
        assert wanted <= set(tiny.texts(target)[key]), f"{table}.{column}"


def test_every_enrolled_person_is_in_the_register_of_their_kind(tiny: Folder) -> None:
    seats = tiny.texts("enrolments")
    for kind, table in (("worker", "workers"), ("volunteer", "volunteers")):
        people = set(seats[seats["person_type"] == kind]["person_id"])
        assert people <= set(tiny.texts(table)[f"{kind}_id"])
    assert set(seats["person_type"]) == {"worker", "volunteer"}


@pytest.mark.parametrize("table", PERIODS)
def test_no_period_ends_before_it_starts(tiny: Folder, table: str) -> None:
    start, end = PERIODS[table]
    rows = tiny.dated(table)
    assert not (rows[end] < rows[start]).any()


@pytest.mark.parametrize("table", WITHIN_CASES)
def test_what_happens_in_a_case_happens_while_it_is_open(tiny: Folder, table: str) -> None:
    column = WITHIN_CASES[table]
    cases = tiny.dated("cases")[["case_id", "opened_on", "closed_on"]]
    rows = tiny.dated(table).merge(cases, on="case_id").dropna(subset=[column])
    assert len(rows)
    assert (rows[column] >= rows["opened_on"]).all()
    assert (rows[column] <= rows["closed_on"].fillna(TODAY)).all()


def test_follow_ups_stay_within_their_case(tiny: Folder) -> None:
    rows = tiny.dated("follow_ups").merge(tiny.dated("cases"), on="case_id")
    for column in ("first_due_on", "due_on", "done_on", "cancelled_on"):
        assert not (rows[column] < rows["opened_on"]).any(), column
        assert not (rows[column] > rows["closed_on"]).any(), column
    assert not (rows["done_on"] > TODAY).any()
    assert not (rows["cancelled_on"] > TODAY).any()
    assert not (rows["done_on"].notna() & rows["cancelled_on"].notna()).any()


def test_a_case_is_closed_exactly_when_it_has_a_closing_day(tiny: Folder) -> None:
    cases = tiny.dated("cases")
    assert ((cases["stage"] == "closed") == cases["closed_on"].notna()).all()
    assert not (cases["closed_on"] > TODAY).any()
    assert cases[cases["closed_on"].isna()]["closure_reason"].isna().all()


def test_a_case_has_one_case_manager_at_a_time_and_only_in_post(tiny: Folder) -> None:
    rows = tiny.dated("case_assignments").sort_values(["case_id", "start_on"])
    before = rows.groupby("case_id")["end_on"].shift()
    again = rows["case_id"].eq(rows["case_id"].shift())
    assert (before[again] < rows["start_on"][again]).all()
    posts = tiny.dated("worker_posts").query("role == 'case_manager'")
    terms = posts.groupby("worker_id").agg(
        first=("start_on", "min"), last=("end_on", lambda ends: ends.max(skipna=False))
    )
    held = rows.join(terms, on="worker_id")
    assert (held["start_on"] >= held["first"]).all()
    assert not (held["end_on"] > held["last"]).any()


def test_nobody_supervises_themselves_and_time_adds_up_to_one_person(tiny: Folder) -> None:
    posts = tiny.dated("worker_posts")
    assert not (posts["supervisor_id"] == posts["worker_id"]).any()
    now = posts[posts["end_on"].isna()].assign(fte=lambda rows: rows["fte"].astype(float))
    assert now.groupby("worker_id")["fte"].sum().round(4).eq(1.0).all()


def test_seats_are_completed_within_their_cohort(tiny: Folder) -> None:
    rows = tiny.dated("enrolments").merge(tiny.dated("cohorts"), on="cohort_id")
    done = rows.dropna(subset=["completed_on"])
    assert (done["completed_on"] >= done["start_on"]).all()
    assert (done["completed_on"] <= done["end_on"]).all()


def test_a_case_in_a_site_is_in_the_province_of_the_site(tiny: Folder) -> None:
    cases = tiny.texts("cases").merge(tiny.texts("families"), on="family_id")
    rows = cases.merge(tiny.texts("sites"), on="site_id", suffixes=("", "_of_site"))
    assert len(rows)
    assert (rows["district_code"].str[:2] == rows["province_code"]).all()


def test_a_shared_household_lies_in_one_district(tiny: Folder) -> None:
    families = tiny.texts("families")
    assert families["household_id"].duplicated().any()
    assert families.groupby("household_id")["district_code"].nunique().eq(1).all()
