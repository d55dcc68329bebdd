"""The page on what lies ahead: an estimate is called one, in words, picture and table alike."""

from pathlib import Path
from typing import Any

import pytest

from config import numbers
from config.i18n import LANGS, t
from data_access import snapshot
from data_access.forecast import door
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.pages.parts_of_pages import every_block
from tests.support.commands import TODAY
from ui.blocks import Chart, List, Page
from ui.charts import fan
from ui.charts.look import Look
from ui.render.media import renderer
from ui.sections.ahead import section
from ui.state.filter_state import everything
from ui.state.page_context import View

OWN = Scope(nation=True, reveal=True)
PUBLIC = Scope(nation=True, hide_below=5)


@pytest.fixture(scope="module")
def info(small_data_dir: Path) -> SnapshotInfo:
    return snapshot.current(small_data_dir)


def view_of(info: SnapshotInfo, area: str = "TH", scope: Scope = OWN, lang: Any = "th") -> View:
    return View(everything(info.as_of).at(area), lang, "light", scope, info, today=TODAY)


def parts(page: Page) -> tuple[list[Chart], list[List]]:
    blocks = list(every_block(page.blocks))
    charts = [block for block in blocks if isinstance(block, Chart)]
    return charts, [block for block in blocks if isinstance(block, List)]


def area_with(info: SnapshotInfo, *, estimate: bool) -> Any:
    found = door.ahead_errors(Query(info.as_of), scope=OWN, snapshot=info)
    rows = found[
        (found["withheld"] == ("" if estimate else "worse")) & (found["area_code"] != "TH")
    ]
    return rows.iloc[0]


@pytest.mark.parametrize("lang", LANGS)
def test_an_estimate_is_said_with_interval_need_and_error(info: SnapshotInfo, lang: Any) -> None:
    row = area_with(info, estimate=True)
    view = view_of(info, str(row["area_code"]), lang=lang)
    page = section.page(view)
    assert {"th": "ประมาณการ", "en": "Estimate"}[lang] in page.lead
    assert t("page.ahead.title", lang) == page.title
    for name in ("now", "then", "low_80", "high_80", "need", "managers"):
        assert numbers.count(round(float(row[name])), lang) in page.lead
    assert numbers.decimal(row["error"]) in page.lead
    (chart,), lists = parts(page)
    assert {"th": "ประมาณการ", "en": "Estimate"}[lang] in chart.title
    assert not lists  # one province has no provinces in it
    rows = chart.rows()
    kinds = rows.set_index("ahead")["kind"]
    assert set(kinds[kinds.index > 0]) == {t("ahead.kind.estimate", lang)}
    assert set(kinds[kinds.index <= 0]) == {t("ahead.kind.record", lang)}
    assert rows["need"].iloc[-1] == row["need"]


def test_what_is_withheld_says_why_and_has_no_fan(info: SnapshotInfo) -> None:
    row = area_with(info, estimate=False)
    page = section.page(view_of(info, str(row["area_code"])))
    assert numbers.decimal(row["error"]) in page.lead
    assert "ไม่แสดงประมาณการ" in page.lead
    (chart,), _ = parts(page)
    assert "ประมาณการ" not in chart.title
    assert (chart.rows()["ahead"] <= 0).all()
    assert "interval" not in str(chart.spec().get("description", ""))


def test_each_province_has_its_error_and_those_that_lack_most_come_first(
    info: SnapshotInfo,
) -> None:
    _, (listed,) = parts(section.page(view_of(info)))
    rows = listed.rows()
    found = door.ahead_errors(Query(info.as_of), scope=OWN, snapshot=info).iloc[1:]
    assert len(rows) == len(found)
    by_code = found.set_index("area_code")["error"]
    errors = rows.set_index("area_code")["error"]
    assert errors.dropna().to_dict() == by_code.dropna().to_dict()
    lacking = (rows["need"] - rows["managers"]).dropna()
    assert lacking.is_monotonic_decreasing
    withheld = rows[rows["withheld"] != ""]
    assert len(withheld)
    assert withheld["then"].isna().all()
    assert (withheld["state"] != "").all()
    assert (withheld["between"] == "").all()


def test_the_public_level_names_no_number_of_a_province(info: SnapshotInfo) -> None:
    page = section.page(view_of(info, "50", PUBLIC))
    charts, lists = parts(page)
    assert not charts
    assert not lists
    assert not any(letter.isdigit() for letter in page.lead)
    _, (country,) = parts(section.page(view_of(info, "TH", PUBLIC)))
    assert country.rows().empty
    assert "77 จังหวัด" in country.note
    written = renderer("text")(page, view_of(info, "50", PUBLIC)).decode()
    assert t("ahead.lead.public_level", "th", area="จังหวัดเชียงใหม่") in written


def test_the_picture_opens_its_fan_at_the_last_record(info: SnapshotInfo) -> None:
    row = area_with(info, estimate=True)
    query = Query(info.as_of, province=str(row["area_code"]))
    rows = door.ahead(query, scope=OWN, snapshot=info)
    spec = fan.fan(rows, look=Look("th"))
    past, coming = (spec["datasets"][name] for name in ("past", "coming"))
    assert past[-1]["at"] == coming[0]["at"]
    assert past[-1]["value"] == coming[0]["low_95"] == coming[0]["high_95"]
    assert len(coming) == 13
    areas = [layer for layer in spec["layer"] if layer["mark"]["type"] == "area"]
    assert [layer["encoding"]["y"]["field"] for layer in areas] == ["low_95", "low_80"]
    assert len({layer["mark"]["color"] for layer in areas}) == 1  # one colour, two depths
    dashed = [layer for layer in spec["layer"] if "strokeDash" in layer["mark"]]
    assert [layer["data"]["name"] for layer in dashed] == ["coming"]
    alone = fan.fan(rows[rows["ahead"] <= 0], look=Look("th"))
    assert alone["datasets"]["coming"] == []
    assert not [layer for layer in alone["layer"] if layer["mark"]["type"] == "area"]
