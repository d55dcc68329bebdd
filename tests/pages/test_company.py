"""Ranked pictures set against similar provinces, the region or the country; their list of names."""

from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
import pytest

from config.i18n import LANGS, t
from config.neighbours import neighbour_rules
from config.thai_calendar import fiscal_year_of
from data_access import neighbours, queries, snapshot
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from geo import registers
from tests.pages.parts_of_pages import every_block
from tests.support.commands import TODAY
from ui.blocks import Chart, Choice, List, Page, Table
from ui.queries import company
from ui.render.media import renderer
from ui.sections.area import alike, beside_alike, section
from ui.sections.lao import section as lao
from ui.sections.map_compare import section as map_compare
from ui.sections.quality import section as quality
from ui.sections.shared import priority
from ui.sections.volunteers import counts
from ui.state.filter_state import everything
from ui.state.page_context import View

PUBLIC = Scope(nation=True, hide_below=5)
RATIO = "families_per_case_manager"


@pytest.fixture(scope="module")
def info(small_data_dir: Path) -> SnapshotInfo:
    return snapshot.current(small_data_dir)


def view_of(info: SnapshotInfo, area: str = "TH", lang: Any = "th", **options: str) -> View:
    filters = everything(info.as_of).at(area)
    return View(filters, lang, "light", PUBLIC, info, options=options, today=TODAY)


def published(
    info: SnapshotInfo, name: str, area: str, role: str | None = None
) -> dict[str, float]:
    """The values that the door shows at a level, on a base that says something."""
    query = Query(info.as_of, area=area, span=fiscal_year_of(info.as_of).span, role=role)  # type: ignore[arg-type]  # a level
    frame = queries.indicator(name, query, scope=PUBLIC, snapshot=info)
    shown = frame[frame["status"] == "shown"]
    if name != RATIO:
        shown = shown[shown["denominator"] >= 20]
    return dict(zip(shown["area_code"], shown["value"].astype(float), strict=True))


def ranked(view: View, name: str = RATIO) -> tuple[Chart, list[Choice]]:
    blocks = list(every_block((priority.areas(view, name, key="ranked", line=10),)))
    (chart,) = [block for block in blocks if isinstance(block, Chart)]
    return chart, [block for block in blocks if isinstance(block, Choice)]


def drawn(chart: Chart) -> dict[str, float | None]:
    """The strokes of a picture by area; rows that are kept are Arrow."""
    import pyarrow as pa

    rows = chart.spec()["datasets"]["shown"]
    held = pa.ipc.open_stream(rows).read_all().to_pylist() if isinstance(rows, bytes) else rows
    return {row["code"]: row["mark"] for row in held}


def test_each_province_is_set_against_the_median_of_its_own_neighbours(info: SnapshotInfo) -> None:
    chart, _ = ranked(view_of(info, ranked_mark="neighbours"))
    values = published(info, RATIO, "province")
    similar = neighbours.similar_provinces(scope=PUBLIC, snapshot=info)
    rows = chart.rows()
    assert len(rows) == 77
    for code, mark in zip(rows["area_code"], rows["against"], strict=True):
        near = similar.loc[similar["province_code"] == code, "neighbour_code"]
        known = [values[one] for one in near if one in values]
        if len(known) >= neighbour_rules().least_shown:
            assert mark == pytest.approx(median(known))
        else:
            assert pd.isna(mark)
    marks = drawn(chart)
    table = rows.set_index("area_code")["against"]
    assert marks
    for code, mark in marks.items():
        assert mark is None if pd.isna(table[code]) else mark == pytest.approx(table[code])


@pytest.mark.parametrize("mark", ["region", "country"])
def test_a_province_is_set_against_what_the_door_shows_of_its_region_or_country(
    info: SnapshotInfo, mark: str
) -> None:
    chart, _ = ranked(view_of(info, ranked_mark=mark))
    values = published(info, RATIO, mark)
    rows = chart.rows()
    for code, number in zip(rows["area_code"], rows["against"], strict=True):
        home = registers.region_of(code) if mark == "region" else "TH"
        assert number == pytest.approx(values[home])
    assert t(f"company.note.{mark}", "th") in chart.note


def test_districts_are_set_against_what_their_province_is(info: SnapshotInfo) -> None:
    view = view_of(info, "30", quality_complete_mark="neighbours")
    (chart,) = [
        block
        for block in every_block(quality.charts(view))
        if isinstance(block, Chart) and block.key == "quality_complete"
    ]
    values = published(info, quality.COMPLETE, "province")
    similar = neighbours.similar_provinces(scope=PUBLIC, snapshot=info)
    near = similar.loc[similar["province_code"] == "30", "neighbour_code"]
    wanted = median([values[code] for code in near if code in values])
    rows = chart.rows()
    assert set(rows["area_code"].str[:2]) == {"30"}
    assert rows["against"].tolist() == pytest.approx([wanted] * len(rows))
    for code in near:
        assert registers.province(code).name_th in chart.note
    assert ("เว้นไว้" in chart.note) == bool(set(near) - set(values)), "no count of nothing"


def test_nothing_is_marked_unless_asked_and_a_foreign_code_is_said(info: SnapshotInfo) -> None:
    plain, choices = ranked(view_of(info))
    assert "against" not in plain.rows()
    assert [one.param for one in choices] == ["ranked_by", "ranked_mark"]
    assert [*choices[1].options] == ["own", "neighbours", "region", "country"]
    odd = view_of(info, ranked_mark="everybody")
    ranked(odd)
    assert [one.param for one in odd.ignored_codes] == ["ranked_mark"]


def test_numbers_of_people_are_set_against_no_sum_and_orders_of_counts_against_nothing(
    info: SnapshotInfo,
) -> None:
    _, choices = ranked(view_of(info), "staffing_gap")
    assert [*choices[-1].options] == ["own", "neighbours"]
    _, counted = ranked(view_of(info, ranked_by="missing"))
    assert [one.param for one in counted] == ["ranked_by"]


def test_staff_of_one_role_are_set_against_staff_of_that_role(info: SnapshotInfo) -> None:
    view = view_of(info, lao_by_area_mark="country")
    charts = [
        block
        for block in every_block(lao.page(view).blocks)
        if isinstance(block, Chart) and block.key == "lao_by_area"
    ]
    values = published(info, lao.WITHOUT_DEGREE, "country", lao.ROLE)
    for chart in charts:
        rows = chart.rows()
        assert rows["against"].tolist() == pytest.approx([values["TH"]] * len(rows))


def test_other_ranked_pictures_and_the_table_of_provinces_have_the_switch(
    info: SnapshotInfo,
) -> None:
    view = view_of(info, volunteers_thinnest_mark="region", league_mark="neighbours")
    (chart,) = [b for b in every_block(counts.thinnest(view)) if isinstance(b, Chart)]
    assert chart.rows()["against"].notna().any()
    blocks = list(every_block(map_compare.page(view).blocks))
    (league,) = [b for b in blocks if isinstance(b, Table) and b.key.startswith("league")]
    assert "against" in [column.name for column in league.columns]
    assert league.rows()["against"].notna().any()
    assert "league_mark" in [b.param for b in blocks if isinstance(b, Choice)]


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_an_area_lists_its_neighbours_with_distance_source_and_day(
    info: SnapshotInfo, lang: Any
) -> None:
    view = view_of(info, "50", lang)
    (block,) = alike.blocks(view)
    assert isinstance(block, List)
    similar = neighbours.similar_provinces(scope=PUBLIC, snapshot=info)
    mine = similar[similar["province_code"] == "50"]
    rows = block.rows()
    assert rows["distance"].dropna().tolist() == mine["distance"].tolist()
    names = [registers.area_name(code, lang) for code in mine["neighbour_code"]]
    assert rows["area"].tolist()[1:] == names
    assert all("สสช" in basis for basis in rows["basis"])
    assert all(one.source(lang) in block.caveat for one in neighbour_rules().variables)
    written = renderer("text")(Page(key="area", title="", lead="", blocks=(block,)), view)
    assert all(name in written.decode() for name in names)


def test_the_profile_and_a_table_of_its_own_have_the_median_of_the_neighbours(
    info: SnapshotInfo,
) -> None:
    view = view_of(info, "50", "en")
    values = published(info, RATIO, "province")
    listed = company.similar(view)
    mine = listed.loc[listed["province_code"] == "50", "neighbour_code"]
    wanted = median([values[code] for code in mine if code in values])
    rows = beside_alike.table(view).rows().set_index("figure")
    ratio = rows.loc[t(f"indicator.{RATIO}.title", "en")]
    assert ratio["alike"] == f"1 : {wanted:.1f}"
    assert list(rows.columns) == ["own", "alike", "north", "TH"]
    assert beside_alike.cell(view, RATIO).text == f"1 : {wanted:.1f}"
    assert beside_alike.has_neighbours(view)


def test_the_country_has_no_neighbours(info: SnapshotInfo) -> None:
    columns = [column.name for column in beside_alike.table(view_of(info)).columns]
    assert columns == ["figure", "own"]
    assert "alike_figures" not in _keys(view_of(info))
    assert "alike_figures" in _keys(view_of(info, "50"))


def _keys(view: View) -> list[str]:
    return [getattr(block, "key", "") for block in section.page(view).blocks]


def test_bangkok_is_like_nobody_and_it_is_said(info: SnapshotInfo) -> None:
    warned, block = alike.blocks(view_of(info, "10"))
    assert "กรุงเทพมหานคร" in warned.text
    assert isinstance(block, List)
    assert all(block.rows()["state"].iloc[1:] != "")
    assert alike.blocks(view_of(info, "north")) == ()
