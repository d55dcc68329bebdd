"""The page of slides: add a block on another page, put the deck in order, save and open it."""

from collections.abc import Callable
from pathlib import Path

from config.i18n import t
from tests.pages.conftest import Open, words
from tests.support.world import Rows
from ui.seminar import deck, own

ROWS: Rows = {"workers": [{"worker_id": "W1", "sex": "F"}]}
PASTED = """
title_th = "ชุดของเรา"
title_en = "Ours"
[[slide]]
page = "caseload"
[[slide]]
page = "training"
"""


def test_a_deck_is_pasted_put_in_order_and_retitled(
    open_page: Open, data_dir_with: Callable[[Rows], Path]
) -> None:
    app = open_page("present", data_dir_with(ROWS), deck="own")
    assert t("deck.own_empty", "th") in [info.value for info in app.info]
    app.session_state["deck_pasted"] = PASTED
    app.session_state["deck_paste"] = True
    app.run()
    app.button(key="deck_open").click().run()
    assert not app.exception
    made = app.session_state["seminar.own"]
    assert [slide.page for slide in made.slides] == ["caseload", "training"]
    app.button(key="slide_down_0").click().run()
    app.text_input[1].input("หัวข้อใหม่").run()
    made = app.session_state["seminar.own"]
    assert [slide.page for slide in made.slides] == ["training", "caseload"]
    assert made.slides[0].title == {"th": "หัวข้อใหม่", "en": "หัวข้อใหม่"}
    app.button(key="slide_remove_1").click().run()
    saved = deck.deck_text(app.session_state["seminar.own"])
    assert deck.read(saved, own.NAME, "x.toml") == app.session_state["seminar.own"]


def test_what_is_wrong_with_a_pasted_deck_is_said(
    open_page: Open, data_dir_with: Callable[[Rows], Path]
) -> None:
    app = open_page("present", data_dir_with(ROWS), deck="own")
    app.session_state["deck_pasted"] = PASTED.replace("caseload", "nowhere")
    app.session_state["deck_paste"] = True
    app.run()
    app.button(key="deck_open").click().run()
    (problem,) = [error.value for error in app.error]
    assert "nowhere" in problem
    assert "1" in problem
    assert "seminar.own" not in app.session_state


def test_a_ready_deck_is_listed_with_its_slides_and_copied(
    open_page: Open, data_dir_with: Callable[[Rows], Path]
) -> None:
    app = open_page("present", data_dir_with(ROWS), deck="training_cohorts")
    shown = words(app)
    for slide in deck.ready()["training_cohorts"].slides:
        assert slide.title["th"] in shown
    app.button(key="deck_copy").click().run()
    assert app.session_state["seminar.own"].slides == deck.ready()["training_cohorts"].slides
    assert app.query_params["deck"] == own.NAME
