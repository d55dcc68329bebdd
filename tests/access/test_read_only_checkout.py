"""The checkout may be read-only: a load, a page and a server write to the data directory alone."""

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.support import folder
from tests.support.commands import ROOT, environment

CODE = ("config", "data_access", "geo", "pages", "sample_data", "static", "ui", ".streamlit")
SECONDS = 120  # a guard against a server that never answers


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program without bytecode, in which nothing may be written."""
    copy = tmp_path_factory.mktemp("checkout") / "app"
    copy.mkdir()
    for name in CODE:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Home.py", "pyproject.toml"):
        shutil.copy2(ROOT / name, copy / name)
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    return copy


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data directory elsewhere."""
    return tmp_path / "data"


def listing(checkout: Path) -> dict[str, tuple[int, int]]:
    """Every file and folder with its size and when it was written: root could write in spite of
    the modes, and this would tell."""
    return {
        str(path.relative_to(checkout)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in [checkout, *checkout.rglob("*")]
    }


def run(checkout: Path, home: Path, *arguments: str) -> str:
    """What a command of the copy writes; fails the test when it exits non-zero."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=checkout,
        env=_environment(checkout, home),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
    return done.stdout


def _environment(checkout: Path, home: Path, **more: str) -> dict[str, str]:
    # Python itself would keep bytecode beside the source where it may; an operator's checkout that
    # cannot be written keeps none, and neither does this one.
    quiet = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(checkout), "HOME": str(home.parent)}
    return environment(home, **quiet, **more)


@pytest.mark.slow
def test_nothing_is_written_beside_the_program(checkout: Path, home: Path) -> None:
    before = listing(checkout)
    source = folder.write(home.parent / "source")
    run(checkout, home, "data_access", "import", str(source))
    assert (home / "current").is_file()
    assert run(checkout, home, "ui.render", "text", "overview")
    _serve(checkout, home)
    assert listing(checkout) == before


def _serve(checkout: Path, home: Path) -> None:
    """Start the server on a free port, wait until it answers, and stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    more = {"OVERSIGHT_PORT": str(port), "OVERSIGHT_AHEAD": "false", "OVERSIGHT_SIGN_IN": "off"}
    said = home.parent / "server.log"
    with said.open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "ui.server.launch", "--no-browser"],
            cwd=checkout,
            env=_environment(checkout, home, **more),
            stdout=log,
            stderr=log,
        )
        try:
            answered = _answers(f"http://127.0.0.1:{port}/", server)
        finally:
            server.terminate()
            server.wait(30)
    assert answered, said.read_text(encoding="utf-8")


def _answers(address: str, server: "subprocess.Popen[bytes]") -> bool:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(address, timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            time.sleep(0.2)
    return False
