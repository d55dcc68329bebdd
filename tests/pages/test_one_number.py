"""One number per question: sentence, card, table, CSV and the data door agree, whatever is chosen.

Random filter combinations over all pages: a few here, two hundred by `make compare`, which prints
how much was compared. What a page shows is taken from its blocks, which every medium draws; what
is right is asked of the door as `show` asks, area by area.
"""

import csv
import io
import logging
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import pandas as pd
import pytest

from config import numbers
from config.i18n import LANGS
from config.settings import PREFIX
from data_access import queries
from data_access.indicators import registry
from data_access.indicators.kernel.engine import NotAnswerable
from data_access.indicators.kernel.query import Area, Query
from data_access.schema.codes import CODES
from data_access.scope import Scope
from data_access.small_base import is_small
from data_access.snapshot import SnapshotInfo, current
from geo import registers
from geo.levels import level_of
from tests.support.commands import TODAY
from ui import blocks
from ui.blocks import Block, Page, Tabular
from ui.render.csv_file import csv_bytes
from ui.render.documents import page_of
from ui.render.pages import PAGES, PageSpec
from ui.render.text import render
from ui.state.filter_state import from_params
from ui.state.page_context import View
from ui.text.figures import Figure

LOG = logging.getLogger(__name__)
COMBINATIONS = int(os.environ.get("COMPARE_COMBINATIONS", "36"))
# Writing a whole page as text takes longer than all else: here it is done for some of them.
SENTENCE_EVERY = 1 if COMBINATIONS >= 200 else 5
# Whose own country it all is; every twentieth combination is the public's, with hidden cells.
OWNER = Scope(nation=True, own_provinces=frozenset(p.code for p in registers.provinces()))
PUBLIC = Scope(nation=True)
PUBLIC_EVERY = 20
# Counted to today, not to the day of the data: no question of `show` with the same filters.
OF_TODAY = {"days_since_load"}
# Their sentence speaks of the chosen area or of the registry, their pictures of what is inside it.
SENTENCE_ALONE = {"province_map", "map_compare", "indicators"}
PARTS = ("numerator", "denominator", "value")


@dataclass
class Counted:
    """How much was compared, and what differed."""

    figures: int = 0
    cells: int = 0
    csv_cells: int = 0
    sentences: int = 0
    wrong: list[str] = field(default_factory=list)


@pytest.fixture
def snapshot(small_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> SnapshotInfo:
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(small_data_dir))
    monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
    return current(small_data_dir)


def random_codes(rng: random.Random, districts: list[str]) -> dict[str, str]:
    """Codes of an address bar in an odd combination; a filter is there every third time."""
    place: dict[str, str] = {}
    match rng.randrange(5):
        case 0:
            place = {"region": rng.choice(list(registers.REGIONS))}
        case 1 | 2:
            place = {"province": rng.choice([p.code for p in registers.provinces()])}
        case 3:
            place = {"district": rng.choice(districts)}
    codes = {"fy": str(rng.choice((2569, 2569, 2568, 2567))), **place}
    if rng.random() < 0.3:
        codes["q"] = str(rng.randint(1, 4))
    if rng.random() < 0.3:
        codes["group"] = rng.choice(CODES["target_group"])
    if rng.random() < 0.3:
        codes["base"] = "76"
    return codes


def view_of(
    codes: dict[str, str], snapshot: SnapshotInfo, scope: Scope, rng: random.Random
) -> View:
    years = queries.fiscal_years(scope=scope, snapshot=snapshot)
    filters, _ = from_params(codes, snapshot.as_of, years)
    lang = rng.choice(LANGS)
    return View(filters=filters, lang=lang, theme="light", scope=scope, snapshot=snapshot)


@lru_cache(maxsize=4000)
def ask(name: str, query: Query, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame | None:
    """What `show` gives; None where it refuses."""
    try:
        return queries.indicator(name, query, scope=scope, snapshot=snapshot)
    except NotAnswerable:
        return None


def inside(parts: Any) -> Iterator[Block]:
    """Every block of a page, those in containers and behind folds too."""
    for part in parts:
        yield part
        match part:
            case blocks.Columns():
                for cell in part.cells:
                    yield from inside(cell)
            case blocks.Details() | blocks.Lazy():
                yield from inside(part.blocks())
            case blocks.Tabs():
                yield from inside(part.blocks[part.now]())
            case blocks.Row() | blocks.Group():
                yield from inside(part.blocks)


def figures_of(block: Block) -> list[Figure]:
    if isinstance(block, blocks.Figures):
        return list(block.figures)
    if isinstance(block, blocks.FigureTable):
        return [figure for part in block.parts.values() for figure in part]
    return []


def same(left: Any, right: Any) -> bool:
    if numbers.is_missing(left) or numbers.is_missing(right):
        return numbers.is_missing(left) and numbers.is_missing(right)
    return abs(float(left) - float(right)) < 1e-9


def agrees(row: dict[str, Any], right: Any, part: str, name: str) -> bool:
    """A cell of a table is the door's; a value of a small base is left out of it."""
    small = part == "value" and is_small(right["denominator"], registry.get(name))
    return same(row[part], right[part]) or (small and numbers.is_missing(row[part]))


def check_figure(figure: Figure, view: View, roles: set[str | None], counted: Counted) -> None:
    """The card's cell is the door's cell: status, numerator, denominator and value."""
    rights = []
    for role in roles:
        frame = ask(figure.name, view.filters.query(role=role), view.scope, view.snapshot)
        if frame is None or len(frame) != 1:
            rights.append(("refused", None, None, None))
            continue
        row = frame.iloc[0]
        rights.append((str(row["status"]), *(row[part] for part in PARTS)))
    counted.figures += 1
    shown = (figure.status, *(getattr(figure, part) for part in PARTS))
    for right in rights:
        if right[0] == "refused" and figure.status != "shown":
            return
        if right[0] == shown[0] and all(map(same, right[1:], shown[1:])):
            return
    counted.wrong.append(f"{figure.name} {view.filters}: card {shown}, show {rights}")


def check_rows(
    block: Tabular, frame: pd.DataFrame, view: View, roles: set[str | None], counted: Counted
) -> None:
    """Rows of areas are the door's rows of the same areas; several rows of one are a breakdown."""
    name = block.about
    if name not in registry.INDICATORS or not {"area_code", *PARTS} <= set(frame.columns):
        return
    if {"period", "year", "series", "group"} & set(frame.columns):
        return  # series: their last period is compared by the cards
    if frame["area_code"].duplicated().any() or frame["area_code"].isna().any():
        return
    wide = replace(view.filters, region=None, province=None, district=None)
    for row in frame.to_dict("records"):
        code = str(row["area_code"])
        level = cast(Area, level_of(code).name)
        queries_of = [wide.query(level, role=role) for role in roles]
        answers = [ask(name, query, view.scope, view.snapshot) for query in queries_of]
        rights = [a[a["area_code"] == code] for a in answers if a is not None]
        rights = [right.iloc[0] for right in rights if len(right)]
        if not rights:
            continue
        counted.cells += 1
        if not any(all(agrees(row, right, part, name) for part in PARTS) for right in rights):
            shown = [row[part] for part in PARTS]
            wanted = [[right["status"], *[right[part] for part in PARTS]] for right in rights]
            counted.wrong.append(f"{block.key} {code} {view.filters}: table {shown}, show {wanted}")


def check_csv(block: Tabular, frame: pd.DataFrame, counted: Counted) -> None:
    """The file holds the numbers of the table, unrounded, and nothing else."""
    names = {column.name: column.label for column in block.columns if column.name in frame}
    if not names or frame.empty:
        return
    text = csv_bytes(frame, names, block.provenance).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text)))
    for row, cells in zip(frame.to_dict("records"), read[1:], strict=False):
        for (column, _), cell in zip(names.items(), cells, strict=True):
            value = row[column]
            if isinstance(value, str | list | tuple) or value is None:
                continue
            counted.csv_cells += 1
            if not same(value, float(cell) if cell else None):
                counted.wrong.append(f"{block.key}.{column}: table {value!r}, CSV {cell!r}")


def check_sentence(document: Page, view: View, counted: Counted) -> None:
    """Every number that the sentence stresses stands in a card or a table of the page."""
    if document.key in SENTENCE_ALONE:
        return
    lines = render(replace(document, lead=""), view).decode()
    waiting = [
        str(figure.denominator - figure.numerator)
        for block in inside(document.blocks)
        for figure in figures_of(block)
        if figure.denominator is not None and figure.numerator is not None
    ]
    body = re.sub("[\u00a0\u2060, ]", "", "\n".join([lines, *waiting]))
    for part in re.findall(r"\*\*(.+?)\*\*", document.lead):
        for number in re.findall(r"\d[\d,]*(?:\.\d+)?", part):
            counted.sentences += 1
            if number.replace(",", "") not in body:
                counted.wrong.append(f"{document.key} {view.filters}: “{part}” is nowhere else")


def check(entry: PageSpec, view: View, counted: Counted, *, sentence: bool) -> None:
    document = page_of(entry, view)
    section = import_module(entry.section)
    roles = {None, getattr(section, "ROLE", None)}
    for block in inside((*document.above, *document.blocks)):
        for figure in figures_of(block):
            if figure.name not in OF_TODAY:
                check_figure(figure, view, roles, counted)
        if isinstance(block, Tabular):
            frame = block.rows()
            check_rows(block, frame, view, roles, counted)
            check_csv(block, frame, counted)
    if sentence:
        check_sentence(document, view, counted)


@pytest.mark.slow
def test_random_filter_combinations_give_one_number(snapshot: SnapshotInfo) -> None:
    rng = random.Random(2569)
    districts = [d.code for d in registers.districts()]
    entries = [entry for entry in PAGES if not entry.roles]
    counted = Counted()
    for number in range(COMBINATIONS):
        scope = OWNER if number % PUBLIC_EVERY else PUBLIC
        view = view_of(random_codes(rng, districts), snapshot, scope, rng)
        said = number % SENTENCE_EVERY == 0
        check(entries[number % len(entries)], view, counted, sentence=said)
    counts = f"{counted.figures} figures, {counted.cells} cells, {counted.csv_cells} CSV cells"
    LOG.info("%s combinations: %s, %s in sentences", COMBINATIONS, counts, counted.sentences)
    assert not counted.wrong, "\n".join(counted.wrong[:30])
    assert counted.figures > 5 * COMBINATIONS / 2
    assert counted.cells > 10 * COMBINATIONS
    assert counted.csv_cells > 20 * COMBINATIONS
    assert counted.sentences > COMBINATIONS / SENTENCE_EVERY
