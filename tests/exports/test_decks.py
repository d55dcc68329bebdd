"""Decks: hidden stays hidden whoever presents, addresses open nothing, and files say the same."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from hypothesis import given, strategies
from pptx import Presentation
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from config.i18n import t
from config.settings import PREFIX
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, current
from geo import registers
from tests.support import world
from tests.support.commands import TODAY
from tests.support.web import Answer, get
from ui.render import command_line, wall
from ui.render.media import renderer
from ui.seminar import deck, slide_content, visitor_decks
from ui.seminar.deck import Deck
from ui.seminar.document import document
from ui.seminar.slide_content import public
from ui.server import present_route
from ui.server.admission import Admission
from ui.server.security_headers import SecureHeaders
from ui.state.filter_state import everything
from ui.state.page_context import View

EVERY = frozenset(province.code for province in registers.provinces())
# Three families are fewer than the public is shown; thirty are not.
FAMILIES = {"5001": 3, "1001": 30}
CASES = [(f"{code}-{n}", code) for code, count in FAMILIES.items() for n in range(count)]
ROWS: world.Rows = {
    "families": [
        {"family_id": f"F{name}", "household_id": f"H{name}", "district_code": code}
        for name, code in CASES
    ],
    "cases": [
        {
            "case_id": f"C{name}",
            "family_id": f"F{name}",
            "target_group": "elder",
            "opened_on": TODAY.replace(year=TODAY.year - 1),
            "stage": "follow_up",
        }
        for name, _ in CASES
    ],
    "workers": [{"worker_id": "W1", "sex": "F"}, {"worker_id": "W2", "sex": "F"}],
    "worker_posts": world.drawn("""
        worker_id role province_code district_code fte start_on end_on
        W1 case_manager 50 5001 1 2020-01-01 .
        W2 case_manager 10 1001 1 2020-01-01 .
    """),
}
AROUND = wall.Surroundings("fonts/", "script.js", "/present", "/ready")
SCOPES = [
    Scope(nation=True),
    Scope(nation=True, own_provinces=frozenset({"50"})),
    Scope(nation=True, own_provinces=EVERY, reveal=True),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data directory with few families in one province and enough in another."""
    folder = tmp_path_factory.mktemp("decks")
    (folder / "snapshots").mkdir()
    info = world.make(folder / "snapshots", ROWS)
    (folder / "current").write_text(info.path.stem, encoding="utf-8")
    st.cache_data.clear()
    yield folder
    st.cache_data.clear()


@pytest.fixture
def info(home: Path, monkeypatch: pytest.MonkeyPatch) -> SnapshotInfo:
    """The snapshot, with the settings pointing at it."""
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(home))
    monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
    return current(home)


def small(code: str = "50") -> Deck:
    """A deck of two slides: cards of a page for one area ("" for the room's), and words."""
    filters = f'filters = {{ province = "{code}" }}' if code else ""
    text = f"""
        title_th = "ชุด"
        title_en = "Deck"
        [[slide]]
        page = "caseload"
        {filters}
        title_th = "งาน"
        title_en = "Work"
        notes_th = "พูดช้า ๆ"
        notes_en = "Speak slowly"
        [[slide]]
        title_th = "คำถาม"
        title_en = "Questions"
        points_th = ["ข้อหนึ่ง", "ข้อสอง"]
        points_en = ["One", "Two"]
    """
    return deck.read(text, "small", "small.toml")


def on_the_wall(info: SnapshotInfo, scope: Scope, code: str) -> str:
    view = View(everything(info.as_of), "en", "light", scope, info, today=TODAY)
    return wall.render(small(code), view, AROUND, lambda done, of: None).decode()


def test_what_is_hidden_from_the_public_is_hidden_whoever_presents(
    info: SnapshotInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {on_the_wall(info, scope, "50") for scope in SCOPES}
    assert len(pages) == 1, "one document for all of them"
    (page,) = pages
    assert "—" in values(page)
    assert "1 : 3.0" not in values(page)
    assert "1 : 16.5" in values(on_the_wall(info, SCOPES[0], "")), "33 families, 2 case managers"
    # The number is there to be seen: it is the level of the room that hides it.
    monkeypatch.setattr(slide_content, "public", lambda scope: scope)
    assert "1 : 3.0" in values(on_the_wall(info, SCOPES[1], "50"))


def values(page: str) -> list[str]:
    """The large numbers of a document."""
    return [value.strip() for value in re.findall(r'class="value">([^<]*)<', page)]


areas = strategies.frozensets(strategies.sampled_from(sorted(EVERY)[:6]))
scopes = strategies.builds(
    Scope,
    nation=strategies.booleans(),
    provinces=areas,
    own_provinces=areas,
    hide_below=strategies.integers(2, 20),
    reveal=strategies.booleans(),
)


@given(scopes, strategies.sampled_from(sorted(EVERY)[:8]))
def test_a_room_sees_the_presenters_rows_and_no_more(scope: Scope, code: str) -> None:
    room = public(scope)
    assert room.sees(code) == scope.sees(code)
    assert not room.owns_province(code)
    assert not room.reveal
    assert room.hide_below == scope.hide_below


@pytest.fixture
def client(info: SnapshotInfo) -> Starlette:
    """The route of slides behind the doors it stands behind in the application."""
    routes = [Route("/slides/{name}", present_route.answer)]
    doors = [Middleware(SecureHeaders), Middleware(Admission, prefix="")]
    return Starlette(routes=routes, middleware=doors)


def finished(client: Starlette, name: str, query: str = "") -> Answer:
    for _ in range(600):
        answer = get(client, f"/slides/{name}", query)
        if 'http-equiv="refresh"' not in answer.text:
            return answer
    raise AssertionError("the slides were never finished")


def test_an_address_gives_slides_that_run_our_script_only(
    client: Starlette, info: SnapshotInfo
) -> None:
    name = visitor_decks.offer(small())
    answer = finished(client, name, f"lang=en&snapshot={info.snapshot_id}&province=10")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "private, no-store"
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe-inline" not in policy.partition("style-src")[0]
    assert "Speak slowly" in answer.text
    assert "<script>" not in answer.text
    assert " on" + "click=" not in answer.text
    assert t("note.synthetic", "en") in answer.text or not info.synthetic


def test_addresses_that_nobody_gave_show_nothing(client: Starlette) -> None:
    assert finished(client, "own-0123456789abcdef0123456789abcdef").status == 404
    assert finished(client, "training_cohorts", "snapshot=20200101T000000-abcdef").status == 404


def test_slides_are_for_those_signed_in(client: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}SIGN_IN", "required")
    assert get(client, f"/slides/{visitor_decks.offer(small())}").status == 403


def test_words_of_a_deck_cannot_become_markup(info: SnapshotInfo) -> None:
    evil = "<script>alert(1)</script>"
    one = replace(small(), title={"th": evil, "en": evil})
    view = View(everything(info.as_of), "en", "light", SCOPES[0], info, today=TODAY)
    page = wall.render(one, view, AROUND, lambda done, of: None).decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_slides_as_a_file_have_the_decks_titles_and_notes(info: SnapshotInfo) -> None:
    view = View(everything(info.as_of), "th", "light", SCOPES[2], info, today=TODAY)
    page, room = document(small(), view)
    assert room.scope == SCOPES[0]
    content = renderer("pptx")(page, room)
    file = Presentation(io.BytesIO(content or b""))
    said = [
        " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in file.slides
    ]
    notes = [s.notes_slide.notes_text_frame.text for s in file.slides if s.has_notes_slide]
    line = everything(info.as_of).at("50").line("th")
    assert any(f"งาน ({line})" in text for text in said)
    assert any("ข้อหนึ่ง" in text for text in said)
    assert any("พูดช้า ๆ" in text for text in notes)
    assert not any("1 : 3.0" in text for text in said)
    paper = renderer("html")(page, room)
    assert paper is not None
    assert "พูดช้า" not in paper.decode()


def test_the_command_makes_files_of_decks_and_says_what_is_wrong_with_one(
    info: SnapshotInfo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written, out = tmp_path / "mine.toml", tmp_path / "mine.txt"
    written.write_text(deck.deck_text(small("10")), encoding="utf-8")
    arguments = ["text", "--deck", str(written), "--lang", "en", "--out", str(out)]
    assert command_line.main(arguments) == 0
    assert "Speak slowly" in out.read_text(encoding="utf-8")
    written.write_text("title_th = 1", encoding="utf-8")
    assert command_line.main(arguments) == 2
    assert "mine.toml" in capsys.readouterr().err
