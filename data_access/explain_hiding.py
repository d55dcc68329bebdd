"""Who may be told the causes of a change in client counts.

Inside own areas everything; at the public level the whole country between two periods of one
snapshot, where every part is nothing or large enough. Provinces would be subtracted from the
country, and snapshots from each other.
"""

from collections.abc import Sequence

import pandas as pd

from data_access import disclosure
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from geo import levels, registers


def why_hidden(
    frame: pd.DataFrame, both: Sequence[Query], scope: Scope, *, same_snapshot: bool
) -> str:
    """The reason why the causes of client counts are not told; empty where they may be.

    `frame` has part, cause, added, removed and the clients behind both; `both` are the questions
    of both ends.
    """
    if all(_owns(query, scope) for query in both):
        return ""
    permitted = all(disclosure.tables_permitted(query, scope) for query in both)
    if not permitted or not same_snapshot:
        return "explain_own_areas"
    counts = frame[["added_clients", "removed_clients"]]
    sizes = [counts.stack()]
    if frame["part"].nunique() == 2:
        # Those in the base without a hit are a count of clients as well.
        by_cause = frame.set_index(["part", "cause"])[["added", "removed"]]
        sizes.append((by_cause.loc["denominator"] - by_cause.loc["numerator"]).abs().stack())
    small = pd.concat(sizes).between(1, scope.hide_below - 1)
    return "explain_small" if small.any() else ""


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
