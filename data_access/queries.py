"""The door to the data: every figure and list that leaves this package passes here.

Each function takes `scope` (whose rows) and `snapshot` (which file), by name and without a default.
Small client counts are hidden before a frame is handed out.
"""

from typing import Any

import pandas as pd
from sqlalchemy import Select, func, select

from config.thai_calendar import fiscal_year_of
from data_access import disclosure, lists
from data_access.indicators import frame, registry
from data_access.indicators.engine import Engine, asked
from data_access.indicators.question import Question
from data_access.schema.codes import CODES
from data_access.schema.derived import SNAPSHOT, load_tables
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, engine


def indicator(
    name: str, question: Question, *, scope: Scope, snapshot: SnapshotInfo
) -> pd.DataFrame:
    """The indicator frame of one question: a row per area, breakdown and period, none missing.

    Columns area_code, group, period_start, period_end, numerator, denominator, value, status
    (`shown`, `hidden`, `no_data`), reason, qualifier. `value` is 0–100 for percent. Hidden and
    empty cells have no numbers. Raises `UnknownIndicator`, `NotAnswerable`.
    """
    definition = registry.get(name)
    question = asked(definition, question)
    with engine(snapshot).connect() as connection:
        counter = Engine(connection, scope)
        why_not = counter.why_not(definition, question)
        counted = counter.raw(definition, question)
    whole = frame.complete(counted, definition, question, scope, why_not)
    if scope.reveal:
        return whole
    return disclosure.hide(whole, definition, question, scope.hide_below)


def case_manager_loads(question: Question, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """One row per case manager, heaviest first: worker_id (pseudonym), province_code, families."""
    return _frame(lists.loads(question, scope), snapshot)


def load_bands(question: Question, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Case managers per band of families under care, empty bands included: band, case_managers."""
    held = case_manager_loads(question, scope=scope, snapshot=snapshot)["families"]
    edges = [-1, 0, 5, 10, 15, 20, float("inf")]
    band = pd.cut(held, edges, labels=list(CODES["load_band"]))
    counts = band.value_counts().reindex(list(CODES["load_band"]), fill_value=0)
    return pd.DataFrame({"band": counts.index.astype("str"), "case_managers": counts.to_numpy()})


def overdue_visits(
    question: Question, *, scope: Scope, snapshot: SnapshotInfo, limit: int = 500
) -> pd.DataFrame:
    """Follow-ups past due, oldest first, at most `limit`: unit (follow-up id), case_id, place,
    target_group, due_on, days_late. Ids are the sender's pseudonyms; there are no names."""
    return _frame(lists.overdue_visits(question, scope, limit), snapshot)


def cohorts(question: Question, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """One row per cohort that touches the period, newest first; planned ones are among them.

    `attendances`, `female`, `male`, `unspecified` are empty where nothing is known — not zero;
    `qualifier` is `exact`, `more_than` or `about`.
    """
    return _frame(lists.cohort_rows(question, scope), snapshot)


def targets(*, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Targets as loaded: indicator, scope_code, fiscal_year (Buddhist), value (Decimal), source."""
    del scope  # targets are public and about areas, not about anybody
    return _frame(select(SNAPSHOT["targets"]), snapshot)


def published_figures(*, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Figures quoted from documents: figure, value (Decimal), qualifier, as_of, source."""
    del scope  # published already
    return _frame(select(SNAPSHOT["published_figures"]), snapshot)


def courses(*, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """The course catalogue: course_id, names, target_role, qualifying, for_staff_without_degree."""
    del scope  # the catalogue is public
    return _frame(select(SNAPSHOT["courses"]), snapshot)


def load_rows(*, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Tables of the load: table_name, rows, present (the source held the table, even if empty)."""
    del scope  # counts of the whole load say nothing about anybody
    return _frame(select(load_tables), snapshot)


def fiscal_years(*, scope: Scope, snapshot: SnapshotInfo) -> list[int]:
    """Fiscal years (Buddhist) a reader may ask for, newest first: from the first case, follow-up
    or cohort on record to the as-of date's own."""
    del scope  # years are not about anybody
    firsts = [
        select(func.min(SNAPSHOT["cases"].c.opened_on)),
        select(func.min(SNAPSHOT["cohorts"].c.start_on)),
    ]
    with engine(snapshot).connect() as connection:
        found = [connection.execute(s).scalar() for s in firsts]
    last = fiscal_year_of(snapshot.as_of).be
    first = min([fiscal_year_of(day).be for day in found if day] or [last])
    return list(range(last, min(first, last) - 1, -1))


def quality_counts(
    *, scope: Scope, snapshot: SnapshotInfo, by_province: bool = False
) -> pd.DataFrame:
    """Rows that break each data-quality rule: rule, severity, table_name, province_code, rows.

    Rules nothing breaks are not in the frame; `data_access.quality.RULES` has them all.
    """
    return _frame(lists.quality_by_rule(scope, by_province), snapshot)


def _frame(statement: Select[Any], snapshot: SnapshotInfo) -> pd.DataFrame:
    with engine(snapshot).connect() as connection:
        result = connection.execute(statement)
        return pd.DataFrame(result.fetchall(), columns=list(result.keys()))
