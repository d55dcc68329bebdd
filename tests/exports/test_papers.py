"""Papers of a fixed length, with our own fonts: two pages for an area, one for a weekly sheet."""

from dataclasses import replace

import pandas as pd
import pytest

from config.i18n import Lang, t
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.exports.conftest import Make
from tests.exports.read_back import numbers_in, pdf_fonts, pdf_pages
from tests.exports.test_digests import ROWS
from tests.support import world
from tests.support.commands import TODAY
from ui.blocks import Column, Page, Table
from ui.blocks.page import Layout
from ui.render import documents
from ui.render.documents import PAPERS, paper
from ui.render.grids import grid_of
from ui.render.media import renderer
from ui.render.outline import outline
from ui.render.pages import spec
from ui.state.filter_state import everything
from ui.state.page_context import View

FONTS = {"Sarabun-Regular", "Sarabun-Bold", "Sarabun-SemiBold"}


def printed(page: Page, view: View) -> tuple[list[str], set[str]]:
    content = renderer("pdf")(page, view)
    assert content is not None
    return pdf_pages(content), pdf_fonts(content)


@pytest.fixture(scope="module")
def info(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    folder = tmp_path_factory.mktemp("papers") / "snapshots"
    folder.mkdir()
    return world.make(folder, ROWS)


@pytest.mark.slow
def test_a_profile_has_two_pages_whatever_the_area_and_the_language(info: SnapshotInfo) -> None:
    # A long name, a province with cases and one without; hidden cells, reasons in both languages.
    areas: dict[str, Lang] = {"14": "th", "50": "en", "10": "th"}
    for code, lang in areas.items():
        filters = everything(info.as_of).at(code)
        view = View(filters, lang, "light", Scope(nation=True), info, today=TODAY)
        document, _ = paper("profile", view)
        pages, fonts = printed(document, view)
        assert len(pages) == 2, code
        assert fonts >= FONTS
        for number, text in enumerate(pages, start=1):
            assert {str(number), "2", "2569" if lang == "th" else "2026"} <= set(numbers_in(text))
        written = set(numbers_in(" ".join(pages)))
        grids = [grid for block in outline(document) if (grid := grid_of(block, lang))]
        assert all(set(numbers_in(row[1].text)) <= written for row in grids[0].rows), code
        for row in grids[-1].rows:
            assert all(set(numbers_in(cell.text)) <= written for cell in row), (code, row)


@pytest.mark.parametrize(("layout", "count"), [("one_page", 1), ("two_pages", 2)])
def test_a_paper_that_holds_more_is_set_smaller_and_loses_nothing(
    info: SnapshotInfo, layout: Layout, count: int
) -> None:
    view = View(everything(info.as_of), "th", "light", Scope(nation=True), info, today=TODAY)
    tables = [
        Table(
            key=f"t{n}",
            title="รายการที่ต้องดำเนินการ",
            frame=pd.DataFrame({"a": [f"แถวที่ {n}{row:03}" for row in range(60)]}),
            columns=[Column("a", "รายการ")],
        )
        for n in (1, 2)
    ]
    page = Page(key="caseload", title="x", lead="", blocks=tuple(tables), layout=layout)
    pages, _ = printed(page, view)
    assert len(pages) == count
    written = " ".join(pages)
    assert all(f"{n}{row:03}" in written for n in (1, 2) for row in range(60))


def view_of(made: Make, code: str) -> View:
    page = made("indicators")
    return replace(page.view, filters=page.view.filters.at(code))


@pytest.mark.parametrize("code", ["TH", "50"])
def test_a_weekly_sheet_is_one_page_and_says_why_a_number_is_not_there(
    made: Make, code: str
) -> None:
    view = view_of(made, code)
    filters = replace(view.filters, target_group="elder")
    view = replace(view, filters=filters)
    sheet, _ = paper("weekly", view)
    pages, fonts = printed(sheet, view)
    assert len(pages) == 1
    assert fonts >= FONTS
    html = (renderer("html")(sheet, view) or b"").decode()
    # Case managers are not divided by target group: their card says so, in the place of a number.
    assert t("reason.not_by_target_group", "th") in html.replace("\N{NO-BREAK SPACE}", " ")


def test_every_paper_stands_beside_a_page_and_has_a_name() -> None:
    for name, (_, page) in PAPERS.items():
        assert spec(page).key == page
        assert t(f"paper.{name}", "th")


def test_the_national_report_lists_its_chapters_and_says_on_each_page_what_it_is(
    info: SnapshotInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapters = ("caseload", "volunteers")
    monkeypatch.setattr(documents, "NATIONAL", chapters)
    filters = everything(info.as_of).at("50")
    view = View(filters, "en", "light", Scope(nation=True), info, today=TODAY)
    pages, _ = printed(*paper("national", view))
    titles = [t(f"page.{key}.title", "en") for key in chapters]
    assert everything(info.as_of).line("en") in pages[1], "the country, whatever was chosen"
    for title in titles:
        (begins,) = [n for n, text in enumerate(pages, start=1) if n > 1 and title in text][:1]
        (line,) = [line for line in pages[0].splitlines() if line.startswith(title)]
        assert numbers_in(line)[-1] == str(begins), "the list of contents tells the page"
    (defined,) = [
        n for n, text in enumerate(pages, start=1)
        if t("indicator.families_per_case_manager.definition", "en")[:40] in " ".join(text.split())
    ]  # fmt: skip
    for number, text in enumerate(pages, start=1):
        foot = " ".join(text.split())
        assert t("export.page_of", "en", page=number, pages=len(pages)) in foot
        assert "30 Sep 2026" in foot
        where = int(foot.partition("Definitions: page ")[2].split()[0])
        assert where <= defined, "where the definitions begin"
