"""What the launcher decides before a server runs."""

import socket
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from config.i18n import t
from config.settings import Settings
from ui.server import launch, secrets_file


@dataclass(frozen=True)
class Found:
    """As much of a published snapshot as the launcher looks at."""

    source: str


def commands(settings: Settings, found: Found | None) -> list[str]:
    steps = launch.preparation(settings, found)  # type: ignore[arg-type]  # only `source` is read
    return [" ".join(arguments) for _, arguments in steps]


def test_a_first_start_without_a_source_makes_and_imports_sample_data(settings: Settings) -> None:
    sample = settings.data_dir / "sample"
    assert commands(settings, None) == [
        f"sample_data --out {sample}",
        f"data_access import {sample}",
        "sample_data.writings",
    ]


def test_a_first_start_with_a_source_reads_that_source(settings: Settings, tmp_path: Path) -> None:
    assert commands(replace(settings, source=str(tmp_path)), None) == ["data_access refresh"]


def test_a_later_start_prepares_nothing(settings: Settings, tmp_path: Path) -> None:
    assert commands(settings, Found(str(settings.data_dir / "sample"))) == []
    assert commands(replace(settings, source="x.xlsx"), Found("x.xlsx")) == []


def test_a_source_configured_later_takes_the_place_of_sample_data(settings: Settings) -> None:
    ours = Found(str(settings.data_dir / "sample"))
    for source in ("postgresql://reader@db/cases", "province.xlsx"):
        assert commands(replace(settings, source=source), ours) == ["data_access refresh"]


def test_sample_data_named_as_the_source_are_not_read_again_at_each_start(
    settings: Settings,
) -> None:
    sample = str(settings.data_dir / "sample")
    assert commands(replace(settings, source=sample), Found(sample)) == []


def test_a_busy_port_gives_way_to_the_next_free_one() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        busy = other.getsockname()[1]
        place = launch.listen("127.0.0.1", busy)
        try:
            assert busy < place.port <= busy + launch.PORTS_TRIED
            assert place.url == f"http://127.0.0.1:{place.port}/"
        finally:
            place.socket.close()


def test_an_address_of_another_machine_is_a_plain_failure() -> None:
    with pytest.raises(launch.CannotListen):
        launch.listen("192.0.2.1", 8501)  # reserved for documentation: nobody's address


def test_listening_everywhere_is_reached_through_the_loopback_address() -> None:
    place = launch.listen("0.0.0.0", 18501)
    try:
        assert place.host == "127.0.0.1"
    finally:
        place.socket.close()


def test_a_failed_preparation_says_the_command_and_hands_on_its_exit_code(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The real commands, which cannot write their data where a file stands in the way.
    settings.data_dir.parent.mkdir(exist_ok=True)
    monkeypatch.setattr(launch, "current_snapshot", lambda _settings: None)
    failing = [("launch.refreshing", ["data_access", "import", "no-such-folder-anywhere"])]
    monkeypatch.setattr(launch, "preparation", lambda _settings, _found: failing)
    assert launch.prepare(settings) not in (0, None)
    said = capsys.readouterr().out
    command = "python -m data_access import no-such-folder-anywhere"
    for lang in ("th", "en"):
        assert t("launch.preparation_failed", lang, command=command) in said


def test_mistaken_settings_are_listed_and_nothing_starts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OVERSIGHT_PORT", "ninety")
    monkeypatch.setenv("OVERSIGHT_LANGUAGE", "fr")
    assert launch.main(["--no-browser"]) == launch.EXIT_SETTINGS
    said = capsys.readouterr().err
    assert "OVERSIGHT_PORT" in said
    assert "OVERSIGHT_LANGUAGE" in said
    assert "Traceback" not in said


def test_every_sentence_is_said_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    launch.say("launch.ready", url="http://127.0.0.1:8501/")
    assert capsys.readouterr().out.splitlines() == [
        t("launch.ready", "th", url="http://127.0.0.1:8501/"),
        t("launch.ready", "en", url="http://127.0.0.1:8501/"),
    ]


def test_a_secrets_file_that_others_can_read_or_with_a_short_key_is_said(tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text('[auth]\ncookie_secret = "short"\n', encoding="utf-8")
    path.chmod(0o644)
    assert secrets_file.problems(path) == ["launch.secrets_open", "launch.secret_short"]
    path.write_text(f'[auth]\ncookie_secret = "{"x" * 48}"\n', encoding="utf-8")
    path.chmod(0o600)
    assert secrets_file.problems(path) == []


@pytest.mark.parametrize("root", [True, False])
def test_running_as_root_is_said(
    root: bool,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(launch.os, "geteuid", lambda: 0 if root else 1000, raising=False)
    launch.say_who_gets_in(settings)
    assert (t("launch.root", "th") in capsys.readouterr().out) is root
