"""Sample data for these tests: tiny whole sets on disk, and single provinces in memory."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sample_data.generate import generate
from sample_data.plan import Plan, make_plan
from sample_data.size import size_of

AS_OF = date(2026, 9, 30)
SEED = 2569
TINY = "0.001"


class Folder:
    """A generated folder, its tables read as texts (an empty cell is missing) or with dates."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def texts(self, table: str) -> pd.DataFrame:
        return pd.read_csv(self.path / f"{table}.csv", dtype=str, keep_default_na=False)

    def dated(self, table: str) -> pd.DataFrame:
        """The table with every column that ends in `_on` as dates, empty ones missing."""
        frame = self.texts(table).replace("", pd.NA)
        dates = [name for name in frame.columns if name.endswith(("_on", "as_of"))]
        return frame.assign(**{name: pd.to_datetime(frame[name]) for name in dates})


def written(folder: Path, faults: str | None = None, scale: str = TINY) -> Folder:
    generate(folder, make_plan(size_of(scale), SEED, AS_OF), faults=faults)
    return Folder(folder)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A thousandth of the nation: 4,000 cases in all provinces, without a fault."""
    return written(tmp_path_factory.mktemp("tiny") / "sample")


@pytest.fixture(scope="session")
def flawed(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The same with planted faults of every warning rule."""
    return written(tmp_path_factory.mktemp("flawed") / "sample", "warn")


@pytest.fixture(scope="session")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The same with planted faults that must refuse the load."""
    return written(tmp_path_factory.mktemp("refused") / "sample", "stop")


@pytest.fixture(scope="session")
def demo_plan() -> Plan:
    """What the demo gives each province, without its rows."""
    return make_plan(size_of("demo"), SEED, AS_OF)


def only(plan: Plan, *codes: str) -> Plan:
    """A plan cut down to some provinces, which get what they get in the whole."""
    kept = tuple(p for p in plan.provinces if p.place.code in codes)
    return replace(plan, provinces=kept)
