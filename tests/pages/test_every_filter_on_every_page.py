"""Every page × every filter: each figure, chart, map, table and list follows it, or says it does
not; and what says so is not changed by it."""

import json
from collections.abc import Iterator
from functools import cache

import pytest

from config.i18n import LANGS, Lang, t
from data_access import queries
from data_access.filters import FILTERS, PLACES, Filter
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from geo import registers
from tests.pages.parts_of_pages import Part, parts
from tests.support.commands import TODAY
from ui.render.documents import page_of
from ui.render.pages import PAGES, PageSpec, spec
from ui.render.parts import Part as FilePart
from ui.render.parts import part_of
from ui.render.text import WRITERS
from ui.state.filter_state import from_params
from ui.state.page_context import View

Codes = dict[str, str]
EVERYBODY = Scope(
    nation=True, reveal=True, own_provinces=frozenset(p.code for p in registers.provinces())
)
# Each filter with values to choose and what stands in the address without it: a district lies in
# its province, which is chosen with it. What one value leaves as it is by chance another changes.
CHOSEN: dict[Filter, tuple[tuple[Codes, Codes], ...]] = {
    Filter.FISCAL_YEAR: (({"fy": "2568"}, {}), ({"fy": "2566"}, {})),
    Filter.QUARTER: (({"q": "1"}, {}), ({"q": "2"}, {})),
    Filter.REGION: (({"region": "north"}, {}), ({"region": "south"}, {})),
    Filter.PROVINCE: (
        ({"province": "50"}, {"region": "north"}),
        ({"province": "57"}, {"region": "north"}),
    ),
    Filter.DISTRICT: tuple(
        ({"district": d}, {"province": d[:2]}) for d in ("5002", "1001", "5701")
    ),
    Filter.TARGET_GROUP: (({"group": "elder"}, {}), ({"group": "child"}, {})),
    Filter.BASE: (({"base": "76"}, {}),),
}
# A page's own choices by which it shows other blocks.
OPTIONS: dict[str, tuple[Codes, ...]] = {
    "map_compare": tuple({"picture": one} for one in ("tiles", "years", "time", "two")),
    "province_map": ({}, {"indicator": "training_coverage", "shape": "tiles", "show": "sites"}),
}
# What a filter leaves as it is although it is followed, and why that is right.
MAY_STAY = {
    ("balance", Filter.BASE, "list balance_invitations"): "no planned cohort is meant for Bangkok",
    ("balance", Filter.BASE, "table balance_cohorts"): "no planned cohort is meant for Bangkok",
    ("balance", Filter.QUARTER, "table balance_cohorts"): "none with free seats begins this year",
    ("area", Filter.PROVINCE, "row Difference from published figures"): "refused, as for a region",
}
# What follows a filter in one of its columns only; its caveat (a text key) says so.
HALVES = {
    ("quality", Filter.FISCAL_YEAR, "table quality_first"): "page.quality.effects_caveat",
    ("quality", Filter.QUARTER, "table quality_first"): "page.quality.effects_caveat",
}


NO_FILE = FilePart("block")


class Walk:
    """The pages of one snapshot, each made once for each choice."""

    def __init__(self, snapshot: SnapshotInfo) -> None:
        self.snapshot = snapshot
        self.years = queries.fiscal_years(scope=EVERYBODY, snapshot=snapshot)
        self.parts = cache(self._parts)

    def view(self, codes: Codes, options: Codes, lang: Lang) -> View:
        filters, unused = from_params(codes, self.snapshot.as_of, self.years)
        assert not unused, unused
        return View(filters, lang, "light", EVERYBODY, self.snapshot, options=options, today=TODAY)

    def _parts(self, entry: PageSpec, codes: str, options: str) -> dict[str, Part]:
        view = self.view(json.loads(codes), json.loads(options), lang_of(entry))
        return {part.name: part for part in parts(page_of(entry, view), view)}

    def shown(self, entry: PageSpec, codes: Codes, options: Codes) -> dict[str, Part]:
        return self.parts(entry, json.dumps(codes), json.dumps(options))


def lang_of(entry: PageSpec) -> Lang:
    """Half of the pages are read in each language: the sentence is one function for both."""
    return LANGS[PAGES.index(entry) % len(LANGS)]


def names_it(said: str, one: Filter, lang: Lang) -> bool:
    """Whether a sentence names a filter; several levels of area are called the area."""
    words = [FILTERS[one].words, *(["filter_name.area"] if one in PLACES else [])]
    return any(t(key, lang) in said for key in words)


def must(entry: PageSpec, one: Filter, name: str) -> bool:
    """Whether a part must change; words in the place of a picture say that there is nothing to
    rank, which may stay so."""
    return (entry.key, one, name) not in MAY_STAY and not name.startswith("words ")


def faults(walk: Walk, entry: PageSpec, options: Codes, one: Filter) -> Iterator[str]:
    """What is wrong on one page with one filter."""
    lang, plain = lang_of(entry), walk.shown(entry, {}, options)
    silent: set[str] = set()
    for codes, without in CHOSEN[one]:
        first = (codes, without) == CHOSEN[one][0]
        if not (first or silent):
            break  # every part has changed already
        found, before = (walk.shown(entry, c, options) for c in (codes, without))
        same = {n for n, p in found.items() if n in before and p.numbers == before[n].numbers}
        said = {n for n, p in found.items() if names_it(p.not_followed, one, lang)}
        silent = (silent & same) if not first else {n for n in same - said if must(entry, one, n)}
        for name in sorted((said & set(before)) - same):
            # Where no level of area is followed, the part is that of the whole country.
            whole = name in plain and found[name].numbers == plain[name].numbers
            if not whole and (entry.key, one, name) not in HALVES:
                yield f"{entry.key} {one} {name}: “{found[name].not_followed}”, and yet it changes"
    for name in sorted(silent):
        yield f"{entry.key} {one} {name}: nothing changes, and nothing is said"


def unsaid(walk: Walk, entry: PageSpec, options: Codes, codes: Codes) -> Iterator[str]:
    """What a part says it does not follow, where text or files leave that out."""
    view = walk.view(codes, options, lang_of(entry))
    for part in walk.shown(entry, codes, options).values():
        block, said = part.light, part.not_followed
        if not said:
            continue
        if said not in "\n".join(WRITERS[type(block)](block, view)):
            yield f"{entry.key} {codes} {part.name}: not in the text"
        made = part_of(block, view.lang)
        if made == NO_FILE:
            continue  # a map of points without rows is in none
        cells = [cell.text for row in made.grid.rows for cell in row] if made.grid else []
        held = [made.grid.not_followed, *cells] if made.grid else [made.text]
        if not any(said in words for words in held):
            yield f"{entry.key} {codes} {part.name}: not in files"


@pytest.mark.slow
def test_every_part_of_every_page_follows_a_filter_or_says_it_does_not(
    dense: SnapshotInfo,
) -> None:
    walk, wrong, looked_at = Walk(dense), [], 0
    for entry in PAGES:
        if not page_of(entry, walk.view({}, {}, lang_of(entry))).filters:
            continue  # no filters stand above it, and none is in its line of filters
        for options in OPTIONS.get(entry.key, ({},)):
            looked_at += len(walk.shown(entry, {}, options))
            for one, choices in CHOSEN.items():
                wrong += faults(walk, entry, options, one)
                wrong += unsaid(walk, entry, options, choices[0][0])
    assert not wrong, "\n".join(wrong)
    assert looked_at > 200
    for page, _, name in HALVES:
        entry = spec(page)
        said = walk.shown(entry, {}, {})[name].light
        key = HALVES[page, Filter.QUARTER, name]
        assert t(key, lang_of(entry)) in getattr(said, "caveat", "")


def test_every_filter_that_pages_offer_is_walked() -> None:
    assert set(CHOSEN) == {one for one, filter_ in FILTERS.items() if filter_.parameter}
