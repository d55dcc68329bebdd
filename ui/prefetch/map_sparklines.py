"""The course of every province over the last quarters, for the hover cards of maps.

Twenty quarters of 77 provinces take up to a second to read, too long for a filter change. So a map
is drawn without them the first time, and they are worked out beside the visitors
(`ui.prefetch.worker`).
"""

from contextlib import suppress
from queue import Empty, Full, Queue

import pandas as pd

from data_access.indicators import registry
from data_access.indicators.kernel.query import Query
from ui.charts import spark
from ui.queries import page_queries, query_cache
from ui.state.filter_state import COUNTRY
from ui.state.page_context import View

QUARTERS = 8
Request = tuple[View, str]
_ready: set[tuple[object, ...]] = set()
_requests: Queue[Request] = Queue(maxsize=64)


def known(view: View, name: str) -> bool:
    """Tell whether the course of an indicator has been worked out; where not, ask for it."""
    if _key(view, name) in _ready:
        return True
    if "quarter" in registry.get(name).series:
        # Where nobody works, or much is waiting, whoever comes next asks again.
        with suppress(Full):
            _requests.put_nowait((view, name))
    return False


def next_wanted(seconds: float) -> Request | None:
    """Wait for the next one that was asked for; None where nothing was."""
    try:
        return _requests.get(timeout=seconds)
    except Empty:
        return None


def work_out(view: View, name: str) -> None:
    """Read the course of an indicator, so that maps show it from now on."""
    if _key(view, name) in _ready or "quarter" not in registry.get(name).series:
        return
    lines(view, name)


def lines(view: View, name: str, of: str = "value") -> dict[str, str]:
    """Give the last eight quarters up to the chosen day by province, as ui.charts.spark.code.

    `of` is "value", or "numerator" where the map shows the count behind a rate.
    """
    found = page_queries.frame(view, name, _question(view))
    found = found[found["period_end"] <= view.filters.day].sort_values("period_end")
    numbers = found[of].where(found["status"] == "shown").astype("Float64")
    series: dict[str, list[float | None]] = {}
    for code, number in zip(found["area_code"], numbers, strict=True):
        series.setdefault(str(code), []).append(None if pd.isna(number) else float(number))
    if len(_ready) >= query_cache.CACHE_SIZE:
        _ready.clear()
    _ready.add(_key(view, name))
    return {code: spark.code(values[-QUARTERS:]) for code, values in series.items()}


def _question(view: View) -> Query:
    span = page_queries.record(view.filters)
    return view.filters.at(COUNTRY).query("province", over="quarter", span=span)


def _key(view: View, name: str) -> tuple[object, ...]:
    scope, snapshot = query_cache.scope_key(view.scope), query_cache.snapshot_key(view.snapshot)
    return name, repr(_question(view)), repr(scope), snapshot
