"""What hand-worked tests of indicators share: one question of one small world."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data_access import queries
from data_access.indicators.question import Question
from data_access.scope import Scope
from tests.support.world import make

DAY = date(2026, 9, 30)  # the last day of fiscal year 2569
NATION = Scope(nation=True, reveal=True)
Show = Callable[..., pd.DataFrame]


@pytest.fixture
def show(tmp_path: Path) -> Show:
    """Asks an indicator of a world of rows, as of 30 September 2026; the answer is revealed."""

    def ask(name: str, tables: dict[str, Any], **asked: Any) -> pd.DataFrame:
        snapshot = make(tmp_path, tables, name=f"w{len(list(tmp_path.iterdir()))}")
        question = Question(as_of=DAY).but(**asked)
        return queries.indicator(name, question, scope=NATION, snapshot=snapshot)

    return ask
