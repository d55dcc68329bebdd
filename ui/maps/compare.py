"""The same map in another measure: the count behind a rate, its distance to the target, its change.

Each function gives a frame of the usual shape and the indicator to draw it with. A hidden cell on
either side stays hidden: the difference of two numbers gives the hidden one away.
"""

from dataclasses import dataclass

import pandas as pd

from ui.charts.indicator_frame import HIDDEN, NO_DATA, SHOWN, ChartProblem, Drawable, cells

# Percentages differ by percentage points; a ratio keeps two digits behind the point.
_UNITS = {"percent": "points", "ratio": "index", "per_1000": "index"}
NOT_IN_BOTH = "not_in_both"


@dataclass(frozen=True)
class ComparedIndicator:
    """An indicator as it is drawn after a comparison; `around` is where good turns to bad."""

    name: str
    unit: str
    direction: str
    around: float | None = 0.0


def counts(
    frame: pd.DataFrame, *, indicator: Drawable, unit: str
) -> tuple[pd.DataFrame, ComparedIndicator]:
    """Give the numerators as plain counts in a unit of their own, for circles on a map."""
    found = cells(frame, ("area_code",))
    found["value"] = found["numerator"].astype("Float64")
    found["denominator"] = pd.NA
    if "merged_area" in found:
        found = found.assign(merged_value=found["merged_numerator"], merged_denominator=pd.NA)
    return found, ComparedIndicator(f"{indicator.name}_count", unit, str(indicator.direction), None)


def from_target(
    frame: pd.DataFrame, *, indicator: Drawable, target: float
) -> tuple[pd.DataFrame, ComparedIndicator]:
    """Give each area's value minus the target; what is not shown stays as it is."""
    found = cells(frame, ("area_code",))
    found["value"] = found["value"] - target
    return _without_parts(found), _compared_indicator("difference_from_target", indicator)


def over_time(
    now: pd.DataFrame, before: pd.DataFrame, *, indicator: Drawable
) -> tuple[pd.DataFrame, ComparedIndicator]:
    """Give each area's value minus its value in an earlier period, both shown or none.

    One row per area on both sides; an area that the earlier frame lacks has no change.
    """
    found, past = cells(now, ("area_code",)), cells(before, ("area_code",))
    for part in (found, past):
        if part["area_code"].duplicated().any():
            raise ChartProblem("one row per area is wanted to compare two periods")
    past = past.set_index("area_code").reindex(found["area_code"]).reset_index()
    both = (found["status"] == SHOWN) & (past["status"] == SHOWN)
    hidden = (found["status"] == HIDDEN) | (past["status"] == HIDDEN)
    reason = found["reason"].where(found["status"] != SHOWN, past["reason"].fillna(NOT_IN_BOTH))
    found["value"] = (found["value"] - past["value"]).where(both)
    found["reason"] = reason.where(~both, "")
    found["status"] = both.map({True: SHOWN, False: NO_DATA}).where(both | ~hidden, HIDDEN)
    return _without_parts(found), _compared_indicator("change_over_time", indicator)


def _without_parts(frame: pd.DataFrame) -> pd.DataFrame:
    """A difference is no longer numerator ÷ denominator, so neither stands beside it."""
    for column in ("numerator", "denominator"):
        frame[column] = pd.NA
    return frame


def _compared_indicator(kind: str, indicator: Drawable) -> ComparedIndicator:
    unit = str(indicator.unit)
    return ComparedIndicator(f"{kind}_{unit}", _UNITS.get(unit, unit), str(indicator.direction))
