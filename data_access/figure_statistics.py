"""What statistics and targets say of the rows of an indicator frame, one table of them.

Each adds columns to the frame; pages and the command line say the same of the same rows.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pandas as pd

from config.thai_calendar import fiscal_year_of
from data_access.indicators.kernel.definition import Indicator
from data_access.statistics import funnel, intervals, xmr
from data_access.statistics.change import Cell, cell_of, change
from data_access.targets import judge, missing, result_of, target_of

Statistic = Callable[[pd.DataFrame, Indicator, pd.DataFrame], pd.DataFrame]


def with_targets(frame: pd.DataFrame, indicator: Indicator, targets: pd.DataFrame) -> pd.DataFrame:
    """The frame with `target`, `proposed`, `mark`, `mark_reason` and what is `missing` to reach it.

    The target is that of the row's area and of the fiscal year its period ends in.
    """
    rows: list[dict[str, Any]] = []
    for row in frame.itertuples():
        year = fiscal_year_of(row.period_end).be
        target = target_of(indicator, area=str(row.area_code), fiscal_year=year, targets=targets)
        result = result_of(row)
        verdict = judge(indicator, result, target)
        rows.append(
            {
                "target": None if target is None else target.value,
                "proposed": None if target is None else target.proposed,
                "mark": verdict.mark,
                "mark_reason": verdict.reason,
                "missing": missing(indicator, result, target),
            }
        )
    return _beside(frame, rows, ["target", "proposed", "mark", "mark_reason", "missing"])


def with_ranks(frame: pd.DataFrame, indicator: Indicator, targets: pd.DataFrame) -> pd.DataFrame:
    """The frame with each area's `place` (1 is best), what 95 % allows and `of` how many."""
    del targets  # a rank compares areas with each other
    known = intervals.ranks(frame, indicator)
    columns = ["place", "low", "high", "of"]
    rows = [
        asdict(known[code]) if code in known else dict.fromkeys(columns)
        for code in frame["area_code"]
    ]
    return _beside(frame, rows, columns)


def with_funnel(frame: pd.DataFrame, indicator: Indicator, targets: pd.DataFrame) -> pd.DataFrame:
    """The frame with the mean of all areas as `reference`, the verdict of the `funnel` plot, and
    `phi`: how many times as much as by chance the areas differ (empty where they are too few)."""
    del targets  # the reference is the mean of the areas themselves
    judged = funnel.verdicts(frame, indicator=indicator).set_index("area_code")
    judged = judged.rename(columns={"verdict": "funnel"})
    columns = ["reference", "funnel", "phi"]
    rows = [
        judged.loc[code, columns].to_dict() if code in judged.index else dict.fromkeys(columns)
        for code in frame["area_code"]
    ]
    return _beside(frame, rows, columns)


def with_changes(frame: pd.DataFrame, indicator: Indicator, targets: pd.DataFrame) -> pd.DataFrame:
    """The frame with each row's change from the period before it and from the same one a year
    before, as word and size: `previous`, `previous_by`, `year_before`, `year_before_by`.

    Periods are those of the frame: ask for a series. The change of a headline count is that of the
    count.
    """
    del targets  # a change compares an area with itself
    counts = indicator.headline == "count"
    columns = ["previous", "previous_by", "year_before", "year_before_by"]
    rows: dict[Any, dict[str, Any]] = {}
    for _, series in frame.groupby(["area_code", "group"], sort=False):
        ordered = series.sort_values("period_end")
        cells = [cell_of(row, indicator, counts=counts) for row in ordered.itertuples()]
        by_month = {(cell.end.year, cell.end.month): cell for cell in cells if cell.end}
        before: Cell | None = None
        for at, cell in zip(ordered.index, cells, strict=True):
            a_year = by_month.get((cell.end.year - 1, cell.end.month)) if cell.end else None
            last = change(cell, before, indicator, counts=counts)
            year = change(cell, a_year, indicator, counts=counts)
            words = (last.word, last.amount, year.word, year.amount)
            rows[at] = dict(zip(columns, words, strict=True))
            before = cell
    return _beside(frame, [rows[at] for at in frame.index], columns)


def with_variation(
    frame: pd.DataFrame, indicator: Indicator, targets: pd.DataFrame
) -> pd.DataFrame:
    """The frame with the XmR reading of each area's and group's series, the same in all its rows:
    `mean`, `lower`, `upper`, `rules` of the latest value, `variation`, `assurance`."""
    columns = ["mean", "lower", "upper", "rules", "variation", "assurance"]
    rows: dict[Any, dict[str, Any]] = {}
    for _, series in frame.groupby(["area_code", "group"], sort=False):
        last = series.sort_values("period_end").iloc[-1]
        year = fiscal_year_of(last["period_end"]).be
        target = target_of(indicator, area=last["area_code"], fiscal_year=year, targets=targets)
        counts = indicator.headline == "count"
        line = None if target is None or target.counts != counts else target.value
        in_order = series.sort_values("period_end").itertuples()
        values = [cell_of(row, indicator, counts=counts).comparable for row in in_order]
        reading = xmr.read(values, indicator.direction.value, line)
        said = {
            "mean": reading.mean,
            "lower": reading.low,
            "upper": reading.high,
            "rules": " ".join(reading.rules),
            "variation": reading.variation,
            "assurance": reading.assurance,
        }
        rows |= dict.fromkeys(series.index, said)
    return _beside(frame, [rows[at] for at in frame.index], columns)


def _beside(frame: pd.DataFrame, rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    more = pd.DataFrame(rows, columns=columns, index=frame.index)
    return pd.concat([frame, more], axis="columns")


STATISTICS: dict[str, Statistic] = {
    "target": with_targets,
    "rank": with_ranks,
    "funnel": with_funnel,
    "variation": with_variation,
    "change": with_changes,
}
