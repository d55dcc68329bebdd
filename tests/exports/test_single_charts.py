"""One chart by itself from the command line, and files in the writing of memoranda."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from config.i18n import t
from config.settings import PREFIX
from geo import registers
from tests.exports.conftest import Make
from tests.exports.read_back import html_tables, pdf_pages, sheets
from tests.support.commands import TODAY
from ui.render import chart, command_line
from ui.render.chart import NoChart
from ui.render.media import renderer
from ui.text.official import Writing

MEMORANDUM = Writing(thai_digits=True, long_dates=True)


def test_a_chart_by_itself_says_what_it_shows_of_which_day_and_that_it_is_synthetic(
    made: Make,
) -> None:
    page = made("caseload")
    drawn = chart.draw(page.page, page.view, "caseload_by_area", "svg")
    root = ElementTree.fromstring(drawn)
    said = " ".join("".join(root.itertext()).split())
    for words in (
        page.view.filters.line("th"),
        t("note.synthetic_long", "th"),
        t("tables.as_of", "th", date="30 ก.ย. 2569", snapshot=page.view.snapshot.snapshot_id),
    ):
        assert words in said
    width, height = (float(root.attrib[name]) for name in ("width", "height"))
    png = chart.draw(page.page, page.view, "caseload_by_area", "png")
    size = [int.from_bytes(png[at : at + 4]) for at in (16, 20)]
    assert size == [round(2 * width), round(2 * height)], "twice as sharp"


def test_an_unknown_chart_is_answered_with_those_there_are(made: Make) -> None:
    page = made("caseload")
    with pytest.raises(NoChart, match="caseload_by_area, caseload_bands"):
        chart.draw(page.page, page.view, "nothing", "png")


def test_the_command_draws_one_chart_and_refuses_an_unknown_one(
    made: Make, small_data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "chart.svg"
    asked = ["svg", "caseload", "--chart", "caseload_bands", "--lang", "en", "--out", str(out)]
    assert command_line.main(asked) == 0
    assert out.read_text(encoding="utf-8").count("<svg") == 2
    assert command_line.main(["png", "caseload"]) == 2
    assert "caseload_bands" in capsys.readouterr().err


def test_a_memorandum_has_thai_digits_and_long_dates_and_a_workbook_keeps_its_numbers(
    made: Make,
) -> None:
    page = made("caseload")
    view = replace(page.view, writing=MEMORANDUM)
    html = re.sub(r"(?s)<style.*?</style>", "", (renderer("html")(page.page, view) or b"").decode())
    _, said = html_tables(html.encode())
    words = re.sub(r"https?://\S+|[^\s()“”]*[A-Za-z_][^\s()“”]*", "", said)
    assert not re.search(r"[0-9]", words), re.findall(r".{20}[0-9].{10}", words)[:5]
    assert "๓๐ กันยายน ๒๕๖๙" in said
    pages = pdf_pages(renderer("pdf")(page.page, view) or b"")
    assert all("๒๕๖๙" in text for text in pages)
    plain, written = (renderer("xlsx")(page.page, one) or b"" for one in (page.view, view))
    assert [*sheets(plain).values()][1:] == [*sheets(written).values()][1:]


def test_the_same_document_is_written_for_each_area_of_a_level(
    made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
    asked = ["csv", "indicators", "--each", "region", "--lang", "en", "--out", str(tmp_path)]
    assert command_line.main(asked) == 0
    files = sorted(path.name for path in tmp_path.iterdir())
    assert len(files) == len(registers.REGIONS)
    assert any(name.startswith("north_") for name in files)
