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
from data_access.targets import judge, missing, result_of, target_of

Targets = pd.DataFrame
Statistic = Callable[[pd.DataFrame, Indicator, Targets], pd.DataFrame]


def with_targets(frame: pd.DataFrame, indicator: Indicator, targets: Targets) -> pd.DataFrame:
    """The frame with `target`, `proposed`, `mark`, `mark_reason` and what is `missing` to reach it.

    The target is that of the row's area and of the fiscal year its period ends in.
    """
    rows: list[dict[str, Any]] = []
    for row in frame.itertuples():
        year = fiscal_year_of(row.period_end).be  # type: ignore[arg-type]  # a date in every frame
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


def with_ranks(frame: pd.DataFrame, indicator: Indicator, targets: Targets) -> pd.DataFrame:
    """The frame with each area's `place` (1 is best), what 95 % allows and `of` how many."""
    del targets  # a rank compares areas with each other
    known = intervals.ranks(frame, indicator)
    columns = ["place", "low", "high", "of"]
    rows = [
        asdict(known[code]) if code in known else dict.fromkeys(columns)
        for code in frame["area_code"]
    ]
    return _beside(frame, rows, columns)


def with_funnel(frame: pd.DataFrame, indicator: Indicator, targets: Targets) -> pd.DataFrame:
    """The frame with the mean of all areas as `reference` and the verdict of the `funnel` plot."""
    del targets  # the reference is the mean of the areas themselves
    judged = funnel.verdicts(frame, indicator=indicator).set_index("area_code")
    rows = [
        {"reference": judged.loc[code, "reference"], "funnel": judged.loc[code, "verdict"]}
        if code in judged.index
        else {"reference": None, "funnel": None}
        for code in frame["area_code"]
    ]
    return _beside(frame, rows, ["reference", "funnel"])


def with_variation(frame: pd.DataFrame, indicator: Indicator, targets: Targets) -> pd.DataFrame:
    """The frame with the XmR reading of each area's and group's series, the same in all its rows:
    `mean`, `lower`, `upper`, `rules` of the latest value, `variation`, `assurance`."""
    columns = ["mean", "lower", "upper", "rules", "variation", "assurance"]
    rows: dict[Any, dict[str, Any]] = {}
    for _, series in frame.groupby(["area_code", "group"], sort=False):
        last = series.sort_values("period_end").iloc[-1]
        year = fiscal_year_of(last["period_end"]).be
        target = target_of(indicator, area=last["area_code"], fiscal_year=year, targets=targets)
        line = None if target is None or target.counts else target.value
        values = [None if pd.isna(x) else float(x) for x in series["value"]]
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
}
