"""Tasks that rules raise for an area: who, why, which number, since when. A door, like `queries`.

A task is worked out from the data and stored nowhere: it is there as long as its condition holds,
closes by itself, and no refresh can double it, for its id is the rule and what the rule is about.
The rules stand in `config/task_rules.toml`. Tasks are raised inside the reader's own areas only:
of districts and referrals in any of them, of provinces that are their own as a whole, and of own
districts where the province is not.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

import pandas as pd

from config.events import last_break
from config.task_rules import TaskRule, task_rules
from config.thai_calendar import Span, month_of
from data_access import desk, disclosure, lists_desk, queries
from data_access import snapshot as snapshots
from data_access.disclosure import SHOWN
from data_access.indicators import registry
from data_access.indicators.definitions import caseload
from data_access.indicators.kernel.definition import Direction, Indicator
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.small_base import is_small
from data_access.snapshot import SnapshotInfo, read_frame
from data_access.statistics import xmr
from geo import levels

COLUMNS = [
    "task_id", "rule", "area_code", "indicator", "unit", "case_id", "worker_id",
    "value", "against", "months", "since", "days",
]  # fmt: skip
RATIO = caseload.FAMILIES_PER_CASE_MANAGER.name


@dataclass(frozen=True)
class Ask:
    """One rule asked of one reader's areas on one day."""

    rule: TaskRule
    query: Query
    scope: Scope
    snapshot: SnapshotInfo

    @property
    def day(self) -> date:
        """The day that the rule looks at."""
        return self.query.period.end

    def months(self) -> Span:
        """The whole months that the rule looks back on, less the youngest ones."""
        last = month_of(self.day)
        behind = self.rule.settle + (last.end > self.day)
        end = month_of(_months_before(last.start, behind)).end
        return Span(_months_before(month_of(end).start, self.rule.window - 1), end)


def tasks(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Tasks open on the day in the reader's own areas, in the order of the rules, the longest open
    first.

    Columns `COLUMNS`: `area_code` (a province or district; empty for a referral without a known
    district), `unit` and `case_id` (of a referral), `worker_id` (whoever answers for the case, or a
    supervisor of case managers of the area; empty where there is none), `value` (days, percent or
    ratio; empty for families without any case manager), `against` (the days, the own mean or the
    norm that it is held against), `months` (month-ends in a row over the norm), `since` and `days`
    since then.
    """
    found = [
        row
        for rule in task_rules().values()
        for row in _TASKS_OF[rule.kind](Ask(rule, query, scope, snapshot))
    ]
    frame = pd.DataFrame(found, columns=COLUMNS)
    frame = frame.astype({"value": "Float64", "against": "Float64", "months": "Int64"})
    frame["days"] = frame["days"].astype("Int64")
    order = frame["rule"].map({name: place for place, name in enumerate(task_rules())})
    keys = ["place", "days", "task_id"]
    ordered = frame.assign(place=order).sort_values(keys, ascending=[True, False, True])
    return ordered[COLUMNS].reset_index(drop=True)


def closed_tasks(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Give the tasks of an earlier answer that a later one has no more: they closed themselves."""
    return before[~before["task_id"].isin(now["task_id"])].reset_index(drop=True)


def snapshot_before(info: SnapshotInfo) -> SnapshotInfo | None:
    """Give the newest snapshot that is older than this one and about the same kind of data."""
    return snapshots.before(info)


def _silence(ask: Ask) -> Iterator[dict[str, Any]]:
    quiet = desk.quiet_districts(ask.query, scope=ask.scope, snapshot=ask.snapshot)
    supervisors = _supervisors(ask)
    for row in quiet[quiet["days"] >= ask.rule.at_least].itertuples():
        yield _task(
            ask, row.district_code, row.since,
            worker_id=supervisors(row.district_code),
            value=row.days, against=ask.rule.at_least,
        )  # fmt: skip


def _referrals(ask: Ask) -> Iterator[dict[str, Any]]:
    rows = read_frame(lists_desk.unanswered_referrals(ask.query, ask.scope), ask.snapshot)
    mine = disclosure.with_permitted_rows(rows, ask.scope)
    for row in mine[mine["days"] >= ask.rule.at_least].itertuples():
        district = row.district_code if isinstance(row.district_code, str) else row.province_code
        yield _task(
            ask, district, row.since,
            unit=row.unit, case_id=row.case_id,
            worker_id=row.worker_id if isinstance(row.worker_id, str) else "",
            value=row.days, against=ask.rule.at_least,
        )  # fmt: skip


def _decline(ask: Ask) -> Iterator[dict[str, Any]]:
    supervisors = _supervisors(ask)
    for name in ask.rule.indicators:
        item = registry.get(name)
        broken = last_break(name, ask.day)
        for area, whole in _series(ask, name):
            # Values before a break are of another measure: no mean is taken over both.
            rows = whole[whole["period_start"] >= broken]
            if rows.empty:
                continue
            values = [
                float(row.value)
                if row.status == SHOWN and not is_small(row.denominator, item)
                else None
                for row in rows.itertuples()
            ]
            reading = xmr.read(values, str(item.direction))
            if reading.variation != "worse" or len(reading.rules) < ask.rule.at_least:
                continue
            length = _length(_worse(values, item, reading.mean or 0.0))
            if not length:
                continue  # a trend that comes back from the better side has not fallen yet
            yield _task(
                ask, area, rows["period_start"].iloc[-length],
                indicator=name, worker_id=supervisors(area),
                value=values[-1], against=reading.mean,
            )  # fmt: skip


def _worse(values: list[float | None], item: Indicator, mean: float) -> list[bool | None]:
    """For each value whether it lies on the worse side of the mean; None where there is none."""
    lower = item.direction is Direction.LOWER_IS_BETTER
    return [None if x is None else (x > mean if lower else x < mean) for x in values]


def _over_norm(ask: Ask) -> Iterator[dict[str, Any]]:
    norm, supervisors = caseload.norm(), _supervisors(ask)
    for area, rows in _series(ask, RATIO):
        counts = [(row.numerator, row.denominator) for row in rows.itertuples()]
        length = _length([_is_over(*pair, norm) for pair in counts])
        if length < ask.rule.at_least:
            continue
        families, managers = counts[-1]
        yield _task(
            ask, area, rows["period_end"].iloc[-length],
            indicator=RATIO, worker_id=supervisors(area),
            value=families / managers if managers else pd.NA, against=norm, months=length,
        )  # fmt: skip


_TASKS_OF: dict[str, Callable[[Ask], Iterator[dict[str, Any]]]] = {
    "silence": _silence,
    "decline": _decline,
    "over_norm": _over_norm,
    "unanswered": _referrals,
}


def _task(ask: Ask, area: str, since: date, **parts: Any) -> dict[str, Any]:
    """A task; its id says the rule and what it is about, and nothing that changes with time."""
    subject = parts.get("unit") or ".".join(filter(None, (area, parts.get("indicator"))))
    empty = dict.fromkeys(("indicator", "unit", "case_id", "worker_id"), "")
    named = {"rule": ask.rule.name, "task_id": f"{ask.rule.name}:{subject}", "area_code": area}
    when = {"since": since, "days": (ask.day - since).days}
    return {"months": pd.NA, **empty, **named, **when, **parts}


def _series(ask: Ask, name: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """The months of an indicator for each area that is the reader's own as a whole."""
    for level, codes in _own_areas(ask).items():
        span = ask.months()
        for province in {code[:2] for code in codes} if level == "district" else {None}:
            query = ask.query.but(area=level, over="month", span=span, target_group=None)
            if province:
                query = query.but(province=province)
            frame = queries.indicator(name, query, scope=ask.scope, snapshot=ask.snapshot)
            mine = frame[frame["area_code"].isin(codes)].sort_values(["area_code", "period_end"])
            for area, rows in mine.groupby("area_code", sort=True):
                yield str(area), rows.reset_index(drop=True)


def _own_areas(ask: Ask) -> dict[Any, set[str]]:
    """The reader's own areas inside the query's, by level; districts of own provinces are left to
    their province."""
    inside = ask.query.narrowest
    every = {code for code in levels.BY_NAME["province"].codes() if levels.lies_in(code, inside)}
    provinces = {code for code in every if disclosure.is_own(ask.scope, code)}
    alone = {code for code in ask.scope.own_districts if levels.lies_in(code, inside)}
    districts = {code for code in alone if not disclosure.is_own(ask.scope, code[:2])}
    areas = {"province": provinces, "district": districts}
    return {level: codes for level, codes in areas.items() if codes}


def _supervisors(ask: Ask) -> Callable[[str], str]:
    """A function that gives the supervisor of an area: of the district, else of its province."""
    rows = read_frame(lists_desk.supervisors(ask.query), ask.snapshot)
    by_area: dict[str, str] = {}
    for column in ("province_code", "district_code"):
        named = rows.dropna(subset=[column])
        by_area |= named.groupby(column)["worker_id"].min().to_dict()
    return lambda area: by_area.get(area) or by_area.get(area[:2], "")


def _length(hits: Sequence[bool | None]) -> int:
    """How many hits in a row stand at the end; a missing one ends the row."""
    return sum(1 for _ in takewhile(bool, reversed(hits)))


def _is_over(families: Any, managers: Any, norm: int) -> bool:
    known = not (pd.isna(families) or pd.isna(managers))
    return known and bool(families > managers * norm)


def _months_before(first: date, months: int) -> date:
    """The first day of the month so many months before that of `first`."""
    for _ in range(months):
        first = month_of(first - timedelta(days=1)).start
    return first
