"""Cards: what a figure says on one."""

from dataclasses import dataclass

import pytest

from config.i18n import LANGS, Lang
from tests.unit.ui.test_figures import cell, figure, wanted
from ui.render.pages import PAGES
from ui.render.streamlit.cards import card, heading


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
    drawn = card(figure("volunteers_per_1000_households", frame, targets=plan), "en")
    assert '<span class="ov-mark reference">• For' in drawn
    assert "Target 6.00 · gap +0.09" in drawn.replace("\N{NO-BREAK SPACE}", " ")
    assert "No target" not in drawn


@pytest.mark.parametrize("lang", LANGS)
def test_a_menu_label_fits_one_line(lang: Lang) -> None:
    # 256 pixels hold about 28 letters; Thai marks above and below take no room.
    for page in PAGES:
        letters = [c for c in page.label(lang) if c not in "ัิีึืุู็่้๊๋์ํ"]
        assert len(letters) <= 28, page.label(lang)
