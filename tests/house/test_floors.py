"""Imports go down only, on paper (import-linter) and in a running process."""

import subprocess
import sys

from tests.house.source import PACKAGES, ROOT, imported, name, pages, python_files

FLOORS = {"config": 0, "geo": 1, "data_access": 2, "sample_data": 3, "ui": 3}


def modules_loaded_by(statement: str) -> set[str]:
    """The top-level modules that a fresh Python holds after one statement."""
    program = f"import sys\n{statement}\nsys.stdout.write(' '.join(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {module.split(".")[0] for module in done.stdout.split()}


def test_the_contracts_of_the_floors_are_kept() -> None:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_home_stands_on_the_floors_and_nothing_stands_on_home() -> None:
    found = [
        f"{name(path)}:{line}"
        for path in python_files(*PACKAGES, "pages")
        for module, line in imported(path)
        if module.split(".")[0] == "Home"
    ]
    assert not found


def test_pages_do_not_import_each_other() -> None:
    found = [
        f"{name(page)}:{line} {module}"
        for page in pages()
        for module, line in imported(page)
        if module.split(".")[0] in ("pages", "sample_data")
    ]
    assert not found


def test_a_file_is_on_a_known_floor() -> None:
    elsewhere = {
        path.relative_to(ROOT).parts[0] for path in python_files() if path.parent != ROOT
    } - {*FLOORS, "pages", "tests"}
    assert not elsewhere
    assert not [
        name(path) for path in python_files() if path.parent == ROOT and path.stem != "Home"
    ]


def test_the_data_can_be_asked_without_streamlit_in_memory() -> None:
    loaded = modules_loaded_by("import data_access.queries, data_access.snapshot")
    assert "duckdb" in loaded
    assert not loaded & {"streamlit", "altair", "pydeck"}


def test_the_registers_and_boundaries_load_no_database() -> None:
    loaded = modules_loaded_by("import geo.registers, geo.names, geo.boundaries")
    assert not loaded & {"streamlit", "duckdb", "sqlalchemy"}


def test_the_words_and_settings_load_nothing_of_ours_and_nothing_heavy() -> None:
    loaded = modules_loaded_by("import config.settings, config.i18n, config.numbers, config.theme")
    assert not loaded & {"geo", "data_access", "sample_data", "ui", "pandas", "streamlit"}


def test_the_server_holds_no_boundary_tools_in_memory() -> None:
    # GeoPandas costs 45 MB in every server process and draws nothing a page needs.
    drawing = (
        "import importlib, pkgutil, ui.prefetch.worker, ui.server.asgi, ui.sections as s; "
        "found = pkgutil.walk_packages(s.__path__, 'ui.sections.'); "
        "[importlib.import_module(module.name) for module in found]"
    )
    assert "geopandas" not in modules_loaded_by(drawing)
