"""The same size, seed and as-of date give the same bytes, whatever is written at a time."""

from pathlib import Path

import pytest

from data_access.schema.tables import EXCHANGE_TABLES
from sample_data.generate import write_all
from sample_data.plan import Plan, make_plan
from sample_data.sinks import CsvFolder
from sample_data.size import size_of
from tests.sample.conftest import AS_OF, SEED, only


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def two_provinces(folder: Path, seed: int = SEED, rows_at_a_time: int = 16_384) -> dict[str, bytes]:
    """Mae Hong Son and Kanchanaburi as they are in a hundredth of the nation."""
    sink = CsvFolder(folder, rows_at_a_time)
    write_all(only(make_plan(size_of("0.01"), seed, AS_OF), "58", "71"), sink)
    sink.close()
    return files(folder)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return two_provinces(tmp_path_factory.mktemp("first"))


def test_a_second_generation_gives_the_same_bytes(first: dict[str, bytes], tmp_path: Path) -> None:
    assert two_provinces(tmp_path) == first


def test_writing_seven_rows_at_a_time_gives_the_same_bytes(
    first: dict[str, bytes], tmp_path: Path
) -> None:
    assert two_provinces(tmp_path, rows_at_a_time=7) == first


def test_another_seed_gives_other_rows_but_the_same_published_events(
    first: dict[str, bytes], tmp_path: Path
) -> None:
    other = two_provinces(tmp_path, seed=1)
    assert other["cases.csv"] != first["cases.csv"]
    assert other["published_figures.csv"] == first["published_figures.csv"]
    assert other["courses.csv"] == first["courses.csv"]


def test_a_province_does_not_depend_on_the_others(first: dict[str, bytes], tmp_path: Path) -> None:
    sink = CsvFolder(tmp_path)
    write_all(only(make_plan(size_of("0.01"), SEED, AS_OF), "71"), sink)
    sink.close()
    for table in ("cases", "follow_ups", "volunteers", "worker_posts", "plan_goals"):
        alone = set((tmp_path / f"{table}.csv").read_bytes().splitlines())
        assert alone <= set(first[f"{table}.csv"].splitlines()), table


def test_every_table_has_a_file_with_the_columns_of_the_format(first: dict[str, bytes]) -> None:
    headers = {name: content.split(b"\n", 1)[0].decode() for name, content in first.items()}
    assert headers == {
        f"{name}.csv": ",".join(c.name for c in table.columns)
        for name, table in EXCHANGE_TABLES.items()
    }


def test_cutting_a_province_into_blocks_keeps_its_totals(
    demo_plan: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sample_data.plan.BLOCK", 50)
    province = only(demo_plan, "58")
    assert province.provinces[0].blocks > 3
    sink = CsvFolder(tmp_path)
    write_all(province, sink)
    sink.close()
    assert sink.rows["cases"] == province.provinces[0].cases
    for table, key in (("cases", 0), ("families", 0), ("follow_ups", 0), ("referrals", 0)):
        lines = (tmp_path / f"{table}.csv").read_text(encoding="utf-8").splitlines()[1:]
        ids = [line.split(",")[key] for line in lines]
        assert len(ids) == len(set(ids)), table
