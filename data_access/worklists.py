"""The door to the work lists of follow-up, and to who has most to do.

Like `data_access.queries`: each function takes `scope` and `snapshot` by name. Rows of single cases
are shown inside the reader's own areas only, small counts per worker likewise.
"""

from typing import Any

import pandas as pd
from sqlalchemy import Select

from data_access import disclosure, lists_follow_up
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, read_frame

MOST_ROWS = 500
WEEK, MONTH = 7, 30  # days ahead that the two lists of appointments look


def due_in_7_days(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Follow-ups of open cases due today or in the coming 7 days, the next first, at most 500.

    Columns unit (follow-up id), case_id, place, target_group, due_on, days_until, stage, urgent,
    opened_on, worker_id (who answers for the case that day), last_contact, next_appointment.
    """
    return _rows(lists_follow_up.due_within(query, scope, WEEK), scope, snapshot)


def due_in_30_days(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """The same for the coming 30 days."""
    return _rows(lists_follow_up.due_within(query, scope, MONTH), scope, snapshot)


def left_at_closure(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Follow-ups left undone by cases closed in the period, the latest closures first, at most 500;
    columns as above, with closed_on."""
    return _rows(lists_follow_up.left_at_closure(query, scope), scope, snapshot)


def without_contact(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Open cases without contact for 90 days, the longest silence first, at most 500: unit (the
    case), columns as above, with days_silent."""
    return _rows(lists_follow_up.without_contact(query, scope), scope, snapshot)


def overdue_by_post(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Overdue follow-ups per case manager, the most first: province_code, worker_id (a pseudonym;
    empty for what nobody is assigned to), items, of, status.

    `of` are all follow-ups of open cases whose day has come and that wait. Outside the reader's own
    areas counts are hidden.
    """
    return _posts(lists_follow_up.by_post(query, scope, silent=False), scope, snapshot)


def no_contact_by_post(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Open cases without contact for 90 days per case manager, as `overdue_by_post`; `of` are the
    open cases of 90 days or more that they hold."""
    return _posts(lists_follow_up.by_post(query, scope, silent=True), scope, snapshot)


def _rows(selection: Select[Any], scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    rows = read_frame(selection, snapshot)
    return disclosure.with_permitted_rows(rows, scope).head(MOST_ROWS)


def _posts(selection: Select[Any], scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    rows = read_frame(selection, snapshot).astype({"items": "Int64", "of": "Int64"})
    rows["worker_id"] = rows["worker_id"].fillna("").astype("str")
    rows = rows.sort_values(["province_code", "worker_id"], ignore_index=True)
    # Any filter narrows these counts: outside one's own areas they would be a cross-table.
    own = [disclosure.is_own(scope, code) for code in rows["province_code"]]
    hidden = ~pd.Series(own, index=rows.index, dtype=bool)
    rows.loc[hidden, ["items", "of"]] = pd.NA
    rows["status"] = hidden.map({True: "hidden", False: "shown"}).astype("str")
    # Hidden rows stand last in the order of their pseudonyms, which says nothing of their counts.
    keys = ["items", "province_code", "worker_id"]
    return rows.sort_values(keys, ascending=[False, True, True], ignore_index=True)
