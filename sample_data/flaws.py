"""Faults as real offices make them, so that the demo's page on data quality has something to say.

Rows are changed on their way to the sink, a few of each kind in the whole country: no row is added
and none refuses the load. Rows for testing every rule a known number of times are in `faults`; what
silent districts and late provinces leave out is settled in `plan`.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sample_data.chance import Flags, Ints, stream
from sample_data.columns import NO_DAY, Days, code_column, code_index, day_number, days
from sample_data.plan import Plan
from sample_data.sinks import Sink

# How many rows of a kind are changed in a province, on average; a kind is rarer than one in ten
# thousand rows, so that no headline moves.
CLOSED_WITHOUT_DATE = 0.22
STAGE_LEFT_OPEN = 0.12
HANDED_OVER_LATE = 0.16
VISITED_AFTER_CLOSING = 0.25
YEAR_TOO_HIGH = 0.05
COMPLETED_LATER = 0.12
REGISTERED_LATER = 0.08


class WithFlaws:
    """A sink that spoils a few rows of what passes; the same ones for the same seed."""

    def __init__(self, sink: Sink, plan: Plan) -> None:
        self.rows = sink.rows
        self._sink = sink
        self._plan = plan
        self._closed: dict[str, int] = {}
        self._calls: dict[str, int] = {}
        self._spoil: dict[str, Callable[[pa.Table, np.random.Generator], pa.Table]] = {
            "cases": self._cases,
            "case_assignments": self._assignments,
            "follow_ups": self._follow_ups,
            "enrolments": self._enrolments,
            "volunteers": self._volunteers,
        }

    def write(self, table: str, rows: pa.Table) -> None:
        """Add rows, a few of them spoiled."""
        spoil = self._spoil.get(table)
        if spoil is not None:
            part = self._calls.get(table, 0)
            self._calls[table] = part + 1
            rows = spoil(rows, stream(self._plan.seed, f"flaws {table}", part=part))
        self._sink.write(table, rows)

    def write_texts(self, table: str, rows: Sequence[dict[str, str]]) -> None:
        """Add rows of texts exactly as they stand."""
        self._sink.write_texts(table, rows)

    def close(self) -> None:
        """Finish the sink behind."""
        self._sink.close()

    @property
    def _today(self) -> int:
        return day_number(self._plan.as_of)

    def _cases(self, rows: pa.Table, rng: np.random.Generator) -> pa.Table:
        """Closed cases without a day of closing, of families under care all the same, or with the
        stage they had before."""
        closed = _days_of(rows, "closed_on")
        is_open = closed == NO_DAY
        families = np.asarray(rows["family_id"].to_pylist())
        cared_for = np.isin(families, families[is_open])
        undated = _some(rng, CLOSED_WITHOUT_DATE, ~is_open & cared_for)
        staged = _some(rng, STAGE_LEFT_OPEN, ~is_open & ~cared_for)
        stage = np.array([code_index("stage", code) for code in rows["stage"].to_pylist()])
        stage[staged] = code_index("stage", "follow_up")
        self._closed = dict(zip(rows["case_id"].to_pylist(), closed.tolist(), strict=True))
        closed[undated] = NO_DAY
        changed = _with(rows, "closed_on", days(closed))
        return _with(changed, "stage", code_column("stage", stage))

    def _assignments(self, rows: pa.Table, rng: np.random.Generator) -> pa.Table:
        """Handovers written down a few days late: two case managers on the days between."""
        case = np.asarray(rows["case_id"].to_pylist())
        start, end = _days_of(rows, "start_on"), _days_of(rows, "end_on")
        followed = np.zeros(len(case), dtype=np.bool_)
        followed[:-1] = (case[1:] == case[:-1]) & (end[:-1] != NO_DAY)
        followed[:-1] &= (end[1:] == NO_DAY) | (end[1:] > start[1:] + 5)
        late = _some(rng, HANDED_OVER_LATE, followed)
        end[late] = start[late + 1] + rng.integers(0, 5, len(late))
        return _with(rows, "end_on", days(end))

    def _follow_ups(self, rows: pa.Table, rng: np.random.Generator) -> pa.Table:
        """Visits dated after the case had closed, or a year ahead by a slip of the pen."""
        done = _days_of(rows, "done_on")
        closed = np.array([self._closed[case] for case in rows["case_id"].to_pylist()])
        earlier = (done != NO_DAY) & (closed != NO_DAY) & (closed < self._today - 30)
        after = _some(rng, VISITED_AFTER_CLOSING, earlier)
        done[after] = closed[after] + rng.integers(2, 20, len(after))
        lately = (done > self._today - 60) & (closed == NO_DAY)
        ahead = _some(rng, YEAR_TOO_HIGH, lately)
        done[ahead] += 365
        return _with(rows, "done_on", days(done))

    def _enrolments(self, rows: pa.Table, rng: np.random.Generator) -> pa.Table:
        """Seats whose day of completion lies weeks after the cohort."""
        done = _days_of(rows, "completed_on")
        invented = pc.equal(rows["person_type"], "worker").to_numpy(zero_copy_only=False)
        able = invented & (done != NO_DAY) & (done < self._today - 90)
        later = _some(rng, COMPLETED_LATER / 3, able)
        done[later] += rng.integers(20, 60, len(later))
        return _with(rows, "completed_on", days(done))

    def _volunteers(self, rows: pa.Table, rng: np.random.Generator) -> pa.Table:
        """Volunteers registered after the day the records are of."""
        registered, ended = _days_of(rows, "registered_on"), _days_of(rows, "ended_on")
        able = (ended == NO_DAY) & (registered < self._today - 730)
        wrong = _some(rng, REGISTERED_LATER, able)
        registered[wrong] = self._today + rng.integers(30, 365, len(wrong))
        return _with(rows, "registered_on", days(registered))


def _some(rng: np.random.Generator, mean: float, able: Flags) -> Ints:
    """The places of a few rows out of those that can be spoiled; often none."""
    places = np.flatnonzero(able)
    number = min(len(places), int(rng.poisson(mean)))
    return np.sort(rng.permutation(places)[:number])


def _days_of(rows: pa.Table, column: str) -> Days:
    numbers = pc.fill_null(rows[column].combine_chunks().view(pa.int32()), int(NO_DAY))
    return np.array(numbers, dtype=np.int32)


def _with(rows: pa.Table, column: str, values: pa.Array) -> pa.Table:
    place = rows.schema.get_field_index(column)
    return rows.set_column(
        place, rows.schema.field(place), values.cast(rows.schema.field(place).type)
    )
