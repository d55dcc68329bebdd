"""A deck of slides as a small file: which page or block, with which filters, title and notes.

A deck holds no number: what stands on a slide is asked for when it is shown. It is read strictly,
for it may come from anybody: all problems are collected, each with file, slide, what was seen and
what to do. What a deck says is plain text, and codes are codes of the address bar.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from config.i18n import LANGS, Lang, t
from ui.render.pages import PAGES
from ui.state.filter_state import PARAMS

FOLDER = Path(__file__).parents[2] / "config" / "decks"
MOST_SLIDES = 60
LONGEST = {"title": 160, "notes": 3_000, "points": 240}
LARGEST = 200_000  # characters of a whole file
MOST_POINTS = 8
NAMES = ("figures", "columns")
FIGURES = "figures"  # the block of a page's cards, which has no key of its own
_CODE = re.compile(r"[A-Za-z0-9_.,-]{1,80}")
_NAME = re.compile(r"[a-z0-9_]{1,60}")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

Words = Mapping[Lang, str]


@dataclass(frozen=True)
class Slide:
    """One slide: a block of a page (its sentence and figures where none is named), or points.

    `filters` and `options` are codes of the address bar, `figures` the cards shown of a row of
    them, `columns` those of a table. A title that is empty is the block's own.
    """

    page: str = ""
    block: str = ""
    figures: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    title: Words = field(default_factory=dict)
    notes: Words = field(default_factory=dict)
    points: Mapping[Lang, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Deck:
    """A deck: its name (of the file, without ending), its title and its slides in order."""

    name: str
    title: Words
    slides: tuple[Slide, ...] = ()

    def with_slides(self, slides: tuple[Slide, ...]) -> "Deck":
        """Give the same deck with other slides."""
        return replace(self, slides=slides)


@dataclass(frozen=True)
class Problem:
    """One mistake of a deck file: on which slide (0 for the head), the rule, and what was seen."""

    file: str
    slide: int
    rule: str
    value: str = ""
    expectation: str = ""

    def text(self, lang: Lang) -> str:
        """Give the sentence: file, slide, what was seen, what to do."""
        place = "slide" if self.slide else "head"
        where = t(f"deck.problem.{place}", lang, file=self.file, slide=self.slide)
        seen = CONTROL.sub("·", self.value)[:80]
        return t(f"deck.problem.{self.rule}", lang, where=where, seen=seen, wanted=self.expectation)


class DeckProblem(Exception):
    """A deck that cannot be used, with everything that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(one.text("en") for one in problems))
        self.problems = problems


@lru_cache(maxsize=1)
def ready() -> Mapping[str, Deck]:
    """Give the decks that come with the product by name, in the order of their files' names."""
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        name = path.stem.partition("_")[2]
        found[name] = read(path.read_text(encoding="utf-8"), name, path.name)
    return found


def read(text: str, name: str, file: str) -> Deck:
    """Give the deck that a text says; raises DeckProblem with all that is wrong with it."""
    if len(text) > LARGEST:
        raise DeckProblem((Problem(file, 0, "too_large", f"{len(text):,}", f"{LARGEST:,}"),))
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise DeckProblem((Problem(file, 0, "no_toml", str(wrong)),)) from wrong
    reader = _Reader(file)
    deck = reader.deck(table, name)
    if reader.problems:
        raise DeckProblem(tuple(reader.problems))
    return deck


def deck_text(deck: Deck) -> str:
    """Give a deck as the text of its file; reading it gives the same deck."""
    lines = [*_written_words("title", deck.title)]
    for slide in deck.slides:
        lines += ["", "[[slide]]", *_written_slide(slide)]
    return "\n".join(lines) + "\n"


def _written_slide(slide: Slide) -> Iterator[str]:
    for name in ("page", "block"):
        if code := getattr(slide, name):
            yield f"{name} = {_toml_text(code)}"
    for name in NAMES:
        if names := getattr(slide, name):
            yield f"{name} = {_toml_text(list(names))}"
    for name in ("filters", "options"):
        if codes := getattr(slide, name):
            pairs = ", ".join(f"{key} = {_toml_text(code)}" for key, code in codes.items())
            yield f"{name} = {{ {pairs} }}"
    yield from _written_words("title", slide.title)
    for lang, points in slide.points.items():
        yield f"points_{lang} = {_toml_text(list(points))}"
    yield from _written_words("notes", slide.notes)


def _written_words(name: str, words: Words) -> Iterator[str]:
    for lang in LANGS:
        if text := words.get(lang):
            yield f"{name}_{lang} = {_toml_text(text)}"


def _toml_text(content: str | list[str]) -> str:
    # A string of JSON is one of TOML: controls, which they write differently, are never in it.
    return json.dumps(content, ensure_ascii=False)


class _Reader:
    """Reads one file and notes every problem on its way."""

    def __init__(self, file: str) -> None:
        self.file, self.slide = file, 0
        self.problems: list[Problem] = []

    def deck(self, table: Mapping[str, Any], name: str) -> Deck:
        self._check_names(table, {"slide", "title_th", "title_en"})
        title = self._words(table, "title")
        if not title:
            self._wrong("no_title")
        given = table.get("slide", [])
        if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
            self._wrong("no_slides", str(given))
            given = []
        if not given:
            self._wrong("no_slides", "0")
        if len(given) > MOST_SLIDES:
            self._wrong("too_many", str(len(given)), str(MOST_SLIDES))
        slides = []
        for self.slide, one in enumerate(given[:MOST_SLIDES], start=1):
            slides.append(self._slide(one))
        return Deck(name, title, tuple(slides))

    def _slide(self, table: Mapping[str, Any]) -> Slide:
        words = {f"{name}_{lang}" for name in ("title", "notes", "points") for lang in LANGS}
        self._check_names(table, {"page", "block", *NAMES, "filters", "options", *words})
        page, block = self._name(table, "page"), self._name(table, "block")
        pages = [entry.key for entry in PAGES if not entry.roles]
        if page and page not in pages:
            self._wrong("unknown_page", page, ", ".join(pages))
        points = {lang: self._list(table, f"points_{lang}", "points") for lang in LANGS}
        title = self._words(table, "title")
        if not page and (not any(points.values()) or not title):
            self._wrong("nothing_to_show")
        if block and not page:
            self._wrong("block_without_page", block)
        return Slide(
            page=page,
            block=block,
            figures=self._list(table, "figures", "figures"),
            columns=self._list(table, "columns", "columns"),
            filters=self._codes(table, "filters", PARAMS),
            options=self._codes(table, "options", ()),
            title=title,
            notes=self._words(table, "notes"),
            points={lang: lines for lang, lines in points.items() if lines},
        )

    def _wrong(self, rule: str, value: str = "", expectation: str = "") -> None:
        self.problems.append(Problem(self.file, self.slide, rule, value, expectation))

    def _check_names(self, table: Mapping[str, Any], names: set[str]) -> None:
        for name in sorted(table.keys() - names):
            self._wrong("unknown_field", name, ", ".join(sorted(names)))

    def _name(self, table: Mapping[str, Any], name: str) -> str:
        code = table.get(name, "")
        if isinstance(code, str) and (not code or _NAME.fullmatch(code)):
            return code
        self._wrong("no_code", f"{name} = {code!r}")
        return ""

    def _words(self, table: Mapping[str, Any], name: str) -> Words:
        """The texts of a field in both languages; either both of them or none."""
        given = {lang: table[f"{name}_{lang}"] for lang in LANGS if f"{name}_{lang}" in table}
        for lang, text in given.items():
            self._text(f"{name}_{lang}", text, LONGEST[name])
        if len(given) == 1:
            (only,) = given
            other = next(lang for lang in LANGS if lang != only)
            self._wrong("one_language", f"{name}_{only}", f"{name}_{other}")
        return {lang: text for lang, text in given.items() if isinstance(text, str)}

    def _text(self, name: str, text: Any, longest: int) -> bool:
        if not isinstance(text, str) or not text.strip():
            self._wrong("no_text", f"{name} = {text!r}")
            return False
        if len(text) > longest:
            self._wrong("too_long", f"{name} ({len(text):,})", f"{longest:,}")
        if CONTROL.search(text):
            self._wrong("control", name)
        return True

    def _list(self, table: Mapping[str, Any], name: str, kind: str) -> tuple[str, ...]:
        given = table.get(name, [])
        if not isinstance(given, list):
            self._wrong("no_list", f"{name} = {given!r}")
            return ()
        if len(given) > MOST_POINTS:
            self._wrong("too_many_points", f"{name} ({len(given)})", str(MOST_POINTS))
        if kind in NAMES:
            wrong = [one for one in given if not (isinstance(one, str) and _NAME.fullmatch(one))]
            for one in wrong:
                self._wrong("no_code", f"{name} = {one!r}")
            return tuple(one for one in given if one not in wrong)
        return tuple(one for one in given if self._text(name, one, LONGEST[kind]))

    def _codes(
        self, table: Mapping[str, Any], name: str, names: tuple[str, ...]
    ) -> Mapping[str, str]:
        given = table.get(name, {})
        if not isinstance(given, dict):
            self._wrong("no_codes", f"{name} = {given!r}")
            return {}
        for key, code in given.items():
            if (names and key not in names) or not _NAME.fullmatch(key):
                self._wrong("unknown_filter", str(key), ", ".join(names or ("list", "measure")))
            elif not isinstance(code, str) or not _CODE.fullmatch(code):
                self._wrong("no_code", f"{name}.{key} = {code!r}")
        return {key: code for key, code in given.items() if isinstance(code, str)}
