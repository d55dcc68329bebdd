"""How much months still change after they are over: the values as they were known then.

See `data_access.statistics.provisional` for the method; here the store is asked for them.
"""

from datetime import date, timedelta

from config.thai_calendar import Span, month_of
from data_access import queries
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from data_access.statistics import provisional
from data_access.statistics.provisional import AGES

MONTHS = 12  # months looked back on, beyond those that are still young


def months_between(first: date, last: date) -> int:
    """Give how many months the month of `last` lies after that of `first`."""
    return (last.year - first.year) * 12 + last.month - first.month


def movements(
    name: str, *, as_of: date, scope: Scope, snapshot: SnapshotInfo
) -> dict[int, tuple[float, int]]:
    """Give for each age in months the median movement since, and the months it stands on.

    The months are the twelve before the last four; ages are 0 to 3 months after a month's end. The
    areas of the scope are counted together.
    """
    oldest = len(AGES) + MONTHS
    ends = _month_ends(as_of, oldest)
    settled = ends[:MONTHS]
    today = _months(name, as_of, Span(month_of(settled[0]).start, settled[-1]), scope, snapshot)
    known: dict[int, list[float | None]] = {age: [] for age in AGES}
    then = {
        end: _months(
            name, end, Span(month_of(ends[max(at - AGES[-1], 0)]).start, end), scope, snapshot
        )
        for at, end in enumerate(ends)
    }
    for at, end in enumerate(settled):
        for age in AGES:
            known[age].append(then[ends[at + age]].get(end))
    return provisional.movements(known, [today.get(end) for end in settled])


def _month_ends(as_of: date, months: int) -> list[date]:
    """The last days of so many whole months up to the as-of date, oldest first."""
    end = month_of(as_of).end
    if end > as_of:
        end = month_of(as_of).start - timedelta(days=1)
    found = [end]
    while len(found) < months:
        found.append(month_of(found[-1]).start - timedelta(days=1))
    return found[::-1]


def _months(
    name: str, as_of: date, span: Span, scope: Scope, snapshot: SnapshotInfo
) -> dict[date, float | None]:
    """The values of the months of a span as known on a day, by the month's last day."""
    query = Query(as_of=as_of, over="month", span=span)
    frame = queries.indicator(name, query, scope=scope, snapshot=snapshot)
    return {
        row.period_end: float(row.value) if row.status == "shown" else None
        for row in frame.itertuples()
    }
