"""Settings: defaults, the overlay, the environment, and every mistake at once."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from config import settings as module
from config.i18n import LANGS
from config.mail import MailServer
from config.settings import (
    NAMES,
    REPOSITORY,
    Settings,
    SettingsError,
    describe,
    load,
    meaning,
    variable,
    without_password,
)
from config.thresholds import threshold


@pytest.fixture(autouse=True)
def _no_file_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "TOML_PATH", tmp_path / "absent.toml")
    monkeypatch.setattr(module, "today_in_bangkok", lambda: date(2026, 9, 30))


def _toml(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_without_anything_set_the_defaults_hold() -> None:
    chosen = load({})
    assert chosen.data_dir == REPOSITORY / "var"
    assert chosen.source is None
    assert (chosen.language, chosen.hide_below, chosen.allow_reveal) == ("th", 5, False)
    assert (chosen.address, chosen.port) == ("127.0.0.1", 8501)


def test_counts_are_hidden_below_the_threshold_that_is_documented() -> None:
    assert load({}).hide_below == threshold("small_cell").value


def test_every_setting_can_be_given_by_its_variable(tmp_path: Path) -> None:
    grants = tmp_path / "grants.toml"
    grants.touch()
    given = {
        "OVERSIGHT_DATA_DIR": str(tmp_path),
        "OVERSIGHT_SOURCE": "postgresql://reader@db/oversight",
        "OVERSIGHT_LANGUAGE": "EN",
        "OVERSIGHT_TODAY": "30/09/2569",
        "OVERSIGHT_HIDE_BELOW": "10",
        "OVERSIGHT_ALLOW_REVEAL": "ใช่",
        "OVERSIGHT_PORT": "9000",
        "OVERSIGHT_ADDRESS": "0.0.0.0",
        "OVERSIGHT_AHEAD": "no",
        "OVERSIGHT_SIGN_IN": "Required",
        "OVERSIGHT_ACCESS": str(grants),
        "OVERSIGHT_SECRETS": str(grants),
        "OVERSIGHT_PUBLIC_URL": "https://oversight.example.go.th/below/",
        "OVERSIGHT_MAIL": "smtp://me:pass%2Fword@mail.example.go.th",
        "OVERSIGHT_MAIL_FROM": "oversight@example.go.th",
        "OVERSIGHT_SOURCE_MAP": str(grants),
        "OVERSIGHT_SHARED_DIR": str(tmp_path / "shared"),
        "OVERSIGHT_JOURNAL": "postgresql+psycopg://writer@db/journal",
        "OVERSIGHT_PUSHDOWN": "1",
    }
    assert set(given) == {variable(name) for name in NAMES}
    assert load(given) == Settings(
        data_dir=tmp_path,
        source="postgresql://reader@db/oversight",
        language="en",
        today=date(2026, 9, 30),
        hide_below=10,
        allow_reveal=True,
        port=9000,
        address="0.0.0.0",
        ahead=False,
        sign_in="required",
        access=grants,
        secrets=grants,
        public_url="https://oversight.example.go.th/below",
        mail=MailServer("mail.example.go.th", 587, "starttls", "me", "pass/word"),
        mail_from="oversight@example.go.th",
        source_map=grants,
        shared_dir=tmp_path / "shared",
        journal="postgresql+psycopg://writer@db/journal",
        pushdown=True,
    )


def test_the_journal_is_a_file_beside_the_snapshots_unless_a_database_is_named(
    tmp_path: Path,
) -> None:
    home = {"OVERSIGHT_DATA_DIR": str(tmp_path)}
    for synthetic, name in ((False, "journal.sqlite3"), (True, "journal-sample.sqlite3")):
        place = load(home).journal_at(tmp_path, synthetic=synthetic)
        assert place == f"sqlite:///{tmp_path}/{name}"
        elsewhere = load({"OVERSIGHT_JOURNAL": "/srv/j.db"})
        assert elsewhere.journal_at(tmp_path, synthetic=synthetic) == "sqlite:////srv/j.db"
    for wrong in ("oracle://db/journal", "postgresql://", "sqlite://"):
        with pytest.raises(SettingsError):
            load({"OVERSIGHT_JOURNAL": wrong})


@pytest.mark.parametrize("mode", ["sample", "off"])
def test_nobody_but_this_machine_is_let_in_without_signing_in(mode: str) -> None:
    assert load({"OVERSIGHT_SIGN_IN": mode}).sign_in == mode
    with pytest.raises(SettingsError) as problem:
        load({"OVERSIGHT_SIGN_IN": mode, "OVERSIGHT_ADDRESS": "0.0.0.0"})
    assert "OVERSIGHT_ADDRESS" in problem.value.text("en")


def test_a_mode_or_a_list_of_grants_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as problem:
        load({"OVERSIGHT_SIGN_IN": "sometimes", "OVERSIGHT_ACCESS": str(tmp_path / "none.toml")})
    assert [mistake.reason for mistake in problem.value.mistakes] == ["sign_in", "access"]


def test_sign_in_is_required_where_nothing_is_set() -> None:
    assert load({}).sign_in == "required"


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    path = _toml(tmp_path, "port = 9001\nhide_below = 10\nallow_reveal = true\ntoday = 2026-01-31")
    chosen = load({"OVERSIGHT_PORT": "9002"}, path)
    assert (chosen.port, chosen.hide_below, chosen.allow_reveal) == (9002, 10, True)
    assert chosen.today == date(2026, 1, 31)


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    path = _toml(tmp_path, "port = 9001")
    assert load({"OVERSIGHT_PORT": " "}, path).port == 9001


def test_relative_paths_start_where_they_were_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load({"OVERSIGHT_DATA_DIR": "here"}).data_dir == tmp_path / "here"
    path = _toml(tmp_path, 'data_dir = "there"\nsource = "in.xlsx"')
    assert load({}, path).data_dir == REPOSITORY / "there"
    assert load({}, path).source == str(REPOSITORY / "in.xlsx")


def test_all_mistakes_are_told_at_once_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "a_file").touch()
    wrong = {
        "OVERSIGHT_DATA_DIR": str(tmp_path / "a_file"),
        "OVERSIGHT_LANGUAGE": "fr",
        "OVERSIGHT_TODAY": "31/02/2569",
        "OVERSIGHT_HIDE_BELOW": "0",
        "OVERSIGHT_ALLOW_REVEAL": "maybe",
        "OVERSIGHT_PORT": "65536",
        "OVERSIGHT_ADDRESS": "http://localhost",
        "OVERSIGHT_LANGAUGE": "th",
    }
    with pytest.raises(SettingsError) as caught:
        load(wrong)
    assert {mistake.name for mistake in caught.value.mistakes} == set(wrong)
    for lang in LANGS:
        assert caught.value.text(lang) in str(caught.value)
        assert all(name in caught.value.text(lang) for name in wrong)


@pytest.mark.parametrize("text", ["0", "-1", "5.0", "five", "๕", "1001"])
def test_a_wrong_hiding_limit_never_switches_hiding_off(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load({"OVERSIGHT_HIDE_BELOW": text})
    assert [mistake.reason for mistake in caught.value.mistakes] == ["hide_below"]


def test_a_misspelt_name_is_refused_with_the_nearest_right_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="OVERSIGHT_LANGUAGE"):
        load({"OVERSIGHT_LANG": "th"})
    with pytest.raises(SettingsError, match="hide_below"):
        load({}, _toml(tmp_path, "hide_bellow = 5"))


@pytest.mark.parametrize("content", ["port = ", "port = [1]", "port = 85.5", "port = true"])
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(SettingsError):
        load({}, _toml(tmp_path, content))


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml"):
        load({}, tmp_path / "none.toml")


def test_other_peoples_variables_are_left_alone() -> None:
    assert load({"PORT": "x", "STREAMLIT_SERVER_PORT": "y"}).port == 8501


def test_the_list_shows_every_setting_with_value_origin_and_meaning(tmp_path: Path) -> None:
    listing = describe({"OVERSIGHT_PORT": "9000"}, _toml(tmp_path, 'language = "en"'))
    assert "OVERSIGHT_PORT = 9000   [environment]" in listing
    assert "OVERSIGHT_LANGUAGE = en   [settings.toml]" in listing
    assert "OVERSIGHT_SOURCE = —   [default]" in listing
    for name in NAMES:
        assert variable(name) in listing
        assert all(meaning(name, lang) in listing for lang in LANGS)


def test_a_password_is_never_shown() -> None:
    server = "smtp://me:s3cret@mail.example.go.th"
    assert "smtp://me@mail.example.go.th:587" in describe({"OVERSIGHT_MAIL": server})
    assert "s3cret" not in describe({"OVERSIGHT_MAIL": server})
    assert "s3cret" not in repr(load({"OVERSIGHT_MAIL": server}))
    for wrong in ("smtp+plain://me:s3cret@mail.example.go.th", "smtp://me:s3cret@[x"):
        with pytest.raises(SettingsError) as problem:
            load({"OVERSIGHT_MAIL": wrong})
        assert "s3cret" not in str(problem.value)
    assert "s3cret" not in describe({"OVERSIGHT_SOURCE": "postgresql://u:s3cret@db/x"})
    assert without_password("postgresql://u:s3cret@db/x") == "postgresql://u:•••@db/x"
    assert without_password("postgresql://u@db/x") == "postgresql://u@db/x"
    shown = without_password("mysql://db/x?password=s3c&ssl_ca=c")
    assert shown == "mysql://db/x?password=•••&ssl_ca=c"
    assert without_password("C:/data:old@/x") == "C:/data:old@/x"


def test_the_command_lists_settings_and_fails_with_2_on_a_mistake() -> None:
    command = [sys.executable, "-m", "config.settings"]
    environ = {"PATH": "", "PYTHONUTF8": "1"}
    good = subprocess.run(
        command, cwd=REPOSITORY, env=environ, capture_output=True, text=True, encoding="utf-8"
    )
    assert good.returncode == 0, good.stderr
    assert all(variable(name) in good.stdout for name in NAMES)
    bad = subprocess.run(
        command,
        cwd=REPOSITORY,
        env=environ | {"OVERSIGHT_PORT": "x"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert bad.returncode == 2
    assert bad.stdout == ""
    assert "OVERSIGHT_PORT" in bad.stderr
