"""Three worked maps on real servers, and the same numbers from every kind of source."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from data_access import snapshot
from data_access.importers import Origin
from data_access.snapshot import SnapshotInfo
from tests.support import foreign_cells, same_numbers
from tests.support.case_system_export import case_system_export
from tests.support.commands import ROOT, TODAY, run_module
from tests.support.database_servers import Server
from tests.support.foreign_cells import SECRET_NAME, SECRET_NUMBER, Tables
from tests.support.legacy_register import legacy_register
from tests.support.thai_department import thai_department

MAPS = ROOT / "docs" / "source_maps"
Build = Callable[[str, Path | None], SnapshotInfo]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of sample data with all thirty tables, and the same as a workbook beside it."""
    home = tmp_path_factory.mktemp("sample")
    small = ("--scale", "0.0002", "--as-of", TODAY.isoformat())
    run_module("sample_data", "--out", str(home / "csv"), *small, data_dir=home)
    run_module("sample_data", "--out", str(home / "xlsx"), *small, "--format=xlsx", data_dir=home)
    return home


@pytest.fixture(scope="module")
def tables(sample: Path) -> Tables:
    return foreign_cells.read_folder(sample / "csv")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Publishes a source in a data directory of its own, each source once."""
    built: dict[str, SnapshotInfo] = {}

    def one(address: str, map_path: Path | None = None) -> SnapshotInfo:
        if address not in built:
            settings = Settings(
                data_dir=tmp_path_factory.mktemp("data"),
                source=None,
                language="th",
                today=TODAY,
                hide_below=5,
                allow_reveal=True,
                port=8501,
                address="127.0.0.1",
            )
            origin = Origin(address, map_path)
            built[address] = snapshot.build(settings, origin, as_of=TODAY)
        return built[address]

    return one


@pytest.fixture(scope="module")
def from_csv(sample: Path, build: Build) -> SnapshotInfo:
    return build(str(sample / "csv"), None)


def worked(name: str) -> tuple[Path, dict[str, Any]]:
    path = MAPS / f"{name}.toml"
    return path, tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def department(postgresql: Server, tables: Tables) -> Origin:
    """A PostgreSQL database with Thai names, read by an account that may only read."""
    path, mapping = worked("department_thai")
    postgresql.run("postgres", "CREATE DATABASE department")
    thai_department(postgresql.url("department"), tables, mapping)
    postgresql.run(
        "department",
        "CREATE ROLE reader LOGIN PASSWORD 'p@ss/word'",
        'GRANT USAGE ON SCHEMA "สวัสดิการ" TO reader',
        'GRANT SELECT ON ALL TABLES IN SCHEMA "สวัสดิการ" TO reader',
    )
    return Origin(postgresql.url("department", "reader:p%40ss%2Fword"), path)


@pytest.fixture(scope="module")
def register(mariadb: Server, tables: Tables) -> Origin:
    """A MariaDB database of the old kind, read by an account that may only read."""
    path, mapping = worked("legacy_register")
    mariadb.run("mysql", "CREATE DATABASE register CHARACTER SET utf8mb4")
    legacy_register(mariadb.url("register"), tables, mapping)
    mariadb.run(
        "mysql",
        "CREATE USER reader IDENTIFIED BY 'p@ss/word'",
        "GRANT SELECT ON register.* TO reader",
    )
    return Origin(mariadb.url("register", "reader:p%40ss%2Fword"), path)


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory, tables: Tables) -> Origin:
    """A folder as another case-management system exports it."""
    path, mapping = worked("case_system_export")
    folder = tmp_path_factory.mktemp("export") / "files"
    case_system_export(folder, tables, mapping)
    return Origin(str(folder), path)


@pytest.mark.parametrize("source", ["department", "register", "export"])
def test_a_mapped_source_gives_every_row_and_nothing_that_was_not_asked_for(
    source: str, build: Build, from_csv: SnapshotInfo, request: pytest.FixtureRequest
) -> None:
    origin: Origin = request.getfixturevalue(source)

    made = build(origin.address, origin.map_path)

    assert same_numbers.different_tables(from_csv, made) == []
    content = made.path.read_bytes()
    assert SECRET_NAME.encode() not in content
    assert SECRET_NUMBER.encode() not in content
    assert "word" not in made.source


@pytest.fixture(scope="module")
def answers(from_csv: SnapshotInfo) -> dict[Any, str]:
    return dict(same_numbers.answers(from_csv))


@pytest.mark.slow
@pytest.mark.parametrize("source", ["workbook", "sqlite", "department", "register"])
def test_every_indicator_answers_the_same_from_every_kind_of_source(
    source: str,
    answers: dict[Any, str],
    build: Build,
    sample: Path,
    tables: Tables,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    if source == "workbook":
        origin = Origin(str(next((sample / "xlsx").glob("*.xlsx"))))
    elif source == "sqlite":
        address = f"sqlite:///{tmp_path / 'source.db'}"
        foreign_cells.exchange_tables(address, tables)
        origin = Origin(address)
    else:
        origin = request.getfixturevalue(source)

    made = build(origin.address, origin.map_path)

    assert len(answers) > 250
    assert sum("\n" in text.strip() for text in answers.values()) > 200, "few answers hold a row"
    different = [
        question for question, text in same_numbers.answers(made) if text != answers[question]
    ]
    assert not different


def test_the_settings_name_the_map(settings: Settings) -> None:
    assert replace(settings).source_map == ROOT / "config" / "source_map.toml"
