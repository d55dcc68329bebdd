"""Real database servers for tests: started here, on the loopback address only, ended by their id.

They run as users of their own, for PostgreSQL refuses root, with their files in a folder that goes
away. Where a server is not installed, tests skip and say so; in CI they fail.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

# Debian keeps PostgreSQL's programs out of the search path.
_DEBIAN = map(str, Path("/usr/lib/postgresql").glob("*/bin"))
_PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", *_DEBIAN])
_PATIENCE = 60.0


@dataclass
class Server:
    """A running server: its address up to the name of the database, and its process."""

    scheme: str
    administrator: str
    port: int
    command: list[str]
    user: str | None
    home: Path
    process: "subprocess.Popen[bytes]"

    def url(self, database: str, account: str = "") -> str:
        """The address of a database, for an account like "name:password"."""
        account = account or self.administrator
        return f"{self.scheme}://{account}@127.0.0.1:{self.port}/{database}"

    def run(self, database: str, *statements: str) -> None:
        """Run statements as the administrator, each by itself."""
        engine = create_engine(self.url(database), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    def kill(self) -> None:
        """End the server as a power cut would."""
        self.process.kill()
        self.process.wait(timeout=_PATIENCE)

    def start(self) -> None:
        """Start it again on the same files and port."""
        self.process = _started(self.command, self.user, self.home)
        _await_answer(self)


@contextmanager
def postgresql(*options: str) -> Iterator[Server]:
    """An empty PostgreSQL cluster; options are settings like "ssl=on"."""
    initdb, postgres = _program("initdb"), _program("postgres")
    with _home("postgres") as (home, user):
        data, port = home / "data", free_port()
        _run([initdb, "-D", str(data), "-A", "trust", "-U", "admin", "-E", "UTF8"], user, home)
        # Passwords are asked for, as on a real server, of everybody but the administrator.
        rules = "host all admin 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
        (data / "pg_hba.conf").write_text(rules, encoding="utf-8")
        settings = ["fsync=off", "listen_addresses=127.0.0.1", "unix_socket_directories=", *options]
        command = [postgres, "-D", str(data), "-p", str(port)]
        command += [word for setting in settings for word in ("-c", setting)]
        with _running("postgresql+psycopg", "admin", port, command, user, home) as server:
            yield server


@contextmanager
def mariadb(*options: str) -> Iterator[Server]:
    """An empty MariaDB server; options are of its command line, like "--ssl-ca=…"."""
    install, mariadbd = _program("mariadb-install-db"), _program("mariadbd")
    with _home("mysql", "nobody") as (home, user):
        data, port = home / "data", free_port()
        made = ["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]
        _run([install, *made, f"--datadir={data}"], user, home)
        command = [mariadbd, "--no-defaults", f"--datadir={data}", f"--port={port}"]
        command += ["--bind-address=127.0.0.1", f"--socket={home}/s", f"--pid-file={home}/pid"]
        command += ["--skip-log-bin", *options]
        with _running("mariadb+pymysql", "root", port, command, user, home) as server:
            yield server


@contextmanager
def readable_by(kind: str, *files: Path) -> Iterator[list[Path]]:
    """Copies of files that only the user of a kind of server may read, as it wants its keys."""
    with _home("postgres" if kind == "postgresql" else "mysql", "nobody") as (home, user):
        copies = [Path(shutil.copy(path, home)) for path in files]
        for copy in copies:
            copy.chmod(0o600)
            if user:
                shutil.chown(copy, user)
        yield copies


@contextmanager
def _running(
    scheme: str, administrator: str, port: int, command: list[str], user: str | None, home: Path
) -> Iterator[Server]:
    process = _started(command, user, home)
    server = Server(scheme, administrator, port, command, user, home, process)
    try:
        _await_answer(server)
        yield server
    finally:
        # PostgreSQL ends at once at SIGINT; at SIGTERM it would wait for whoever is connected.
        server.process.send_signal(signal.SIGINT if administrator == "admin" else signal.SIGTERM)
        try:
            server.process.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()


def _program(name: str) -> str:
    """The path of a server's program; a skip with its reason, or a failure in CI."""
    path = shutil.which(name, path=_PLACES)
    if path is None:
        missing = f"{name} is not installed: tests on a real database server did not run"
        if os.environ.get("REQUIRE_DATABASES"):
            pytest.fail(missing)
        pytest.skip(missing)
    return path


@contextmanager
def _home(*users: str) -> Iterator[tuple[Path, str | None]]:
    """A folder for a server, and the user it runs as: another one where this is root."""
    pwd = pytest.importorskip("pwd", reason="the servers need users as Unix has them")
    user = None
    if os.geteuid() == 0:
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = next(name for name in (*users, "nobody") if name in names)
    with tempfile.TemporaryDirectory(prefix="db", ignore_cleanup_errors=True) as folder:
        if user:
            shutil.chown(folder, user)
        yield Path(folder), user


def _run(command: list[str], user: str | None, home: Path) -> None:
    done = subprocess.run(command, user=user, cwd=home, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"


def _started(command: list[str], user: str | None, home: Path) -> "subprocess.Popen[bytes]":
    with (home / "log").open("wb") as log:
        return subprocess.Popen(command, user=user, cwd=home, stdout=log, stderr=log)


def _await_answer(server: Server) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        log = (server.home / "log").read_text(encoding="utf-8", errors="replace")
        assert server.process.poll() is None, log
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", server.port)) == 0 and "ready" in log:
                return
        time.sleep(0.05)
    raise AssertionError(f"no answer from {server.command[0]}")


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
