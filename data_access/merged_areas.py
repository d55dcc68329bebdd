"""Beside a district that is hidden: the numbers of the smallest area around it that is shown.

That is the district's group of neighbours (`geo.district_groups`), else its province. The district
itself stays hidden: whoever does not read these columns takes no group for a district.
"""

from dataclasses import dataclass

import pandas as pd

from config.thai_calendar import Span
from config.thresholds import whole
from data_access.disclosure import DECISION_REASONS, HIDDEN, SHOWN, hide
from data_access.disclosure.decisions import case_of, narrow
from data_access.indicators.kernel import frame
from data_access.indicators.kernel.definition import Count, Indicator, Ratio, Share
from data_access.indicators.kernel.engine import IndicatorEngine
from data_access.indicators.kernel.query import Area, Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, engine
from geo import district_groups

COLUMNS = ["merged_area", "merged_numerator", "merged_denominator", "merged_value"]
NUMBERS = ["numerator", "denominator", "value"]
EVERYTHING = Scope(nation=True, reveal=True)
Key = tuple[str, Span]  # area code and period


def with_merged(
    districts: pd.DataFrame,
    indicator: Indicator,
    query: Query,
    scope: Scope,
    snapshot: SnapshotInfo,
) -> pd.DataFrame:
    """The frame of districts with `COLUMNS`: code of the group or province, and its numbers.

    They are empty where the district is shown, where nothing of the kind is published, and where
    neither group nor province can be shown. A group that holds one of the reader's own districts
    is left out: with their true numbers it would tell those of its other districts.
    """
    out = districts.assign(merged_area="", **dict.fromkeys(COLUMNS[1:], pd.NA))
    out = out.astype({"merged_numerator": "Int64", "merged_denominator": "Int64"})
    out = out.astype({"merged_value": "Float64"})
    wanted = (out["status"] == HIDDEN) & out["reason"].isin(DECISION_REASONS)
    if not wanted.any():
        return out
    merged = _NumbersAround(indicator, _everywhere(query), scope, snapshot)
    numbers = {**merged.provinces(), **merged.groups()}
    for row in out[wanted].itertuples():
        span = Span(row.period_start, row.period_end)
        for area in _around(str(row.area_code), scope):
            if (area, span) in numbers:
                out.loc[row.Index, COLUMNS] = [area, *numbers[area, span]]
                break
    return out


def _everywhere(query: Query) -> Query:
    return query.but(region=None, province=None, district=None)


def _around(district: str, scope: Scope) -> list[str]:
    """The areas whose numbers stand in for a district's, the smallest first."""
    group = district_groups.group_by_district()[district]
    around = [] if not scope.sees_province(district[:2]) else [district[:2]]
    own = any(scope.owns_district(one) for one in district_groups.members()[group])
    return around if own or not around else [group, *around]


@dataclass(frozen=True)
class _NumbersAround:
    """The shown numbers of groups and of provinces for one query."""

    indicator: Indicator
    query: Query
    scope: Scope
    snapshot: SnapshotInfo

    def provinces(self) -> dict[Key, list[object]]:
        """Numbers of the provinces that the reader is shown."""
        query = self.query.but(area="province")
        seen = hide(self._true("province"), self.indicator, query, self.scope, self.snapshot)
        return _numbers(seen[seen["status"] == SHOWN])

    def groups(self) -> dict[Key, list[object]]:
        """Numbers of the groups that are shown: of shares and counts of clients, which add up.

        Case managers may work in two districts of a group, and the median of two districts is not
        that of both together: those are shown by province.
        """
        measure, counts = self.indicator.measure, self.indicator.client_counts
        if not isinstance(measure, Share | Ratio | Count):
            return {}
        if not isinstance(measure, Count) and counts != {"numerator", "denominator"}:
            return {}
        summed = self._group_sums()
        per = 0 if isinstance(measure, Count) else measure.per
        top, bottom = summed["numerator"], summed["denominator"].fillna(0)
        value = top.astype("Float64") * per / bottom.where(bottom > 0)
        summed = summed.assign(value=value if per else top)
        found = _numbers(summed[summed["value"].notna()])
        hidden = {span: self._hidden(span) for span in {span for _, span in found}}
        return {key: row for key, row in found.items() if key[0] not in hidden[key[1]]}

    def _hidden(self, span: Span) -> set[str]:
        least, sensitive = self.scope.hide_below, whole("small_cell_sensitive")
        case = case_of(self.indicator.name, span, None, least, sensitive)
        return {code for code, _ in narrow(case, self.snapshot)}

    def _group_sums(self) -> pd.DataFrame:
        """The counts of every group by period; clients without a district are in the first one."""
        districts, provinces = self._true("district"), self._true("province")
        keys = ["period_start", "period_end"]
        inside = districts.assign(province=districts["area_code"].str[:2])
        counted = inside.groupby(["province", *keys])[NUMBERS[:2]].sum(min_count=1)
        known = provinces.set_index(["area_code", *keys])[NUMBERS[:2]]
        left = known.reindex(counted.index).sub(counted).reset_index()
        # Where somebody counts in two districts the parts are more than their sum: no group there.
        more = left[(left[NUMBERS[:2]] < 0).any(axis=1)]
        left = left.assign(area_code=left["province"] + f"{district_groups.SEPARATOR}1")
        placed = districts.assign(
            area_code=districts["area_code"].map(district_groups.group_by_district())
        )
        parts = pd.concat([placed, left])[["area_code", *keys, *NUMBERS[:2]]]
        summed = parts.groupby(["area_code", *keys], as_index=False).sum(min_count=1)
        doubtful = set(zip(more["province"], more["period_start"], strict=True))
        pairs = zip(summed["area_code"].str[:2], summed["period_start"], strict=True)
        return summed[[pair not in doubtful for pair in pairs]]

    def _true(self, area: Area) -> pd.DataFrame:
        query = self.query.but(area=area)
        with engine(self.snapshot).connect() as connection:
            counter = IndicatorEngine(connection, EVERYTHING)
            raw = counter.raw(self.indicator, query)
        return frame.complete(raw, self.indicator, query, EVERYTHING)


def _numbers(rows: pd.DataFrame) -> dict[Key, list[object]]:
    return {
        (str(row.area_code), Span(row.period_start, row.period_end)): [
            row.numerator,
            row.denominator,
            row.value,
        ]
        for row in rows.itertuples()
    }
