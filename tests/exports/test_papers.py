"""Papers of a fixed length, with our own fonts: two pages for an area, one for a weekly sheet."""

from dataclasses import replace

import pytest

from config.i18n import Lang, t
from tests.exports.conftest import Make
from tests.exports.read_back import numbers_in, pdf_fonts, pdf_pages
from ui.render.documents import PAPERS, paper
from ui.render.grids import grid_of
from ui.render.media import renderer
from ui.render.outline import outline
from ui.render.pages import spec
from ui.state.page_context import View

FONTS = {"Sarabun-Regular", "Sarabun-Bold", "Sarabun-SemiBold"}


def printed(view: View, name: str) -> tuple[list[str], set[str]]:
    content = renderer("pdf")(paper(name, view), view)
    assert content is not None
    return pdf_pages(content), pdf_fonts(content)


@pytest.mark.slow
def test_a_profile_has_two_pages_whatever_the_area_and_the_language(made: Make) -> None:
    # A long name, full and almost empty provinces; hidden cells, and reasons in both languages.
    areas: dict[str, Lang] = {"14": "th", "50": "en", "10": "th", "96": "th"}
    for code, lang in areas.items():
        view = view_of(made, code, lang)
        document = paper("profile", view)
        pages, fonts = printed(view, "profile")
        assert len(pages) == 2, code
        assert fonts >= FONTS
        for number, text in enumerate(pages, start=1):
            assert {str(number), "2", "2569" if lang == "th" else "2026"} <= set(numbers_in(text))
        written = set(numbers_in(" ".join(pages)))
        grids = [grid for block in outline(document) if (grid := grid_of(block, lang))]
        for grid in (grids[0], grids[-1]):
            for row in grid.rows:
                assert all(set(numbers_in(cell.text)) <= written for cell in row), (code, row)


def view_of(made: Make, code: str, lang: Lang = "th") -> View:
    page = made("indicators", "TH", lang)
    return replace(page.view, filters=page.view.filters.at(code))


@pytest.mark.parametrize("code", ["TH", "50"])
def test_a_weekly_sheet_is_one_page_and_says_why_a_number_is_not_there(
    made: Make, code: str
) -> None:
    view = view_of(made, code)
    filters = replace(view.filters, target_group="elder")
    view = replace(view, filters=filters)
    pages, fonts = printed(view, "weekly")
    assert len(pages) == 1
    assert fonts >= FONTS
    html = (renderer("html")(paper("weekly", view), view) or b"").decode()
    # Case managers are not divided by target group: their card says so, in the place of a number.
    assert t("reason.not_by_target_group", "th") in html.replace("\N{NO-BREAK SPACE}", " ")


def test_every_paper_stands_beside_a_page_and_has_a_name() -> None:
    for name, (_, page) in PAPERS.items():
        assert spec(page).key == page
        assert t(f"paper.{name}", "th")
