"""An attacker with a solver: everything the public level answers, as equations over hidden counts.

`collect` asks the door as any visitor can. `weak` bounds each hidden count by an integer program
over all answers together and gives those that can be fewer than three numbers. Known to the
attacker: every shown number, that counts are whole and not negative, which areas, slices and
quarters add up, which counts of two indicators are the same, and what the reason of a hidden cell
says of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from config.thai_calendar import FiscalYear, Span
from data_access import queries
from data_access.breakdowns import BREAKDOWNS
from data_access.disclosure import decisions
from data_access.disclosure.offer import offered
from data_access.indicators.kernel.definition import Kind
from data_access.indicators.kernel.query import Query
from data_access.indicators.registry import INDICATORS
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from geo import registers

PUBLIC, ALL = Scope(nation=True), Scope(nation=True, reveal=True)
YEAR = FiscalYear(2569)
LEAST_VALUES = 3
MANY = 10_000
# (indicator, area, slice, first day, last day): one cell of the public level
Cell = tuple[str, str, str, date, date]
Part = tuple[Cell, str]  # the cell's "top", "rest" or "whole"


@dataclass
class Answers:
    """Every cell that was asked for: what the visitor saw, and (for checking) what is true."""

    seen: dict[Part, int] = field(default_factory=dict)
    true: dict[Part, int] = field(default_factory=dict)
    hidden: dict[Cell, str] = field(default_factory=dict)
    base_shown: set[Cell] = field(default_factory=set)
    asked: int = 0

    def add(self, name: str, public: pd.DataFrame, real: pd.DataFrame, one: str | None) -> None:
        """Take the rows of an answer; `one` is the slice that was filtered for."""
        both = name_counts(name)
        for row, truth in zip(public.itertuples(), real.itertuples(), strict=True):
            if row.reason in ("table_missing", "not_begun", "not_by_district"):
                continue
            slice_ = one or row.group
            cell = (name, row.area_code, slice_, row.period_start, row.period_end)
            self.asked += 1
            for part, number in _parts(truth, both=both).items():
                self.true[cell, part] = number
            if row.status == "hidden":
                self.hidden[cell] = row.reason
                continue
            for part, number in _parts(row, both=both).items():
                self.seen[cell, part] = number


def name_counts(name: str) -> bool:
    """True where the denominator counts clients too."""
    return "denominator" in (BREAKDOWNS.get(name) or INDICATORS[name]).client_counts


def _parts(row: object, *, both: bool) -> dict[str, int]:
    top = _whole(row.numerator)  # type: ignore[attr-defined]  # a row of an indicator frame
    if not both:
        return {"top": top}
    whole = _whole(row.denominator)  # type: ignore[attr-defined]  # the same
    return {"top": top, "rest": whole - top, "whole": whole}


def _whole(number: object) -> int:
    return 0 if pd.isna(number) else int(str(number))


def collect(names: Iterable[str], snapshot: SnapshotInfo, year: FiscalYear = YEAR) -> Answers:
    """The answers to all questions of the public level about these indicators in one year."""
    answers = Answers()
    for name in names:
        definition = BREAKDOWNS.get(name) or INDICATORS[name]
        ask = queries.breakdown if name in BREAKDOWNS else queries.indicator
        sliced = [b for b in definition.breakdowns if b in ("target_group", definition.always_by)]
        shapes: list[dict[str, object]] = [{"breakdown": b} for b in sliced]
        if definition.always_by is None:
            shapes += [{}, {"over": "quarter"}]
        for shape in shapes:
            # Slices of districts are never offered, whatever they are: nothing to ask for.
            narrow = () if "breakdown" in shape else ("district",)
            for area in ("country", "region", "province", *narrow):
                query = Query(snapshot.as_of, span=Span(year.start, year.end))
                query = query.but(area=area, **shape)
                public = ask(name, query, scope=PUBLIC, snapshot=snapshot)
                real = ask(name, query, scope=ALL, snapshot=snapshot)
                answers.add(name, public, real, None)
    answers.base_shown = {c for c in answers.hidden if _base_is_shown(c, snapshot)}
    return answers


def _base_is_shown(cell: Cell, snapshot: SnapshotInfo) -> bool:
    """True where the count behind a hidden share was decided to be no secret."""
    name, area, one, start, end = cell
    sliced = "target_group" if one else None
    case = decisions.case_of(name, Span(start, end), sliced, 5, 10)
    if case.base or answers_not_offered(cell, snapshot):
        return False
    level = decisions.narrow if len(area) == 4 else decisions.wide
    return (area, one) not in level(case.bases(), snapshot)


def answers_not_offered(cell: Cell, snapshot: SnapshotInfo) -> bool:
    """True where the public level has no table with this cell."""
    name, area, one, start, end = cell
    query = Query(snapshot.as_of, breakdown="target_group" if one else None)
    definition = BREAKDOWNS.get(name) or INDICATORS[name]
    return not offered(definition, query, area, Span(start, end), snapshot.as_of)


@dataclass
class System:
    """Linear equations over parts: each row a list of (part, factor) that sums to 0."""

    parts: list[Part]
    rows: list[list[tuple[Part, int]]]


def equations(answers: Answers) -> System:
    """Every sum that holds among the true counts, by area, slice, quarter and definition."""
    true = answers.true
    rows: list[list[tuple[Part, int]]] = []
    for (cell, part), _ in true.items():
        if part == "whole":
            rows.append([((cell, "top"), 1), ((cell, "rest"), 1), ((cell, "whole"), -1)])
    for axis in (_by_area, _by_slice, _by_quarter):
        sums: dict[Part, list[Part]] = {}
        for cell, part in true:
            parent = axis(cell)
            if parent is not None and (parent, part) in true:
                sums.setdefault((parent, part), []).append((cell, part))
        for total, parts in sums.items():
            # An attacker knows what adds up; here it is read from the true numbers.
            if sum(true[p] for p in parts) == true[total]:
                rows.append([(total, -1), *[(p, 1) for p in parts]])
    rows += [[(one, 1), (other, -1)] for one, other in same_counts(answers)]
    return System(list(true), rows)


def _by_area(cell: Cell) -> Cell | None:
    name, area, *rest = cell
    if area == "TH":
        return None
    if area in registers.REGIONS:
        return (name, "TH", *rest)  # type: ignore[return-value]  # the same places
    up = registers.region_of(area) if len(area) == 2 else area[:2]
    return (name, up, *rest)  # type: ignore[return-value]  # the same places


def _by_slice(cell: Cell) -> Cell | None:
    name, area, one, *period = cell
    return (name, area, "", *period) if one else None  # type: ignore[return-value]  # the same places


def _by_quarter(cell: Cell) -> Cell | None:
    *key, start, end = cell
    stock = (BREAKDOWNS.get(cell[0]) or INDICATORS[cell[0]]).kind is Kind.STOCK
    if stock or (end - start).days > 100:
        return None  # the ends of four quarters add up to nothing
    year = FiscalYear(YEAR.be)
    return (*key, year.start, year.end)  # type: ignore[return-value]  # the same places


def same_counts(answers: Answers) -> list[tuple[Part, Part]]:
    """Pairs of parts of two indicators, equal in every area, slice and period they share."""
    columns: dict[tuple[str, str], dict[tuple[object, ...], int]] = {}
    for (cell, part), number in answers.true.items():
        columns.setdefault((cell[0], part), {})[cell[1:]] = number
    pairs: list[tuple[Part, Part]] = []
    keys = sorted(columns)
    for n, one in enumerate(keys):
        for other in keys[n + 1 :]:
            shared = columns[one].keys() & columns[other].keys()
            values = [(columns[one][k], columns[other][k]) for k in shared]
            if one[0] == other[0] or len({a for a, _ in values}) < 4:
                continue  # too few different numbers to say that they are the same count
            if all(a == b for a, b in values):
                pairs += [
                    (((one[0], *k), one[1]), ((other[0], *k), other[1]))  # type: ignore[misc]  # a cell
                    for k in shared
                ]
    return pairs


@dataclass(frozen=True)
class Weak:
    """A hidden count that can be fewer than three numbers."""

    part: Part
    low: int
    high: int
    true: int


def weak(answers: Answers, *, most: int | None = None, seed: int = 0) -> tuple[list[Weak], int]:
    """The hidden counts that the answers give away, and how many were tried.

    A count of 0 that a shown 0 above or beside gives away is no client and is left out.
    """
    system = equations(answers)
    place, matrix, fixed = _reduced(system, answers)
    # A denominator that another indicator shows is no secret: it was decided to be shown.
    shown = {b for a, b in same_counts(answers) if a in answers.seen}
    shown |= {a for a, b in same_counts(answers) if b in answers.seen}
    shown |= {(cell, "whole") for cell in answers.base_shown}
    targets = [p for p in place if p[0] in answers.hidden and p not in shown]
    if most is not None and len(targets) > most:
        pick = np.random.default_rng(seed).choice(len(targets), most, replace=False)
        targets = [targets[i] for i in sorted(pick)]
    groups = _connected(matrix)
    found: list[Weak] = []
    for part in targets:
        low, high = _bounds(place[part], matrix, fixed, groups)
        true = answers.true[part]
        if not low <= true <= high:
            raise AssertionError(f"the attacker's equations do not hold: {part}")
        if high - low + 1 < LEAST_VALUES and not (true == 0 and high == 0):
            found.append(Weak(part, low, high, true))
    # Parts that the equations alone fix never reach the solver.
    found += [
        Weak(p, answers.true[p], answers.true[p], answers.true[p])
        for p in _derived(system, answers)
        if p[0] in answers.hidden and p not in shown and answers.true[p] > 0
    ]
    return found, len(targets)


def _derived(system: System, answers: Answers) -> set[Part]:
    """Hidden parts that follow one after the other from equations with a single unknown."""
    known = set(answers.seen)
    found: set[Part] = set()
    again = True
    while again:
        again = False
        for row in system.rows:
            unknown = [p for p, _ in row if p not in known]
            if len(unknown) == 1:
                known.add(unknown[0])
                found.add(unknown[0])
                again = True
    return found


def _reduced(system: System, answers: Answers) -> tuple[dict[Part, int], csr_array, np.ndarray]:
    """Unknown parts with their place, the equations over them, and their right-hand sides."""
    seen = answers.seen
    place = {p: n for n, p in enumerate(q for q in system.parts if q not in seen)}
    data: list[int] = []
    rows: list[int] = []
    columns: list[int] = []
    right: list[int] = []
    for row in system.rows:
        if all(p in seen for p, _ in row):
            continue
        for part, factor in row:
            if part in place:
                data.append(factor)
                rows.append(len(right))
                columns.append(place[part])
        right.append(-sum(factor * seen[p] for p, factor in row if p in seen))
    shape = (len(right), len(place))
    return place, csr_array((data, (rows, columns)), shape=shape), np.array(right, dtype=float)


def _connected(matrix: csr_array) -> np.ndarray:
    return connected_components(matrix.T @ matrix, directed=False)[1]


def _bounds(
    target: int, matrix: csr_array, right: np.ndarray, groups: np.ndarray
) -> tuple[int, int]:
    columns = (groups == groups[target]).nonzero()[0]
    part = matrix[:, columns]
    rows = np.unique(part.nonzero()[0])
    if not rows.size:
        return 0, MANY
    goal = (columns == target).astype(float)
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * goal,
            constraints=LinearConstraint(part[rows], right[rows], right[rows]),
            bounds=Bounds(0, MANY),
            integrality=np.ones(len(columns)),
            options={"time_limit": 20, "mip_rel_gap": 0},
        )
        if found.x is None:
            raise AssertionError(f"the solver found no world at all: {found.message}")
        ends.append(round(found.x[columns == target][0]))
    return ends[0], ends[1]
