"""The page of one area: numbers as on the command line, and sentences where there are none."""

import csv
import io
from pathlib import Path

import pytest

from config import numbers
from config.i18n import Lang, t
from config.settings import PREFIX
from data_access import command_line as data_command
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Indicator
from tests.pages.conftest import Open, words
from tests.pages.test_nothing_to_show import ONE_PROVINCE, DataDir
from tests.support.commands import TODAY
from ui.render import command_line

PLACES = (("province", "50"), ("district", "5001"))


@pytest.mark.slow
@pytest.mark.parametrize(("level", "code"), PLACES)
def test_every_number_of_the_page_is_that_of_the_command_line(
    small_data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    level: str,
    code: str,
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(small_data_dir))
    monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
    # Nothing hidden: which cells are is decided in one place, and tested there.
    monkeypatch.setenv(f"{PREFIX}HIDE_BELOW", "1")
    assert command_line.main(["text", "area", f"--{level}", code, "--lang", "en"]) == 0
    page = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    # A quiet line stands behind the title; the first line of a title is the sheet's own, a later
    # one sets the area beside others.
    written = [line for line in reversed(page) if "\t" in line]
    lines = {line.split("\t")[0].split(" · ")[0]: line.split("\t") for line in written}
    for name, item in registry.INDICATORS.items():
        asked = ["show", name, f"--{level}", code, "--format", "csv"]
        assert data_command.main(asked) == 0
        [*rows] = csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff")))
        assert_says(lines[t(f"indicator.{name}.title", "en")], item, rows)


def assert_says(cells: list[str], item: Indicator, rows: list[dict[str, str]]) -> None:
    """The cells of a line hold the number of the only row, or why there is none."""
    if item.always_by:
        for row in rows:
            if row["status"] == "shown":
                assert numbers.value(float(row["value"]), item.unit, "en") in cells[0], item.name
        return
    [row] = rows
    result, value = cells[3], cells[4]
    if row["status"] != "shown":
        assert result.startswith("—"), item.name
        assert len(result) > len("— · "), "why there is no number"
        return
    if row["denominator"]:
        top, bottom = (numbers.count(int(row[p])) for p in ("numerator", "denominator"))
        assert result.split(" ")[0] == top, item.name
        assert result.split(" ")[2] == bottom, item.name
        if item.unit == "ratio" or int(row["denominator"]) >= 20:
            assert value.startswith(numbers.value(float(row["value"]), item.unit, "en")), item.name
    else:
        written = numbers.value(float(row["value"]), item.unit, "en")
        assert written in result, item.name


@pytest.mark.slow
@pytest.mark.parametrize(
    ("codes", "lang"),
    [
        ({}, "th"),
        ({"province": "50"}, "en"),
        ({"district": "1001", "q": "1", "group": "elder"}, "th"),
        ({"areas": "50,5001,99,x", "base": "76"}, "en"),
        ({"region": "north", "areas": "30", "fy": "2567"}, "th"),
    ],
    ids=lambda one: one if isinstance(one, str) else "-".join(one) or "country",
)
def test_odd_filters_are_answered_with_sentences(
    open_page: Open, lang: Lang, codes: dict[str, str], data_dir_with: DataDir
) -> None:
    app = open_page("area", data_dir_with(ONE_PROVINCE), lang=lang, **codes)
    assert not app.exception
    assert not app.error
    said = words(app)
    assert t("page.area.part.caseload", lang) in said
    assert (t("page.area.none_chosen", lang) in said) is (
        not {"province", "district", "areas"} & {*codes}
    )
    if "group" in codes:
        assert t("reason.not_by_target_group", lang) in said
    if "x" in codes.get("areas", ""):
        assert "“x”" in said


def test_adding_an_area_compares_and_removing_all_leads_to_the_country(
    open_page: Open, data_dir_with: DataDir
) -> None:
    app = open_page("area", data_dir_with(ONE_PROVINCE), province="50")
    box = app.multiselect(key="choice_areas")
    assert box.value == ["50"]
    box.set_value(["50", "30"]).run()
    assert not app.exception
    assert dict(app.query_params)["areas"] in ("50,30", ["50,30"])
    assert t("page.area.together", "th") in words(app)
    app.multiselect(key="choice_areas").set_value([]).run()
    assert "areas" not in dict(app.query_params)
    assert t("page.area.none_chosen", "th") in words(app)
