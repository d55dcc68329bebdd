"""Rows about clients that break a rule: on the page and in its files only for their own area."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pytest

from config.i18n import LANGS, Lang, t
from data_access.quality import RULES
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from geo import registers
from tests.pages.parts_of_pages import every_block
from tests.support.world import make
from ui.blocks import Table
from ui.render.documents import page_of
from ui.render.media import renderer
from ui.render.pages import spec
from ui.sections.quality import rows, section
from ui.state.filter_state import everything
from ui.state.page_context import View

DAY = date(2026, 9, 30)
PUBLIC = Scope(nation=True, hide_below=5)
EVERYWHERE = replace(PUBLIC, own_provinces=frozenset(registers.provinces_by_code()))
CHIANG_MAI = replace(PUBLIC, own_provinces=frozenset({"50"}))
# Row numbers that stand nowhere else on the page.
CLIENTS, OTHERS = {70_501: "50", 70_511: "51", 70_601: None}, {70_901: "57"}


@pytest.fixture(scope="module")
def info(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    made = make(tmp_path_factory.mktemp("quality"), {})
    with duckdb.connect(str(made.path)) as file:
        for table, rule, places in (
            ("cases", "closed_without_date", CLIENTS),
            ("volunteers", "volunteer_over_110_years", OTHERS),
        ):
            for number, province in places.items():
                row = (rule, "warn", table, number, "x", "seen", province)
                file.execute("INSERT INTO quality_results VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    return made


@pytest.fixture(scope="module")
def empty(info: SnapshotInfo, tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    """The same snapshot without the rows about clients."""
    path = tmp_path_factory.mktemp("none") / info.path.name
    path.write_bytes(info.path.read_bytes())
    with duckdb.connect(str(path)) as file:
        file.execute("DELETE FROM quality_results WHERE table_name = 'cases'")
    return replace(info, path=path)


def view(info: SnapshotInfo, scope: Scope, lang: Lang = "en", **chosen: Any) -> View:
    return View(replace(everything(DAY), **chosen), lang, "light", scope, info, today=DAY)


def tables(one: View) -> dict[str, Table]:
    blocks = every_block(section.page(one).blocks)
    return {block.key: block for block in blocks if isinstance(block, Table)}


def text(one: View) -> str:
    content = (renderer("text")(page_of(spec("quality"), one), one) or b"").decode("utf-8")
    return content.replace("\N{NO-BREAK SPACE}", " ")


def workbook(one: View) -> str:
    content = renderer("xlsx")(page_of(spec("quality"), one), one) or b""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    cells = (c for sheet in book for row in sheet.iter_rows(values_only=True) for c in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


def numbers_in(said: str) -> set[int]:
    return {int(n.replace(",", "")) for n in re.findall(r"70,?\d{3}", said)}


@pytest.mark.parametrize(
    ("scope", "listed"),
    [
        (PUBLIC, {*OTHERS}),
        (CHIANG_MAI, {*OTHERS, 70_501}),
        (EVERYWHERE, {*OTHERS, *CLIENTS}),
        (replace(PUBLIC, reveal=True), {*OTHERS, *CLIENTS}),
    ],
)
def test_page_and_files_list_rows_about_clients_in_own_areas_only(
    info: SnapshotInfo, scope: Scope, listed: set[int]
) -> None:
    one = view(info, scope)
    fixes = tables(one)["quality_fixes"]
    assert set(fixes.frame["row_number"]) == listed
    assert numbers_in(text(one)) == numbers_in(workbook(one)) == listed
    places = tables(one)["quality_by_province"].frame
    assert places["rows"].sum() == len(listed)
    said = t("page.quality.own_only", "en")
    missing = len(listed) < len(CLIENTS) + len(OTHERS)
    assert (said in fixes.caveat, said in text(one), said in workbook(one)) == (missing,) * 3


@pytest.mark.parametrize("scope", [PUBLIC, CHIANG_MAI, EVERYWHERE])
def test_rows_about_clients_are_counted_for_the_whole_country(
    info: SnapshotInfo, scope: Scope
) -> None:
    first = tables(view(info, scope))["quality_first"].frame.set_index("rule")
    title = t("quality.closed_without_date.title", "en")
    assert first.loc[title, "rows"] == len(CLIENTS)
    # In how many provinces they are is told to whoever may see in which.
    provinces = first.loc[title, "provinces"]
    assert (provinces == 2) if scope == EVERYWHERE else pd.isna(provinces)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "chosen",
    [
        {"province": "50"}, {"province": "52"}, {"region": "north"}, {"region": "south"},
        {"base": 76}, {"base": 76, "region": "central"},
    ],
    ids=str,
)  # fmt: skip
def test_no_part_of_the_country_tells_of_rows_about_clients(
    info: SnapshotInfo, empty: SnapshotInfo, chosen: dict[str, Any], lang: Lang
) -> None:
    """The page is the same where there are no such rows at all, and never says that."""
    said = text(view(info, PUBLIC, lang, **chosen))
    assert said == text(view(empty, PUBLIC, lang, **chosen))
    assert t("page.quality.own_only", lang) in said
    assert t("page.quality.for_data_staff_own", lang) in said
    assert t("page.quality.for_data_staff", lang, rows="0") not in said
    assert t("page.quality.sentence_clean", lang, rules=len(RULES)).replace("**", "") not in said
    assert t("quality.closed_without_date.title", lang) not in said


def test_inside_the_own_area_the_page_is_whole(info: SnapshotInfo) -> None:
    one = view(info, CHIANG_MAI, province="50", region="north")
    assert not rows.some_not_told(one)
    assert t("page.quality.own_only", "en") not in text(one)
    assert t("quality.closed_without_date.title", "en") in text(one)
    elsewhere = view(info, CHIANG_MAI, province="51", region="north")
    assert t("quality.closed_without_date.title", "en") not in text(elsewhere)


def test_a_country_without_a_faulty_row_withholds_nothing(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    clean = view(make(tmp_path_factory.mktemp("clean"), {}), PUBLIC)
    assert t("page.quality.own_only", "en") not in text(clean)
