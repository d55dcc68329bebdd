"""Reads single cells of indicator frames, so that a test shows numbers and nothing else."""

import pandas as pd


def numbers(frame: pd.DataFrame, area: str = "TH", group: str = "") -> tuple[int, int]:
    """Numerator and denominator of one cell that is shown."""
    row = _cell(frame, area, group)
    assert row["status"] == "shown", row["reason"]
    return int(row["numerator"]), int(row["denominator"])


def value(frame: pd.DataFrame, area: str = "TH", group: str = "") -> float:
    """Value of one cell that is shown."""
    row = _cell(frame, area, group)
    assert row["status"] == "shown", row["reason"]
    return float(row["value"])


def why_not(frame: pd.DataFrame, area: str = "TH", group: str = "") -> str:
    """The reason why one cell has no value."""
    row = _cell(frame, area, group)
    assert row["status"] == "no_data"
    assert pd.isna(row["value"])
    return str(row["reason"])


def series(frame: pd.DataFrame) -> list[tuple[int, int]]:
    """Numerator and denominator per period, in order; a missing number is 0."""
    both = frame.sort_values("period_start")[["numerator", "denominator"]].fillna(0)
    return [(int(top), int(bottom)) for top, bottom in both.itertuples(index=False)]


def _cell(frame: pd.DataFrame, area: str, group: str) -> pd.Series:
    found = frame[(frame["area_code"] == area) & (frame["group"] == group)]
    assert len(found) == 1, f"one cell for {area} {group!r}; got {len(found)}"
    return found.iloc[0]
