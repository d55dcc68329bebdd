"""The desk of the small sample, counted again in pandas from the tables as they were loaded."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import select

from data_access import desk, queries, snapshot
from data_access.indicators.kernel.query import Query
from data_access.schema.derived import SNAPSHOT
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from geo import registers

# All but three, so that what lies outside would be noticed.
OWN = frozenset(p.code for p in registers.provinces()) - {"10", "30", "50"}
SCOPE = Scope(nation=True, own_provinces=OWN)
# Reasons that an indicator counts as well.
INDICATORS = {
    "overdue": "follow_up_overdue",
    "no_contact": "no_contact_90_days",
    "unassigned": "unassigned_families",
    "urgent": "urgent_cases",
    "no_improvement": "no_improvement_no_revision",
}


@pytest.fixture(scope="module")
def info(small_data_dir: Path) -> SnapshotInfo:
    return snapshot.current(small_data_dir)


@pytest.fixture(scope="module")
def table(info: SnapshotInfo) -> Callable[[str], pd.DataFrame]:
    def read(name: str) -> pd.DataFrame:
        rows = snapshot.read_frame(select(SNAPSHOT[name]), info)
        days = [column for column in rows if column.endswith("_on")]
        return rows.assign(**{column: pd.to_datetime(rows[column]) for column in days})

    return read


@pytest.fixture(scope="module")
def day(info: SnapshotInfo) -> pd.Timestamp:
    return pd.Timestamp(info.as_of)


@pytest.fixture(scope="module")
def opened(table: Callable[[str], pd.DataFrame], day: pd.Timestamp) -> pd.DataFrame:
    cases = table("cases")
    still = cases["closed_on"].isna() | (cases["closed_on"] > day)
    return cases[(cases["opened_on"] <= day) & still].set_index("case_id")


@pytest.fixture(scope="module")
def rows(info: SnapshotInfo) -> pd.DataFrame:
    return desk.desk_rows(Query(info.as_of), scope=SCOPE, snapshot=info)


def units(rows: pd.DataFrame, subject: str) -> list[str]:
    return sorted(rows.loc[rows["subject"] == subject, "unit"])


def waiting(visits: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    undone = visits["done_on"].isna() | (visits["done_on"] > day)
    valid = visits["cancelled_on"].isna() | (visits["cancelled_on"] > day)
    return visits[undone & valid]


def test_visits_due_and_overdue(
    rows: pd.DataFrame,
    table: Callable[[str], pd.DataFrame],
    opened: pd.DataFrame,
    day: pd.Timestamp,
) -> None:
    visits = table("follow_ups")
    visits = visits[visits["case_id"].isin(opened.index) & visits["province_code"].isin(OWN)]
    left = waiting(visits, day)
    ahead = (left["due_on"] - day).dt.days
    assert units(rows, "due_7") == sorted(left.loc[ahead.between(0, 7), "follow_up_id"])
    assert units(rows, "due_30") == sorted(left.loc[ahead.between(0, 30), "follow_up_id"])
    assert units(rows, "overdue") == sorted(left.loc[ahead < 0, "follow_up_id"])
    assert len(units(rows, "due_30")) > 100


def test_cases_without_contact(
    rows: pd.DataFrame,
    table: Callable[[str], pd.DataFrame],
    opened: pd.DataFrame,
    day: pd.Timestamp,
) -> None:
    visits = table("follow_ups")
    valid = visits["cancelled_on"].isna() | (visits["cancelled_on"] > day)
    done = visits[visits["done_on"].notna() & (visits["done_on"] <= day) & valid]
    last = done.groupby("case_id")["done_on"].max().reindex(opened.index)
    old = (day - opened["opened_on"]).dt.days >= 90
    quiet = last.isna() | ((day - last).dt.days >= 90)
    mine = opened["province_code"].isin(OWN)
    assert units(rows, "no_contact") == sorted(opened.index[old & quiet & mine])
    listed = rows[rows["subject"] == "no_contact"].set_index("unit")
    since = last.fillna(opened["opened_on"]).reindex(listed.index)
    assert ((day - since).dt.days == listed["days"]).all()


def test_families_without_a_case_manager_and_since_when(
    rows: pd.DataFrame,
    table: Callable[[str], pd.DataFrame],
    opened: pd.DataFrame,
    day: pd.Timestamp,
) -> None:
    held = table("case_assignments")
    now = (held["start_on"] <= day) & (held["end_on"].isna() | (held["end_on"] >= day))
    families = opened[["family_id", "opened_on", "province_code"]]
    has = set(families.loc[families.index.isin(held.loc[now, "case_id"]), "family_id"])
    alone = families[~families["family_id"].isin(has)]
    mine = alone[alone["province_code"].isin(OWN)]
    assert units(rows, "unassigned") == sorted(mine["family_id"].unique())
    past = held[held["end_on"] < day].merge(alone, left_on="case_id", right_index=True)
    ended = past.groupby("family_id")["end_on"].max() + timedelta(days=1)
    begun = alone.groupby("family_id")["opened_on"].min()
    listed = rows[rows["subject"] == "unassigned"].set_index("unit")
    since = ended.reindex(listed.index).fillna(begun.reindex(listed.index))
    assert ((day - since).dt.days == listed["days"]).all()


def test_urgent_cases_and_referrals_without_answer(
    rows: pd.DataFrame,
    table: Callable[[str], pd.DataFrame],
    opened: pd.DataFrame,
    day: pd.Timestamp,
) -> None:
    mine = opened[opened["province_code"].isin(OWN)]
    assert units(rows, "urgent") == sorted(mine.index[mine["urgent"].fillna(False).astype(bool)])
    sent = table("referrals")
    sent = sent[sent["case_id"].isin(mine.index) & (sent["sent_on"] <= day)]
    silent = [sent[name].isna() | (sent[name] > day) for name in ("accepted_on", "result_on")]
    assert units(rows, "unanswered") == sorted(sent.loc[silent[0] & silent[1], "referral_id"])
    assert len(units(rows, "unanswered")) > 5


def test_cases_without_improvement(
    rows: pd.DataFrame,
    table: Callable[[str], pd.DataFrame],
    opened: pd.DataFrame,
    day: pd.Timestamp,
) -> None:
    visits = table("follow_ups")
    told = visits[visits["outcome"].notna() & visits["cancelled_on"].isna()]
    told = told[told["done_on"] <= day].sort_values(["case_id", "done_on", "follow_up_id"])
    plans = table("plans")
    newest = plans[plans["made_on"] <= day].groupby("case_id")["made_on"].max()
    wanted = {}
    for case_id, last in told.groupby("case_id"):
        if len(last) < 2 or case_id not in opened.index:
            continue
        two = last.tail(2)
        since = two["done_on"].iloc[0]
        changed = case_id in newest.index and newest[case_id] >= since
        if two["outcome"].isin(["same", "worse"]).all() and not changed:
            wanted[case_id] = since
    mine = opened.index[opened["province_code"].isin(OWN)]
    listed = rows[rows["subject"] == "no_improvement"]
    found = {row.unit: pd.Timestamp(row.since) for row in listed.itertuples()}
    assert found == {case: since for case, since in wanted.items() if case in mine}
    assert len(found) > 5


def test_each_list_is_as_long_as_its_indicator_counts(
    rows: pd.DataFrame, info: SnapshotInfo
) -> None:
    query = Query(info.as_of, area="province")
    sizes = rows.groupby(["subject", "province_code"]).size()
    for subject, name in INDICATORS.items():
        frame = queries.indicator(name, query, scope=SCOPE, snapshot=info).set_index("area_code")
        for province in OWN:
            count = frame.loc[province, "numerator"]
            assert (0 if pd.isna(count) else count) == sizes.get((subject, province), 0), subject


def test_districts_by_their_newest_record(
    table: Callable[[str], pd.DataFrame], info: SnapshotInfo, day: pd.Timestamp
) -> None:
    cases, visits = table("cases"), table("follow_ups")
    records = pd.concat([
        cases[["district_code", "opened_on"]].set_axis(["district", "day"], axis=1),
        visits[["district_code", "done_on"]].set_axis(["district", "day"], axis=1),
    ])  # fmt: skip
    newest = records[records["day"] <= day].dropna().groupby("district")["day"].max()
    newest = newest[[code[:2] in OWN for code in newest.index]]
    quiet = desk.quiet_districts(Query(info.as_of), scope=SCOPE, snapshot=info)
    found: dict[str, date] = dict(zip(quiet["district_code"], quiet["since"], strict=True))
    assert found == {code: one.date() for code, one in newest.items()}
    assert (quiet["days"] == [(info.as_of - one).days for one in quiet["since"]]).all()
