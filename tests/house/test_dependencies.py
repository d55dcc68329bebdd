"""What is installed: a short list pinned by hand, a full list made from it."""

import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.house.source import PACKAGES, ROOT, application_files, imported, name, python_files

OURS = {*PACKAGES, "pages", "tests", "Home"}
# Loaded by name at run time, so no import statement shows them.
LOADED_BY_NAME = {
    "duckdb-sqlalchemy": "SQLAlchemy finds the dialect by the address duckdb://",
    "tzdata": "zoneinfo reads Asia/Bangkok from it where the system has no zones",
    "authlib": "Streamlit's st.login signs in with it",
    "httpx": "Authlib asks the provider through it",
    "pyarrow": "pandas and DuckDB hand tables to each other through it",
    "pyogrio": "GeoPandas reads and writes layers through it",
    "pymysql": "SQLAlchemy finds the driver by the address mariadb+pymysql://",
    "psycopg": "SQLAlchemy finds the driver by the address postgresql+psycopg://",
}
TOOLS = {
    "import-linter": "make check",
    "mypy": "make check",
    "oidc-provider-mock": "the browser tests start it as a command of its own",
    "pandas-stubs": "make check",
    "pre-commit": "before each commit",
    "pytest-xdist": "pytest -n",
    "ruff": "make check",
    "types-openpyxl": "make check",
    "types-tqdm": "make check",
    "uv": "make lock",
}


def canonical(project: str) -> str:
    return re.sub(r"[-_.]+", "-", re.sub(r"\[.*\]", "", project)).lower()


def pinned(path: Path) -> dict[str, str]:
    """Each requirement line of a file: project and exact version (empty when not exact)."""
    lines = (line.split("#")[0].split(";")[0].strip() for line in path.read_text().splitlines())
    pairs = (line.partition("==") for line in lines if line and not line.startswith("-"))
    return {canonical(project): version for project, _, version in pairs}


def imported_projects(files: list[Path]) -> dict[str, str]:
    """Each installed project that files import, with one place that does."""
    homes = packages_distributions()
    found: dict[str, str] = {}
    for path in files:
        for module, line in imported(path):
            top = module.split(".")[0]
            if top not in sys.stdlib_module_names and top not in OURS:
                for project in homes.get(top, [top]):
                    found.setdefault(canonical(project), f"{name(path)}:{line}")
    return found


DIRECT = pinned(ROOT / "requirements.in")
DIRECT_DEV = pinned(ROOT / "requirements-dev.in")
LOCKED = pinned(ROOT / "requirements.txt")
LOCKED_DEV = pinned(ROOT / "requirements-dev.txt")


def test_every_line_names_one_exact_version() -> None:
    for listed in (DIRECT, DIRECT_DEV, LOCKED, LOCKED_DEV):
        assert not [project for project, version in listed.items() if not version]


def test_the_lock_files_hold_the_short_lists() -> None:
    assert not DIRECT.items() - LOCKED.items(), "run make lock"
    assert not DIRECT_DEV.items() - LOCKED_DEV.items(), "run make lock"


def test_developers_run_the_same_versions_as_the_application() -> None:
    assert not LOCKED.items() - LOCKED_DEV.items(), "run make lock"


def test_what_the_application_imports_is_on_the_short_list() -> None:
    used = imported_projects(application_files())
    assert not {project: place for project, place in used.items() if project not in DIRECT}


def test_what_the_tests_import_is_on_a_short_list() -> None:
    used = imported_projects(python_files("tests"))
    known = DIRECT.keys() | DIRECT_DEV.keys()
    assert not {project: place for project, place in used.items() if project not in known}


def test_nothing_on_the_short_lists_is_without_use() -> None:
    used = imported_projects(application_files()).keys() | LOADED_BY_NAME.keys()
    assert not DIRECT.keys() - used
    in_tests = (
        imported_projects(python_files("tests")).keys() | TOOLS.keys() | LOADED_BY_NAME.keys()
    )
    assert not DIRECT_DEV.keys() - in_tests
