"""One number per question: sentence, card, table, CSV and the data door agree, whatever is chosen.

Two hundred random filter combinations over all pages. What a page shows is taken from its blocks,
which every medium draws; what is right is asked of the door as `show` asks, area by area.
"""

import csv
import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from config import numbers
from config.settings import PREFIX
from data_access import queries
from data_access.indicators import registry
from data_access.indicators.kernel.engine import NotAnswerable
from data_access.indicators.kernel.query import Query
from data_access.schema.codes import CODES
from data_access.scope import Scope
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

COMBINATIONS = 200
SCOPE = Scope(nation=True)
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
def snapshot(demo_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> SnapshotInfo:
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(demo_data_dir))
    monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
    return current(demo_data_dir)


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


def view_of(codes: dict[str, str], snapshot: SnapshotInfo, rng: random.Random) -> View:
    years = queries.fiscal_years(scope=SCOPE, snapshot=snapshot)
    filters, _ = from_params(codes, snapshot.as_of, years)
    lang = rng.choice(("th", "en"))
    return View(filters=filters, lang=lang, theme="light", scope=SCOPE, snapshot=snapshot)


@lru_cache(maxsize=4000)
def asked(name: str, query: Query, path: Path, snapshot_id: str) -> pd.DataFrame | None:
    """What `show` gives; None where it refuses."""
    del path, snapshot_id  # parts of the key
    try:
        return queries.indicator(name, query, scope=SCOPE, snapshot=SNAPSHOTS[-1])
    except NotAnswerable:
        return None


SNAPSHOTS: list[SnapshotInfo] = []


def ask(name: str, query: Query, snapshot: SnapshotInfo) -> pd.DataFrame | None:
    SNAPSHOTS[:] = [snapshot]
    return asked(name, query, snapshot.path, snapshot.snapshot_id)


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


def check_figure(figure: Figure, view: View, roles: set[str | None], counted: Counted) -> None:
    """The card's cell is the door's cell: status, numerator, denominator and value."""
    rights = []
    for role in roles:
        frame = ask(figure.name, view.filters.query(role=role), view.snapshot)
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
        level = level_of(code)
        answers = [ask(name, wide.query(level, role=role), view.snapshot) for role in roles]
        rights = [a[a["area_code"] == code] for a in answers if a is not None]
        rights = [right.iloc[0] for right in rights if len(right)]
        if not rights:
            continue
        counted.cells += 1
        if not any(all(same(row[part], right[part]) for part in PARTS) for right in rights):
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


def check(entry: PageSpec, view: View, counted: Counted) -> None:
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
    check_sentence(document, view, counted)


@pytest.mark.slow
def test_two_hundred_random_filter_combinations_give_one_number(snapshot: SnapshotInfo) -> None:
    rng = random.Random(2569)
    districts = [d.code for d in registers.districts()]
    entries = [entry for entry in PAGES if not entry.roles]
    counted = Counted()
    for number in range(COMBINATIONS):
        view = view_of(random_codes(rng, districts), snapshot, rng)
        check(entries[number % len(entries)], view, counted)
    assert not counted.wrong, "\n".join(counted.wrong[:30])
    assert counted.figures > 5 * COMBINATIONS / 2
    assert counted.cells > 20 * COMBINATIONS
    assert counted.csv_cells > 20 * COMBINATIONS
    assert counted.sentences > COMBINATIONS
