"""What no decision covers: rows of single cases, and tables that only some pages have.

Rows are shown inside the reader's own areas and to nobody else. Tables of stages or of decisions
are shown for the whole country, and inside the reader's own areas.
"""

from collections.abc import Iterable

import pandas as pd

from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from geo import registers


def single_cases_permitted(scope: Scope, area: str) -> bool:
    """True where a list of single cases of the area ("TH", a region, province or district) may
    hold rows for this reader; a part of the rows is enough."""
    if scope.reveal or scope.hide_below <= 1:
        return True
    if len(area) == 4:
        return scope.owns_district(area)
    own = {*scope.own_provinces, *(d[:2] for d in scope.own_districts)}
    return any(area in (p, "TH") or _region(p) == area for p in own)


def with_permitted_rows(rows: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The rows of single cases that lie in the reader's own areas; none at the public level."""
    if scope.reveal or scope.hide_below <= 1 or rows.empty:
        return rows
    place = zip(rows["province_code"], rows["district_code"], strict=True)
    return rows[[is_own(scope, str(p), d) for p, d in place]]


def with_permitted_loads(rows: pd.DataFrame, scope: Scope, norm: int) -> pd.DataFrame:
    """The rows of case managers in the reader's own provinces, and of those with more families
    than the norm: elsewhere the others' numbers would be small client counts."""
    least = max(norm + 1, scope.hide_below)
    own = [is_own(scope, str(code)) for code in rows["province_code"]]
    permitted = (rows["families"] >= least) | pd.Series(own, rows.index, dtype="bool")
    return rows[permitted].reset_index(drop=True)


def clients_permitted(scope: Scope, provinces: Iterable[str]) -> bool:
    """True where single rows about clients, and true small counts of them, may be shown of each of
    the provinces."""
    return all(is_own(scope, code) for code in provinces)


def every_client_permitted(scope: Scope) -> bool:
    """True where rows about clients may be shown wherever they are, without a province too."""
    return clients_permitted(scope, registers.provinces_by_code())


def is_own(scope: Scope, province: str, district: object = None) -> bool:
    """True where the reader may see single cases and true small counts of the place; without a
    district, of the whole province."""
    if scope.reveal or scope.hide_below <= 1 or scope.owns_province(province):
        return True
    return isinstance(district, str) and scope.owns_district(district)


def tables_permitted(query: Query, scope: Scope) -> bool:
    """True where a table made for one page may be shown: the country's, or one's own area's."""
    if scope.reveal or scope.hide_below <= 1:
        return True
    area = query.narrowest
    if area == "TH":
        return query.target_group is None and query.base == 77 and scope.nation
    return scope.owns_province(area) if len(area) == 2 else scope.owns_district(area)


def _region(province: str) -> str:
    return registers.region_of(province)
