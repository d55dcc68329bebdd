"""What every test stands on: no settings of this machine, a fixed day, one demo."""

import os
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadFileScheduling

from config.settings import PREFIX, Settings
from data_access.snapshot import SnapshotInfo
from tests.support import dense_world
from tests.support.commands import ROOT, TODAY, run_module

# Files whose tests take longest, by their number of minutes rather than of tests.
LONGEST = (
    *("tests/pages", "tests/browser", "tests/disclosure", "tests/indicators"),
    *("tests/importers/test_worked_maps", "tests/access/test_snapshot"),
)

# Deadlines measure how busy the machine is; the same examples every time let a failure be repeated.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True)
hypothesis_settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden chart specifications anew instead of comparing with them",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts files of long tests first, so that no worker is left alone with them at the end."""

    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(ROOT).as_posix()
        return next((i for i, start in enumerate(LONGEST) if path.startswith(start)), len(LONGEST))

    items.sort(key=place)


class ByFile(LoadFileScheduling):
    """Files are shared out as a whole; those that share a server or a sample go to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        # What one test has asked of a server or of the small sample, the next finds in memory.
        for together in ("tests/browser/", "tests/pages/"):
            if file.startswith(together):
                return together
        return file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadFileScheduling | None:
    return ByFile(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are processors: whoever drives the browser mostly waits for it."""
    del config
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        del os.environ[name]
    # Tests of pages look at pages; those of signing in choose for themselves.
    os.environ[f"{PREFIX}SIGN_IN"] = "off"


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
    return _data_dir("demo", tmp_path_factory)


@pytest.fixture(scope="session")
def small_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a sample of the nation's five-hundredth; read only, once a session.

    Eight thousand cases in every province: for tests of pages that need rows of every kind, but not
    the numbers of the demo.
    """
    return _data_dir("small", tmp_path_factory, "--scale", "0.002", hiding_ahead=True)


@pytest.fixture(scope="session")
def dense(small_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    """The small sample drawn together into nine provinces, where every filter changes something."""
    return dense_world.make(small_data_dir, tmp_path_factory.mktemp("dense") / "data")


def _data_dir(
    name: str,
    tmp_path_factory: pytest.TempPathFactory,
    *options: str,
    hiding_ahead: bool = False,
) -> Path:
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    home = base / name
    with FileLock(base / f"{name}.lock"):
        if not (home / "current").exists():
            sample = home / "sample"
            last_day = ("--as-of", TODAY.isoformat())
            run_module("sample_data", "--out", str(sample), *last_day, *options, data_dir=home)
            run_module("data_access", "import", str(sample), data_dir=home)
            if hiding_ahead:
                run_module("tests.support.hiding_ahead", data_dir=home)
    return home
