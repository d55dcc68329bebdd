"""Bands that the public level joins: on the page, in its files and in `show`, in both languages."""

from pathlib import Path

import duckdb
import pytest

from config.i18n import LANGS, Lang, t
from config.settings import PREFIX
from data_access.command_line import main
from tests.disclosure.late_visits import OF_THE_SAMPLE, by_band, country
from tests.pages.conftest import Open, words
from tests.support.commands import TODAY
from ui.charts import ageing
from ui.render import command_line

BY_BAND = {"1-7": 298, "8-30": 437, "31-90": 318, "91+": 102}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory in which one of 1,155 late follow-ups is late by more than a year."""
    folder = tmp_path_factory.mktemp("late")
    (folder / "snapshots").mkdir()
    info = country(folder / "snapshots", by_band(OF_THE_SAMPLE), today=6)
    with duckdb.connect(str(info.path)) as file:  # a sample is seen whole on its own machine
        file.execute("UPDATE load_info SET synthetic = false")
    (folder / "current").write_text(info.path.stem, encoding="utf-8")
    return folder


@pytest.fixture
def settled(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The data directory as commands read it, with counts below 5 hidden."""
    for name, value in (("DATA_DIR", home), ("TODAY", TODAY.isoformat()), ("HIDE_BELOW", 5)):
        monkeypatch.setenv(f"{PREFIX}{name}", str(value))


def note(lang: Lang, band: str = "91+") -> str:
    return t("bands.joined", lang, bands=ageing.band_words(band, lang))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.usefixtures("settled")
def test_the_page_has_the_joined_band_its_number_and_why(
    capsys: pytest.CaptureFixture[str], lang: Lang
) -> None:
    assert command_line.main(["text", "follow_up", "--lang", lang]) == 0
    said = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    block = said.split(t("page.follow_up.by_age", lang), 1)[1].split("\n## ")[0]
    rows = [f"{ageing.band_words(band, lang)}\t{n}\t" for band, n in BY_BAND.items()]
    lines = block.splitlines()
    assert [line for line in lines if "\t" in line][1:] == rows
    assert note(lang) in lines
    assert t("status.hidden", lang) not in block
    assert "102" in lines[1], "what a screen reader hears of the chart"


@pytest.mark.parametrize("lang", LANGS)
def test_the_screen_says_which_bands_are_joined(
    open_page: Open, home: Path, monkeypatch: pytest.MonkeyPatch, lang: Lang
) -> None:
    monkeypatch.setenv(f"{PREFIX}HIDE_BELOW", "5")
    assert note(lang) in words(open_page("follow_up", data_dir=home, lang=lang))


def test_who_sees_every_count_sees_every_band_and_no_note(
    open_page: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}HIDE_BELOW", "1")
    said = words(open_page("follow_up", data_dir=home, lang="en"))
    assert note("en") not in said


@pytest.mark.usefixtures("settled")
def test_files_of_the_page_have_the_note(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    arguments = ["html", "follow_up", "--lang", "en", "--out", str(out)]
    assert command_line.main(arguments) == 0
    said = out.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert note("en") in said


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.usefixtures("settled")
def test_show_gives_joined_bands_and_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lang: Lang
) -> None:
    monkeypatch.setenv(f"{PREFIX}LANGUAGE", lang)
    assert main(["show", "follow_up_overdue", "--by", "age_band", "--format", "csv"]) == 0
    out = capsys.readouterr()
    rows = [line.split(",") for line in out.out.splitlines()[1:]]
    assert {row[3]: int(row[6]) for row in rows} == {"due_today": 0, **BY_BAND}
    label = t("code.age_band.91+", lang)
    assert out.err == t("bands.joined", lang, bands=label) + "\n"
