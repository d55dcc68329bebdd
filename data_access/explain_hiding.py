"""Who may be told the causes of a change in client counts.

Inside own areas everything; at the public level the whole country between neighbouring quarters of
one snapshot, where every part is nothing or large enough. Provinces would be subtracted from the
country, snapshots from each other, and a longer way from its steps: who came in one quarter and was
gone in the next would be change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from config.thai_calendar import Span, fiscal_year_of
from data_access import disclosure
from data_access.indicators.kernel.definition import Kind
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from geo import levels, registers


@dataclass(frozen=True)
class Change:
    """What would be told: the causes of client counts between two ends.

    `frame` has part, cause, added, removed and the clients behind both; `both` are the questions of
    the ends, `alike` says that they are of one definition and snapshot, whose last day is `as_of`;
    `kind` is what is counted, `before` the counts at the earlier end by part, where there are any.
    """

    frame: pd.DataFrame
    both: tuple[Query, Query]
    kind: Kind
    alike: bool
    as_of: date
    before: dict[str, int]


def why_hidden(change: Change, scope: Scope) -> str:
    """The reason why the causes of client counts are not told; empty where they may be."""
    if owns(change.both, scope):
        return ""
    if not change.alike or not all(
        disclosure.tables_permitted(query, scope) for query in change.both
    ):
        return "explain_own_areas"
    if not _neighbours(change):
        return "explain_quarters"
    counts = change.frame[["added_clients", "removed_clients"]]
    sizes = [counts.stack(), *_sizes_beside(change)]
    small = pd.concat(sizes).between(1, scope.hide_below - 1)
    return "explain_small" if small.any() else ""


def owns(both: tuple[Query, Query], scope: Scope) -> bool:
    """True where every row behind both totals is the reader's own."""
    return all(_owns(query, scope) for query in both)


def _neighbours(change: Change) -> bool:
    """True for a quarter, as far as it has come, and the one before it: of a stock their ends.

    Of what happened also for two years that have no unit in common.
    """
    first, last = (query.period for query in change.both)
    year = fiscal_year_of(last.end)
    spans = [fiscal_year_of(year.start.replace(year=year.start.year - 1)).quarter(4)]
    spans += [year.quarter(n) for n in (1, 2, 3, 4)]
    place = next(n for n, quarter in enumerate(spans) if n and last.end <= quarter.end)
    before, quarter = spans[place - 1], spans[place]
    until = min(quarter.end, change.as_of)
    if change.kind is Kind.STOCK:
        return (first.end, last.end) == (before.end, until)
    steps = (first, last.start, last.end) == (before, quarter.start, until)
    return steps or _years_apart(change, first, last)


def _years_apart(change: Change, first: Span, last: Span) -> bool:
    """True for a fiscal year that is over and the one before, of which no unit is counted in both.

    Units of both years less those of both neighbouring quarters would be a count of their own.
    """
    year = fiscal_year_of(last.end)
    before = fiscal_year_of(year.start.replace(year=year.start.year - 1))
    if (first, last) != (before.span, year.span) or year.end > change.as_of:
        return False
    gone = change.frame.groupby("part")["removed"].sum()
    return all(change.before.get(str(part)) == count for part, count in gone.items())


def _sizes_beside(change: Change) -> Iterator[pd.Series]:
    """Counts that follow from those told: who stays, and who is in the base without a hit."""
    parts = change.frame.set_index(["part", "cause"])[["added", "removed"]]
    for part, count in change.before.items():
        yield pd.Series([count - parts.loc[part, "removed"].sum()])
    if change.frame["part"].nunique() < 2:
        return
    beside = parts.loc["denominator"] - parts.loc["numerator"]
    yield beside.abs().stack()
    if {"numerator", "denominator"} <= change.before.keys():
        # A cause that leaves the base as it is takes a hit to one or from one.
        gone = beside["removed"].clip(lower=0).sum() + beside["added"].clip(upper=0).abs().sum()
        yield pd.Series([change.before["denominator"] - change.before["numerator"] - gone])


def _owns(query: Query, scope: Scope) -> bool:
    """True where every row behind a total of the query's area is the reader's own."""
    area = query.narrowest
    if len(area) == 4 and area not in registers.REGIONS:
        return disclosure.is_own(scope, area[:2], area)
    if len(area) == 2 and area != registers.COUNTRY:
        return disclosure.is_own(scope, area)
    inside = levels.members(area, "province")
    mine = [one for one in inside if scope.sees_province(one)]
    return set(scope.districts) <= set(scope.own_districts) and all(
        disclosure.is_own(scope, one) for one in mine
    )
