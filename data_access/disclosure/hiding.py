"""Marks the cells of an answer that the reader may not see, by decisions made per snapshot."""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from config import bands
from config.bands import Division
from config.thai_calendar import Span
from config.thresholds import threshold
from data_access.disclosure.bands import division, parts, step
from data_access.disclosure.decisions import (
    BESIDE,
    EITHER,
    SMALL,
    Case,
    Cells,
    case_of,
    narrow,
    wide,
)
from data_access.disclosure.offer import level_of, offered
from data_access.indicators.kernel.definition import Derived, Indicator, Measure, Share
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from data_access.status import Status
from geo import registers

HIDDEN, SHOWN = Status.HIDDEN.value, Status.SHOWN.value
PUBLIC_LEVEL = "public_level"
BANGKOK = "10"
WITH_BANGKOK = ("TH", registers.region_of(BANGKOK))
DECISION_REASONS = (SMALL, BESIDE, EITHER)  # the reasons of cells of a table that is offered
REASONS = (*DECISION_REASONS, PUBLIC_LEVEL)


def hide(
    frame: pd.DataFrame, indicator: Indicator, query: Query, scope: Scope, snapshot: SnapshotInfo
) -> pd.DataFrame:
    """The frame without the client counts that this reader may not see, marked `hidden`.

    Inside the reader's own areas every number is shown; elsewhere what the public level shows, by
    joined bands where its table has them (`config.bands`).
    Hidden cells keep their place and lose numerator, denominator and value; `reason` says why:
    `small_number`, `protects_another`, `small_or_protects`, or `public_level` where such a table
    is not offered. Cells without anybody are shown as empty where their table is offered.
    """
    if not indicator.client_counts or scope.hide_below <= 1 or frame.empty:
        return frame
    reader = _Reader(indicator, query, scope, snapshot, _spans(frame))
    frame = _by_joined_bands(frame, reader)
    keys = zip(
        frame["area_code"], frame["group"], frame["period_start"], frame["period_end"], strict=True
    )
    reasons = pd.Series(
        [reader.why_hidden(str(a), str(g), Span(s, e)) for a, g, s, e in keys],
        index=frame.index,
        dtype="str",
    )
    # What nobody could have counted (no such table, period not begun) is not hidden: it is not.
    counted = (frame["status"] == SHOWN) | (frame["reason"] == indicator.empty_reason)
    hidden = (reasons != "") & counted
    out = frame.copy()
    out.loc[hidden, ["numerator", "denominator", "value"]] = pd.NA
    out.loc[hidden, "status"] = HIDDEN
    out.loc[hidden, "reason"] = reasons[hidden]
    return out


def _spans(frame: pd.DataFrame) -> tuple[Span, ...]:
    pairs = frame[["period_start", "period_end"]].drop_duplicates()
    return tuple(Span(row.period_start, row.period_end) for row in pairs.itertuples())


def _by_joined_bands(frame: pd.DataFrame, reader: "_Reader") -> pd.DataFrame:
    """The frame by the bands that the reader is shown: counts of joined ones are summed."""
    if not reader.division:
        return frame
    pairs = zip(frame["area_code"], frame["group"], strict=True)
    by = frame.assign(group=[reader.band(str(area), str(group)) for area, group in pairs])
    by = by.groupby(["area_code", "group", "period_start", "period_end"], sort=False)
    joined = by.first()
    for name in ("numerator", "denominator"):
        joined[name] = by[name].sum(min_count=1)
    joined = joined.reset_index()[list(frame.columns)]
    joined["value"] = _value(joined, reader.indicator.measure)
    # A joined band has data where any of its bands has.
    some = joined["value"].notna()
    joined["status"] = joined["status"].mask(some, SHOWN)
    joined["reason"] = joined["reason"].mask(some, "")
    return joined


def _value(sums: pd.DataFrame, measure: Measure) -> pd.Series:
    """What is shown of summed counts; only shares and counts of what is in one band are joined."""
    top = sums["numerator"].astype("Float64")
    if not isinstance(measure, Share):
        return top
    bottom = sums["denominator"].astype("Float64")
    return (top * measure.per / bottom.where(bottom != 0)).astype("Float64")


@dataclass(frozen=True)
class _Reader:
    """One reader's answer over some periods: which of its cells are hidden, and why."""

    indicator: Indicator
    query: Query
    scope: Scope
    snapshot: SnapshotInfo
    spans: tuple[Span, ...]
    read: dict[tuple[bool, Span], Cells] = field(default_factory=dict)

    def why_hidden(self, area: str, group: str, span: Span) -> str:
        """The reason why a cell is hidden; empty where it is shown."""
        parts = self._parts(area)
        if parts is not None:
            # A total over a part of an area says no more than its parts.
            reasons = [self.why_hidden(part, group, span) for part in parts]
            return next((r for r in reasons if r), "")
        if _owns(self.scope, area):
            return ""
        if isinstance(self.indicator.measure, Derived):
            return "" if area == "TH" and self.query.target_group is None else PUBLIC_LEVEL
        if not offered(self.indicator, self.query, area, span, self.snapshot.as_of):
            return PUBLIC_LEVEL
        for one in self._slices(group, span):
            reason = self._cells(area, span).get((area, one), "")
            if not reason and self.query.base == 76 and area in WITH_BANGKOK:
                # With and without Bangkok: the difference is Bangkok.
                hidden = self._cells(BANGKOK, span).get((BANGKOK, one), "")
                reason = BESIDE if hidden else ""
            if reason:
                return reason
        return ""

    @cached_property
    def division(self) -> Division:
        """The division of the public level: of a series the coarsest, so that all of it has the
        same bands. Every band stands alone where the public level has no table to join them in."""
        steps = bands.ladder(self.query.breakdown)
        if len(steps) == 1 or isinstance(self.indicator.measure, Derived):
            return bands.ALONE
        as_of = self.snapshot.as_of
        there = [s for s in self.spans if offered(self.indicator, self.query, "TH", s, as_of)]
        return steps[max((step(self._case(span), self.snapshot) for span in there), default=0)]

    def band(self, area: str, group: str) -> str:
        """The band in which the reader is shown a band of an area: itself in areas of their own."""
        parts = self._parts(area)
        own = all(_owns(self.scope, one) for one in ([area] if parts is None else parts))
        return group if own else self.division.get(group, group)

    def _slices(self, group: str, span: Span) -> list[str]:
        """The slices of the period's own table that a slice is made of, mostly the one."""
        if self.query.breakdown is None:
            return [self.query.target_group or ""]
        if not self.division:
            return [group]
        return parts(group, self.division, division(self._case(span), self.snapshot))

    def _case(self, span: Span) -> Case:
        sliced = self.query.breakdown or ("target_group" if self.query.target_group else None)
        sensitive = int(threshold("small_cell_sensitive").value)
        return case_of(self.indicator.name, span, sliced, self.scope.hide_below, sensitive)

    def _cells(self, area: str, span: Span) -> Cells:
        level = narrow if level_of(area) == "district" else wide
        key = (level is narrow, span)
        if key not in self.read:
            self.read[key] = level(self._case(span), self.snapshot)
        return self.read[key]

    def _parts(self, area: str) -> list[str] | None:
        """The areas that a partial total is the sum of; None where the area is seen whole."""
        scope = self.scope
        if scope.nation or (area not in ("MINE", "TH", *registers.REGIONS) and len(area) == 4):
            return None
        if len(area) == 2 and area != "TH" and scope.sees_province(area):
            return None
        inside = self.query.narrowest if area in ("MINE", "TH") else area
        provinces = [p for p in sorted(scope.provinces) if _lies_in(p, inside)]
        districts = [
            d
            for d in sorted(scope.districts)
            if d[:2] not in scope.provinces and _lies_in(d, inside)
        ]
        return [*provinces, *districts]


def _owns(scope: Scope, area: str) -> bool:
    if area == "TH" or area in registers.REGIONS:
        inside = [p.code for p in registers.provinces() if area in ("TH", p.region)]
        return all(scope.owns_province(p) for p in inside)
    return scope.owns_province(area) if len(area) == 2 else scope.owns_district(area)


def _lies_in(code: str, area: str) -> bool:
    return area == "TH" or registers.region_of(code[:2]) == area or code.startswith(area)
