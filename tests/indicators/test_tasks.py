"""Rules that raise tasks, on their edges: 29 and 30 days, six and seven, one month-end and two;
closed by themselves and never doubled."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from config import events, task_rules
from config.events import Event
from config.task_rules import TaskRuleProblem
from config.thai_calendar import month_spans
from data_access import tasks
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.indicators.conftest import DAY, NATION
from tests.support.world import drawn, make

QUERY = Query(DAY)
RULES = ("silence", "decline", "over_norm", "unanswered")


def raised(info: SnapshotInfo, rule: str, *, scope: Scope = NATION, **parts: Any) -> pd.DataFrame:
    found = tasks.tasks(QUERY.but(**parts), scope=scope, snapshot=info)
    return found[found["rule"] == rule]


def case_of(number: int, district: str, opened: str, **more: Any) -> dict[str, Any]:
    return {
        "case_id": f"C{number}", "family_id": f"F{number}", "target_group": "elder",
        "opened_on": date.fromisoformat(opened), "stage": "follow_up", "district": district, **more,
    }  # fmt: skip


def world(folder: Path, cases: list[dict[str, Any]], name: str = "w", **tables: Any) -> Any:
    families = [
        {"family_id": one["family_id"], "household_id": "H", "district_code": one["district"]}
        for one in cases
    ]
    return make(folder, {"families": families, "cases": cases, **tables}, name=name)


def test_a_district_is_asked_from_the_thirtieth_day_on(tmp_path: Path) -> None:
    cases = [
        case_of(1, "5001", "2026-09-01"),  # 29 days before 30 September
        case_of(2, "5002", "2026-08-31"),  # 30 days
    ]
    posts = drawn("""
        worker_id role province_code district_code fte start_on end_on
        S2 cm_supervisor 50 5001 1 2020-01-01 .
        S1 cm_supervisor 50 5002 1 2020-01-01 .
        S0 cm_supervisor 50 5002 1 2020-01-01 2026-09-29
    """)
    workers = [{"worker_id": w, "sex": "F"} for w in ("S0", "S1", "S2")]
    info = world(tmp_path, cases, workers=workers, worker_posts=posts)
    (row,) = raised(info, "silence").itertuples()
    assert (row.task_id, row.area_code, row.value, row.against) == ("silence:5002", "5002", 30, 30)
    assert (row.since, row.days, row.worker_id) == (date(2026, 8, 31), 30, "S1")


def test_a_referral_is_asked_after_from_the_seventh_day_on(tmp_path: Path) -> None:
    referrals = drawn("""
        referral_id case_id to_organisation_id sent_on accepted_on
        R6 C1 O1 2026-09-24 .
        R7 C1 O1 2026-09-23 .
        R8 C1 O1 2026-09-22 2026-09-30
    """)
    info = world(tmp_path, [case_of(1, "5001", "2026-09-01")], referrals=referrals)
    (row,) = raised(info, "unanswered").itertuples()
    assert (row.task_id, row.unit, row.case_id) == ("unanswered:R7", "R7", "C1")
    assert (row.value, row.since) == (7, date(2026, 9, 23))


def managers(*posts: tuple[str, str, str, str]) -> dict[str, Any]:
    rows = [
        {"worker_id": w, "role": "case_manager", "province_code": place[:2], "district_code": place,
         "fte": 1, "start_on": date.fromisoformat(start),
         "end_on": date.fromisoformat(end) if end else None}
        for w, place, start, end in posts
    ]  # fmt: skip
    return {"workers": [{"worker_id": p[0], "sex": "F"} for p in posts], "worker_posts": rows}


def test_two_month_ends_over_the_norm_raise_a_task_and_one_does_not(tmp_path: Path) -> None:
    # Eleven families to one case manager: at 1:10 that is over. In 50 since 1 August (two
    # month-ends: August and September), in 51 since 1 September (one); in 57 exactly ten.
    cases = [case_of(n, "5001", "2026-08-01") for n in range(11)]
    cases += [case_of(n, "5101", "2026-09-01") for n in range(20, 31)]
    cases += [case_of(n, "5701", "2026-01-01") for n in range(40, 50)]
    posts = managers(
        ("A", "5001", "2020-01-01", ""),
        ("B", "5101", "2020-01-01", ""),
        ("C", "5701", "2020-01-01", ""),
    )
    info = world(tmp_path, cases, **posts)
    (row,) = raised(info, "over_norm").itertuples()
    assert (row.area_code, row.value, row.against, row.months) == ("50", 11.0, 10, 2)
    assert row.since == date(2026, 8, 31)


def test_a_month_that_is_not_over_has_no_month_end_yet(tmp_path: Path) -> None:
    cases = [case_of(n, "5001", "2026-08-01") for n in range(11)]
    info = world(tmp_path, cases, **managers(("A", "5001", "2020-01-01", "")))
    assert raised(info, "over_norm", as_of=date(2026, 9, 29)).empty
    assert len(raised(info, "over_norm", as_of=date(2026, 9, 30))) == 1


def test_families_without_any_case_manager_are_over_the_norm(tmp_path: Path) -> None:
    cases = [case_of(1, "5001", "2026-01-01")]
    info = world(tmp_path, cases, **managers(("A", "5001", "2020-01-01", "2026-06-30")))
    (row,) = raised(info, "over_norm").itertuples()
    assert pd.isna(row.value)
    assert (row.months, row.since) == (3, date(2026, 7, 31))  # A was in post on 30 June still


def visits(last: int, *, due: int = 20) -> list[dict[str, Any]]:
    """Follow-ups of 24 months up to August 2026: 18 and 20 of 20 done in turn, `last` in August."""
    months = month_spans(date(2024, 9, 1), date(2026, 8, 31))
    done = [18 if n % 2 else 20 for n in range(len(months) - 1)] + [last]
    return [
        {"follow_up_id": f"U{span.start}{n}", "case_id": "C1", "first_due_on": span.start,
         "due_on": span.start, "done_on": span.start if n < count else None}
        for span, count in zip(months, done, strict=True)
        for n in range(due)
    ]  # fmt: skip


def test_a_fall_below_the_own_mean_beyond_usual_variation_raises_a_task(tmp_path: Path) -> None:
    info = world(tmp_path, [case_of(1, "5001", "2024-01-01")], follow_ups=visits(10))
    found = raised(info, "decline").set_index("indicator")
    row = found.loc["follow_up_completion"]
    # 12 months of 100, 11 of 90 and one of 50: 2,240 ÷ 24.
    assert row["against"] == pytest.approx(2240 / 24)
    assert (row["value"], row["since"], row["area_code"]) == (50.0, date(2026, 8, 1), "50")


def test_a_fall_is_not_told_across_a_break(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Event(
        "new_register", date(2026, 5, 20), "register", "ทะเบียนใหม่", "A new register", "a test",
        breaks_series=True,
    )  # fmt: skip
    monkeypatch.setattr(events, "events", lambda: (broken,))
    info = world(tmp_path, [case_of(1, "5001", "2024-01-01")], follow_ups=visits(10))
    # June to August are left: too few for a usual range.
    assert raised(info, "decline").empty


def test_usual_variation_raises_none(tmp_path: Path) -> None:
    info = world(tmp_path, [case_of(1, "5001", "2024-01-01")], follow_ups=visits(18))
    assert raised(info, "decline").empty


def test_a_base_too_small_for_a_percentage_raises_none(tmp_path: Path) -> None:
    few = visits(10, due=19)
    info = world(tmp_path, [case_of(1, "5001", "2024-01-01")], follow_ups=few)
    assert raised(info, "decline").empty


def test_a_rise_raises_none(tmp_path: Path) -> None:
    # Ten and eleven of twenty in turn, and all twenty in August.
    low = []
    for number, visit in enumerate(visits(20)):
        month, place = divmod(number, 20)
        done = place < (20 if month == 23 else 10 + month % 2)
        low.append(visit | {"done_on": visit["due_on"] if done else None})
    info = world(tmp_path, [case_of(1, "5001", "2024-01-01")], follow_ups=low)
    assert raised(info, "decline").empty


def test_tasks_close_by_themselves_and_are_never_doubled(tmp_path: Path) -> None:
    cases = [case_of(1, "5001", "2026-01-01"), case_of(2, "5002", "2026-01-01")]
    sent = drawn("""
        referral_id case_id to_organisation_id sent_on accepted_on
        R1 C1 O1 2026-09-01 .
        R2 C1 O1 2026-09-01 .
    """)
    first = world(tmp_path, cases, "first", referrals=sent)
    visit = drawn("""
        follow_up_id case_id first_due_on due_on done_on
        U1 C1 2026-09-29 2026-09-29 2026-09-29
    """)
    answered = [sent[0] | {"accepted_on": DAY}, sent[1]]
    second = world(tmp_path, cases, "second", referrals=answered, follow_ups=visit)
    before, now = (tasks.tasks(QUERY, scope=NATION, snapshot=one) for one in (first, second))
    again = tasks.tasks(QUERY, scope=NATION, snapshot=first)
    pd.testing.assert_frame_equal(before, again)
    for found in (before, now):
        assert found["task_id"].is_unique
    kept = {"silence:5002", "unanswered:R2"}
    both = set(before["task_id"]) & set(now["task_id"])
    assert kept <= both
    assert set(tasks.closed_tasks(before, now)["task_id"]) == {"silence:5001", "unanswered:R1"}
    same = before.set_index("task_id").loc[sorted(kept), "since"]
    assert (now.set_index("task_id").loc[sorted(kept), "since"] == same).all()


def test_tasks_are_raised_in_the_readers_own_areas_only(tmp_path: Path) -> None:
    cases = [case_of(n, "5001", "2026-01-01") for n in range(11)]
    cases += [case_of(n, "5101", "2026-01-01") for n in range(20, 31)]
    info = world(tmp_path, cases, **managers(("A", "5001", "2020-01-01", "")))
    assert tasks.tasks(QUERY, scope=Scope(nation=True), snapshot=info).empty
    mine = Scope(nation=True, own_provinces=frozenset({"51"}))
    found = tasks.tasks(QUERY, scope=mine, snapshot=info)
    assert set(found["task_id"]) == {"silence:5101", "over_norm:51.families_per_case_manager"}
    one = Scope(nation=True, own_districts=frozenset({"5001"}))
    found = tasks.tasks(QUERY, scope=one, snapshot=info)
    assert set(found["task_id"]) == {"silence:5001", "over_norm:5001.families_per_case_manager"}


def test_rules_have_every_field_that_their_kind_needs() -> None:
    assert [*task_rules.task_rules()] == [*RULES]
    right = {"kind": "silence", "at_least": 30, "source_th": "ก", "source_en": "a"}
    assert task_rules.read({"one": right})["one"].at_least == 30
    wrong = {
        "a": right | {"kind": "other"},
        "b": {"kind": "silence"},
        "c": right | {"at_least": 0},
        "d": right | {"window": 3},
        "e": right | {"kind": "decline", "indicators": [], "window": 12, "settle": -1},
    }
    for name, entry in wrong.items():
        with pytest.raises(TaskRuleProblem, match=f"^{name}: "):
            task_rules.read({name: entry})


def test_since_counts_days_to_the_day_asked_about(tmp_path: Path) -> None:
    info = world(tmp_path, [case_of(1, "5001", "2026-01-01")])
    early = raised(info, "silence", as_of=DAY - timedelta(days=10))
    assert early["days"].tolist() == [raised(info, "silence")["days"].iloc[0] - 10]
