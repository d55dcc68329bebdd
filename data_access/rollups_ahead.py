"""Counts, while a snapshot is built, the cubes that pages ask for, and writes them into it.

Every measure: in the fiscal year to the as-of date by each of its breakdowns and by district, and
by quarter, fiscal year and month over the record that trends show. A question about any of those
periods, areas or target groups reads them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Connection

from config.thai_calendar import Span, month_of
from data_access import late_entry
from data_access.breakdowns import BREAKDOWNS
from data_access.indicators.kernel import rollups
from data_access.indicators.kernel.cube_statement import (
    cells_of,
    columns_of,
    count_cells,
    rows_of,
)
from data_access.indicators.kernel.definition import Indicator, Kind, Rows
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.rollups import AddsUp, Cells
from data_access.indicators.registry import INDICATORS
from data_access.snapshot import SnapshotInfo, engine

Progress = Callable[[str, int, int], None]


def write(snapshot: SnapshotInfo, progress: Progress | None = None) -> int:
    """Write the cubes into a snapshot that is being built; gives how many."""
    definitions = (*INDICATORS.values(), *BREAKDOWNS.values())
    counter = _Counter()
    with engine(snapshot).connect() as connection:
        for number, one in enumerate(definitions):
            if progress is not None:
                progress("rollups", number, len(definitions))
            for rows in rows_of(one):
                for query in _questions_about(one, snapshot):
                    counter.add(connection, rows, one.kind, query)
    engine(snapshot).dispose()  # DuckDB opens a file for reading or for writing
    rollups.write(snapshot.path, counter.cubes.items())
    return len(counter.cubes)


@dataclass
class _Counter:
    """Counts each question once; `cubes` are kept by the fingerprint of their statement."""

    cubes: dict[str, Cells] = field(default_factory=dict)
    _questions: set[tuple[Rows, Kind, Query]] = field(default_factory=set)

    def add(self, connection: Connection, rows: Rows, kind: Kind, query: Query) -> None:
        """Count the cube of a question, and that by target group where one unit may be in
        several."""
        columns = columns_of(rows, kind, query)
        unknown_place = query.area == "district" and "district_code" not in columns
        if unknown_place or (rows, kind, query) in self._questions:
            return
        self._questions.add((rows, kind, query))
        statement = cells_of(rows, kind, query)
        key = rollups.fingerprint(statement, connection)
        if key not in self.cubes:
            self.cubes[key] = count_cells(connection, statement)
        several = self.cubes[key].adds_up is AddsUp.PLACES and "target_group" in columns
        if query.breakdown is None and several:
            self.add(connection, rows, kind, query.but(breakdown="target_group"))


def _questions_about(one: Indicator, snapshot: SnapshotInfo) -> Iterator[Query]:
    """The questions whose cubes are written: about the whole country by its smallest places."""
    now = Query(snapshot.as_of, area="province", breakdown=one.always_by)
    yield now
    for by in one.breakdowns:
        if by != "target_group":
            yield now.but(breakdown=by)
    if one.by_district:
        yield now.but(area="district")
        if one.on_map:  # the desk compares the last two months
            yield from (
                now.but(area="district", span=span) for span in _last_months(snapshot.as_of)
            )
    for series in rollups.record(snapshot.as_of):
        if series.over in one.series and _is_shown(series, one):
            yield series.but(breakdown=one.always_by)
    if one.late_entry:
        yield from (query.but(area="province") for query in late_entry.questions(snapshot.as_of))


def _last_months(as_of: date) -> tuple[Span, Span]:
    """The month of the as-of date and the one before it."""
    month = month_of(as_of)
    return month, month_of(month.start - timedelta(days=1))


def _is_shown(series: Query, one: Indicator) -> bool:
    """True where pages show a series: a stock at the end of a year is that of its last quarter."""
    flow, published = one.kind is Kind.FLOW, one.name in INDICATORS
    if series.over == "fiscal_year":
        return flow
    return published and (series.over == "quarter" or flow or one.on_map)
