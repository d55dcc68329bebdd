"""An attacker with a solver: everything the public level answers, as equations over hidden counts.

`collect` asks the door as any visitor can, `equations` writes down what is known, and
`solver.weak` gives the hidden counts that can be fewer than three numbers. Known to the
attacker: every shown number, also of groups of districts, that counts are whole and not negative,
which areas, slices and quarters add up, which counts of two indicators are the same, and what the
reason of a hidden cell says of it (`printed_reasons`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from config import bands
from config.thai_calendar import FiscalYear, Span
from data_access import queries
from data_access.breakdowns import BREAKDOWNS
from data_access.disclosure import DECISION_REASONS, decisions
from data_access.disclosure.families import SENSITIVE_GROUPS
from data_access.disclosure.offer import offered
from data_access.indicators.kernel.definition import Kind
from data_access.indicators.kernel.query import Query
from data_access.indicators.registry import INDICATORS
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from geo import district_groups, registers
from tests.disclosure.band_equations import (
    CHOICE,
    EACH,
    IN,
    MANY,
    numbers_as_shown,
    sums_of_bands,
    whole_of,
    why_joined,
)

PUBLIC, ALL = Scope(nation=True), Scope(nation=True, reveal=True)
YEAR = FiscalYear(2569)
DAY = timedelta(days=1)
# (indicator, area, slice, first day, last day): one cell of the public level
Cell = tuple[str, str, str, date, date]
Part = tuple[Cell, str]  # the cell's "top", "rest" or "whole"
# A sum of parts and choices, with the least and the most that it can be.
Bounded = tuple[list[tuple[Part, int]], float, float]
UNPLACED = "-unplaced"


@dataclass
class Answers:
    """Every cell that was asked for: what the visitor saw, and (for checking) what is true."""

    seen: dict[Part, int] = field(default_factory=dict)
    true: dict[Part, int] = field(default_factory=dict)
    hidden: dict[Cell, str] = field(default_factory=dict)
    base_shown: set[Cell] = field(default_factory=set)
    merged: dict[Cell, Any] = field(default_factory=dict)  # what the visitor saw of a group
    plain: set[str] = field(default_factory=set)  # whose reasons speak of their own counts
    published: dict[Cell, Cell] = field(default_factory=dict)  # of each band: its joined one
    steps: dict[tuple[str, date, date], int] = field(default_factory=dict)  # of the ladder of bands
    asked: int = 0

    def add(self, name: str, public: pd.DataFrame, real: pd.DataFrame, by: str | None) -> None:
        """Take the rows of an answer, sliced `by` a breakdown."""
        both = name_counts(name)
        truths = numbers_as_shown(public, real, by)
        for row, truth in zip(public.itertuples(), truths, strict=True):
            if row.reason in ("table_missing", "not_begun", "not_by_district"):
                continue
            cell = (name, row.area_code, slice_key(by, row.group), row.period_start, row.period_end)
            self.asked += 1
            for part, number in _counts(*truth, both=both).items():
                self.true[cell, part] = number
            if getattr(row, "merged_area", "") and district_groups.is_group(row.merged_area):
                self.merged[(name, row.merged_area, *cell[2:])] = row
            if row.status == "hidden":
                self.hidden[cell] = row.reason
                continue
            for part, number in _parts(row, both=both).items():
                self.seen[cell, part] = number
        if by is not None and by in bands.ladders():
            self._add_bands(name, by, set(public["group"]), real)

    def _add_bands(self, name: str, by: str, seen: set[str], real: pd.DataFrame) -> None:
        """Take every band before it was joined: hidden where the public level has a joined one."""
        ones = seen & set(bands.parts_of_joined(by))
        step = next(n for n, one in enumerate(bands.ladder(by)) if set(one.values()) == ones)
        for truth in real.itertuples():
            period = truth.period_start, truth.period_end
            each = (name, truth.area_code, f"{by}{EACH}{IN}{truth.group}", *period)
            whole = whole_of(by, truth.group, seen)
            self.published[each] = (name, truth.area_code, slice_key(by, whole), *period)
            for part, number in _parts(truth, both=name_counts(name)).items():
                self.true[each, part] = number
            self.steps[name, *period] = step
            if whole != truth.group:
                self.hidden[each] = ""

    def add_groups(self) -> None:
        """Take the groups of districts, and the clients that no district holds, as cells."""
        districts = [cell for cell in self.names_by_group() if len(cell[1]) == 4]
        for cell in districts:
            group = (cell[0], district_groups.group_by_district()[cell[1]], *cell[2:])
            for part in ("top", "rest", "whole"):
                if (cell, part) in self.true:
                    old = self.true.get((group, part), 0)
                    self.true[group, part] = old + self.true[cell, part]
        for cell in {(c[0], c[1][:2], *c[2:]) for c in districts}:
            first = (cell[0], district_groups.groups_of(cell[1])[0], *cell[2:])
            left_over = (cell[0], f"{cell[1]}{UNPLACED}", *cell[2:])
            for part in ("top", "rest", "whole"):
                if (cell, part) not in self.true:
                    continue
                inside = [
                    (cell[0], group, *cell[2:]) for group in district_groups.groups_of(cell[1])
                ]
                left = self.true[cell, part] - sum(self.true[one, part] for one in inside)
                self.true[left_over, part] = max(left, 0)
                self.true[first, part] += max(left, 0)
        for group, row in self.merged.items():
            shown = [row.merged_numerator, row.merged_denominator]
            numbers = _counts(*shown, both=name_counts(group[0]))
            for part, number in numbers.items():
                if self.true[group, part] != number:
                    raise AssertionError(f"a group is not the sum of its districts: {group}")
                self.seen[group, part] = number
        for cell in districts:
            group = (cell[0], district_groups.group_by_district()[cell[1]], *cell[2:])
            if self.hidden.get(cell) in DECISION_REASONS and (group, "top") not in self.seen:
                self.hidden[group] = ""

    def names_by_group(self) -> list[Cell]:
        """The cells of indicators that are published by group: somebody saw a group of theirs."""
        names = {cell[0] for cell in self.merged}
        return sorted({cell for cell, _ in self.true if cell[0] in names and not cell[2]})


def slice_key(by: str | None, group: str) -> str:
    """How a slice is called here: a target group by its code, others behind their breakdown."""
    return group if by in (None, "target_group") or not group else f"{by}{IN}{group}"


def breakdown_of(key: str) -> str | None:
    """The breakdown that a slice is of; None for a total."""
    return (key.partition(IN)[0] if IN in key else "target_group") if key else None


def name_counts(name: str) -> bool:
    """True where the denominator counts clients too."""
    return "denominator" in (BREAKDOWNS.get(name) or INDICATORS[name]).client_counts


def _parts(row: object, *, both: bool) -> dict[str, int]:
    return _counts(row.numerator, row.denominator, both=both)  # type: ignore[attr-defined]  # a row of an indicator frame


def _counts(numerator: object, denominator: object, *, both: bool) -> dict[str, int]:
    top = _whole(numerator)
    if not both:
        return {"top": top}
    whole = _whole(denominator)
    return {"top": top, "rest": whole - top, "whole": whole}


def _whole(number: object) -> int:
    return 0 if pd.isna(number) else int(str(number))


def collect(names: Iterable[str], snapshot: SnapshotInfo, year: FiscalYear = YEAR) -> Answers:
    """The answers to all questions of the public level about these indicators in one year."""
    answers = Answers()
    for name in names:
        definition = BREAKDOWNS.get(name) or INDICATORS[name]
        ask = queries.breakdown if name in BREAKDOWNS else queries.indicator
        shapes: list[dict[str, str]] = [{"breakdown": b} for b in definition.breakdowns]
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
                answers.add(name, public, real, shape.get("breakdown"))
    answers.add_groups()
    answers.plain = {name for name in names if _only_counts(name, snapshot)}
    answers.base_shown = {c for c in answers.hidden if _base_is_shown(c, snapshot)}
    return answers


def _base_is_shown(cell: Cell, snapshot: SnapshotInfo) -> bool:
    """True where the count behind a hidden share was decided to be no secret."""
    name, area, one, start, end = cell
    if EACH in one:
        return False
    case = decisions.case_of(name, Span(start, end), breakdown_of(one), 5, 10)
    if case.base or answers_not_offered(cell, snapshot):
        return False
    level = decisions.narrow if area[:4].strip("-").isdigit() and len(area) > 2 else decisions.wide
    return (area, one.rpartition(IN)[2]) not in level(case.bases(), snapshot)


def answers_not_offered(cell: Cell, snapshot: SnapshotInfo) -> bool:
    """True where the public level has no table with this cell."""
    name, area, one, start, end = cell
    query = Query(snapshot.as_of, breakdown=breakdown_of(one))
    definition = BREAKDOWNS.get(name) or INDICATORS[name]
    return not offered(definition, query, area, Span(start, end), snapshot.as_of)


@dataclass
class System:
    """Linear equations over parts: each row a list of (part, factor) that sums to 0.

    `bounds` are inequalities over parts and over choices, which are 0 or 1.
    """

    parts: list[Part]
    rows: list[list[tuple[Part, int]]]
    bounds: list[Bounded] = field(default_factory=list)


def equations(answers: Answers) -> System:
    """Every sum that holds among the true counts, by area, slice, quarter and definition."""
    true = answers.true
    rows: list[list[tuple[Part, int]]] = []
    for (cell, part), _ in true.items():
        if part == "whole":
            rows.append([((cell, "top"), 1), ((cell, "rest"), 1), ((cell, "whole"), -1)])
    for axis in (_by_area, _by_slice, _by_quarter):
        sums: dict[tuple[Part, str | None], list[Part]] = {}
        for cell, part in true:
            parent = axis(cell) if axis is not _by_area else _around(cell, part, true)
            if parent is not None and (parent, part) in true:
                key = ((parent, part), breakdown_of(cell[2]))
                sums.setdefault(key, []).append((cell, part))
        for (total, _), parts in sums.items():
            # An attacker knows what adds up; here it is read from the true numbers.
            if sum(true[p] for p in parts) == true[total]:
                rows.append([(total, -1), *[(p, 1) for p in parts]])
    rows += sums_of_bands(answers)
    rows += [[(one, 1), (other, -1)] for one, other in same_counts(answers)]
    bounds = [*printed_reasons(answers), *_stock_and_flow(true), *why_joined(answers)]
    choices = dict.fromkeys(p for row, _, _ in bounds for p, _ in row if p[1].startswith(CHOICE))
    return System([*true, *choices], rows, bounds)


def _stock_and_flow(true: dict[Part, int]) -> list[Bounded]:
    """Cases open at the end of a quarter are those of the end before, those opened less closed."""
    found: list[Bounded] = []
    for name, *where, start, end in [cell for cell, part in true if part == "whole"]:
        quarters = [YEAR.quarter(n) for n in (1, 2, 3)]
        before = next((one for one in quarters if one.end == start - DAY), None)
        if name != "urgent_cases" or before is None:
            continue
        terms = [
            ((name, *where, start, end), -1),
            ((name, *where, before.start, before.end), 1),
            (("days_to_assessment", *where, start, end), 1),
            (("closed_self_reliant", *where, start, end), -1),
        ]
        row = [((cell, "whole"), factor) for cell, factor in terms]
        if all(p in true for p, _ in row) and sum(f * true[p] for p, f in row) == 0:
            found.append((row, 0, 0))  # type: ignore[arg-type]  # cells
    return found


def printed_reasons(answers: Answers) -> list[Bounded]:
    """What the printed reasons say: a small cell has a count from 1 to 4 (or 9), one that protects
    another has none; and that a cell hidden beside shown ones is not empty."""
    found = _somebody(answers)
    for cell, reason in answers.hidden.items():
        least = 10 if cell[2] in SENSITIVE_GROUPS else 5
        parts = [(cell, p) for p in ("top", "rest", "whole") if (cell, p) in answers.true]
        if reason == decisions.BESIDE:
            for part in parts:
                choice = (cell, f"{CHOICE}{part[1]}")
                found.append(([(part, 1), (choice, -least)], 0, np.inf))
                found.append(([(part, 1), (choice, -MANY)], -np.inf, 0))
        elif reason == decisions.SMALL and cell[0] in answers.plain:
            choices = [((cell, f"{CHOICE}{p}"), 1) for _, p in parts]
            found.append((choices, 1, np.inf))
            for part, (choice, _) in zip(parts, choices, strict=True):
                found.append(([(part, 1), (choice, -1)], 0, np.inf))
                found.append(([(part, 1), (choice, MANY)], -np.inf, least - 1 + MANY))
    return found


def _somebody(answers: Answers) -> list[Bounded]:
    """Hidden cells are filled where another part of the same sum is shown: empty ones would be."""
    beside: dict[tuple[object, ...], list[Part]] = {}
    for cell, part in answers.true:
        if part == "whole" or (cell, "whole") not in answers.true:
            # Slices are decided together for all areas of one sum.
            parent = _around((cell[0], cell[1], "", *cell[3:]), part, answers.true)
            beside.setdefault((parent, breakdown_of(cell[2]), part), []).append((cell, part))
    found: list[Bounded] = []
    for parts in beside.values():
        hidden = [p for p in parts if p not in answers.seen and p[0] not in answers.base_shown]
        some_hidden = [p for p in hidden if answers.hidden.get(p[0]) in DECISION_REASONS]
        if len(hidden) < len(parts):
            found += [([(part, 1)], 1, np.inf) for part in some_hidden if answers.true[part]]
    return found


def _only_counts(name: str, snapshot: SnapshotInfo) -> bool:
    """True where "small" speaks of the cell's own counts: not of several indicators decided
    together, nor of few clients behind many units."""
    case = decisions.case_of(name, YEAR.span, None, 5, 10)
    return len(case.names) == 1 and not decisions.counts(case, "province", snapshot).few[0]


def _around(cell: Cell, part: str, true: dict[Part, int]) -> Cell | None:
    """The area that a cell's area is a part of: a district's group where groups are published."""
    name, area, *rest = cell
    if area.endswith(UNPLACED):
        return (name, district_groups.groups_of(area[:2])[0], *rest)  # type: ignore[return-value]  # the same places
    if len(area) == 4 and area in district_groups.group_by_district():
        group = (name, district_groups.group_by_district()[area], *rest)
        if (group, part) in true:
            return group  # type: ignore[return-value]  # the same places
    return _by_area(cell)


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
