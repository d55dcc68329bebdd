"""Starts the application: what `make run` and `python -m ui.server.launch` do.

The first start prepares data: from `OVERSIGHT_SOURCE` where one is configured, otherwise from
generated sample data. Later starts find the snapshot and are ready in seconds. Every sentence is
said in Thai and in English.

Exit codes: 0 stopped by the operator, 1 the server could not start, 2 settings with mistakes; a
failed preparation hands on the code of the command that failed (3 bad data, 4 source out of reach).
"""

import argparse
import errno
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from streamlit import config as streamlit_config

from config.i18n import LANGS, t
from config.settings import LOOPBACK, Settings, SettingsError, choose, is_set, load
from data_access.snapshot import NoSnapshot, SnapshotInfo, current
from ui.server import secrets_file

PORTS_TRIED = 50
# Addresses that stand for all of a machine's, and how a browser on it reaches them.
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}
# How Streamlit calls an option that was set by STREAMLIT_SERVER_ALLOWED_HOSTS.
ENVIRONMENT = "environment variable"
EXIT_SERVER = 1
EXIT_SETTINGS = 2
EXIT_INTERRUPTED = 130


class CannotListen(Exception):
    """No port near the configured one can be listened on."""


@dataclass(frozen=True)
class Listening:
    """A bound socket and the address a browser on this machine reaches it by."""

    socket: socket.socket
    host: str
    port: int

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def say(key: str, **values: object) -> None:
    """Writes one sentence in every language, Thai first."""
    for lang in LANGS:
        sys.stdout.write(t(key, lang, **values) + "\n")
    sys.stdout.flush()


def sample_dir(settings: Settings) -> Path:
    """The folder that generated sample data goes to."""
    return settings.data_dir / "sample"


def current_snapshot(settings: Settings) -> SnapshotInfo | None:
    """The published snapshot, or nothing before the first load."""
    try:
        return current(settings.data_dir)
    except NoSnapshot:
        return None


def preparation(settings: Settings, info: SnapshotInfo | None) -> list[tuple[str, list[str]]]:
    """The commands that make data ready: (text key, arguments after `python -m`), empty when it is.

    A source configured after the first start takes the place of our own sample data: otherwise an
    operator would go on reading synthetic figures and believe them to be real.
    """
    sample = sample_dir(settings)
    if settings.source:
        # A path means nothing for a database URL: it then simply differs from the sample folder.
        is_our_sample = info is not None and Path(info.source).resolve() == sample.resolve()
        configured_is_sample = Path(settings.source).resolve() == sample.resolve()
        if info is None or (is_our_sample and not configured_is_sample):
            return [("launch.refreshing", ["data_access", "refresh"])]
        return []
    if info is not None:
        return []
    return [
        ("launch.making_sample", ["sample_data", "--out", str(sample)]),
        ("launch.importing_sample", ["data_access", "import", str(sample)]),
        ("launch.writing_sample", ["sample_data.writings"]),
    ]


def prepare(settings: Settings) -> int:
    """Makes a snapshot where there is none; the exit code of the first command that failed, or 0.

    The commands inherit this terminal, so their progress bars stay visible.
    """
    for key, arguments in preparation(settings, current_snapshot(settings)):
        say(key)
        code = subprocess.run([sys.executable, "-m", *arguments], check=False).returncode
        if code:
            say("launch.preparation_failed", command=" ".join(["python", "-m", *arguments]))
            return code
    return 0


def listen(address: str, port: int) -> Listening:
    """A socket on the first free port from `port` on.

    Raises CannotListen when none of the next ports is free, or the address is not ours.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    why = ""
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        sock = socket.socket(family)
        if os.name != "nt":  # On Windows the option would let two servers share one port.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((address, candidate))
        except OSError as problem:
            sock.close()
            why = str(problem)
            if problem.errno != errno.EADDRINUSE:
                break
            continue
        return Listening(sock, EVERY_ADDRESS.get(address, address), candidate)
    raise CannotListen(why)


def answers(place: Listening) -> bool:
    """Whether the server gives its health page."""
    connection = http.client.HTTPConnection(place.host, place.port, timeout=5)
    try:
        base = str(streamlit_config.get_option("server.baseUrlPath") or "").strip("/")
        connection.request("GET", f"/{base}/_stcore/health" if base else "/_stcore/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def has_screen() -> bool:
    """Whether a browser here would open a window, and not take over this terminal."""
    try:
        return type(webbrowser.get()) is not webbrowser.GenericBrowser
    except webbrowser.Error:
        return False


def let_in(address: str) -> None:
    """Lets Streamlit accept the host name that visitors use, unless the operator listed them.

    Its own list names this machine only, and a visitor under another name would get a blank page.
    """
    if streamlit_config.get_where_defined("server.allowedHosts") == ENVIRONMENT:
        return
    known = list(streamlit_config.get_option("server.allowedHosts"))
    added = "*" if address in EVERY_ADDRESS else address
    streamlit_config.set_option("server.allowedHosts", [*known, added])


def announce(server: uvicorn.Server, place: Listening, open_browser: bool) -> None:
    """Prints the address once the server answers, and opens a browser where one is wanted.

    However slow the machine: without the address nobody knows where the application is.
    """
    while not server.should_exit:
        if server.started and answers(place):
            say("launch.ready", url=place.url)
            if open_browser and has_screen():
                webbrowser.open(place.url)
            return
        time.sleep(0.05)


def serve(place: Listening, address: str, open_browser: bool) -> int:
    """Runs the server until it is stopped; 0 after a clean stop, 1 when it never started."""
    from ui.server.asgi import app

    let_in(address)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            ws="websockets-sansio",
            # Browsers hold their connection open; without a limit Ctrl-C would wait for them.
            timeout_graceful_shutdown=2,
        )
    )
    watcher = threading.Thread(target=announce, args=(server, place, open_browser), daemon=True)
    watcher.start()
    try:
        server.run(sockets=[place.socket])
    except KeyboardInterrupt:
        pass  # uvicorn has already closed everything and only passes the signal on.
    except SystemExit:
        say("launch.server_failed")
        return EXIT_SERVER
    if not server.started:
        say("launch.server_failed")
        return EXIT_SERVER
    say("launch.stopped")
    return 0


def needs_no_sign_in(settings: Settings, info: SnapshotInfo | None, *, chosen: bool) -> bool:
    """Whether the sample may be looked at without signing in: synthetic data, this machine only,
    and nobody has said otherwise. Real data published later close the door at their first run."""
    synthetic = info is not None and info.synthetic
    return synthetic and not chosen and settings.address in LOOPBACK


def say_who_gets_in(settings: Settings) -> None:
    """Says how people get in, choosing the mode for the sample, and what should be mended."""
    if needs_no_sign_in(settings, current_snapshot(settings), chosen=is_set("sign_in")):
        choose("sign_in", "sample")
        say("launch.sign_in_sample")
    else:
        say(f"launch.sign_in_{settings.sign_in}")
    if settings.secrets is not None:
        for key in secrets_file.problems(settings.secrets):
            say(key, path=settings.secrets, least=secrets_file.LEAST_SECRET)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        say("launch.root")


def start(settings: Settings, open_browser: bool) -> int:
    """Prepares data, takes a port and serves; the exit code."""
    code = prepare(settings)
    if code:
        return code
    say_who_gets_in(settings)
    try:
        place = listen(settings.address, settings.port)
    except CannotListen as problem:
        say("launch.cannot_listen", address=settings.address, port=settings.port, why=str(problem))
        return EXIT_SERVER
    if place.port != settings.port:
        say("launch.port_busy", wanted=settings.port, port=place.port)
    if settings.address in EVERY_ADDRESS:
        say("launch.open_to_network")
    say("launch.starting")
    return serve(place, settings.address, open_browser)


def main(argv: Sequence[str] | None = None) -> int:
    """Reads the settings and starts; the exit code for the shell."""
    parser = argparse.ArgumentParser(prog="python -m ui.server.launch", description=__doc__)
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    arguments = parser.parse_args(argv)
    try:
        settings = load()
    except SettingsError as problem:
        sys.stderr.write(f"{str(problem).strip()}\n")
        return EXIT_SETTINGS
    try:
        return start(settings, open_browser=not arguments.no_browser)
    except KeyboardInterrupt:
        say("launch.stopped")
        return EXIT_INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
