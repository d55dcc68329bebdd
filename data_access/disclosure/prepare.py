"""Decides, while a snapshot is built, what pages ask for first; the rest is decided when asked."""

from collections.abc import Iterator

from sqlalchemy import func, select

from config.bands import ladders
from config.thai_calendar import FiscalYear, Span, fiscal_year_of
from config.thresholds import whole
from data_access.breakdowns import BREAKDOWNS
from data_access.disclosure import decisions, store
from data_access.disclosure.decisions import NARROW, WIDE, Case, Cells, case_of
from data_access.disclosure.offer import LEVELS_OF_PERIOD, WHOLE, PeriodType, period_type
from data_access.indicators.kernel.definition import Derived, Indicator, Kind
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.rollups import RECORD_YEARS
from data_access.indicators.registry import INDICATORS
from data_access.schema.derived import SNAPSHOT
from data_access.snapshot import SnapshotInfo, engine

WORTH_IT = 2_000  # cases
DECIDE = {WIDE: decisions.wide, NARROW: decisions.narrow}


def prepare(snapshot: SnapshotInfo, hide_below: int) -> None:
    """Write into a snapshot that is being built the decisions that pages ask for first.

    Every client indicator and breakdown in the fiscal year to the as-of date by all areas, and the
    quarters and years of the record that trends read by province and wider, with tables of bands
    that may be joined; slices by target group would double the time. Nothing where nothing is
    hidden, for synthetic data (shown whole without sign-in, and wanted at once on the first start),
    and for a few cases, about which questions are quick anyway.
    """
    if hide_below <= 1 or snapshot.synthetic or _cases_on_record(snapshot) < WORTH_IT:
        return
    write_decisions(snapshot, hide_below)


def write_decisions(snapshot: SnapshotInfo, hide_below: int) -> None:
    """As `prepare`, whatever the snapshot holds."""
    decided: dict[tuple[str, Case], Cells] = {}
    for level, asked in cases(snapshot, hide_below):
        for case in (asked, *_behind(asked)):
            if (level, case) not in decided:
                decided[level, case] = DECIDE[level](case, snapshot)
    store.write(snapshot, decided)


def cases(snapshot: SnapshotInfo, hide_below: int) -> Iterator[tuple[str, Case]]:
    """The tables that are decided beforehand, with the level (wide or narrow) of their areas."""
    sensitive = whole("small_cell_sensitive")
    for definition in (*INDICATORS.values(), *BREAKDOWNS.values()):
        if not definition.client_counts or isinstance(definition.measure, Derived):
            continue
        joinable = [by for by in definition.breakdowns if by in ladders()]
        for span in _spans(definition, snapshot):
            case = case_of(definition.name, span, definition.always_by, hide_below, sensitive)
            for level in _levels(definition, span, snapshot):
                yield level, case
            # Which bands were joined is to be known when older snapshots are gone.
            for by in joinable if LEVELS_OF_PERIOD[_period(definition, span, snapshot)] else ():
                yield WIDE, case_of(definition.name, span, by, hide_below, sensitive)


def _behind(case: Case) -> Iterator[Case]:
    """The tables of denominators that a table was decided by: other pages ask for them."""
    for one, _ in decisions.linked_cases(case):
        yield one
        yield from _behind(one)


def _cases_on_record(snapshot: SnapshotInfo) -> int:
    with engine(snapshot).connect() as connection:
        number = connection.execute(select(func.count()).select_from(SNAPSHOT["cases"]))
        return int(number.scalar_one())


def _spans(definition: Indicator, snapshot: SnapshotInfo) -> list[Span]:
    """The fiscal year to the as-of date first; then the quarters and years that trends read."""
    year = fiscal_year_of(snapshot.as_of)
    now = Span(year.start, snapshot.as_of)
    if definition.always_by is not None:
        return [now]
    years = [FiscalYear(be) for be in range(year.be, year.be - RECORD_YEARS, -1)]
    quarters = [one.quarter(n) for one in years for n in (1, 2, 3, 4)]
    begun = [q for q in quarters if q.start <= snapshot.as_of and "quarter" in definition.series]
    begun = [Span(q.start, min(q.end, snapshot.as_of)) for q in begun]
    if definition.kind is Kind.STOCK:
        return list(
            dict.fromkeys([now, *(Span(fiscal_year_of(q.end).start, q.end) for q in begun)])
        )
    return [now, *begun, *(one.span for one in years[1:])]


def _levels(definition: Indicator, span: Span, snapshot: SnapshotInfo) -> list[str]:
    """Which of the two tables, of wide and of narrow areas, the public level offers."""
    offers = WHOLE if definition.always_by is None else LEVELS_OF_PERIOD
    offered = offers[_period(definition, span, snapshot)]
    # Districts of earlier years and months are asked for one by one: they are decided then.
    narrow = definition.by_district and "district" in offered and span.end == snapshot.as_of
    return [*([WIDE] if offered else []), *([NARROW] if narrow else [])]


def _period(definition: Indicator, span: Span, snapshot: SnapshotInfo) -> PeriodType:
    query = Query(snapshot.as_of, span=span)
    return period_type(definition, span, query, snapshot.as_of)
