"""Tasks of the small sample, worked out again in pandas from the tables as they were loaded."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import select

from data_access import snapshot, tasks
from data_access.indicators.kernel.query import Query
from data_access.schema.derived import SNAPSHOT
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from geo import registers

OWN = frozenset(p.code for p in registers.provinces()) - {"10", "30", "50"}
SCOPE = Scope(nation=True, own_provinces=OWN)
ENDS = pd.date_range("2024-10-31", "2026-09-30", freq="ME")
Table = Callable[[str], pd.DataFrame]


@pytest.fixture(scope="module")
def info(demo_data_dir: Path) -> SnapshotInfo:
    return snapshot.current(demo_data_dir)


@pytest.fixture(scope="module")
def table(info: SnapshotInfo) -> Table:
    def read(name: str) -> pd.DataFrame:
        rows = snapshot.read_frame(select(SNAPSHOT[name]), info)
        days = [column for column in rows if column.endswith("_on")]
        return rows.assign(**{column: pd.to_datetime(rows[column]) for column in days})

    return read


@pytest.fixture(scope="module")
def found(info: SnapshotInfo) -> pd.DataFrame:
    assert info.as_of == date(2026, 9, 30)
    return tasks.tasks(Query(info.as_of), scope=SCOPE, snapshot=info)


def of(found: pd.DataFrame, rule: str) -> pd.DataFrame:
    return found[found["rule"] == rule].set_index("area_code")


def open_at(cases: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    still = cases["closed_on"].isna() | (cases["closed_on"] > day)
    return cases[(cases["opened_on"] <= day) & still]


@pytest.mark.slow
def test_provinces_over_the_norm(found: pd.DataFrame, table: Table) -> None:
    cases, posts = table("cases"), table("worker_posts")
    posts = posts[posts["role"] == "case_manager"]
    over = {}
    for end in ENDS:
        families = open_at(cases, end).groupby("province_code")["family_id"].nunique()
        here = (posts["start_on"] <= end) & (posts["end_on"].isna() | (posts["end_on"] >= end))
        managers = posts[here].groupby("province_code")["worker_id"].nunique()
        both = pd.concat([families, managers], axis=1).fillna(0)
        over[end] = both["family_id"] > 10 * both["worker_id"]
    hits = pd.DataFrame(over).reindex(sorted(OWN)).fillna(False).astype(bool)
    wanted = {}
    for province, row in hits.iterrows():
        length = 0
        while length < len(ENDS) and row.iloc[-1 - length]:
            length += 1
        if length >= 2:
            wanted[province] = (length, ENDS[-length].date())
    listed = of(found, "over_norm")
    assert dict(zip(listed.index, zip(listed["months"], listed["since"], strict=True),
                    strict=True)) == wanted  # fmt: skip
    assert len(wanted) > 10


@pytest.mark.slow
def test_referrals_and_districts(found: pd.DataFrame, table: Table) -> None:
    day = pd.Timestamp("2026-09-30")
    cases, sent = table("cases"), table("referrals")
    sent = sent[sent["case_id"].isin(open_at(cases, day)["case_id"])]
    silent = [sent[name].isna() | (sent[name] > day) for name in ("accepted_on", "result_on")]
    sent = sent[silent[0] & silent[1] & sent["province_code"].isin(OWN)]
    old = sent[(day - sent["sent_on"]).dt.days >= 7]
    old = old[old["sent_on"] <= day]
    assert sorted(of(found, "unanswered")["unit"]) == sorted(old["referral_id"])
    assert len(old) > 10
    records = pd.concat([
        cases[["district_code", "opened_on"]].set_axis(["district", "day"], axis=1),
        table("follow_ups")[["district_code", "done_on"]].set_axis(["district", "day"], axis=1),
    ])  # fmt: skip
    newest = records[records["day"] <= day].dropna().groupby("district")["day"].max()
    mine = newest[newest.index.str[:2].isin(OWN)]
    quiet = mine[(day - mine).dt.days >= 30]
    listed = of(found, "silence")["since"].to_dict()
    assert listed == {code: one.date() for code, one in quiet.items()}
    assert len(quiet) > 0


def worse(values: list[float | None]) -> bool:
    """Whether the last of some percentages is a fall, by the four rules, written once more."""
    there = [x for x in values if x is not None]
    if len(there) < 12 or values[-1] is None:
        return False
    mean = sum(there) / len(there)
    pairs = [(a, b) for a, b in zip(values, values[1:], strict=False) if None not in (a, b)]
    limit = 2.66 * sum(abs(b - a) for a, b in pairs) / len(pairs)
    tail: list[float] = []
    while len(tail) < len(values) and (x := values[-1 - len(tail)]) is not None:
        tail.insert(0, x)
    down = [mean - x for x in tail]
    if down[-1] <= 1e-7:
        return False
    steps = [a - b for a, b in zip(tail, tail[1:], strict=False)]
    near = [x > limit * 2 / 3 + 1e-7 for x in down]
    return (
        down[-1] > limit + 1e-7
        or (len(down) >= 8 and all(x > 1e-7 for x in down[-8:]))
        or (limit > 0 and near[-1] and sum(near[-3:]) >= 2)
        or (len(steps) >= 5 and all(x > 1e-7 for x in steps[-5:]))
    )


@pytest.mark.slow
def test_falls_below_the_own_mean(found: pd.DataFrame, table: Table) -> None:
    visits, day = table("follow_ups"), pd.Timestamp("2026-09-30")
    valid = visits["cancelled_on"].isna() | (visits["cancelled_on"] > day)
    due = visits[valid & (visits["due_on"] <= day)]
    month = due["due_on"].dt.to_period("M")
    done = due["done_on"].notna() & (due["done_on"] <= day)
    hits = {
        "follow_up_completion": done,
        "follow_up_on_time": done & (due["done_on"] <= due["first_due_on"]),
    }
    months = pd.period_range("2024-09", "2026-08", freq="M")  # September is too young to judge
    listed = of(found, "decline")
    for name, hit in hits.items():
        shares = hit.groupby([due["province_code"], month]).agg(["sum", "count"])
        wanted = set()
        for province in OWN & set(due["province_code"]):
            rows = shares.loc[province].reindex(months)
            values = [
                100 * row["sum"] / row["count"] if row["count"] >= 20 else None
                for _, row in rows.iterrows()
            ]
            if worse(values):
                wanted.add(province)
        assert set(listed.index[listed["indicator"] == name]) == wanted
        assert wanted, name
