"""The audit trail and what the server remembers of sign-ins."""

import json
import os
import stat
from datetime import datetime
from pathlib import Path

import pytest

from config.settings import BANGKOK
from data_access import audit, sign_ins
from data_access.audit import Event

AT = datetime(2026, 11, 29, 10, 0, tzinfo=BANGKOK)
NOW = 1_800_000_000.0
HOUR = 3600.0
LIMITS = {"idle_seconds": 1800.0, "longest_seconds": 10 * HOUR}


def write(home: Path, event: Event, at: datetime = AT, keep_months: int = 24) -> None:
    audit.record(home, event, at=at, keep_months=keep_months)


def test_events_are_lines_in_the_file_of_their_month_newest_first(tmp_path: Path) -> None:
    write(tmp_path, Event("a@example.org", "executive", "opened", "caseload", "fy=2569", ""))
    write(tmp_path, Event("b@example.org", "presenter", "exported", "training", "", "x.csv"))
    events = audit.read(tmp_path, "2026-11")
    assert list(events["user"]) == ["b@example.org", "a@example.org"]
    assert events.iloc[1].to_dict() == {
        "at": "2026-11-29T10:00:00+07:00",
        "user": "a@example.org",
        "role": "executive",
        "what": "opened",
        "page": "caseload",
        "filters": "fy=2569",
        "detail": "",
    }


def test_an_event_never_takes_an_earlier_one_away(tmp_path: Path) -> None:
    write(tmp_path, Event("a", "", "refused"))
    path = tmp_path / "audit" / "2026-11.jsonl"
    before = path.read_bytes()
    write(tmp_path, Event("b", "", "refused"))
    assert path.read_bytes().startswith(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_past_months_are_read_only_and_the_oldest_are_dropped(tmp_path: Path) -> None:
    for year, month in ((2024, 10), (2024, 11), (2026, 10)):
        write(tmp_path, Event("a", "", "opened"), AT.replace(year=year, month=month, day=1))
    write(tmp_path, Event("a", "", "opened"), keep_months=24)
    assert audit.months(tmp_path) == ["2026-11", "2026-10", "2024-11"]
    assert stat.S_IMODE((tmp_path / "audit" / "2026-10.jsonl").stat().st_mode) == 0o400


def test_a_line_holds_no_line_break_and_no_control_character_of_a_name(tmp_path: Path) -> None:
    write(tmp_path, Event('x"\n{"user": "forged"}\r\x1b[31m', "", "refused"))
    lines = (tmp_path / "audit" / "2026-11.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    assert "\x1b" not in json.loads(lines[0])["user"]
    assert list(audit.read(tmp_path, "2026-11")["what"]) == ["refused"]


def test_only_codes_get_into_the_trail() -> None:
    given = {"fy": "2569", "province": "50", "q": "นาย ก", "list": "a b", "x": "<script>"}
    assert audit.codes(given) == "fy=2569 province=50"


def test_a_line_cut_short_is_shown_as_damaged(tmp_path: Path) -> None:
    write(tmp_path, Event("a", "", "opened"))
    with (tmp_path / "audit" / "2026-11.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"at": "2026')
    assert list(audit.read(tmp_path, "2026-11")["what"]) == ["damaged", "opened"]


@pytest.mark.parametrize("month", ["../current", "2026-12", "", "2026-11.jsonl"])
def test_only_months_that_are_there_can_be_read(tmp_path: Path, month: str) -> None:
    write(tmp_path, Event("a", "", "opened"))
    assert audit.read(tmp_path, month).empty


def test_a_trail_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "audit").write_text("in the way", encoding="utf-8")
    with pytest.raises(OSError, match="audit"):
        write(tmp_path, Event("a", "", "opened"))


def claims(iat: object = NOW - 60, exp: object = NOW + HOUR, **more: object) -> dict[str, object]:
    return {"iss": "https://id.example.org", "sub": "1", "iat": iat, "exp": exp} | more


def over(home: Path, now: float = NOW, **claimed: object) -> str | None:
    return sign_ins.over(home, claims(**claimed), now=now, **LIMITS)


def test_a_sign_in_holds_until_its_token_runs_out(tmp_path: Path) -> None:
    assert over(tmp_path) is None
    assert over(tmp_path, now=NOW + 600, exp=NOW + 601) is None
    assert over(tmp_path, now=NOW + 600, exp=NOW + 600) == "expired"


@pytest.mark.parametrize("bad", [None, "1800000000", True, float("nan"), float("inf"), [], "soon"])
def test_a_token_without_plain_times_has_run_out(tmp_path: Path, bad: object) -> None:
    assert over(tmp_path, exp=bad) == "expired"
    assert over(tmp_path, iat=bad) == "expired"


def test_a_token_from_the_future_is_not_believed(tmp_path: Path) -> None:
    assert over(tmp_path, iat=NOW + 3 * HOUR, exp=NOW + 4 * HOUR) == "expired"


def test_no_token_lasts_longer_than_the_longest_day(tmp_path: Path) -> None:
    late = NOW + 10 * HOUR
    sign_ins.touch(tmp_path, claims(exp=NOW + 99 * HOUR), now=late - 120)
    assert over(tmp_path, now=late - 61, exp=NOW + 99 * HOUR) is None
    assert over(tmp_path, now=late - 60, exp=NOW + 99 * HOUR) == "expired"


def test_who_does_nothing_for_too_long_has_to_sign_in_again(tmp_path: Path) -> None:
    assert over(tmp_path, now=NOW - 60 + 1800) is None
    assert over(tmp_path, now=NOW - 60 + 1801) == "idle"
    assert sign_ins.touch(tmp_path, claims(), now=NOW)
    assert not sign_ins.touch(tmp_path, claims(), now=NOW + 1000)
    assert over(tmp_path, now=NOW + 1000 + 1800) is None
    assert over(tmp_path, now=NOW + 1000 + 1801) == "idle"


def test_what_was_ended_stays_ended_for_that_sign_in_only(tmp_path: Path) -> None:
    sign_ins.touch(tmp_path, claims(), now=NOW)
    assert sign_ins.end(tmp_path, claims())
    assert not sign_ins.end(tmp_path, claims())
    assert over(tmp_path) == "signed_out"
    assert over(tmp_path, iat=NOW - 30) is None
    assert over(tmp_path, nonce="another") is None


def test_files_of_sign_ins_say_nothing_of_a_person_and_go_after_a_while(tmp_path: Path) -> None:
    sign_ins.touch(tmp_path, claims(email="a@example.org"), now=NOW)
    folder = tmp_path / "sign_ins"
    (first,) = folder.iterdir()
    assert not first.read_bytes()
    assert "example" not in first.name
    os.utime(first, (NOW, NOW))
    sign_ins.touch(tmp_path, claims(iat=NOW), now=NOW + sign_ins.KEPT_SECONDS + 1)
    assert first not in set(folder.iterdir())
