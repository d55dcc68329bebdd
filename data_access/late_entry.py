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
    today, *then = (_values(name, query, scope, snapshot) for query in questions(as_of))
    settled = _month_ends(as_of, len(AGES) + MONTHS)[:MONTHS]
    known: dict[int, list[float | None]] = {age: [] for age in AGES}
    for at, end in enumerate(settled):
        for age in AGES:
            known[age].append(then[at + age].get(end))
    return provisional.movements(known, [today.get(end) for end in settled])


def questions(as_of: date) -> list[Query]:
    """The months looked back on as known today; then, for each of the month ends up to the as-of
    date, the months that were young on that day as known then."""
    ends = _month_ends(as_of, len(AGES) + MONTHS)
    settled = Span(month_of(ends[0]).start, ends[MONTHS - 1])
    young = [
        Query(end, over="month", span=Span(month_of(ends[max(at - AGES[-1], 0)]).start, end))
        for at, end in enumerate(ends)
    ]
    return [Query(as_of, over="month", span=settled), *young]


def _month_ends(as_of: date, months: int) -> list[date]:
    """The last days of so many whole months up to the as-of date, oldest first."""
    end = month_of(as_of).end
    if end > as_of:
        end = month_of(as_of).start - timedelta(days=1)
    found = [end]
    while len(found) < months:
        found.append(month_of(found[-1]).start - timedelta(days=1))
    return found[::-1]


def _values(
    name: str, query: Query, scope: Scope, snapshot: SnapshotInfo
) -> dict[date, float | None]:
    """The values of the months of a question, by the month's last day."""
    frame = queries.indicator(name, query, scope=scope, snapshot=snapshot)
    return {
        row.period_end: float(row.value) if row.status == "shown" else None
        for row in frame.itertuples()
    }
