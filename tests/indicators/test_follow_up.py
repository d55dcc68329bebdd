"""Follow-up on hand-worked visits: due, done, in time, waiting, overdue, or not planned at all."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from config.thai_calendar import FiscalYear
from data_access import queries
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from tests.indicators.conftest import DAY, Show
from tests.support.world import drawn, make


def visits(text: str, **more: Any) -> dict[str, Any]:
    """Three open cases in three provinces, and the follow-ups drawn."""
    world = {
        "families": drawn("""
            family_id household_id district_code
            F1 H1 5001
            F2 H2 5101
            F3 H3 3001
        """),
        "cases": drawn("""
            case_id family_id target_group opened_on stage closed_on
            C1 F1 elder 2025-01-01 follow_up .
            C2 F2 child 2025-01-01 follow_up .
            C3 F3 elder 2025-01-01 follow_up .
        """),
        "follow_ups": drawn(text),
    }
    return {**world, **more}


def fraction(frame: pd.DataFrame) -> tuple[int, int]:
    """Numerator and denominator of a frame of one row."""
    (row,) = frame.itertuples()
    return row.numerator, row.denominator


EACH_KIND_OF_VISIT = visits("""
    follow_up_id case_id first_due_on due_on     done_on    cancelled_on
    in_time      C1      2026-05-01   2026-05-01 2026-05-01 .
    early        C1      2026-05-10   2026-05-10 2026-04-02 .
    day_late     C1      2026-05-20   2026-05-20 2026-05-21 .
    moved        C1      2026-05-01   2026-06-01 2026-05-25 .
    waits        C2      2026-08-01   2026-08-01 .          .
    due_today    C2      2026-09-30   2026-09-30 .          .
    dropped      C2      2026-05-01   2026-05-01 .          2026-04-30
    tomorrow     C3      2026-10-01   2026-10-01 .          .
""")


def test_done_late_is_done_and_moved_is_not_in_time(show: Show) -> None:
    done = show("follow_up_completion", EACH_KIND_OF_VISIT)
    assert fraction(done) == (1 + 1 + 1 + 1, 4 + 1 + 1)  # …of them: waits, due_today
    assert done["value"].tolist() == [pytest.approx(100 * 4 / 6)]
    in_time = show("follow_up_on_time", EACH_KIND_OF_VISIT)
    assert fraction(in_time) == (1 + 1, 4 + 1 + 1)  # in_time, early


def test_due_today_is_due_and_not_overdue(show: Show) -> None:
    assert fraction(show("follow_up_overdue", EACH_KIND_OF_VISIT)) == (1, 1 + 1)
    a_day_later = show("follow_up_overdue", EACH_KIND_OF_VISIT, as_of=DAY + timedelta(days=1))
    assert fraction(a_day_later) == (1 + 1, 1 + 1 + 1)  # now `tomorrow` is due today


def test_an_area_is_the_sum_of_visits_not_the_mean_of_shares(show: Show) -> None:
    by_province = show("follow_up_completion", EACH_KIND_OF_VISIT, area="province")
    cells = by_province.set_index("area_code")
    assert cells.loc["50", "value"] == 100.0  # 4 of 4
    assert cells.loc["51", "value"] == 0.0  # 0 of 2
    assert cells.loc["30", "status"] == "no_data"  # its only visit is due tomorrow
    north = show("follow_up_completion", EACH_KIND_OF_VISIT, area="region", region="north")
    assert north["value"].tolist() == [pytest.approx(100 * (4 + 0) / (4 + 2))]


@pytest.mark.parametrize("name", ["follow_up_completion", "follow_up_on_time"])
def test_nothing_due_is_no_data_neither_zero_nor_a_hundred(show: Show, name: str) -> None:
    world = visits("""
        follow_up_id case_id first_due_on due_on done_on
        tomorrow C1 2026-10-01 2026-10-01 .
        done_early C1 2026-10-02 2026-10-02 2026-09-01
    """)
    row = show(name, world).iloc[0]
    assert (row["status"], row["reason"]) == ("no_data", "nothing_due")
    assert pd.isna(row["value"])


def test_period_ends_are_inclusive_and_the_first_of_october_is_next_year(show: Show) -> None:
    world = visits("""
        follow_up_id case_id first_due_on due_on done_on
        last_of_68  C1 2025-09-30 2025-09-30 .
        first_of_69 C1 2025-10-01 2025-10-01 2025-10-01
        last_of_69  C1 2026-09-30 2026-09-30 2026-09-30
        first_of_70 C1 2026-10-01 2026-10-01 .
    """)

    def due_in(year: int, quarter: int | None = None) -> tuple[int, int]:
        asked = FiscalYear(year).quarter(quarter) if quarter else FiscalYear(year).span
        return fraction(show("follow_up_completion", world, span=asked, as_of=date(2026, 12, 31)))

    assert due_in(2568) == (0, 1)
    assert due_in(2569) == (1 + 1, 1 + 1)
    assert due_in(2570) == (0, 1)
    assert due_in(2568, 4) == (0, 1)
    assert due_in(2569, 1) == (1, 1)
    assert due_in(2569, 4) == (1, 1)


def test_cancelled_by_the_day_is_out_of_both_and_cancelled_after_it_is_in(show: Show) -> None:
    world = visits("""
        follow_up_id case_id first_due_on due_on     done_on    cancelled_on
        before       C1      2026-06-01   2026-06-01 .          2026-09-29
        that_day     C1      2026-06-01   2026-06-01 .          2026-09-30
        after        C1      2026-06-01   2026-06-01 .          2026-10-01
        done_first   C1      2026-06-01   2026-06-01 2026-06-01 2026-09-01
        kept         C1      2026-06-01   2026-06-01 2026-06-01 .
    """)
    assert fraction(show("follow_up_completion", world)) == (1, 1 + 1)  # kept; after
    assert fraction(show("follow_up_on_time", world)) == (1, 1 + 1)
    assert fraction(show("follow_up_overdue", world)) == (1, 1)  # after
    earlier = show("follow_up_completion", world, as_of=date(2026, 9, 29))
    assert fraction(earlier) == (1, 1 + 1 + 1)  # that_day is not cancelled yet


def test_a_late_completion_changes_an_old_month(show: Show) -> None:
    world = visits("""
        follow_up_id case_id first_due_on due_on done_on
        A C1 2026-05-01 2026-05-01 2026-05-01
        B C1 2026-05-31 2026-05-31 2026-08-15
    """)

    def may(as_of: date) -> tuple[int, int]:
        rows = show("follow_up_completion", world, over="month", as_of=as_of)
        return fraction(rows[rows["period_start"] == date(2026, 5, 1)])

    assert may(date(2026, 8, 14)) == (1, 2)
    assert may(date(2026, 8, 15)) == (1 + 1, 2)
    assert may(DAY) == (1 + 1, 2)


def test_months_without_anything_due_are_rows_without_a_number(show: Show) -> None:
    world = visits("""
        follow_up_id case_id first_due_on due_on done_on
        A C1 2025-10-31 2025-10-31 2025-11-01
    """)
    months = show("follow_up_completion", world, over="month")
    assert len(months) == 12
    assert months["status"].tolist() == ["shown"] + ["no_data"] * 11


def test_a_visit_at_a_sensitive_site_counts_for_its_province_and_no_district(show: Show) -> None:
    world = visits("""
        follow_up_id case_id first_due_on due_on done_on
        A C1 2026-05-01 2026-05-01 2026-05-01
        B C2 2026-05-01 2026-05-01 .
    """)
    world["cases"][0]["site_id"] = "S"
    world["sites"] = [
        {
            "site_id": "S",
            "name_th": "ก",
            "type": "shelter",
            "province_code": "50",
            "sensitive": True,
        }
    ]
    assert fraction(show("follow_up_completion", world, province="50")) == (1, 1)
    districts = show("follow_up_completion", world, area="district", province="50")
    assert districts["denominator"].sum() == 0
    assert fraction(show("follow_up_completion", world, district="5101")) == (0, 1)


def test_filters_and_breakdowns_split_the_visits_and_lose_none(show: Show) -> None:
    world = visits("""
        follow_up_id case_id first_due_on due_on done_on method
        A C1 2026-05-01 2026-05-01 2026-05-01 home_visit
        B C2 2026-05-01 2026-05-01 2026-05-01 phone
        C C2 2026-05-01 2026-05-01 . .
    """)
    assert fraction(show("follow_up_completion", world, target_group="child")) == (1, 2)
    methods = show("follow_up_completion", world, breakdown="method").set_index("group")
    assert methods["denominator"].sum() == 1 + 1 + 1
    assert methods.loc["unknown", "denominator"] == 1
    assert methods.loc["office", "status"] == "no_data"
    groups = show("follow_up_completion", world, breakdown="target_group").set_index("group")
    assert groups.loc["child", "value"] == 50.0
    assert groups.loc["elder", "value"] == 100.0


# days overdue → the band they fall in; each band's ends are in it
BANDS = {
    "due_today": [0],
    "1-7": [1, 7],
    "8-30": [8, 30],
    "31-90": [31, 90],
    "91-180": [91, 180],
    "181-365": [181, 365],
    "366+": [366, 1747],
}


def test_every_day_overdue_is_in_exactly_one_band(show: Show) -> None:
    late = [days for ends in BANDS.values() for days in ends]
    rows = [
        {"follow_up_id": f"U{n}", "case_id": "C1", "first_due_on": due, "due_on": due}
        for n, due in ((days, DAY - timedelta(days=days)) for days in late)
    ]
    bands = show("follow_up_overdue", visits("case_id", follow_ups=rows), breakdown="age_band")
    cells = bands.set_index("group")
    assert cells["denominator"].to_dict() == {band: len(ends) for band, ends in BANDS.items()}
    assert cells["numerator"].sum() == len(late) - 1  # due today is not overdue


def test_nothing_waiting_is_no_data(show: Show) -> None:
    world = visits("""
        follow_up_id case_id first_due_on due_on done_on
        A C1 2026-05-01 2026-05-01 2026-09-30
        B C1 2026-10-01 2026-10-01 .
    """)
    row = show("follow_up_overdue", world).iloc[0]
    assert (row["status"], row["reason"]) == ("no_data", "nothing_waiting")


def test_without_a_next_visit_means_nothing_waits_late_or_ahead(show: Show) -> None:
    world = visits("""
        follow_up_id case_id first_due_on due_on     done_on    cancelled_on
        ahead        C1      2026-12-01   2026-12-01 .          .
        done         C2      2026-05-01   2026-05-01 2026-05-01 .
        off          C2      2026-12-01   2026-12-01 .          2026-09-30
        long_past    C3      2025-12-01   2025-12-01 .          .
    """)
    assert fraction(show("cases_without_next_follow_up", world)) == (1, 3)  # C2
    the_day_before = show("cases_without_next_follow_up", world, as_of=date(2026, 9, 29))
    assert fraction(the_day_before) == (0, 3)  # C2's visit is not cancelled yet


def test_a_visit_of_the_familys_other_case_or_one_done_early_is_not_a_next_visit(
    show: Show,
) -> None:
    world = visits("""
        follow_up_id case_id first_due_on due_on done_on
        other C4 2026-12-01 2026-12-01 .
        early C1 2026-12-01 2026-12-01 2026-09-30
    """)
    world["cases"] = [*world["cases"][:1], {**world["cases"][0], "case_id": "C4"}]
    assert fraction(show("cases_without_next_follow_up", world)) == (1, 2)


def test_closed_cases_need_no_next_visit_and_no_open_case_is_no_data(show: Show) -> None:
    world = visits("follow_up_id case_id first_due_on due_on")
    world["cases"][0]["closed_on"] = DAY
    world["cases"][1]["closed_on"] = date(2026, 10, 1)
    assert fraction(show("cases_without_next_follow_up", world)) == (1 + 1, 1 + 1)
    row = show("cases_without_next_follow_up", world, province="50").iloc[0]
    assert (row["status"], row["reason"]) == ("no_data", "no_open_cases")


def test_zero_hidden_and_no_data_are_three_things_side_by_side(tmp_path: Path) -> None:
    # Each visit to a case of its own. 50: 0 of 9 · 51: 2 of 9 and 52: 3 of 9 · 30: nothing
    families, cases, rows = [], [], []
    for district, due, done in (("5001", 9, 0), ("5101", 9, 2), ("5201", 9, 3)):
        for n in range(due):
            case, on = f"{district}-{n}", date(2026, 5, 1)
            families.append({"family_id": case, "household_id": case, "district_code": district})
            cases.append({"case_id": case, "family_id": case, "target_group": "elder",
                          "opened_on": date(2025, 1, 1), "stage": "follow_up"})  # fmt: skip
            row = {"follow_up_id": f"{district}{n}", "case_id": case, "first_due_on": on}
            rows.append({**row, "due_on": on, "done_on": on if n < done else None})
    world = {"families": families, "cases": cases, "follow_ups": rows}
    snapshot = make(tmp_path, world)
    query = Query(as_of=DAY, area="province")
    plain = Scope(nation=True, hide_below=5)
    frame = queries.indicator("follow_up_completion", query, scope=plain, snapshot=snapshot)
    cells = frame.set_index("area_code")
    assert cells.loc[["50", "51", "30"], "status"].tolist() == ["shown", "hidden", "no_data"]
    assert cells.loc["50", "value"] == 0
    assert cells.loc["51", ["numerator", "denominator", "value"]].isna().all()
