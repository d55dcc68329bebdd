"""Marks the cells of an answer that the reader may not see, by decisions made per snapshot."""

from dataclasses import dataclass, field

import pandas as pd

from config.thai_calendar import Span
from config.thresholds import threshold
from data_access.disclosure.decisions import BESIDE, EITHER, SMALL, Cells, case_of, narrow, wide
from data_access.disclosure.offer import level_of, offered
from data_access.indicators.kernel.definition import Derived, Indicator
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from data_access.status import Status
from geo import registers

HIDDEN, SHOWN = Status.HIDDEN.value, Status.SHOWN.value
PUBLIC_LEVEL = "public_level"
BANGKOK = "10"
DECISION_REASONS = (SMALL, BESIDE, EITHER)  # the reasons of cells of a table that is offered
REASONS = (*DECISION_REASONS, PUBLIC_LEVEL)


def hide(
    frame: pd.DataFrame, indicator: Indicator, query: Query, scope: Scope, snapshot: SnapshotInfo
) -> pd.DataFrame:
    """The frame without the client counts that this reader may not see, marked `hidden`.

    Inside the reader's own areas every number is shown; elsewhere what the public level shows.
    Hidden cells keep their place and lose numerator, denominator and value; `reason` says why:
    `small_number`, `protects_another`, `small_or_protects`, or `public_level` where such a table
    is not offered. Cells without anybody are shown as empty where their table is offered.
    """
    if not indicator.client_counts or scope.hide_below <= 1 or frame.empty:
        return frame
    reader = _Reader(indicator, query, scope, snapshot)
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


@dataclass(frozen=True)
class _Reader:
    """One reader's answer: which of its cells are hidden, and why."""

    indicator: Indicator
    query: Query
    scope: Scope
    snapshot: SnapshotInfo
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
        one = group if self.query.breakdown is not None else self.query.target_group or ""
        reason = self._cells(area, span).get((area, one), "")
        if not reason and self.query.base == 76 and area in ("TH", registers.region_of(BANGKOK)):
            # With and without Bangkok: the difference is Bangkok.
            hidden = self._cells(BANGKOK, span).get((BANGKOK, one), "")
            return BESIDE if hidden else ""
        return reason

    def _cells(self, area: str, span: Span) -> Cells:
        level = narrow if level_of(area) == "district" else wide
        key = (level is narrow, span)
        if key not in self.read:
            sliced = self.query.breakdown or ("target_group" if self.query.target_group else None)
            sensitive = int(threshold("small_cell_sensitive").value)
            case = case_of(self.indicator.name, span, sliced, self.scope.hide_below, sensitive)
            self.read[key] = level(case, self.snapshot)
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
