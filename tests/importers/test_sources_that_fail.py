"""A source that dies half-way, changes, is slow or sends bad rows leaves the last good snapshot.

And no password is in what anybody is told.
"""

import ipaddress
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import text

from config.settings import Settings
from data_access import snapshot
from data_access.importers import BadData, Origin, Unreachable, load
from data_access.importers.mapping.mapped_source import MappedSource
from tests.importers import sets
from tests.support import database_servers
from tests.support.database_servers import Server

SECRET = "hush-hush"
MAP = """
[source]
attempts = 3
statement_seconds = {seconds}
[tables.workers]
from = "staff"
[tables.workers.columns]
worker_id = "no"
sex = {{ column = "gender", codes = {{ "1" = "M", "2" = "F" }} }}
"""


@pytest.fixture(params=["postgresql", "mariadb"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server that a test may kill."""
    with getattr(database_servers, request.param)() as own:
        yield own


@pytest.fixture
def origin(server: Server, tmp_path: Path) -> Origin:
    """A source whose staff have names of their own, read by an account that may only read."""
    thai = " CHARACTER SET utf8mb4" if "mariadb" in server.scheme else ""
    server.run(
        "mysql" if "mariadb" in server.scheme else "postgres", "CREATE DATABASE office" + thai
    )
    tables = sets.right()
    people = tables.pop("workers")
    staff = [{"no": p["worker_id"], "gender": "2" if p["sex"] == "F" else "1"} for p in people]
    sets.database(server.url("office"), tables | {"staff": staff})
    if "mariadb" in server.scheme:
        rights = (
            f"CREATE USER clerk IDENTIFIED BY '{SECRET}'",
            "GRANT SELECT ON office.* TO clerk",
        )
    else:
        rights = (
            f"CREATE ROLE clerk LOGIN PASSWORD '{SECRET}'",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO clerk",
        )
    server.run("office", *rights)
    path = tmp_path / "map.toml"
    path.write_text(MAP.format(seconds=60), encoding="utf-8")
    return Origin(server.url("office", f"clerk:{SECRET}"), path)


def test_a_refresh_that_fails_leaves_the_last_good_snapshot_and_says_why(
    server: Server,
    origin: Origin,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    pauses: list[int] = []
    monkeypatch.setattr(load, "sleep", pauses.append)
    good = snapshot.build(settings, origin, as_of=sets.AS_OF)
    assert SECRET not in good.source

    # Bad rows, and a code that the map does not know.
    server.run("office", "UPDATE staff SET gender = '7' WHERE no = 'W2'")
    with pytest.raises(BadData) as bad:
        snapshot.build(settings, origin, as_of=sets.AS_OF)
    assert [(p.rule, p.table, p.column) for p in bad.value.problems] == [
        ("map_no_code", "workers", "sex")
    ]
    assert "“7” (1)" in bad.value.text("en")
    server.run("office", "UPDATE staff SET gender = '1' WHERE no = 'W2'")

    # Another schema.
    server.run("office", "ALTER TABLE staff RENAME COLUMN gender TO genders")
    with pytest.raises(BadData) as changed:
        snapshot.build(settings, origin, as_of=sets.AS_OF)
    assert "has no column “gender”. Nearest: genders" in changed.value.text("en")
    server.run("office", "ALTER TABLE staff RENAME COLUMN genders TO gender")

    # A password that is wrong is not tried again: accounts get locked.
    wrong = Origin(origin.address.replace(SECRET, f"{SECRET}-wrong"), origin.map_path)
    with pytest.raises(Unreachable) as locked:
        snapshot.build(settings, wrong, as_of=sets.AS_OF)
    assert (locked.value.why, pauses) == ("no_answer", [])

    # The server dies in the middle, and stays away.
    def die(step: str, position: int, total: int) -> None:
        if step == "cases" and server.process.poll() is None:
            server.kill()

    with pytest.raises(Unreachable) as away:
        snapshot.build(settings, origin, as_of=sets.AS_OF, progress=die)
    assert away.value.why == "no_answer_again"
    assert pauses == [1, 2]

    assert snapshot.current(settings.data_dir).snapshot_id == good.snapshot_id
    said = [
        problem.text(lang)
        for problem in (bad.value, changed.value, locked.value, away.value)
        for lang in ("th", "en")
    ]
    assert not [words for words in [*said, caplog.text] if SECRET in words]


def test_a_server_that_comes_back_is_read_anew_from_the_beginning(
    server: Server, origin: Origin, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "sleep", lambda seconds: server.start())
    steps: list[str] = []

    def die(step: str, position: int, total: int) -> None:
        if step == "cases" and load.AGAIN not in steps and server.process.poll() is None:
            server.kill()
        steps.append(step)

    made = snapshot.build(settings, origin, as_of=sets.AS_OF, progress=die)

    assert load.AGAIN in steps
    assert steps.index("staff") < steps.index(load.AGAIN) < len(steps) - steps[::-1].index("staff")
    assert snapshot.current(settings.data_dir).snapshot_id == made.snapshot_id


def test_a_statement_that_takes_too_long_is_stopped(
    server: Server, origin: Origin, settings: Settings
) -> None:
    assert origin.map_path is not None
    origin.map_path.write_text(MAP.format(seconds=1), encoding="utf-8")
    wait = "pg_sleep(0.7)" if "postgresql" in server.scheme else "SLEEP(0.7)"
    server.run(
        "office",
        "ALTER TABLE staff RENAME TO people",
        f"CREATE VIEW staff AS SELECT no, gender FROM people WHERE {wait} IS NOT NULL",
        "GRANT SELECT ON staff TO clerk",
    )

    with pytest.raises(Unreachable) as stopped:
        snapshot.build(settings, origin, as_of=sets.AS_OF)

    assert stopped.value.why == "too_slow", stopped.value.text("en")
    assert "more than 1 seconds" in stopped.value.text("en")


def test_a_session_can_only_read_and_sees_one_moment(server: Server, origin: Origin) -> None:
    rights = Origin(server.url("office"), origin.map_path)  # the administrator, who may do all
    source = load.open_source(rights, rights.source_map())
    assert isinstance(source, MappedSource)
    with source:
        database = source._source.database
        count = text("SELECT count(*) FROM courses")
        before = database.connection.execute(count).scalar()
        server.run("office", "DELETE FROM courses")
        assert database.connection.execute(count).scalar() == before
        with pytest.raises(Exception, match=r"(?i)read.only"):
            database.connection.execute(text("DELETE FROM staff"))


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority, another one, and a server's certificate of the first for 127.0.0.1."""
    folder = tmp_path_factory.mktemp("tls")
    folder.chmod(0o755)
    keys = {name: ec.generate_private_key(ec.SECP256R1()) for name in ("ca", "other", "server")}
    for name, key in keys.items():
        issuer = "ca" if name == "server" else name
        own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        by = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)])
        now = datetime.now(UTC)
        address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
        certificate = (
            x509.CertificateBuilder()
            .subject_name(own)
            .issuer_name(by)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(name != "server", None), critical=True)
            .add_extension(x509.SubjectAlternativeName([address]), critical=False)
            .sign(keys[issuer], hashes.SHA256())
        )
        pem = certificate.public_bytes(serialization.Encoding.PEM)
        (folder / f"{name}.pem").write_bytes(pem)
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.TraditionalOpenSSL
    (folder / "server.key").write_bytes(
        keys["server"].private_bytes(serialization.Encoding.PEM, form, plain)
    )
    return folder


@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
def test_the_certificate_of_the_server_is_checked_where_the_address_says_so(
    kind: str, certificates: Path, settings: Settings, tmp_path: Path
) -> None:
    chain, key = certificates / "server.pem", certificates / "server.key"
    start = getattr(database_servers, kind)
    with database_servers.readable_by(kind, chain, key) as (own_chain, own_key):
        if kind == "postgresql":
            options = ("ssl=on", f"ssl_cert_file={own_chain}", f"ssl_key_file={own_key}")
            tls = "?sslmode=verify-full&sslrootcert="
        else:
            options = (f"--ssl-cert={own_chain}", f"--ssl-key={own_key}")
            tls = "?ssl_check_hostname=true&ssl_ca="
        with start(*options) as server:
            thai = " CHARACTER SET utf8mb4" if kind == "mariadb" else ""
            first = "postgres" if kind == "postgresql" else "mysql"
            server.run(first, "CREATE DATABASE safe" + thai)
            address = server.url("safe")
            sets.database(address, sets.right())

            made = snapshot.build(
                settings, Origin(f"{address}{tls}{certificates / 'ca.pem'}"), as_of=sets.AS_OF
            )
            assert made.source.startswith(server.scheme)

            with pytest.raises(Unreachable) as refused:
                snapshot.build(
                    settings, Origin(f"{address}{tls}{certificates / 'other.pem'}"),
                    as_of=sets.AS_OF,
                )  # fmt: skip
            assert "certificate" in refused.value.text("en")
