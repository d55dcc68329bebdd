"""What stands beside a value on the map: which provinces have data that is out of date."""

from datetime import timedelta

import pandas as pd

from config.thresholds import threshold
from ui.charts.indicator_frame import day
from ui.queries import query_cache
from ui.state.filter_state import COUNTRY
from ui.state.page_context import View

STALE = "stale_days"


def stale(view: View) -> frozenset[str]:
    """Give the provinces whose newest record is too old for the data's own day.

    Counted from the day of the data, not from today: a snapshot that is old as a whole says so at
    the head of every page. A past period is read with all that came since, so nothing in it is old.
    """
    chosen = view.filters
    if chosen.day != chosen.as_of:
        return frozenset()
    query = chosen.at(COUNTRY).query().but(target_group=None)
    found = query_cache.listing("latest_records", query, view.scope, view.snapshot)
    oldest = chosen.as_of - timedelta(days=int(threshold(STALE).value))
    rows = zip(found["province_code"], found["latest"], strict=True)
    return frozenset(str(c) for c, latest in rows if not pd.isna(latest) and day(latest) < oldest)
