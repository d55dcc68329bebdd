"""Provinces that are like a province, and what its neighbours publish. A door, like `queries`.

How alike two provinces are follows from public numbers about areas (`config/neighbours.toml`),
never from anybody's case. The median of neighbours is made of values that were published already:
what is hidden takes no part, and how many that are is said.
"""

import numpy as np
import pandas as pd
import scipy  # it loads its parts when they are first used: commands start a third quicker
from sqlalchemy import select

from config.neighbours import NeighbourRules, Variable, neighbour_rules
from data_access.schema.derived import SNAPSHOT
from data_access.scope import Scope
from data_access.small_base import large_enough
from data_access.snapshot import SnapshotInfo, read_frame
from data_access.statistics import Measurable
from data_access.status import Status
from geo import registers

COLUMNS = ["province_code", "place", "neighbour_code", "distance", "far"]
VARIABLE_COLUMNS = ["province_code", "variable", "value", "year", "basis"]
_EXACT = 9  # decimals from which on two distances are one


def similar_provinces(*, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """The neighbours of each province, nearest first: `COLUMNS`.

    `distance` is in standard deviations; `far` where it is more than the rules allow for likeness.
    Of equal distances the lower code comes first. A province that lacks a variable has no rows;
    with no more provinces than neighbours wanted there are none at all.
    """
    known = neighbour_variables(scope=scope, snapshot=snapshot)
    rules = neighbour_rules()
    wide = known.pivot(index="province_code", columns="variable", values="value")
    return nearest(wide.reindex(columns=[one.name for one in rules.variables]), rules)


def neighbour_variables(*, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """What is compared, a row per province and variable: `VARIABLE_COLUMNS`.

    `value` is empty where it is not known. `year` and `basis` are those of the data's own row,
    empty where the numbers stand in the file with their source and day.
    """
    del scope  # statistics about areas, published already
    table = SNAPSHOT["province_statistics"]
    rows = read_frame(select(table), snapshot)
    facts = _latest(rows, snapshot.as_of.year)
    frames = [_of_variable(one, facts) for one in neighbour_rules().variables]
    return pd.concat(frames, ignore_index=True)[VARIABLE_COLUMNS]


def nearest(values: pd.DataFrame, rules: NeighbourRules) -> pd.DataFrame:
    """Give the neighbours by a frame with a row per province code and a column per variable."""
    scales = {one.name: one.scale for one in rules.variables}
    wide = values.astype(float)
    for name in wide:
        if scales[str(name)] == "log":
            wide[name] = np.log(wide[name].where(wide[name] > 0))
    wide = wide.dropna().sort_index()
    if len(wide) <= rules.count:
        return _frame([])
    spread = wide.std(ddof=0)
    # What is the same everywhere tells nobody apart.
    scores = ((wide - wide.mean()) / spread.where(spread > 0, 1)).to_numpy()
    codes = [str(code) for code in wide.index]
    apart = scipy.spatial.distance.cdist(scores, scores).round(_EXACT)
    rows = []
    for at, code in enumerate(codes):
        others = sorted((apart[at, n], other) for n, other in enumerate(codes) if n != at)
        rows += [
            (code, place, other, float(away), bool(away > rules.far))
            for place, (away, other) in enumerate(others[: rules.count], start=1)
        ]
    return _frame(rows)


def medians(frame: pd.DataFrame, indicator: Measurable, similar: pd.DataFrame) -> pd.DataFrame:
    """Give what the neighbours of each province have: province_code, median, shown, left_out.

    `frame` is an indicator frame of provinces, as the door gives it. Values that are hidden, empty
    or on a small base are `left_out`; with fewer `shown` than the rules ask for, `median` is empty.
    """
    good = frame[(frame["status"] == Status.SHOWN) & large_enough(frame, indicator)]
    values = good.set_index("area_code")["value"].astype(float).dropna()
    joined = similar.assign(value=similar["neighbour_code"].map(values).astype(float))
    found = joined.groupby("province_code")["value"].agg(["median", "count", "size"])
    enough = found["count"] >= neighbour_rules().least_shown
    return pd.DataFrame({
        "province_code": found.index.astype("str"),
        "median": found["median"].where(enough).astype("Float64").to_numpy(),
        "shown": found["count"].astype("int64").to_numpy(),
        "left_out": (found["size"] - found["count"]).astype("int64").to_numpy(),
    })  # fmt: skip


def _latest(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    """One row per province: the latest year up to this one, else the earliest."""
    later = rows["year"] > year
    keyed = rows.assign(later=later, near=rows["year"].where(later, -rows["year"]))
    ordered = keyed.sort_values(["province_code", "later", "near"])
    once = ordered.drop_duplicates("province_code").set_index("province_code")
    districts = [len(registers.districts_of(str(code))) for code in once.index]
    return once.assign(districts=districts)


def _of_variable(one: Variable, facts: pd.DataFrame) -> pd.DataFrame:
    if one.values is not None:
        codes = [registers.province(str(code)).code for code in sorted(one.values)]
        rows = pd.DataFrame({"province_code": codes, "value": [one.values[c] for c in codes]})
        return rows.assign(variable=one.name, year=pd.NA, basis=None)
    value = _positive(facts[one.of])
    if one.per:
        value = value / _positive(facts[one.per])
    rows = pd.DataFrame({"value": value, "year": facts["year"], "basis": facts["basis"]})
    return rows.rename_axis("province_code").reset_index().assign(variable=one.name)


def _positive(numbers: pd.Series) -> pd.Series:
    """Nobody lives in no household: a nought is an unknown number."""
    known = pd.to_numeric(numbers, errors="coerce").astype(float)
    return known.where(known > 0)


def _frame(rows: list[tuple[str, int, str, float, bool]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS).astype({
        "province_code": "str", "place": "int64", "neighbour_code": "str", "distance": "float64",
        "far": "bool",
    })  # fmt: skip
