"""The sentence on screening: fewer than five that wait are not counted out, five are."""

from datetime import date

import pytest

from config.i18n import t
from tests.unit.ui.test_narrative import figure
from ui.state.filter_state import everything
from ui.text import narrative_programmes

NATION = everything(date(2026, 9, 30))


@pytest.mark.parametrize(
    ("waiting", "key"), [(0, "all_decided"), (4, "few_waiting"), (5, "decided")]
)
def test_five_that_wait_are_counted_and_four_are_not(waiting: int, key: str) -> None:
    figures = {
        "screening_decided": figure("screening_decided", 100 - waiting, 100),
        "screening_overridden": figure("screening_overridden", None, None, status="no_data"),
    }
    said = narrative_programmes.screening(figures, NATION, 5, "th")
    start = t(
        f"narrative.screening.{key}", "th",
        run="100", decided=figures["screening_decided"].in_words("th"), waiting=str(waiting),
        period=NATION.period_text("th"), area="ทั่วประเทศ", other="—",
    )  # fmt: skip
    assert said == start
