"""Statistics beside rows, as the command line writes them: worked out by hand."""

from datetime import date

import pandas as pd
import pytest

from data_access.figure_statistics import with_changes, with_funnel, with_variation
from data_access.indicators import registry

DONE = registry.get("follow_up_completion")
OVER = registry.get("provinces_over_norm")
NO_TARGETS = pd.DataFrame(columns=["indicator", "scope_code", "fiscal_year", "value", "source"])
ENDS = [date(2025, 9, 30), date(2026, 6, 30), date(2026, 9, 30)]


def series(*cells: tuple[int | None, int | None]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "area_code": "50", "group": "", "period_end": end, "numerator": top,
                "denominator": bottom, "value": 100 * top / bottom if top and bottom else None,
                "status": "shown" if top is not None else "hidden",
                "reason": "" if top is not None else "small_number",
            }
            for end, (top, bottom) in zip(ENDS, cells, strict=True)
        ]
    )  # fmt: skip


def test_each_row_has_its_change_from_the_row_before_and_from_a_year_before() -> None:
    found = with_changes(series((80, 100), (70, 100), (90, 100)), DONE, NO_TARGETS)
    assert found["previous"].tolist() == ["unknown", "worse", "better"]
    assert found["previous_by"].tolist()[1:] == [pytest.approx(70 - 80), pytest.approx(90 - 70)]
    assert found["year_before"].tolist() == ["unknown", "unknown", "better"]
    assert found["year_before_by"].tolist()[2] == pytest.approx(90 - 80)


def test_the_change_across_a_hidden_row_is_unknown() -> None:
    found = with_changes(series((80, 100), (None, None), (90, 100)), DONE, NO_TARGETS)
    assert found["previous"].tolist() == ["unknown", "unknown", "unknown"]
    assert found["year_before"].tolist()[2] == "better"


def test_a_headline_count_changes_as_a_count() -> None:
    found = with_changes(series((37, 76), (34, 76), (36, 76)), OVER, NO_TARGETS)
    assert found["previous_by"].tolist()[1:] == [34 - 37, 36 - 34]
    assert found["year_before"].tolist()[2] == "better"


def test_the_funnel_s_phi_stands_in_every_judged_row() -> None:
    rows = series((80, 100), (None, None), (90, 100)).assign(area_code=["50", "51", "52"])
    found = with_funnel(rows, DONE, NO_TARGETS)
    assert found["phi"].isna().all()  # two areas are too few
    assert pd.isna(found["funnel"].tolist()[1])
    assert found["reference"].tolist()[0] == pytest.approx(100 * (80 + 90) / 200)


def test_three_values_are_too_few_for_a_reading() -> None:
    found = with_variation(series((80, 100), (70, 100), (90, 100)), DONE, NO_TARGETS)
    assert set(found["variation"]) == {"too_few"}
