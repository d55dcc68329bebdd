"""What subscriptions have to tell on the day of the data, with the scope of a moment.

A number that is hidden, not there, or on too small a base tells nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from config import task_rules
from config.events import last_break
from config.thai_calendar import Span, fiscal_year_of, month_of
from data_access import queries
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Indicator
from data_access.indicators.kernel.query import Query
from data_access.journal.rights import may_be_told
from data_access.journal.subscriptions import Subscription
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from data_access.statistics import xmr
from data_access.statistics.change import cell_of
from geo import levels

SIGNALS = ("better", "worse", "up", "down")


@dataclass(frozen=True)
class Alert:
    """One thing to tell: the number, its day, and for a signal the mean and what it means."""

    subscription: Subscription
    value: float
    day: date
    mean: float | None = None
    variation: str = ""


def alerts(
    wishes: Iterable[Subscription], *, scope: Scope, snapshot: SnapshotInfo
) -> tuple[Alert, ...]:
    """Give what is to be told of areas that a letter of this scope may hold at this moment, and of
    no other (`rights.may_be_told`)."""
    return tuple(_alerts(wishes, scope, snapshot))


def _alerts(
    wishes: Iterable[Subscription], scope: Scope, snapshot: SnapshotInfo
) -> Iterator[Alert]:
    for one in wishes:
        item = registry.INDICATORS.get(one.indicator)
        if item is None or not may_be_told(scope, one.area_code):
            continue
        tell = _signal if one.kind == "signal" else _threshold
        found = tell(one, item, scope, snapshot)
        if found is not None:
            yield found


def _threshold(
    one: Subscription, item: Indicator, scope: Scope, snapshot: SnapshotInfo
) -> Alert | None:
    query = _query(one, snapshot, span=fiscal_year_of(snapshot.as_of).span)
    values = _values(one, item, query, scope, snapshot)
    if not values or values[-1] is None or one.threshold is None:
        return None
    over = values[-1] > one.threshold
    under = values[-1] < one.threshold
    hit = over if one.kind == "above" else under
    return Alert(one, values[-1], snapshot.as_of) if hit else None


def _signal(
    one: Subscription, item: Indicator, scope: Scope, snapshot: SnapshotInfo
) -> Alert | None:
    if "month" not in item.series:
        return None
    months = _months(item, snapshot.as_of)
    query = _query(one, snapshot, span=months, over="month")
    values = _values(one, item, query, scope, snapshot)
    if not values or values[-1] is None:
        return None  # a signal is about the latest month
    reading = xmr.read(values, str(item.direction))
    if reading.variation not in SIGNALS:
        return None
    return Alert(one, values[-1], months.end, reading.mean, reading.variation)


def _months(item: Indicator, as_of: date) -> Span:
    """The whole months that a signal is read from, as the desk's rule of decline has them: the
    youngest are left out of what is entered late, and so is what lies before a break."""
    rule = task_rules.of_kind("decline")
    window, settle = (rule.window, rule.settle) if rule else (24, 2)
    last = month_of(as_of)
    back = (settle if item.late_entry else 0) + (last.end > as_of)
    for _ in range(back):
        last = month_of(last.start - timedelta(days=1))
    first = last
    for _ in range(window - 1):
        earlier = month_of(first.start - timedelta(days=1))
        if earlier.start < last_break(item.name, as_of):
            break
        first = earlier
    return Span(first.start, last.end)


def _query(one: Subscription, snapshot: SnapshotInfo, **more: Any) -> Query:
    level: Any = levels.level_of(one.area_code).name
    province = one.area_code[:2] if level == "district" else None
    return Query(snapshot.as_of, area=level, province=province, **more)


def _values(
    one: Subscription, item: Indicator, query: Query, scope: Scope, snapshot: SnapshotInfo
) -> list[float | None]:
    frame = queries.indicator(one.indicator, query, scope=scope, snapshot=snapshot)
    mine = frame[frame["area_code"] == scope.label(one.area_code).code].sort_values("period_end")
    counts = item.headline == "count"
    return [cell_of(row, item, counts=counts).comparable for row in mine.itertuples()]
