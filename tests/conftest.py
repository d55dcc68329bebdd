"""What every test stands on: no settings of this machine, a fixed day, one demo."""

import os
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings

from config.settings import PREFIX, Settings
from tests.support.commands import TODAY, run_module

# Deadlines measure how busy the machine is; the same examples every time let a failure be repeated.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True)
hypothesis_settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden chart specifications anew instead of comparing with them",
    )


def pytest_configure(config: pytest.Config) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        del os.environ[name]


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def today() -> date:
    """The day that tests live on."""
    return TODAY


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Plain settings with an empty data directory of the test's own."""
    return Settings(
        data_dir=tmp_path / "data",
        source=None,
        language="th",
        today=TODAY,
        hide_below=5,
        allow_reveal=False,
        port=8501,
        address="127.0.0.1",
    )


@pytest.fixture(scope="session")
def demo_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the demo that a first `make run` shows; read only, made once a session.

    The real size (60,000 cases), for a smaller one has provinces without anything. Made by the same
    two commands, in about half a minute; parallel workers share one.
    """
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    home = base / "demo"
    with FileLock(base / "demo.lock"):
        if not (home / "current").exists():
            last_day = ("--as-of", TODAY.isoformat())
            run_module("sample_data", "--out", str(home / "sample"), *last_day, data_dir=home)
            run_module("data_access", "import", str(home / "sample"), data_dir=home)
    return home
