"""Alerts: whose areas, which numbers tell, by the scope of the moment; left as often as asked."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from config import events
from config.events import Event
from data_access import queries
from data_access.indicators import registry
from data_access.indicators.kernel.query import Query
from data_access.journal.alerts import _months, alerts
from data_access.journal.pen import DraftRefusal
from data_access.journal.rights import NotEntitled
from data_access.journal.subscriptions import (
    MOST,
    Subscription,
    Wish,
    subscribe,
    subscriptions_of,
    unsubscribe,
)
from data_access.journal.tables import SUBSCRIPTIONS
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.journal.pens import OWNER, MakePen

RATIO, RATE = "families_per_case_manager", "follow_up_completion"
MINE = OWNER.scope
INFO = SnapshotInfo("s1", Path("/nowhere"), date(2026, 9, 30), None, "test", True, None)  # type: ignore[arg-type] # only its day is read


def only(pen_of: MakePen, wish: Wish) -> Subscription:
    subscribe(wish, pen_of())
    (one,) = subscriptions_of(pen_of().journal, OWNER.user)
    return one


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """The values that the door gives, oldest first: one of a day, or those of months."""
    values: list[float | None] = []

    def answer(name: str, query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
        periods = query.periods()
        given = values[-len(periods) :] if query.over else values[-1:]
        assert len(given) == len(periods)
        rows = [
            {
                "area_code": "50", "group": "", "period_start": one.start, "period_end": one.end,
                "numerator": 50, "denominator": 100, "value": value, "qualifier": "exact",
                "status": "hidden" if value is None else "shown",
                "reason": "small_number" if value is None else "",
            }
            for one, value in zip(periods, given, strict=True)
        ]  # fmt: skip
        return pd.DataFrame(rows)

    monkeypatch.setattr(queries, "indicator", answer)
    return values


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("above", 10.1, True), ("above", 10.0, False), ("above", None, False),
        ("below", 9.9, True), ("below", 10.0, False),
    ],
)  # fmt: skip
def test_a_threshold_tells_beyond_it_and_not_at_it(
    pen_of: MakePen, door: list[float | None], kind: str, value: float | None, told: bool
) -> None:
    one = only(pen_of, Wish("50", RATIO, kind, 10.0))
    door.append(value)
    found = alerts([one], scope=MINE, snapshot=INFO)
    assert [(a.value, a.day) for a in found] == ([(value, INFO.as_of)] if told else [])


def test_a_signal_is_about_the_latest_settled_month(
    pen_of: MakePen, door: list[float | None]
) -> None:
    one = only(pen_of, Wish("50", RATE, "signal"))
    calm = [80.0, 81.0] * 12
    door += calm
    assert alerts([one], scope=MINE, snapshot=INFO) == ()
    door[-1] = 60.0
    (alert,) = alerts([one], scope=MINE, snapshot=INFO)
    assert (alert.value, alert.variation) == (60.0, "worse")
    assert alert.mean == pytest.approx((sum(calm) - 81 + 60) / 24)
    assert alert.day < INFO.as_of, "months that late entry still changes are left out"
    door[-1] = None
    assert alerts([one], scope=MINE, snapshot=INFO) == (), "a hidden month tells nothing"


def test_a_signal_is_not_read_across_a_break(monkeypatch: pytest.MonkeyPatch) -> None:
    item = registry.get(RATE)
    whole = _months(item, INFO.as_of)
    broken = Event(
        "new_register", date(2025, 12, 20), "register", "ทะเบียนใหม่", "A new register", "a test",
        breaks_series=True,
    )  # fmt: skip
    monkeypatch.setattr(events, "events", lambda: (broken,))
    since = _months(item, INFO.as_of)
    assert (since.start, since.end) == (date(2026, 1, 1), whole.end)


@pytest.mark.parametrize(
    "scope",
    [Scope(), Scope(nation=True), Scope(nation=True, own_provinces=frozenset({"57"}))],
)
def test_an_area_that_is_ones_own_no_more_tells_nothing(
    pen_of: MakePen, door: list[float | None], scope: Scope
) -> None:
    one = only(pen_of, Wish("50", RATIO, "above", 1.0))
    door.append(9.0)
    assert len(alerts([one], scope=MINE, snapshot=INFO)) == 1
    assert alerts([one], scope=scope, snapshot=INFO) == ()


def test_an_indicator_that_is_gone_tells_nothing(pen_of: MakePen, door: list[Any]) -> None:
    one = replace(only(pen_of, Wish("50", RATIO, "above", 1.0)), indicator="gone")
    assert alerts([one], scope=MINE, snapshot=INFO) == ()


def test_changing_and_leaving_are_revisions_and_leaving_twice_is_once(pen_of: MakePen) -> None:
    codes: list[str] = []
    pen = pen_of(notes=codes)
    subscribe(Wish("50", RATIO, "above", 10.0), pen)
    subscribe(Wish("50", RATIO, "below", 3.0), pen)
    subscribe(Wish("5009", RATE, "signal"), pen)
    first, second = subscriptions_of(pen.journal, OWNER.user)
    assert (first.kind, first.threshold, first.revision) == ("below", 3.0, 2)
    assert (second.kind, second.threshold) == ("signal", None)
    assert unsubscribe(pen, first.entry_id) == 1
    assert unsubscribe(pen, first.entry_id) == 0
    assert unsubscribe(pen) == 1
    assert subscriptions_of(pen.journal, OWNER.user) == ()
    subscribe(Wish("50", RATIO, "above", 12.0), pen)
    (again,) = subscriptions_of(pen.journal, OWNER.user)
    assert (again.revision, again.threshold) == (4, 12.0)
    assert len(pen.journal.revisions(SUBSCRIPTIONS)) == 6 == len(codes)


def test_nobody_subscribes_for_an_area_that_is_not_theirs_or_reads_anothers(
    pen_of: MakePen,
) -> None:
    for area in ("57", "TH", "north"):
        with pytest.raises((NotEntitled, KeyError)):
            subscribe(Wish(area, RATIO, "signal"), pen_of())
    only(pen_of, Wish("50", RATIO, "signal"))
    other = replace(OWNER, user="other@sample.invalid")
    assert subscriptions_of(pen_of(other).journal, other.user) == ()
    assert unsubscribe(pen_of(other)) == 0


@pytest.mark.parametrize(
    ("wish", "rules"),
    [
        (Wish("50", "gone", "signal"), ["figure"]),
        (Wish("50", RATIO, "sometimes"), ["alert_kind", "threshold"]),
        (Wish("50", RATIO, "above"), ["threshold"]),
        (Wish("50", RATIO, "below", -1.0), ["threshold"]),
        (Wish("50", RATIO, "above", float("nan")), ["threshold"]),
    ],
)
def test_wishes_that_make_no_sense_are_refused(
    pen_of: MakePen, wish: Wish, rules: list[str]
) -> None:
    with pytest.raises(DraftRefusal) as refusal:
        subscribe(wish, pen_of())
    assert [one.rule for one in refusal.value.problems] == rules
    assert all(one.text("th") and one.text("en") for one in refusal.value.problems)


def test_one_person_has_a_limited_number(pen_of: MakePen, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST == 50
    monkeypatch.setattr("data_access.journal.subscriptions.MOST", 1)
    only(pen_of, Wish("50", RATIO, "signal"))
    with pytest.raises(DraftRefusal) as refusal:
        subscribe(Wish("50", RATE, "signal"), pen_of())
    assert [one.rule for one in refusal.value.problems] == ["too_many_alerts"]
    subscribe(Wish("50", RATIO, "above", 3.0), pen_of())
