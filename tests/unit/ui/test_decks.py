"""Decks of slides: what a file may say, what is said about mistakes, and the way to a file back."""

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.i18n import LANGS, Lang
from ui.render.pages import PAGES
from ui.seminar import deck
from ui.seminar.deck import Deck, DeckProblem, Slide

HEAD = 'title_th = "ชุด"\ntitle_en = "Deck"\n'
SLIDE = '[[slide]]\npage = "caseload"\n'


def problems(text: str) -> tuple[deck.Problem, ...]:
    with pytest.raises(DeckProblem) as raised:
        deck.read(text, "own", "own.toml")
    return raised.value.problems


def test_four_decks_come_with_the_product_in_both_languages() -> None:
    ready = deck.ready()
    assert list(ready) == [
        "executive_quarterly", "province_profile", "lessons_learned", "training_cohorts",
    ]  # fmt: skip
    for one in ready.values():
        assert set(one.title) == set(LANGS)
        assert all(set(slide.title) == set(LANGS) for slide in one.slides)
        assert len(one.slides) >= 8


# fmt: off
MISTAKES = [
    ("title_th = 1 2", 0, "no_toml", "line 1"),
    (SLIDE, 0, "no_title", ""),
    (HEAD, 0, "no_slides", "0"),
    (HEAD + "slide = 3\n", 0, "no_slides", "3"),
    (HEAD + SLIDE * 61, 0, "too_many", "61"),
    (HEAD + SLIDE + SLIDE.replace("caseload", "nowhere"), 2, "unknown_page", "nowhere"),
    (HEAD + SLIDE.replace("caseload", "audit_trail"), 1, "unknown_page", "audit_trail"),
    (HEAD + SLIDE + 'blok = "x"\n', 1, "unknown_field", "blok"),
    (HEAD + SLIDE + 'block = "<b>"\n', 1, "no_code", "<b>"),
    (HEAD + SLIDE + 'filters = { prov = "50" }\n', 1, "unknown_filter", "prov"),
    (HEAD + SLIDE + "filters = { province = 50 }\n", 1, "no_code", "province = 50"),
    (HEAD + SLIDE + 'filters = "50"\n', 1, "no_codes", "50"),
    (HEAD + SLIDE + 'title_th = "ก"\n', 1, "one_language", "title_th"),
    (HEAD + SLIDE + 'notes_th = ""\nnotes_en = "x"\n', 1, "no_text", "notes_th"),
    (HEAD + SLIDE + f'title_th = "{"ก" * 161}"\ntitle_en = "x"\n', 1, "too_long", "title_th (161)"),
    (HEAD + SLIDE + r'title_th = "\u0000"' + '\ntitle_en = "x"\n', 1, "control", "title_th"),
    (HEAD + SLIDE + 'points_th = "x"\n', 1, "no_list", "points_th"),
    (HEAD + SLIDE + f"figures = {['x'] * 9}\n", 1, "too_many_points", "figures (9)"),
    (HEAD + '[[slide]]\nblock = "x"\n', 1, "block_without_page", "x"),
    (HEAD + '[[slide]]\ntitle_th = "ก"\ntitle_en = "a"\n', 1, "nothing_to_show", ""),
    (HEAD + "#" * deck.LARGEST, 0, "too_large", "200,"),
]
# fmt: on


@pytest.mark.parametrize(("text", "slide", "rule", "seen"), MISTAKES, ids=lambda one: str(one)[:20])
def test_a_mistake_names_file_slide_what_was_seen_and_what_to_do(
    text: str, slide: int, rule: str, seen: str
) -> None:
    one = next(one for one in problems(text) if one.rule == rule)
    assert one.slide == slide
    for lang in LANGS:
        said = one.text(lang)
        assert "own.toml" in said
        assert seen in said
        assert not slide or str(slide) in said
        assert len(said) > len(seen) + 40, "it says what to do"


def test_all_mistakes_of_a_file_are_said_at_once() -> None:
    text = HEAD + SLIDE.replace("caseload", "nowhere") + SLIDE + "blok = 1\nfigures = 3\n"
    assert [(one.slide, one.rule) for one in problems(text)] == [
        (1, "unknown_page"), (2, "unknown_field"), (2, "no_list"),
    ]  # fmt: skip


texts = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.sampled_from("\n\"\\' "),
    min_size=1,
    max_size=60,
).map(lambda text: text if text.strip() else "ก")
words: st.SearchStrategy[Mapping[Lang, str]] = st.just({}) | st.fixed_dictionaries(
    {"th": texts, "en": texts}
)
codes = st.from_regex(r"[a-z0-9_]{1,20}", fullmatch=True)
slides = st.builds(
    Slide,
    page=st.sampled_from([page.key for page in PAGES if not page.roles]),
    block=st.just("") | codes,
    figures=st.lists(codes, max_size=4).map(tuple),
    filters=st.dictionaries(st.sampled_from(["fy", "province", "group"]), codes, max_size=2),
    options=st.dictionaries(codes, codes, max_size=2),
    title=words,
    notes=words,
    points=st.just({}) | st.fixed_dictionaries({"th": st.lists(texts, min_size=1).map(
        lambda lines: tuple(lines[:8])), "en": st.just(("a",))}),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(slides, min_size=1, max_size=4), texts)
def test_a_deck_read_back_from_its_file_is_the_same_deck(made: list[Slide], title: str) -> None:
    whole = Deck("own", {"th": title, "en": title}, tuple(made))
    assert deck.read(deck.deck_text(whole), "own", "own.toml") == whole


def test_the_ready_decks_survive_the_way_into_a_file_and_back() -> None:
    for name, one in deck.ready().items():
        assert deck.read(deck.deck_text(one), name, "x.toml") == one


def test_decks_hold_no_figures_of_their_own() -> None:
    """A number typed into a deck has no source: only years of the sources and the norm's digits."""
    for one in deck.ready().values():
        for slide in one.slides:
            for points in slide.points.values():
                assert not re.search(r"\d", " ".join(points))
