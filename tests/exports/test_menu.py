"""The export menu: names of files, the link, and nothing made before it is asked for."""

import csv
import io
import threading
from typing import Any

import pytest

from tests.exports.conftest import Make
from ui.queries import area_profile
from ui.render import exports, links
from ui.render.about import file_name
from ui.render.exports import KINDS
from ui.render.grids import grid_of
from ui.render.outline import outline
from ui.render.streamlit import export_menu
from ui.text.official import Writing


def test_files_are_named_by_subject_area_and_day(made: Make) -> None:
    thai, english = made("caseload", "50"), made("caseload", "50", "en")
    name = file_name(thai.page, thai.view, "xlsx")
    assert name == "ปริมาณงานรายกรณี_จังหวัดเชียงใหม่_2569-09-30.xlsx"
    assert file_name(english.page, english.view, "pdf").endswith("_2026-09-30.pdf")
    assert not set(file_name(english.page, english.view, "pdf")) & set('\\/:*?"<>| ')


def test_the_link_carries_the_filters_and_the_language(made: Make) -> None:
    page = made("caseload", "50")
    address = links.address(page.page, page.view)
    assert "/caseload?" in address
    for code in ("province=50", "region=north", "fy=2569", "lang=th"):
        assert code in address
    assert links.qr_svg(address).startswith("<svg")
    assert links.qr_png(address).startswith(b"\x89PNG")


def test_all_tables_of_a_page_stand_in_one_csv(made: Make) -> None:
    page = made("caseload", "50")
    content = page.file("csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    for block in outline(page.page):
        for row in grid.rows if (grid := grid_of(block, "th")) else ():
            wanted = [
                str(cell.number)
                if isinstance(cell.number, (int, float))
                else cell.text.replace("—", "")
                for cell in row
            ]
            assert wanted in rows


def test_the_switch_of_the_menu_writes_files_as_letters(
    made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    thai, english = made("caseload", "50").view, made("caseload", "50", "en").view
    monkeypatch.setattr(export_menu.url_state, "page", lambda: "caseload")
    plain = export_menu._key(thai)
    for on, writing in ((False, Writing()), (True, Writing(thai_digits=True, long_dates=True))):
        monkeypatch.setattr(export_menu.st, "toggle", lambda *_a, on=on, **_k: on)
        view = export_menu._as_written(thai)
        assert view.writing == writing
        # A file made in the other writing is not the one that is asked for now.
        assert (export_menu._key(view) == plain) is not on
    assert export_menu._as_written(english).writing == Writing(long_dates=True)


def test_a_third_file_waits_for_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    now, most, lock = 0, 0, threading.Lock()
    two, go_on = threading.Event(), threading.Event()

    def slow(page: Any, view: Any) -> bytes:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
            if now == exports.AT_ONCE:
                two.set()
        go_on.wait(10)
        with lock:
            now -= 1
        return b"x"

    monkeypatch.setattr(exports, "renderer", lambda medium: slow)
    nothing: Any = None
    askers = [
        threading.Thread(target=exports.content, args=(KINDS[0], nothing, nothing, lambda: None))
        for _ in range(exports.AT_ONCE + 2)
    ]
    for one in askers:
        one.start()
    assert two.wait(10)
    go_on.set()
    for one in askers:
        one.join(10)
    assert most == exports.AT_ONCE


def test_a_row_without_a_group_names_no_group(made: Make) -> None:
    # At the public level a province has one row of it, hidden, for no published figure is its own.
    view = made("caseload", "50").view
    assert area_profile.numbers_of(view, "published_reconciliation").groups == {}
