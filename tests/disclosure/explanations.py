"""What explanations at the public level tell: every pair of ends, and three ends together.

A unit is out of the base, in it without a hit, or in it with one, at each of three quarter ends.
How many took each way is unknown; what is told of the two steps and of the ends are sums of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from config.thai_calendar import FiscalYear, Span, fiscal_year_of, month_spans
from data_access.explain import End, Explanation, NotExplained, explain
from data_access.indicators.kernel.definition import Kind
from data_access.indicators.kernel.query import Query
from data_access.indicators.registry import INDICATORS
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo

PUBLIC = Scope(nation=True)
LEAST, LEAST_VALUES = 5, 3
OUT, BASE, HIT = range(3)
Way = tuple[int, int, int]
WAYS: list[Way] = [way for way in product((OUT, BASE, HIT), repeat=3) if any(way)]


def ends(name: str, info: SnapshotInfo, year: int, *, months: bool = True) -> list[End]:
    """Quarters and years of two fiscal years by their last day, and with `months` other months."""
    years = [FiscalYear(year - 1), FiscalYear(year)]
    spans = [one.quarter(n) for one in years for n in (1, 2, 3, 4)] + [one.span for one in years]
    if months and INDICATORS[name].kind is Kind.STOCK:
        every = month_spans(years[0].start, years[1].end)
        spans += [Span(fiscal_year_of(month.end).start, month.end) for month in every]
    asked = [Query(info.as_of, span=span) for span in spans if span.end <= info.as_of]
    return [End(name, query, info) for query in sorted(asked, key=lambda q: q.period.end)]


def told(
    name: str, info: SnapshotInfo, year: int, *, months: bool = True
) -> dict[tuple[End, End], Explanation]:
    """Every pair of ends whose causes a visitor is told."""
    found: dict[tuple[End, End], Explanation] = {}
    for start, end in combinations(ends(name, info, year, months=months), 2):
        try:
            answer = explain(start, end, scope=PUBLIC)
        except NotExplained:
            continue
        if (answer.frame["status"] == "shown").all():
            found[start, end] = answer
    return found


@dataclass
class Ways:
    """Equations over the ways that units took over three ends: 0/1 rows with their sums."""

    rows: list[list[int]] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)

    def add(self, total: int, taken: Iterator[bool]) -> None:
        """Take that the ways `taken` make so many units together."""
        self.rows.append([int(one) for one in taken])
        self.sums.append(total)

    def take(self, step: int, answer: Explanation) -> None:
        """Take an explanation of the first step (0) or the second (1)."""
        for place, cell in ((step, answer.start), (step + 1, answer.end)):
            whole = cell.numerator if cell.denominator is None else cell.denominator
            self.add(int(whole or 0), (way[place] != OUT for way in WAYS))
            if cell.denominator is not None:
                self.add(int(cell.numerator or 0), (way[place] == HIT for way in WAYS))
        share = answer.start.denominator is not None
        for row in answer.frame.itertuples():
            inside = {HIT} if share and row.part == "numerator" else {BASE, HIT}
            come = [way[step] == OUT and way[step + 1] in inside for way in WAYS]
            gone = [way[step] in inside and way[step + 1] == OUT for way in WAYS]
            if row.cause == "new":
                self.add(int(row.added), iter(come))
            elif row.cause == "closed":
                self.add(int(row.removed), iter(gone))
            elif row.cause == "state" and row.part == "numerator":
                self.add(int(row.added), (way[step : step + 2] == (BASE, HIT) for way in WAYS))
                self.add(int(row.removed), (way[step : step + 2] == (HIT, BASE) for way in WAYS))

    def weak(self, *, share: bool) -> list[tuple[Way, int, int]]:
        """Ways of a few units whose number can be fewer than three: with the least and the most."""
        most = [np.inf if share or BASE not in way else 0 for way in WAYS]
        sums = LinearConstraint(np.array(self.rows), self.sums, self.sums)
        found = []
        for n, way in enumerate(WAYS):
            ends_of = []
            for sign in (1, -1):
                goal = np.zeros(len(WAYS))
                goal[n] = sign
                world = milp(goal, constraints=sums, bounds=Bounds(0, most), integrality=1)
                assert world.x is not None, world.message
                ends_of.append(round(world.x[n]))
            low, high = ends_of
            if 1 <= high < LEAST and high - low + 1 < LEAST_VALUES:
                found.append((way, low, high))
        return found


def steps(answers: dict[tuple[End, End], Explanation]) -> Iterator[tuple[Explanation, Explanation]]:
    """Explanations of which one ends where the next one starts."""
    for one, other in product(answers, repeat=2):
        if one[1].query.period.end == other[0].query.period.end:
            yield answers[one], answers[other]


def weak_ways(answers: dict[tuple[End, End], Explanation]) -> list[tuple[Way, int, int]]:
    """Ways over three ends that two explanations of a stock give away together."""
    found = []
    for one, other in steps(answers):
        ways = Ways()
        ways.take(0, one)
        ways.take(1, other)
        found += ways.weak(share=one.start.denominator is not None)
    return found


def neighbours(year: int) -> set[tuple[object, object]]:
    """The last days of every two quarters that follow each other."""
    quarters = [FiscalYear(one).quarter(n) for one in (year - 1, year) for n in (1, 2, 3, 4)]
    return {(one.end, other.end) for one, other in pairwise(quarters)}
