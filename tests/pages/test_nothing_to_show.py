"""Nothing to show: a plain sentence with what to do, never a traceback."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from config.i18n import LANGS, Lang, t
from config.settings import PREFIX
from data_access.schema.tables import EXCHANGE_TABLES
from data_access.scope import Scope
from data_access.snapshot import current
from tests.pages.conftest import Open, words
from tests.support.commands import TODAY
from tests.support.documents import every_block, pictures
from tests.support.world import Rows, drawn
from ui.blocks import Tabular
from ui.render.documents import page_of
from ui.render.pages import PAGES, PageSpec
from ui.state import session
from ui.state.filter_state import from_params
from ui.state.page_context import View

DataDir = Callable[[Rows], Path]

ONE_PROVINCE: Rows = {
    "workers": drawn("worker_id sex\nW1 F"),
    "worker_posts": drawn("""
        worker_id role         province_code fte start_on
        W1        case_manager 50            1   2022-01-01"""),
    "families": drawn("""
        family_id household_id district_code
        F1        H1           5001
        F2        H2           5001"""),
    "cases": drawn("""
        case_id family_id target_group opened_on  stage
        C1      F1        elder        2026-01-05 follow_up
        C2      F2        child        2026-02-05 follow_up"""),
    "case_assignments": drawn("""
        case_id worker_id start_on
        C1      W1        2026-01-05
        C2      W1        2026-02-05"""),
}


@pytest.mark.parametrize("lang", LANGS)
def test_before_the_first_load_the_page_says_how_to_load(
    open_page: Open, tmp_path: Path, lang: Lang
) -> None:
    app = open_page(data_dir=tmp_path, lang=lang)
    assert not app.exception
    assert app.title[0].value == t("message.no_snapshot.title", lang)
    assert "make run" in words(app)


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_an_empty_database_is_said_to_be_empty(
    open_page: Open, data_dir_with: DataDir, entry: PageSpec
) -> None:
    app = open_page(entry.key, data_dir=data_dir_with({}))
    assert not app.exception
    assert not app.error
    assert [title.value for title in app.title] == [entry.title("th")]
    assert t("message.empty_database", "th") in [info.value for info in app.info]


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_a_province_with_nothing_is_no_failure(
    open_page: Open, data_dir_with: DataDir, entry: PageSpec
) -> None:
    app = open_page(entry.key, data_dir=data_dir_with(ONE_PROVINCE), province="51")
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("key", ["caseload", "follow_up", "training", "overview"])
def test_a_province_with_nothing_is_told_so_by_name(
    open_page: Open, data_dir_with: DataDir, key: str
) -> None:
    app = open_page(key, data_dir=data_dir_with(ONE_PROVINCE), province="51")
    assert any("จังหวัดลำพูน" in info.value for info in app.info)


def test_nothing_due_is_neither_zero_nor_a_hundred(open_page: Open, data_dir_with: DataDir) -> None:
    app = open_page("follow_up", data_dir=data_dir_with(ONE_PROVINCE), province="50")
    said = words(app)
    assert t("reason.nothing_due", "th") in said
    assert "ร้อยละ 0.0" not in said
    assert "ร้อยละ 100.0" not in said


def test_few_families_are_hidden_and_said_to_be_hidden(
    open_page: Open, data_dir_with: DataDir, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The rows of tests are marked synthetic, and those are seen whole where nobody signs in.
    real = session.snapshot
    monkeypatch.setattr(session, "snapshot", lambda: replace(real(), synthetic=False))
    app = open_page("caseload", data_dir=data_dir_with(ONE_PROVINCE), province="50")
    assert t("figure.hidden", "th") in words(app)
    assert "1 : 2.0" not in words(app)


def test_a_snapshot_that_cannot_be_read_is_said_in_both_languages(
    open_page: Open, data_dir_with: DataDir, tmp_path: Path
) -> None:
    home = shutil.copytree(data_dir_with(ONE_PROVINCE), tmp_path / "data")
    for file in (home / "snapshots").iterdir():
        file.write_bytes(b"this is no database")
    app = open_page(data_dir=home)
    assert not app.exception
    assert [error.value for error in app.error] == [t("message.unreachable", x) for x in LANGS]


def test_a_page_that_breaks_says_a_sentence_and_logs_the_rest(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("ui.text.narrative.overview", lambda *_: 1 / 0)
    app = open_page()
    assert not app.exception
    assert [error.value for error in app.error] == [t("message.broken", x) for x in LANGS]
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivisionError" not in words(app)


def test_mistakes_in_the_settings_are_all_listed(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}LANGUAGE", "fr")
    monkeypatch.setenv(f"{PREFIX}PORT", "many")
    app = open_page()
    assert not app.exception
    said = "\n".join(error.value for error in app.error)
    assert "LANGUAGE" in said
    assert "PORT" in said


EMPTY_TABLES: Rows = {**dict.fromkeys(EXCHANGE_TABLES, ()), **ONE_PROVINCE}


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
@pytest.mark.parametrize("codes", [{"district": "5001"}, {"district": "5002", "group": "beggar"}])
def test_every_block_of_a_district_with_little_or_nothing_is_made(
    data_dir_with: DataDir, entry: PageSpec, codes: dict[str, str]
) -> None:
    snapshot = current(data_dir_with(EMPTY_TABLES))
    filters, _ = from_params(codes, snapshot.as_of, [2569])
    view = View(filters, "th", "light", Scope(nation=True, reveal=True), snapshot, today=TODAY)
    page = page_of(entry, view)
    # What stands behind folds and tabs is drawn too.
    for key, drawn_as in pictures(page.blocks):
        assert drawn_as["description"], key
    for block in every_block((*page.above, *page.blocks)):
        if isinstance(block, Tabular):
            assert block.rows() is not None
