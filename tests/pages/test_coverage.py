"""Nothing that the sources name is missing: each item is on its page, or has a reason not to be."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from config.i18n import has, t
from config.settings import PREFIX
from data_access.indicators import registry
from tests.house.source import ROOT
from tests.pages import coverage_rows
from tests.pages.conftest import SECONDS
from tests.pages.coverage_rows import ACCEPTED, ITEMS, NOT_SHOWN, Row
from tests.pages.coverage_seen import Seen, opened
from tests.support.commands import TODAY
from ui.render.pages import PAGES
from ui.render.streamlit import block_menu

ROWS = coverage_rows.read()
SHOWN = [row for row in ROWS if row.is_shown]
MOST_NOT_SHOWN = 8


def each(rows: list[Row]) -> Any:
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.item)


@pytest.fixture(scope="module")
def on_page(small_data_dir: Path) -> Iterator[Callable[[str], Seen]]:
    """Gives what a page shows in Thai on the demo, every fold open; each address is opened once."""
    pages: dict[str, Seen] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(f"{PREFIX}DATA_DIR", str(small_data_dir))
        patch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
        patch.setattr(st, "expander", _unfolded(st.expander))
        # The rows of a chart, which its menu shows: one click more.
        patch.setattr(block_menu, "_opened", lambda block: True)
        app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=SECONDS).run()

        def seen(address: str) -> Seen:
            if address not in pages:
                pages[address] = opened(app, address)
            return pages[address]

        yield seen


def _unfolded(expander: Callable[..., Any]) -> Callable[..., Any]:
    """What a fold holds is on the page: a visitor sees it with one click."""

    def unfolded(label: str, expanded: bool = False, **others: Any) -> Any:
        return expander(label, expanded=True, **others)

    return unfolded


def test_every_item_of_the_sources_has_one_row() -> None:
    assert [row.item for row in ROWS] == list(ITEMS)


@pytest.mark.skipif(
    not coverage_rows.SOURCES.is_file(),
    reason="the sources' own list is not part of the repository",
)
def test_the_sources_name_no_other_items() -> None:
    assert sorted(set(coverage_rows.items_of_the_sources())) == sorted(ITEMS)


@each(ROWS)
def test_a_row_has_a_page_and_a_test_or_an_accepted_reason(row: Row) -> None:
    assert row.owed, "say what must be shown"
    if row.is_shown:
        assert row.seen, "say which words of the page show it"
        assert row.test, "name the test behind it"
    else:
        assert row.page.startswith(NOT_SHOWN), f"write: {NOT_SHOWN}…"
        assert row.reason in ACCEPTED, f"the reasons that are accepted: {ACCEPTED}"


def test_few_items_are_left_out() -> None:
    assert len(ROWS) - len(SHOWN) <= MOST_NOT_SHOWN


@each(SHOWN)
def test_the_page_of_a_row_is_in_the_menu(row: Row) -> None:
    assert row.key in {page.key for page in PAGES}


@each(SHOWN)
def test_the_test_of_a_row_exists(row: Row) -> None:
    path, _, name = row.test.partition("::")
    assert (ROOT / path).is_file(), f"no such file: {path}"
    source = (ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"^def {re.escape(name)}\(", source, re.MULTILINE), f"no such test: {name}"


@pytest.mark.slow
@each(SHOWN)
def test_an_item_is_shown_on_its_page(on_page: Callable[[str], Seen], row: Row) -> None:
    seen = on_page(row.page)
    assert not seen.problems, seen.problems
    assert seen.title == t(f"page.{row.key}.title", "th"), "another page opened"
    missing = [words for words in row.seen if not _shown(words, seen)]
    assert not missing, f"{row.item} ({row.owed}) is not on the page {row.page}"


@pytest.mark.slow
def test_what_stands_around_a_page_is_no_content_of_it(on_page: Callable[[str], Seen]) -> None:
    seen = on_page("caseload")
    assert not seen.shows(t("filters.quarter.q1", "th")), "an option of a filter"
    assert not seen.shows(t("app.name", "th")), "the masthead"
    assert not seen.shows(t("page.lao.title", "th")), "the menu"


def test_a_short_word_counts_only_where_it_stands_alone() -> None:
    seen = Seen("", ("บ้านพักเด็กและครอบครัว", "แพทย์; ครู"), frozenset(), ())
    assert not seen.shows("เด็ก")
    assert seen.shows("ครู")
    assert seen.shows("พักเด็กและครอบครัว")


def _shown(words: str, seen: Seen) -> bool:
    kind, _, name = words.partition(":")
    if kind == "element":
        return name in seen.keys
    if kind == "indicator":
        assert name in registry.INDICATORS, f"no indicator is called {name}"
        keys = (f"figure.title.{name}", f"indicator.{name}.title")
        titles = [t(key, "th") for key in keys if has(key)]
        # A card writes the unit beside the number instead of in brackets behind the title.
        unit = f" ({t(f'unit.{registry.get(name).unit}', 'th')})"
        return any(seen.shows(title) or seen.shows(title.removesuffix(unit)) for title in titles)
    return seen.shows(words)
