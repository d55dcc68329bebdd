"""Weekly sheets by mail: only one's own rows, once a week, to a real server on loopback."""

import json
import re
import shutil
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from config import access as access_file
from config.i18n import has, t
from config.mail import MailServer
from config.settings import BANGKOK, PREFIX, load
from data_access import audit, queries, worklists
from data_access.indicators.kernel.query import Query
from data_access.journal.alerts import alerts
from data_access.journal.pen import Pen
from data_access.journal.rights import NotEntitled
from data_access.journal.store import Journal
from data_access.journal.subscriptions import Subscription, Wish, subscribe
from data_access.roles import visitor
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.exports.inbox import Inbox, everything_in, free_port
from tests.support import world
from tests.support.commands import TODAY
from tests.support.reading import as_read
from ui.digest import command_line, post, run
from ui.digest.letter import Letter
from ui.digest.post import NotHandedOver, hand_over
from ui.digest.recipients import Recipient
from ui.state.filter_state import everything

# Three provinces with cases of their own names; nobody answers for the third.
PLACES = {"50": ("5001", "NORTH", 3), "10": ("1001", "CAPITAL", 5), "90": ("9001", "SOUTH", 2)}
CASES = [
    (f"{name}{n}", district) for district, name, count in PLACES.values() for n in range(count)
]
ROWS: world.Rows = {
    "families": [
        {"family_id": f"F{case}", "household_id": f"H{case}", "district_code": district}
        for case, district in CASES
    ],
    "cases": [
        {
            "case_id": case,
            "family_id": f"F{case}",
            "target_group": "elder",
            "opened_on": TODAY - timedelta(400),
            "stage": "follow_up",
        }
        for case, _ in CASES
    ],
    "follow_ups": [
        {
            "follow_up_id": f"{kind}{case}",
            "case_id": case,
            "first_due_on": TODAY + timedelta(days),
            "due_on": TODAY + timedelta(days),
        }
        for case, _ in CASES
        for kind, days in (("late", -9), ("week", 5))
    ],
    "workers": [{"worker_id": "W50", "sex": "F"}],
    "worker_posts": world.drawn("""
        worker_id role province_code district_code fte start_on end_on
        W50 case_manager 50 5001 1 2020-01-01 .
    """),
}
PEOPLE = """
[identity]
claim = "email"
trust_unverified_email = false
[contact]
name_th = "ผู้ดูแล"
name_en = "Operator"
email = ""
[session]
idle_minutes = 30
longest_hours = 10
[audit]
keep_months = 24
[roles.coordinator]
elsewhere = "public"
areas = ["provinces", "districts"]
administers = false
[roles.executive]
elsewhere = "public"
areas = []
administers = false
[roles.presenter]
elsewhere = "public"
areas = []
administers = false
"""
USERS = {
    "north@example.org": 'role = "coordinator"\nprovinces = ["50"]',
    "capital@example.org": 'role = "coordinator"\nprovinces = ["10"]',
    "gone@example.org": 'role = "coordinator"\nprovinces = ["90"]\nuntil = 2026-09-29',
    "minister@example.org": 'role = "executive"',
    "presenter@example.org": 'role = "presenter"',
}


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    box = Inbox()
    box.port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()


@pytest.fixture(scope="module")
def info(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    folder = tmp_path_factory.mktemp("digests") / "snapshots"
    folder.mkdir()
    st.cache_data.clear()
    return world.make(folder, ROWS)


@pytest.fixture
def home(info: SnapshotInfo, inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of the test's own, a list of people, and the server in the settings."""
    home = tmp_path / "data"
    (home / "snapshots").mkdir(parents=True)
    shutil.copy(info.path, home / "snapshots" / info.path.name)
    (home / "current").write_text(info.path.stem, encoding="utf-8")
    grants = [f'[[grants]]\nuser = "{user}"\n{line}\n' for user, line in USERS.items()]
    (tmp_path / "access.toml").write_text(PEOPLE + "".join(grants), encoding="utf-8")
    for name, text in {
        "DATA_DIR": str(home),
        "TODAY": TODAY.isoformat(),
        "ACCESS": str(tmp_path / "access.toml"),
        "MAIL": f"smtp+plain://127.0.0.1:{inbox.port}",
        "MAIL_FROM": "oversight@example.org",
    }.items():
        monkeypatch.setenv(f"{PREFIX}{name}", text)
    monkeypatch.setattr(post, "PAUSES", (0.0, 0.0))
    return home


def events(home: Path) -> list[dict[str, str]]:
    texts = [path.read_text(encoding="utf-8") for path in (home / "audit").glob("*.jsonl")]
    return [json.loads(line) for text in texts for line in text.splitlines()]


def test_each_letter_holds_its_own_province_and_nobody_elses(home: Path, inbox: Inbox) -> None:
    assert command_line.main(["--to", "everybody"]) == 5, "a grant in the list has ended"
    letters = inbox.letters()
    assert set(letters) == {"north@example.org", "capital@example.org"}
    own = {"north@example.org": ("NORTH", "เชียงใหม่"), "capital@example.org": ("CAPITAL", "กรุงเทพ")}
    for address, letter in letters.items():
        said = everything_in(letter)
        for whose, (name, province) in own.items():
            assert (name in said) is (whose == address)
            assert (province in said) is (whose == address)
        assert "SOUTH" not in said


def test_numbers_of_a_letter_are_those_of_the_door(
    home: Path, inbox: Inbox, info: SnapshotInfo
) -> None:
    command_line.main(["--to", "capital@example.org"])
    (letter,) = inbox.letters().values()
    text = str(letter.get_body(("plain",)).get_content())  # type: ignore[union-attr]  # it has one
    scope = Scope(provinces=frozenset({"10"}), own_provinces=frozenset({"10"}))
    query = everything(info.as_of).at("10").query()
    for name in ("follow_up_overdue", "unassigned_families", "no_contact_90_days"):
        cell = queries.indicator(name, query, scope=scope, snapshot=info).iloc[0]
        assert cell["status"] == "shown"
        assert int(cell["numerator"]) == 5
        title = re.escape(registry_title(name))
        assert re.search(rf"## {title}\n5\t", text), name
    week = worklists.due_in_7_days(query, scope=scope, snapshot=info)
    assert f"7 วันข้างหน้า: {len(week)} รายการ" in text
    assert f"{t('page.follow_up.list.week', 'en')}: {len(week)}" in text
    assert text.index("รายการ") < text.index("Work for the week"), "Thai first"


def registry_title(name: str) -> str:
    """The words above a card: its own where it has some."""
    key = f"figure.title.{name}"
    return t(key if has(key) else f"indicator.{name}.title", "th")


def test_unknown_ended_and_without_area_get_nothing_and_are_noted(home: Path, inbox: Inbox) -> None:
    names = ["stranger@example.org", "gone@example.org", "presenter@example.org"]
    assert command_line.main([part for name in names for part in ("--to", name)]) == 5
    assert not inbox.envelopes
    assert {(one["user"], one["what"], one["detail"]) for one in events(home)} == {
        ("stranger@example.org", "refused", "unknown_user"),
        ("gone@example.org", "refused", "ended"),
        ("presenter@example.org", "refused", "no_area"),
    }


def test_an_executive_is_told_what_was_asked_for_at_the_public_level_and_nothing_of_cases(
    home: Path, inbox: Inbox, info: SnapshotInfo
) -> None:
    settings = load()
    journal = Journal(settings.journal_at(home, synthetic=info.synthetic))
    grants = access_file.load(settings.access)
    minister = visitor("minister@example.org", grants, hide_below=5, today=TODAY, synthetic=True)
    pen = Pen(journal, minister, datetime(2026, 9, 28, 6, 0, tzinfo=BANGKOK), lambda _code: None)
    # Before anything is asked for, "everybody" leaves executives alone.
    command_line.main(["--to", "everybody"])
    assert "minister@example.org" not in inbox.letters()
    for area in ("TH", "north"):
        subscribe(Wish(area, "unassigned_families", "above", 0), pen)
    for area in ("50", "5001"):
        with pytest.raises(NotEntitled):
            subscribe(Wish(area, "unassigned_families", "above", 0), pen)
    command_line.main(["--to", "everybody", "--again"])
    letter = inbox.letters()["minister@example.org"]
    said = everything_in(letter)
    assert t("indicator.unassigned_families.title", "th") in said
    assert t("paper.mail.privacy_public", "en") in as_read(said)
    assert not [name for name in ("NORTH", "CAPITAL", "SOUTH") if name in said]
    assert [*letter.iter_attachments()] == []
    cell = queries.indicator(
        "unassigned_families", Query(info.as_of), scope=Scope(nation=True), snapshot=info
    ).iloc[0]
    assert cell["status"] == "shown"
    assert str(int(cell["numerator"])) in said


def test_what_is_hidden_from_the_public_is_told_to_no_executive(
    home: Path, info: SnapshotInfo
) -> None:
    public = Scope(nation=True, hide_below=1_000)
    asked = ("unassigned_families", "above", 0.0, "running", "m", "")
    wanted = [Subscription(f"{area}.x", 1, "m", area, *asked) for area in ("TH", "north")]
    assert alerts(wanted, scope=public, snapshot=info) == ()
    assert alerts(wanted, scope=Scope(nation=True, hide_below=1), snapshot=info)


def test_a_second_run_in_a_week_mails_nobody_twice_unless_asked(home: Path, inbox: Inbox) -> None:
    to = ["--to", "north@example.org"]
    assert [command_line.main(to), command_line.main(to)] == [0, 0]
    assert len(inbox.envelopes) == 1
    assert command_line.main([*to, "--again"]) == 0
    assert len(inbox.envelopes) == 2
    assert inbox.letters()["north@example.org"]["Auto-Submitted"] == "auto-generated"


def test_the_trail_says_who_was_mailed_and_nothing_of_the_letter(home: Path, inbox: Inbox) -> None:
    command_line.main(["--to", "north@example.org"])
    (event,) = events(home)
    assert event["what"] == "mailed"
    assert event["filters"] == "areas=50"
    assert re.fullmatch(r"\d{4}-W\d\d", event["detail"])
    assert "NORTH" not in json.dumps(event)


def test_a_server_that_is_busy_is_asked_again_and_one_that_refuses_is_not(
    home: Path, inbox: Inbox
) -> None:
    inbox.answers = ["451 busy", "451 busy"]
    assert command_line.main(["--to", "north@example.org"]) == 0
    assert len(inbox.envelopes) == 1
    inbox.answers = ["550 no such person", "250 never asked"]
    assert command_line.main(["--to", "capital@example.org"]) == 5
    assert inbox.answers == ["250 never asked"]
    assert len(inbox.envelopes) == 1
    assert [event["what"] for event in events(home)] == ["mailed", "mailed", "not_mailed"]
    # What was not taken is mailed by the next run.
    inbox.answers = []
    assert command_line.main(["--to", "capital@example.org"]) == 0
    assert len(inbox.envelopes) == 2


def test_a_letter_that_cannot_be_made_keeps_nobody_from_theirs(
    home: Path,
    inbox: Inbox,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    real = run.letter

    def broken(person: Recipient, *rest: Any) -> Letter:
        if person.areas == ("50",):
            raise ValueError("NORTH0")
        return real(person, *rest)

    monkeypatch.setattr(run, "letter", broken)
    both = ["--to", "north@example.org", "--to", "capital@example.org"]
    assert command_line.main(both) == 5
    assert set(inbox.letters()) == {"capital@example.org"}
    assert "ValueError" in caplog.text
    assert "NORTH0" not in caplog.text
    assert [(e["what"], e["detail"][8:]) for e in events(home)] == [
        ("not_mailed", ".not_made"),
        ("mailed", ""),
    ]
    monkeypatch.setattr(run, "letter", real)
    assert command_line.main(both) == 0
    assert set(inbox.letters()) == {"capital@example.org", "north@example.org"}
    assert len(inbox.envelopes) == 2


def test_a_dry_run_writes_letters_and_mails_nothing(
    home: Path, inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(f"{PREFIX}MAIL")
    assert command_line.main(["--to", "north@example.org"]) == 2, "no server is set"
    out = tmp_path / "out"
    assert command_line.main(["--to", "north@example.org", "--dry-run", str(out)]) == 0
    files = {path.suffix for path in (out / "north@example.org").iterdir()}
    assert files == {".txt", ".html", ".pdf"}
    assert not inbox.envelopes
    assert not (home / "audit").exists()
    assert audit.months(home) == []


def test_pauses_grow_and_the_last_try_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(mail: EmailMessage, server: MailServer) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(post, "_once", refuse)
    pauses: list[float] = []
    with pytest.raises(NotHandedOver, match="ConnectionRefusedError"):
        hand_over(EmailMessage(), MailServer("127.0.0.1", 1, "none"), pause=pauses.append)
    assert pauses == sorted(pauses) == [5.0, 30.0, 120.0]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 that no system trusts, with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(1))
        .not_valid_after(now + timedelta(1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_password_goes_only_over_a_line_whose_certificate_holds(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Inbox()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    encrypted = {"tls_context": context, "require_starttls": True, "auth_required": True}
    port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=port, authenticator=box.login, **encrypted)
    server.start()
    mail = EmailMessage()
    mail["From"], mail["To"] = "oversight@example.org", "north@example.org"
    mail.set_content("x")
    to = MailServer("127.0.0.1", port, "starttls", "oversight", "s3cret")
    try:
        with pytest.raises(NotHandedOver, match="SSLCertVerificationError"):
            hand_over(mail, to, pause=lambda seconds: None)
        assert not box.logins
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert hand_over(mail, to, pause=lambda seconds: None) == 1
        wrong = MailServer("127.0.0.1", port, "starttls", "oversight", "other")
        with pytest.raises(NotHandedOver) as refused:
            hand_over(mail, wrong, pause=lambda seconds: None)
    finally:
        server.stop()
    assert len(box.envelopes) == 1
    assert str(refused.value) == "server_535"
