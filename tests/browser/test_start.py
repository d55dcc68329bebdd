"""`make run`: the first start prepares everything, later ones use it, stopping is clean."""

import http.client
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config.i18n import t
from tests.browser.support import Server, running
from tests.support.commands import ROOT, environment, run_module

FIRST_START_SECONDS = 1200  # only a start that never ends waits so long


def health(server: Server) -> int:
    """The status of the server's readiness address: 200 when it has a snapshot to show."""
    place = urlsplit(server.url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port or 0, timeout=10)
    connection.request("GET", "/ready")
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.slow
def test_a_first_start_with_nothing_ends_in_a_working_application(tmp_path: Path) -> None:
    with running(tmp_path, within=FIRST_START_SECONDS) as server:
        assert health(server) == 200
        said = "".join(server.output)
        for key in ("launch.making_sample", "launch.importing_sample"):
            assert t(key, "th") in said
            assert t(key, "en") in said
    assert server.process.returncode == 0
    assert "synthetic" in run_module("data_access", "status", "--format", "json", data_dir=tmp_path)


def test_a_later_start_makes_nothing_anew_says_its_address_and_stops_without_a_traceback(
    small_data_dir: Path,
) -> None:
    with running(small_data_dir) as server:
        assert health(server) == 200
        wait_for(server, t("launch.ready", "en", url=server.url))
        said = "".join(server.output)
        assert t("launch.ready", "th", url=server.url) in said
        for key in ("launch.making_sample", "launch.importing_sample", "launch.refreshing"):
            assert t(key, "en") not in said
        assert server.stop() == 0
    said = "".join(server.output)
    assert "Traceback" not in said
    assert t("launch.stopped", "en") in said


def test_a_taken_port_is_said_and_the_next_one_used(small_data_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = str(other.getsockname()[1])
        with running(small_data_dir, OVERSIGHT_PORT=taken) as server:
            port = urlsplit(server.url).port
            assert str(port) != taken
            assert t("launch.port_busy", "th", wanted=taken, port=port) in "".join(server.output)


def test_a_source_out_of_reach_is_a_sentence_and_nothing_is_shown_instead(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "no-such-folder")
    done = subprocess.run(
        [sys.executable, "-m", "ui.server.launch", "--no-browser"],
        cwd=ROOT,
        env=environment(tmp_path, OVERSIGHT_SOURCE=nowhere),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 4
    assert "no-such-folder" in done.stderr
    assert "Traceback" not in done.stderr
    assert t("launch.refreshing", "en") in done.stdout
    assert not (tmp_path / "current").exists()


def wait_for(server: Server, sentence: str) -> None:
    """Returns once the server has written a sentence."""
    for _ in range(600):
        if sentence in "".join(server.output):
            return
        time.sleep(0.1)
    raise AssertionError(f"never said: {sentence}\n{''.join(server.output)}")
