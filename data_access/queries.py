"""The door to the data: every figure and list that leaves this package passes here.

Each function takes `scope` (whose rows) and `snapshot` (which file), by name and without a default.
Small client counts are hidden before a frame is handed out.
"""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Select, select

from data_access import disclosure
from data_access.indicators import caseload, frame, registry
from data_access.indicators.engine import Engine
from data_access.indicators.question import Question
from data_access.schema.derived import SNAPSHOT, load_tables
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, engine


def indicator(
    name: str, question: Question, *, scope: Scope, snapshot: SnapshotInfo
) -> pd.DataFrame:
    """The indicator frame of one question: a row per area, breakdown and period, none missing.

    Columns area_code, group, period_start, period_end, numerator, denominator, value, status
    (`shown`, `hidden`, `no_data`), reason, qualifier. `value` is 0–100 for percent. Hidden and empty
    cells have no numbers. Raises `UnknownIndicator`, `NotAnswerable`.
    """
    definition = registry.get(name)
    with engine(snapshot).connect() as connection:
        counted = Engine(connection, scope).raw(definition, question)
    whole = frame.complete(counted, definition, question, scope)
    if scope.reveal:
        return whole
    return disclosure.hide(whole, definition, question, scope.hide_below)
