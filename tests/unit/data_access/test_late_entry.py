"""How much months still changed, worked by hand: what was done a month late was not known then."""

from datetime import date
from pathlib import Path

import pytest

from data_access import late_entry
from data_access.scope import Scope
from tests.support import world

IN_TIME, A_MONTH_LATE, NEVER = 5, 3, 2
MONTHS = [date(2025 + month // 12, month % 12 + 1, 15) for month in range(5, 21)]


def test_a_month_has_moved_by_what_was_done_after_it(tmp_path: Path) -> None:
    visits = []
    for due in MONTHS:
        later = date(due.year + due.month // 12, due.month % 12 + 1, 10)
        done = [due] * IN_TIME + [later] * A_MONTH_LATE + [None] * NEVER
        visits += [{"due_on": due, "first_due_on": due, "done_on": day} for day in done]
    rows = {
        "families": world.drawn("family_id household_id district_code\nF1 H1 5001"),
        "cases": world.drawn(
            "case_id family_id target_group opened_on stage\nC1 F1 elder 2024-01-01 follow_up"
        ),
        "follow_ups": [
            visit | {"follow_up_id": str(n), "case_id": "C1"} for n, visit in enumerate(visits)
        ],
    }
    snapshot = world.make(tmp_path, rows)
    scope = Scope(nation=True, reveal=True)
    moved = late_entry.movements(
        "follow_up_completion", as_of=snapshot.as_of, scope=scope, snapshot=snapshot
    )
    due = IN_TIME + A_MONTH_LATE + NEVER
    assert moved[0] == (pytest.approx(100 * A_MONTH_LATE / due), 12)
    # A month later all that will ever be done is done.
    assert [moved[age] for age in (1, 2, 3)] == [(0, 12)] * 3
