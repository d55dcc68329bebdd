"""What a pointer can show on any page: words and units, never a name of our own making."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import vl_convert

from config.i18n import LANGS, Lang, t
from data_access import queries
from data_access.scope import Scope
from data_access.snapshot import current
from tests.support.commands import TODAY
from tests.support.documents import explorers, pictures
from ui.render.documents import page_of
from ui.render.pages import PAGES, spec
from ui.state.filter_state import from_params
from ui.state.page_context import View

Spec = dict[str, Any]
Unit = tuple[Spec, Any, list[Spec]]  # a mark with its encoding, its data, what is done to them
# Titles with a meaning of their own: the head of the card, and a picture in it.
HEADS = ("title", "image")
OURS = re.compile(r"[a-z][a-z0-9_]*")
BARE = re.compile(r"[\d,.]+")
TWO_COUNTS = re.compile(r"[\d,.]+ / [\d,.]+")
NO_WORDS = {"", "true", "false", "null", "undefined", "NaN", "None", "nan"}
AREAS: tuple[dict[str, str], ...] = ({}, {"province": "30"})
CHOICES: dict[str, tuple[dict[str, str], ...]] = {
    "province_map": (
        {},
        {"shape": "tiles"},
        {"indicator": "staffing_gap"},
        {"indicator": "follow_up_overdue", "measure": "count"},
        {"indicator": "volunteers_per_1000_households"},
    ),
    "map_compare": (
        *({"picture": name} for name in ("tiles", "years", "time", "two", "funnel")),
        {"measure": "target"},
        {"measure": "change", "shape": "real"},
        {"picture": "funnel", "indicator": "follow_up_completion"},
    ),
}
ASKED = [
    (page.key, area, choice)
    for page in PAGES
    for area in AREAS
    for choice in CHOICES.get(page.key, ({},))
]


def view_of(data_dir: Path, lang: Lang, filters: dict[str, str], options: dict[str, str]) -> View:
    """What a reader of the whole nation sees, with these filters and choices."""
    snapshot = current(data_dir)
    scope = Scope(nation=True)
    years = queries.fiscal_years(scope=scope, snapshot=snapshot)
    chosen, _ = from_params(filters, snapshot.as_of, years)
    return View(chosen, lang, "light", scope, snapshot, options, today=TODAY)


def units(part: Spec, data: Any = None, done: tuple[Spec, ...] = ()) -> Iterator[Unit]:
    """The marks of a spec, each with the data and transforms that reach it."""
    data, done = part.get("data", data), (*done, *part.get("transform", ()))
    for inside in part.get("layer", ()):
        yield from units(inside, data, done)
    if "mark" in part:
        yield part, data, list(done)


def cells(field: str, data: Any, done: list[Spec], whole: Spec) -> list[Any]:
    """What a field of a mark holds, calculated fields worked out by the drawing engine."""
    rows = data["values"] if "values" in data else whole["datasets"][data["name"]]
    if not any(step.get("as") == field for step in done):
        named = [step["from"] for step in done if "lookup" in step]
        rows = [*rows, *(row for one in named for row in one["data"].get("values", ()))]
        return [row[field] for row in rows if field in row]
    steps = [s for s in done if "values" in s.get("from", {}).get("data", ()) or "calculate" in s]
    text = {"text": {"field": field, "type": "nominal"}, "y": {"value": 0}}
    drawn = vl_convert.vegalite_to_svg(
        {"data": {"values": rows}, "transform": steps, "mark": "text", "encoding": text}
    )
    return re.findall(r">([^<>]*)</text>", drawn)


def faults_of(whole: Spec, lang: Lang) -> Iterator[str]:
    """What is wrong with the tooltips of a spec."""
    for unit, data, done in units(whole):
        lines = unit.get("encoding", {}).get("tooltip", "none")
        if lines == "none":
            mark = unit["mark"]
            if not isinstance(mark, dict) or mark.get("tooltip", "usual") is not None:
                yield f"a mark without a tooltip shows its fields: {mark}"
            continue
        if not isinstance(lines, list):
            yield f"no list of lines with titles: {lines}"
            continue
        for line in lines:
            title = line.get("title", "")
            if not title.strip() or (title not in HEADS and OURS.fullmatch(title)):
                yield f"no title in words: {line}"
            if line["type"] != "nominal":
                yield f"a number is written by the engine: {line}"
            if title != "image":
                yield from _values(title, cells(line["field"], data, done, whole), lang)


def _values(title: str, values: list[Any], lang: Lang) -> Iterator[str]:
    for value in values:
        if value is None:
            continue
        if not isinstance(value, str) or value in NO_WORDS:
            yield f"{title}: no words: {value!r}"
        elif title != "title" and BARE.fullmatch(value):
            yield f"{title}: no unit: {value!r}"
        elif TWO_COUNTS.fullmatch(value) and " / " not in title:
            yield f"{title}: two counts of what? {value!r}"
        elif value.startswith("1 : ") and title == t("chart.word.value", lang):
            yield f"{title}: a ratio of what? {value!r}"


# The quick run looks at each page of the country in Thai.
@pytest.mark.parametrize(
    ("key", "area", "choice", "lang"),
    [
        pytest.param(*asked, lang, marks=[pytest.mark.slow] * (lang != "th" or bool(asked[1])))
        for place, asked in enumerate(ASKED)
        # The words of a province's tooltips are those of the country: one language by turns.
        for lang in (LANGS if not asked[1] else LANGS[place % 2 :][:1])
    ],
)
def test_every_tooltip_of_every_page_is_words_and_units_under_titles(
    small_data_dir: Path, key: str, area: dict[str, str], choice: dict[str, str], lang: Lang
) -> None:
    page = page_of(spec(key), view_of(small_data_dir, lang, area, choice))
    found = {
        name: sorted(set(faults_of(dict(drawn), lang))) for name, drawn in pictures(page.blocks)
    }
    assert {name: faults[:6] for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_the_card_of_the_explorer_holds_words_only(small_data_dir: Path, lang: Lang) -> None:
    for show in ("districts", "sites"):
        view = view_of(small_data_dir, lang, {"province": "30"}, {"show": show})
        found = list(explorers(page_of(spec("province_map"), view).blocks))
        assert found
        for _, one in found:
            rows = [row for layer in one.deck.layers if isinstance(layer.data, list)
                    for row in layer.data if isinstance(row, dict)]  # fmt: skip
            assert rows
            assert not [row for row in rows if BARE.fullmatch(row["t"]) or row["t"] in NO_WORDS]


def test_a_tooltip_of_our_own_making_is_found() -> None:
    rows = {"rows": [{"at": 6, "told": "12", "tag": "82.3", "n": "1 / 2"}]}

    def of(**unit: Any) -> set[str]:
        whole = {"data": {"name": "rows"}, "datasets": rows, "layer": [{"mark": "bar", **unit}]}
        return {fault.split(":")[0] for fault in faults_of(whole, "en")}

    def line(field: str, title: str) -> Spec:
        return {"tooltip": [{"field": field, "title": title, "type": "nominal"}]}

    assert of() == {"a mark without a tooltip shows its fields"}
    assert of(mark={"type": "rule", "tooltip": None}) == set()
    assert of(encoding={"tooltip": {"value": True}}) == {"no list of lines with titles"}
    assert of(encoding=line("at", "at")) == {"no title in words", "at"}
    assert of(encoding=line("told", "Value")) == {"Value"}
    assert of(encoding=line("n", "Counted")) == {"Counted"}
    assert of(encoding=line("n", "Done / due")) == set()
