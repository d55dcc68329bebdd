"""Cards: what a figure says on one."""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import pytest

from config.i18n import LANGS, Lang, t
from data_access.indicators import registry
from data_access.statistics import xmr
from data_access.statistics.change import NO_PERIOD, Change
from tests.support.reading import as_read
from tests.unit.ui.test_figures import cell, figure, wanted
from ui.render.pages import PAGES
from ui.render.streamlit.cards import card, heading
from ui.text import changes
from ui.text.figures import Figure


@dataclass
class Titled:
    """A figure with a title and a unit, and nothing else."""

    words: str
    unit_words: str
    is_percent: bool = True

    def title(self, lang: Lang) -> str:
        return self.words

    def unit(self, lang: Lang) -> str:
        return self.unit_words


@pytest.mark.parametrize(
    ("title", "unit", "shown"),
    [
        ("เป้าหมายที่บรรลุ (ร้อยละ)", "ร้อยละ", "เป้าหมายที่บรรลุ"),
        ("Goals achieved (percent)", "percent", "Goals achieved"),
        ("Goals achieved (%)", "percent", "Goals achieved"),
        ("อาสาสมัคร (อพม.)", "คน", "อาสาสมัคร (อพม.)"),
        ("จังหวัดที่เกินเกณฑ์", "จังหวัด", "จังหวัดที่เกินเกณฑ์"),
    ],
)
def test_the_unit_stands_beside_the_number_and_not_in_the_title_too(
    title: str, unit: str, shown: str
) -> None:
    assert heading(Titled(title, unit), "th") == shown  # type: ignore[arg-type]  # all that is read


def test_a_card_says_that_its_target_is_for_reference_only() -> None:
    frame = cell(609, 100_000, 6.09)
    plan = wanted(("volunteers_per_1000_households", "TH", 2569, 6.0))
    drawn = as_read(card(figure("volunteers_per_1000_households", frame, targets=plan), "en"))
    assert '<span class="ov-mark reference">• For' in drawn
    assert "Target 6.00 · gap +0.09" in drawn
    assert "No target" not in drawn


@pytest.mark.parametrize("lang", LANGS)
def test_a_menu_label_fits_one_line(lang: Lang) -> None:
    # 256 pixels hold about 28 letters; Thai marks above and below take no room.
    for page in PAGES:
        letters = [c for c in page.label(lang) if c not in "ัิีึืุู็่้๊๋์ํ"]
        assert len(letters) <= 28, page.label(lang)


def read(**more: object) -> Figure:
    """The ratio of the nation with its changes and its reading filled in."""
    found = figure("families_per_case_manager", cell(5000, 432, 5000 / 432))
    before = Change("worse", 0.94, 10.64, date(2026, 6, 30))
    year = Change("better", -0.51, 12.08, date(2025, 9, 30))
    reading = xmr.read([21.0, 22.0] * 8, "lower_is_better", 10.0)
    filled = {"change_previous": before, "change_year_before": year, "reading": reading}
    return replace(found, **(filled | more))  # type: ignore[arg-type]  # names are checked by replace


def test_a_card_says_whether_it_gets_better_or_worse_in_words_and_sizes() -> None:
    drawn = as_read(card(read(), "th"))
    assert "เทียบกับไตรมาสก่อน: แย่ลง +0.9" in drawn
    assert "เทียบกับช่วงเดียวกันของปีก่อน: ดีขึ้น −0.5" in drawn
    assert 'alt="ความผันแปร"' in drawn
    assert "ไม่ถึงเป้าหมายหากยังทำอย่างเดิม" in drawn


@pytest.mark.parametrize("lang", LANGS)
def test_where_a_value_lies_is_not_worded_like_where_it_moved(lang: Lang) -> None:
    # Worse than a quarter ago and still far better than ever: both are true, and both are said.
    series = [21.0, 22.0] * 8 + [10.0, 11.0]
    shown = read(reading=xmr.read(series, "lower_is_better", 10.0))
    assert shown.reading is not None
    assert shown.reading.variation == "better"
    said = changes.reading_text(shown, lang)
    moves = [t(f"change.{word}", lang) for word in ("better", "worse", "up", "down")]
    assert not [word for word in moves if said.startswith(word)]
    assert said.startswith({"th": "ระดับล่าสุดดีกว่าช่วงปกติ", "en": "Latest level better than"}[lang])
    (first, second) = changes.lines(shown, lang)
    assert first.startswith({"th": "เทียบกับไตรมาสก่อน", "en": "Against the quarter before"}[lang])
    assert second.startswith({"th": "เทียบกับช่วงเดียวกันของปีก่อน", "en": "Against the same time"}[lang])


def test_a_trend_within_the_limits_is_not_said_to_be_beyond_them() -> None:
    series = [10.0, 15.0, 5.0, 15.0, 5.0, 15.0, 5.0, 15.0, 8.0, 8.5, 9.0, 9.5, 10.0, 10.5]
    reading = xmr.read(series, "lower_is_better")
    assert reading.rules == ("trend",)
    said = changes.variation_text(read(reading=reading), "en")
    assert said == "Worse for 6 quarters or more, still within its usual range"


def test_without_an_earlier_period_a_card_says_that_data_are_not_enough() -> None:
    none = read(change_previous=NO_PERIOD, change_year_before=NO_PERIOD)
    assert as_read(card(none, "th")).count("ข้อมูลไม่พอ (ไม่มีช่วงก่อนหน้าให้เทียบ)") == 2


def test_what_happened_in_a_year_is_held_against_the_year_before_once() -> None:
    year = Change("worse", -2.6, 99.0, date(2025, 9, 30))
    done = figure("follow_up_completion", cell(964, 1000, 96.4))
    done = replace(done, change_previous=year, change_year_before=year)
    drawn = as_read(card(done, "th"))
    assert drawn.count("แย่ลง −2.6 จุดร้อยละ") == 1


def test_a_figure_that_is_not_divided_by_a_filter_has_neither_number_nor_mark() -> None:
    gone = {"value": pd.NA, "numerator": pd.NA, "denominator": pd.NA}
    frame = cell(*gone.values(), status="no_data", reason="not_by_target_group")
    found = figure("families_per_case_manager", frame)
    drawn = as_read(card(found, "th"))
    assert "ไม่จำแนกตามกลุ่มเป้าหมาย" in drawn
    assert "ov-mark" not in drawn
    assert (found.target_text("th"), found.mark_text("th")) == ("—", "ไม่จำแนกตามกลุ่มเป้าหมาย")


@pytest.mark.parametrize(
    ("lang", "amount", "said"),
    [("en", 1.0, "Worse +1 person"), ("en", -2.0, "Worse −2 people"), ("th", 1.0, "แย่ลง +1 คน")],
)
def test_a_change_by_one_is_said_in_the_singular(lang: Lang, amount: float, said: str) -> None:
    change = Change("worse", amount, 10.0, date(2026, 6, 30))
    assert changes.change_text(change, registry.get("staffing_gap"), lang) == said


def test_a_change_below_the_last_digit_is_not_told_as_zero() -> None:
    """6.46 is written 6.5 and 6.44 is written 6.4: what lies between is less than a tenth."""
    change = Change("better", -0.02, 6.46, date(2026, 6, 30))
    said = changes.change_text(change, registry.get("closed_self_reliant"), "en")
    assert said == "Better <0.1 percentage points"
