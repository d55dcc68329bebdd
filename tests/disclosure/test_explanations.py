"""Explanations at the public level: neighbouring quarters only, and nothing follows from two."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from config.thai_calendar import FiscalYear
from data_access.explain import CAUSES, End, explain
from data_access.explain_hiding import Change, why_hidden
from data_access.indicators.kernel.definition import Kind
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from tests.disclosure import explanations
from tests.disclosure.countries import country, two_snapshots
from tests.disclosure.explanations import HIT, OUT, PUBLIC, told, weak_ways

YEAR = FiscalYear(2569)
QUARTERS = (YEAR.quarter(3), YEAR.quarter(4))
# New, closed, lost and got their hit: a share where everything is large.
LARGE = {
    "numerator": {"new": (20, 0), "closed": (0, 20), "state": (20, 20)},
    "denominator": {"new": (60, 0), "closed": (0, 60)},
}


def frame(counts: dict[str, dict[str, tuple[int, int]]]) -> pd.DataFrame:
    """The causes of both parts, a client behind each unit."""
    rows = []
    for part, causes in counts.items():
        for cause in CAUSES:
            added, removed = causes.get(cause, (0, 0))
            rows.append((part, cause, added, removed, added, removed))
    columns = ["part", "cause", "added", "removed", "added_clients", "removed_clients"]
    return pd.DataFrame(rows, columns=columns)


def asked(counts: dict[str, dict[str, tuple[int, int]]] = LARGE, **others: Any) -> str:
    """Why causes from the third to the fourth quarter are not told at the public level."""
    both = tuple(Query(YEAR.end, span=span) for span in QUARTERS)
    before = {"numerator": 100, "denominator": 300}
    whole = Change(frame(counts), both, Kind.FLOW, alike=True, as_of=YEAR.end, before=before)  # type: ignore[arg-type]  # two of them
    return why_hidden(replace(whole, **others), PUBLIC)


def test_large_causes_between_neighbouring_quarters_are_told() -> None:
    assert asked() == ""


@pytest.mark.parametrize(
    ("spans", "kind"),
    [
        ((YEAR.quarter(2), YEAR.quarter(4)), Kind.FLOW),
        ((YEAR.quarter(2), YEAR.quarter(4)), Kind.STOCK),
        ((FiscalYear(2568).span, YEAR.span), Kind.FLOW),
        ((YEAR.quarter(4), YEAR.quarter(4)), Kind.FLOW),
        ((FiscalYear(2568).span, YEAR.span), Kind.STOCK),  # a year apart
    ],
)
def test_longer_ways_are_not_told(spans: tuple[Any, Any], kind: Kind) -> None:
    both = tuple(Query(YEAR.end, span=span) for span in spans)
    assert asked(both=both, kind=kind) == "explain_quarters"


def test_a_year_and_the_one_before_are_told_where_nothing_is_counted_in_both() -> None:
    years = tuple(Query(YEAR.end, span=one.span) for one in (FiscalYear(2568), YEAR))
    apart = {
        "numerator": {"new": (90, 0), "closed": (0, 100)},
        "denominator": {"new": (290, 0), "closed": (0, 300)},
    }
    assert asked(apart, both=years) == ""
    assert asked(LARGE, both=years) == "explain_quarters"
    assert asked(apart, both=years, as_of=YEAR.quarter(3).end) == "explain_quarters"


def test_the_end_of_another_month_is_no_end_of_a_quarter() -> None:
    month = Query(YEAR.end, span=replace(QUARTERS[1], end=QUARTERS[1].start.replace(day=31)))
    both = (Query(YEAR.end, span=QUARTERS[0]), month)
    assert asked(both=both, kind=Kind.STOCK) == "explain_quarters"


def test_another_definition_is_not_told() -> None:
    assert asked(alike=False) == "explain_own_areas"


@pytest.mark.parametrize(
    ("part", "causes"),
    [
        ("numerator", {"new": (4, 0)}),
        ("denominator", {"new": (23, 0)}),  # three new without a hit
        ("denominator", {"closed": (0, 22)}),
        ("numerator", {"new": (20, 0), "closed": (0, 60), "state": (20, 37)}),  # 3 stay with a hit
        ("denominator", {"new": (60, 0), "closed": (0, 297)}),  # three stay in the base
        ("denominator", {"new": (60, 0), "closed": (0, 197)}),  # three stay without a hit
    ],
)
def test_what_follows_from_causes_must_not_be_small_either(
    part: str, causes: dict[str, tuple[int, int]]
) -> None:
    assert asked({**LARGE, part: {**LARGE[part], **causes}}) == "explain_small"


@pytest.mark.slow
def test_every_pair_of_ends_and_what_two_explanations_give_together(tmp_path: Path) -> None:
    # The long attack asks the ends of all months too, and of other indicators.
    answers = told("families_in_care", country(tmp_path, seed=1, mean=30.0), 2569, months=False)
    days = {(start.query.period.end, end.query.period.end) for start, end in answers}
    assert len(days) >= 4, "hardly anything is told: the country is no test"
    assert days <= explanations.neighbours(2569)
    assert weak_ways(answers) == []


def test_the_solver_finds_who_came_and_was_gone_where_three_ends_are_told(
    tmp_path: Path,
) -> None:
    ways = explanations.Ways()
    # Ten, thirteen and ten units; three came and three left, and nobody of the first is gone.
    for place, count in enumerate((10, 13, 10)):
        ways.add(count, (way[place] == HIT for way in explanations.WAYS))
    ways.add(0, (way[0] == OUT and way[2] == HIT for way in explanations.WAYS))
    ways.add(0, (way[1] == OUT and way[2] == HIT for way in explanations.WAYS))
    ways.add(0, (way[0] == HIT and way[1] == OUT for way in explanations.WAYS))
    assert ((OUT, HIT, OUT), 3, 3) in ways.weak(share=False)


def test_what_a_snapshot_before_did_not_tell_is_not_told_of_the_same_quarters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier, later = two_snapshots(tmp_path, seed=1)
    open_ = Scope(nation=True, hide_below=2)
    ends = [End("families_in_care", Query(later.as_of, span=one), later) for one in QUARTERS]
    shown = explain(ends[0], ends[1], scope=open_).frame
    assert set(shown["status"]) == {"shown"}
    monkeypatch.setattr(
        "data_access.explain.why_hidden",
        lambda change, scope: "explain_small" if change.as_of == earlier.as_of else "",
    )
    again = explain(ends[0], ends[1], scope=open_).frame
    assert set(again["reason"]) == {"explain_small"}


def test_indicators_that_add_up_are_told_together_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = country(tmp_path, seed=1, mean=30.0)
    reasons = iter(("", "explain_small"))  # of overridden screenings, then of decided ones
    monkeypatch.setattr("data_access.explain.why_hidden", lambda *_: next(reasons))
    ends = [End("screening_overridden", Query(info.as_of, span=one), info) for one in QUARTERS]
    found = explain(ends[0], ends[1], scope=Scope(nation=True, hide_below=2)).frame
    assert set(found["reason"]) == {"explain_small"}
    assert next(reasons, None) is None
