"""Every page opens in both languages, and says in plain words when there is nothing to show."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from config.i18n import LANGS, Lang, t
from config.settings import PREFIX
from data_access import snapshot
from tests.pages.coverage_seen import Seen, opened
from tests.support.commands import ROOT, TODAY, run_module
from tests.support.folder import SMALL, write
from ui import menu

KEYS = [page.key for page in menu.PAGES]


def visit(monkeypatch: pytest.MonkeyPatch, data_dir: Path, address: str, lang: Lang = "th") -> Seen:
    """The page at an address as a first visitor sees it, from one data directory."""
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(data_dir))
    monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
    monkeypatch.setenv(f"{PREFIX}LANGUAGE", lang)
    monkeypatch.chdir(ROOT)
    return opened(AppTest.from_file(str(ROOT / "Home.py"), default_timeout=60), address)


@pytest.fixture(scope="module")
def small_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with two families in one province and nothing anywhere else."""
    return published(tmp_path_factory.mktemp("small"), SMALL)


@pytest.fixture(scope="module")
def empty_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory whose snapshot holds the required tables without a single row."""
    return published(tmp_path_factory.mktemp("empty"), {})


def published(home: Path, tables: dict[str, list[dict[str, object]]]) -> Path:
    write(home / "in", tables)
    run_module(
        "data_access", "import", str(home / "in"), "--as-of", TODAY.isoformat(), data_dir=home
    )
    assert snapshot.current(home).as_of == TODAY
    return home


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("key", KEYS)
def test_every_page_opens_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, demo_data_dir: Path, key: str, lang: Lang
) -> None:
    seen = visit(monkeypatch, demo_data_dir, f"{key}?lang={lang}", lang)
    assert seen.problems == ()
    assert seen.title == t(f"page.{key}.title", lang)
    assert seen.shows(t("note.synthetic_long", lang))


@pytest.mark.parametrize("key", KEYS)
def test_every_page_opens_for_a_district(
    monkeypatch: pytest.MonkeyPatch, demo_data_dir: Path, key: str
) -> None:
    seen = visit(monkeypatch, demo_data_dir, f"{key}?province=50&district=5001&group=elder&q=2")
    assert seen.problems == ()


@pytest.mark.parametrize("key", KEYS)
def test_a_province_with_nothing_is_no_error(
    monkeypatch: pytest.MonkeyPatch, small_data_dir: Path, key: str
) -> None:
    assert visit(monkeypatch, small_data_dir, f"{key}?province=96").problems == ()


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_database_is_no_error(
    monkeypatch: pytest.MonkeyPatch, empty_data_dir: Path, key: str
) -> None:
    assert visit(monkeypatch, empty_data_dir, key).problems == ()


@pytest.mark.parametrize("lang", LANGS)
def test_before_the_first_load_a_page_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lang: Lang
) -> None:
    seen = visit(monkeypatch, tmp_path, f"caseload?lang={lang}", lang)
    assert seen.title == t("message.no_snapshot.title", lang)
    assert seen.problems == ()


def test_a_store_that_cannot_be_read_is_a_sentence_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / "broken.duckdb").write_bytes(b"this is no database")
    (tmp_path / "current").write_text("broken")
    seen = visit(monkeypatch, tmp_path, "caseload")
    assert t("message.unreachable", "th") in seen.problems
    assert not any("Traceback" in text for text in (*seen.texts, *seen.problems))


@pytest.mark.parametrize(
    "code", ["province=99", "district=0000", "region=east", "group=nobody", "fy=2400", "q=9"]
)
def test_an_unknown_code_in_the_address_is_said_and_ignored(
    monkeypatch: pytest.MonkeyPatch, demo_data_dir: Path, code: str
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(demo_data_dir))
    seen = visit(monkeypatch, demo_data_dir, f"caseload?{code}")
    assert seen.problems == ()
    assert seen.title == t("page.caseload.title", "th")


def test_wrong_settings_are_listed_to_the_visitor_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(f"{PREFIX}PORT", "many")
    seen = visit(monkeypatch, tmp_path, "caseload")
    assert len(seen.problems) == len(LANGS)
    assert all("many" in problem for problem in seen.problems)
