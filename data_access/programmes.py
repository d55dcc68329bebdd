"""Frames of the programme pages made from rows of `lists_programmes`: hidden before they leave.

Called by `data_access.queries`, the door, and by nobody else.
"""

import numpy as np
import pandas as pd

from data_access import disclosure, survival
from data_access.indicators.kernel.query import Query
from data_access.lists_programmes import STAGE_TABLES, STAGES
from data_access.scope import Scope
from data_access.status import Status

MOST_CASES = 500  # rows of a list of single cases
CURVE_DAYS = 365
STILL_WATCHED = 10  # with fewer cases left to watch, a curve says little
STAGE_COLUMNS = ["stage", "cases", "opened", "share", "median_days", "status", "reason"]
CURVE_COLUMNS = ["stage", "day", "share", "low", "high"]
UNDECIDED, UNRECORDED, AGREED, OVERRIDDEN = "undecided", "unrecorded", "agreed", "overridden"


def stages(days: pd.DataFrame, present: frozenset[str], hide_below: int) -> pd.DataFrame:
    """One row per stage in order: cases that got there, out of those opened, and median days."""
    opened = _opened_cases(days)
    rows = [_stage(days, stage, opened, present, hide_below) for stage in STAGES]
    frame = pd.DataFrame(rows, columns=STAGE_COLUMNS)
    whole = {"cases": "Int64", "opened": "Int64", "share": "Float64", "median_days": "Float64"}
    return frame.astype(whole)


def _stage(
    days: pd.DataFrame, stage: str, n_cases: int, present: frozenset[str], hide_below: int
) -> tuple[object, ...]:
    table = STAGE_TABLES.get(stage, ("cases", ""))[0]
    if table not in present:
        return (stage, None, None, None, None, Status.NO_DATA.value, "table_missing")
    if not n_cases:
        return (stage, 0, 0, None, None, Status.NO_DATA.value, "no_cases_opened")
    mine = days[days["stage"] == stage]
    reached = n_cases if stage == "intake" else int(mine.loc[mine["reached"] == 1, "cases"].sum())
    if any(0 < count < hide_below for count in (n_cases, reached)):
        return (stage, None, None, None, None, Status.HIDDEN.value, "small_number")
    median = 0.0 if stage == "intake" else _curve(mine).median
    return (stage, reached, n_cases, 100 * reached / n_cases, median, Status.SHOWN.value, "")


def curves(days: pd.DataFrame, present: frozenset[str], hide_below: int) -> pd.DataFrame:
    """Share of cases that got to each stage by each day (0–100), up to a year, with its interval.

    A stage whose count is hidden has no curve, and no step of a curve stands for fewer cases than
    may be shown.
    """
    shown = stages(days, present, hide_below).query("status == 'shown'")["stage"]
    parts = []
    for stage in [s for s in shown if s != "intake"]:
        mine = days[days["stage"] == stage]
        drawn = survival.thin_out(_curve(mine), hide_below, STILL_WATCHED)
        kept = drawn.days <= CURVE_DAYS
        parts.append(
            pd.DataFrame(
                {
                    "stage": stage,
                    "day": drawn.days[kept].astype("int64"),
                    "share": 100 * drawn.share[kept],
                    "low": 100 * drawn.low[kept],
                    "high": 100 * drawn.high[kept],
                }
            )
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=CURVE_COLUMNS)


def _curve(mine: pd.DataFrame) -> survival.Curve:
    times = mine["cases"].to_numpy("int64")
    return survival.curve(
        np.repeat(mine["days"].to_numpy("float64"), times),
        np.repeat(mine["reached"].to_numpy("int64") == 1, times),
    )


def _opened_cases(days: pd.DataFrame) -> int:
    # Closure has a row for every case opened, closed or not.
    return int(days.loc[days["stage"] == "closed", "cases"].sum())


def decisions(counts: pd.DataFrame, hide_below: int) -> pd.DataFrame:
    """Screenings by flag and decision, every pair: flag, decision, result, screenings, status.

    `result` is agreed, overridden, undecided or unrecorded. Small counts are hidden, and enough
    beside them that neither the flags' totals nor those of decisions or results give them away.
    """
    found = counts.assign(decision=counts["decision"].replace("", UNDECIDED))
    flags = sorted(found["flag"].unique())
    others = [UNDECIDED] + ([UNRECORDED] if UNRECORDED in set(found["decision"]) else [])
    heads = sorted({*flags, *found["decision"]} - {UNDECIDED, UNRECORDED})
    pairs = pd.MultiIndex.from_product([flags, [*heads, *others]], names=["flag", "decision"])
    frame = found.set_index(["flag", "decision"]).reindex(pairs).reset_index()
    frame["screenings"] = frame["screenings"].astype("Int64").fillna(0)
    frame["result"] = [
        _result(flag, decision)
        for flag, decision in zip(frame["flag"], frame["decision"], strict=True)
    ]
    margins = [frame[name] for name in ("flag", "decision", "result")]
    hidden = disclosure.hidden_cells(frame["screenings"].astype("int64"), margins, hide_below)
    frame["status"] = hidden.map({True: Status.HIDDEN.value, False: Status.SHOWN.value}).astype(
        "str"
    )
    frame.loc[hidden, "screenings"] = pd.NA
    return frame[["flag", "decision", "result", "screenings", "status"]]


def _result(flag: str, decision: str) -> str:
    if decision in (UNDECIDED, UNRECORDED):
        return decision
    return AGREED if flag == decision else OVERRIDDEN


def hidden_stages(stages: pd.DataFrame) -> pd.DataFrame:
    """The stages of an area for which the public level has no such table."""
    known = stages["reason"] != "table_missing"
    out = stages.copy()
    out.loc[known, ["cases", "opened", "share", "median_days"]] = pd.NA
    out.loc[known, ["status", "reason"]] = ["hidden", "public_level"]
    return out


def hidden_decisions(decisions: pd.DataFrame) -> pd.DataFrame:
    """The decisions of an area for which the public level has no such table."""
    return decisions.assign(
        screenings=pd.array([pd.NA] * len(decisions), dtype="Int64"), status="hidden"
    )


def first_cases(rows: pd.DataFrame, query: Query, scope: Scope) -> pd.DataFrame:
    """The first rows of single cases that this reader may see; a list of provinces has no column
    of districts."""
    mine = disclosure.with_permitted_rows(rows, scope)
    narrow = query.province or query.district
    return mine.drop(columns=[] if narrow else "district_code").head(MOST_CASES)
