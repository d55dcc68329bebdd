"""What `show NAME --by province` writes about the demo is what plain pandas counts in its files.

The raw CSV files are read a second time and counted by the oracles of `tests/indicators`, and small
numbers are hidden by a second spelling of the rule: nothing of the product is on both sides.
"""

import io
from pathlib import Path

import pandas as pd
import pytest

from config.settings import PREFIX
from data_access.command_line import main
from data_access.indicators.kernel.query import Query
from tests.indicators.oracle_cells import World, answer, world_in
from tests.indicators.oracles_core import ORACLES
from tests.support.commands import TODAY

# Which numbers count clients, and so are hidden from 1 to 4: the published list of definitions.
BOTH, TOP, NONE = ("numerator", "denominator"), ("numerator",), ()
CLIENTS: dict[str, tuple[str, ...]] = {
    "families_per_case_manager": TOP,
    "families_in_care": BOTH,
    "provinces_over_norm": NONE,
    "staffing_gap": NONE,
    "case_managers_over_norm": NONE,
    "overload_months": NONE,
    "unassigned_families": BOTH,
    "case_managers_per_supervisor": NONE,
    "urgent_cases": BOTH,
    "training_coverage": NONE,
    "training_attendances": NONE,
    "cohort_province_coverage": NONE,
    "follow_up_completion": BOTH,
    "follow_up_on_time": BOTH,
    "follow_up_overdue": BOTH,
    "cases_without_next_follow_up": BOTH,
    "follow_ups_left_at_closure": BOTH,
    "no_contact_90_days": BOTH,
    "volunteers_per_1000_households": NONE,
}
SMALLEST_SHOWN = 5
NUMBERS = ["numerator", "denominator", "value"]


@pytest.fixture(scope="module")
def counted(demo_data_dir: Path) -> dict[str, pd.DataFrame]:
    """Per indicator, the provinces in order with what pandas counts before anything is hidden."""
    raw = world_in(demo_data_dir / "sample")
    return {name: provinces(name, raw) for name in ORACLES}


def provinces(name: str, raw: World) -> pd.DataFrame:
    """One indicator; a plain count is divided by nothing."""
    query = Query(TODAY, area="province")
    cells = answer(ORACLES[name], raw, query).set_index("area_code").sort_index()
    if ORACLES[name].below != "divisor":
        cells["denominator"] = pd.NA
    return cells[[*NUMBERS, "status"]]


def small(name: str, cells: pd.DataFrame) -> set[str]:
    """Provinces where clients counted, or those left over, are 1 to 4."""
    counts = [cells[column].astype(int) for column in CLIENTS[name]]
    if len(counts) == 2:
        counts.append(counts[1] - counts[0])
    few = [one.index[one.between(1, SMALLEST_SHOWN - 1)] for one in counts]
    return {code for codes in few for code in codes}


def shown(
    name: str,
    demo_data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> pd.DataFrame:
    """What the command writes, read back."""
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(demo_data_dir))
    monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
    assert main(["show", name, "--by", "province", "--format", "csv"]) == 0
    text = io.StringIO(capsys.readouterr().out)
    return pd.read_csv(text, dtype={"area_code": str, "group": str})


@pytest.mark.slow
@pytest.mark.parametrize("name", ORACLES)
def test_show_writes_what_pandas_counts_in_the_raw_files(
    name: str,
    counted: dict[str, pd.DataFrame],
    demo_data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    written = shown(name, demo_data_dir, monkeypatch, capsys)
    assert set(written["indicator"]) == {name}
    assert set(written["period_end"]) == {TODAY.isoformat()}
    expected = counted[name].copy()
    found = written.set_index("area_code").sort_index()
    gone = found.index[found["status"] == "hidden"]
    # Which others are hidden beside the small ones is tested in tests/disclosure.
    assert small(name, expected) <= set(gone)
    assert set(gone) < set(found.index) or not small(name, expected)
    expected.loc[gone, NUMBERS] = pd.NA
    expected.loc[gone, "status"] = "hidden"
    assert found["status"].to_dict() == expected["status"].to_dict()
    # Where there is nothing to divide by, nothing at all and nought are the same.
    nothing = found["status"] == "no_data"
    assert found.loc[nothing, NUMBERS].fillna(0).eq(0).all(axis=None)
    for column in NUMBERS:
        mine, theirs = (f.loc[~nothing, column].astype("Float64") for f in (found, expected))
        apart = (mine.isna() != theirs.isna()) | ((mine - theirs).abs() > 1e-9).fillna(False)
        both = pd.DataFrame({"shown": mine, "pandas": theirs})
        assert not apart.any(), f"{name} {column}\n{both[apart].to_string()}"


@pytest.mark.slow
def test_the_demo_has_something_to_compare(counted: dict[str, pd.DataFrame]) -> None:
    """Tables of empty cells would agree as well."""
    for name, cells in counted.items():
        assert (cells["status"] == "shown").sum() >= 70, name
    assert any(small(name, cells) for name, cells in counted.items()), "nothing is ever hidden"
