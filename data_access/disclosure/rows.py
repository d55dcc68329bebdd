"""Rows of single cases: shown inside the reader's own areas, and to nobody else."""

import pandas as pd

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
    mine = [
        scope.owns_province(str(p)) or (isinstance(d, str) and scope.owns_district(d))
        for p, d in place
    ]
    return rows[mine]


def _region(province: str) -> str:
    return registers.region_of(province)
