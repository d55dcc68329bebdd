"""The 90th percentile of waiting and the share trained long ago, against pandas over raw files."""

from pathlib import Path

import pandas as pd
import pytest

from config.thai_calendar import FiscalYear
from data_access import queries
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, current
from tests.indicators.oracles_waiting import first_day
from tests.support.commands import TODAY

YEAR = FiscalYear(2569).span
ALL = Scope(nation=True, hide_below=1)
Frames = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def raw(demo_data_dir: Path) -> Frames:
    """The files of the demo as they lie there, days as days."""
    names = ("families", "cases", "assessments", "plans", "workers", "worker_posts", "enrolments")
    frames = {n: pd.read_csv(demo_data_dir / "sample" / f"{n}.csv", dtype=str) for n in names}
    for frame in frames.values():
        for column in frame.columns[frame.columns.str.endswith("_on")]:
            frame[column] = pd.to_datetime(frame[column], errors="coerce")
    return frames


@pytest.fixture(scope="module")
def snapshot(demo_data_dir: Path) -> SnapshotInfo:
    return current(demo_data_dir)


def answered(name: str, snapshot: SnapshotInfo) -> pd.DataFrame:
    query = Query(area="province", as_of=TODAY, span=YEAR)
    found = queries.breakdown(name, query, scope=ALL, snapshot=snapshot)
    return found.set_index("area_code")


@pytest.mark.parametrize(
    ("name", "table", "day"),
    [
        ("days_to_assessment_p90", "assessments", "assessed_on"),
        ("days_to_plan_p90", "plans", "made_on"),
    ],
)
def test_nine_of_ten_of_all_cases_were_there_by_that_day_or_are_not_yet(
    name: str, table: str, day: str, raw: Frames, snapshot: SnapshotInfo
) -> None:
    homes = raw["families"].set_index("family_id")["district_code"].str[:2]
    cases = raw["cases"].assign(province_code=raw["cases"]["family_id"].map(homes))
    opened = cases[cases["opened_on"].between(*map(pd.Timestamp, (YEAR.start, YEAR.end)))]
    rows = raw[table].merge(opened[["case_id", "opened_on", "province_code"]], on="case_id",
                            suffixes=("_row", ""))  # fmt: skip
    rows = rows[(rows[day] >= rows["opened_on"]) & (rows[day] <= pd.Timestamp(TODAY))]
    first = rows.groupby("case_id").agg(
        day=(day, "min"), opened=("opened_on", "first"), province=("province_code", "first")
    )
    opened = opened.assign(first=opened["case_id"].map(first["day"]))
    until = opened["first"].fillna(pd.Timestamp(TODAY))
    opened = opened.assign(days=(until - opened["opened_on"]).dt.days)
    expected = {
        province: first_day(some["days"], some["first"].notna(), 0.9)
        for province, some in opened.groupby("province_code")
    }
    found = answered(name, snapshot)
    assert {code: None if pd.isna(x) else float(x) for code, x in found["value"].items()} == {
        code: expected.get(code) for code in found.index
    }
    waiting = found[found["value"].isna() & (found["numerator"].fillna(0) > 0)]
    assert set(waiting["reason"]) <= {"most_not_there"}


def test_the_share_trained_more_than_24_months_ago(raw: Frames, snapshot: SnapshotInfo) -> None:
    today = pd.Timestamp(TODAY)
    posts = raw["worker_posts"]
    starts, ends = posts["start_on"], posts["end_on"]
    in_post = posts[(starts <= today) & (ends.isna() | (ends >= today))]
    done = raw["enrolments"]
    done = done[(done["person_type"] == "worker") & (done["completed_on"] <= today)]
    last = done.groupby("person_id")["completed_on"].max()
    people = in_post[["worker_id", "province_code"]].drop_duplicates()
    people = people.assign(last=people["worker_id"].map(last)).dropna(subset=["last"])
    late = (today - people["last"]).dt.days > 24 * 30.4375
    expected = late.groupby(people["province_code"]).agg(["sum", "size"])
    found = answered("trained_long_ago", snapshot)
    found = found[found["denominator"] > 0]
    assert found["numerator"].astype(int).to_dict() == expected["sum"].to_dict()
    assert found["denominator"].astype(int).to_dict() == expected["size"].to_dict()
