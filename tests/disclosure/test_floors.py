"""A hidden sum is no smaller than its filled parts, by hand; and what a country then shows."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from config.thai_calendar import Span, fiscal_year_of
from data_access import queries
from data_access.breakdowns import BREAKDOWNS
from data_access.disclosure import decisions, floors
from data_access.disclosure.blocks import plain, protect
from data_access.disclosure.moves import Margins, Member, Pattern, uncertain
from data_access.indicators.kernel.definition import Derived
from data_access.indicators.kernel.query import Query
from data_access.indicators.registry import INDICATORS
from data_access.scope import Scope
from data_access.snapshot import current
from geo import registers
from tests.disclosure.countries import country

LEAST = np.array([5])
PUBLISHED = np.zeros(1, dtype=bool)  # the sum of the only column is published
# Of rare events: those of which the most districts are hidden.
RARE = ("no_contact_90_days", "follow_up_overdue", "follow_ups_left_at_closure", "plan_revision")


def column(*counts: int) -> np.ndarray:
    """Counts of one column, one row each."""
    return np.array(counts, dtype=np.int64)[:, None]


def of_sum(top: np.ndarray, floor: np.ndarray, rest: np.ndarray | None = None) -> Member:
    return Member(top, rest, np.zeros(top.shape, dtype=bool), floor, np.zeros_like(floor))


def margins(rows: int) -> Margins:
    return Margins(PUBLISHED, np.ones(rows, dtype=bool))


def test_a_count_that_its_filled_parts_hold_up_has_fewer_values() -> None:
    top = column(3, 9)
    everything = Pattern(np.ones_like(top, dtype=bool), np.zeros_like(top, dtype=bool))
    free = uncertain(of_sum(top, column(1, 1)), everything, LEAST, margins(2))
    held_up = uncertain(of_sum(top, column(3, 2)), everything, LEAST, margins(2))
    assert free.all()  # 3 may be 2 or 4 (and 1)
    assert not held_up.any()  # only 3 or 4, for it is known to be small


def test_without_the_reason_small_the_same_count_may_be_larger() -> None:
    found = protect(plain((of_sum(column(3, 9), column(3, 2)),), LEAST, margins(2)))
    assert found.cells.all()
    assert found.together
    assert not found.parts_too.any()


def test_where_no_sum_can_give_anybody_empty_parts_are_hidden_of_the_one_with_fewest() -> None:
    block = plain((of_sum(column(3, 3, 4, 4), column(3, 3, 4, 4)),), LEAST, margins(4))
    found = protect(replace(block, parts=np.array([9, 20, 4, 7])))
    assert found.cells.all()
    assert found.parts_too.tolist() == [False, False, True, False]


def test_a_third_cell_changes_one_kind_for_the_other() -> None:
    # Overdue and not overdue: the first cell has one client who is not, and can have two, where
    # the second gives one who is and the third changes one for the other.
    top, rest = column(0, 15, 23), column(1, 0, 2)
    loose = np.array([[True], [True], [False]])
    pattern = Pattern(np.ones_like(loose), loose, labelled=False)
    assert uncertain(of_sum(top, column(1, 6, 10), rest), pattern, LEAST, margins(3)).all()
    two = (top[:2], column(1, 6), rest[:2])
    both = Pattern(pattern.hidden[:2], loose[:2], labelled=False)
    assert not uncertain(of_sum(*two), both, LEAST, margins(2))[0].any()


def test_the_floor_of_a_province_is_its_filled_districts_or_slices(tmp_path: Path) -> None:
    info = country(tmp_path, seed=1)
    span = fiscal_year_of(info.as_of).span
    case = decisions.case_of("follow_up_overdue", span, None, 5, 10)
    (member,) = floors.with_floors(decisions.counts(case, "province", info), case, info).members
    assert member.floor is not None
    for place, code in enumerate(decisions.PROVINCES):
        filled = max(_filled(code, breakdown, info) for breakdown in (None, *_breakdowns()))
        whole = int(member.whole[place, 0, 0])
        assert member.floor[place, 0, 0] == min(filled, whole), code


@pytest.mark.parametrize("as_of", [date(2026, 9, 30), date(2026, 6, 30)])
def test_no_floor_is_above_the_highest_that_it_could_be(tmp_path: Path, as_of: date) -> None:
    info = replace(country(tmp_path, seed=2), as_of=as_of)
    span = Span(fiscal_year_of(as_of).start, as_of)
    checked = 0
    for name, definition in (INDICATORS | BREAKDOWNS).items():
        if not definition.client_counts or isinstance(definition.measure, Derived):
            continue
        asked = decisions.case_of(name, span, None, 5, 10)
        for case in (asked, *(one for one, _ in decisions.linked_cases(asked))):
            provinces = decisions.counts(case, "province", info)
            true = floors.with_floors(provinces, case, info).members
            highest = floors.with_highest_floors(provinces, case, info).members
            for one, most in zip(true, highest, strict=True):
                assert (one.least_whole <= most.least_whole).all(), case
                checked += int(one.whole.any())
    assert checked > 10


def _breakdowns() -> tuple[str, ...]:
    return decisions.definition_of("follow_up_overdue").breakdowns


def _filled(province: str, breakdown: str | None, info: decisions.SnapshotInfo) -> int:
    """The districts, or the slices, of a province that count anybody: by the indicator itself."""
    area = "district" if breakdown is None else "province"
    query = Query(info.as_of, area=area, breakdown=breakdown)  # type: ignore[arg-type]  # one of both
    everyone = Scope(nation=True, reveal=True)
    rows = queries.indicator("follow_up_overdue", query, scope=everyone, snapshot=info)
    inside = rows[rows["area_code"].str.startswith(province)]
    return int((inside[["numerator", "denominator"]].fillna(0) > 0).any(axis=1).sum())


@pytest.mark.slow
@pytest.mark.parametrize("name", RARE)
def test_at_most_a_quarter_of_the_districts_of_the_demo_is_hidden(
    name: str, demo_data_dir: Path
) -> None:
    info = current(demo_data_dir)
    query = Query(info.as_of, area="district", span=fiscal_year_of(info.as_of).span)
    rows = queries.indicator(name, query, scope=Scope(nation=True), snapshot=info)
    assert len(rows) == len(registers.districts())
    assert (rows["status"] == "hidden").mean() <= 0.25
