"""Indicator rows put onto every area: none missing, none unknown, none twice."""

import pandas as pd
import pytest

from geo import registers
from geo.errors import UnknownArea
from geo.join import RepeatedArea, onto_districts, onto_provinces


def frame(rows: list[tuple[str, float | None, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["area_code", "value", "status"])


def test_all_provinces_are_there_and_those_without_a_row_are_no_data() -> None:
    found = onto_provinces(frame([("50", 10.0, "shown"), ("38", None, "hidden")]))
    assert list(found["area_code"]) == [p.code for p in registers.provinces()]
    by_code = found.set_index("area_code")
    assert by_code.loc["50", "value"] == 10.0
    assert by_code.loc["38", "status"] == "hidden"
    assert (by_code["status"] == "no_data").sum() == 75
    assert by_code.loc["50", "name_th"] == "เชียงใหม่"
    assert by_code.loc["50", "region"] == "north"


def test_an_empty_frame_gives_every_province_without_data() -> None:
    found = onto_provinces(frame([]))
    assert len(found) == 77
    assert set(found["status"]) == {"no_data"}
    assert found["value"].isna().all()


def test_all_districts_are_there_with_their_province() -> None:
    found = onto_districts(frame([("5001", 3.0, "shown")]))
    assert len(found) == 928
    row = found.set_index("area_code").loc["5001"]
    assert (row["province_code"], row["value"]) == ("50", 3.0)


def test_only_the_areas_asked_for_are_there() -> None:
    codes = [d.code for d in registers.districts_of("38")]
    found = onto_districts(frame([("3801", 3.0, "shown")]), codes=codes)
    assert list(found["area_code"]) == codes


def test_every_group_and_period_has_every_province() -> None:
    rows = pd.DataFrame(
        [
            ("50", "elder", "2025-10-01", 1.0, "shown"),
            ("50", "child", "2025-10-01", 2.0, "shown"),
            ("51", "elder", "2025-11-01", 3.0, "shown"),
        ],
        columns=["area_code", "group", "period_start", "value", "status"],
    )
    found = onto_provinces(rows)
    # 77 provinces × 3 different pairs of group and month.
    assert len(found) == 77 * 3
    assert (found["status"] == "shown").sum() == 3


def test_rows_without_a_group_join_too() -> None:
    rows = frame([("50", 1.0, "shown")]).assign(group=None)
    assert (onto_provinces(rows)["status"] == "shown").sum() == 1


@pytest.mark.parametrize("code", ["TH", "north", "5001", "99", "5"])
def test_a_code_that_is_no_province_is_an_error(code: str) -> None:
    with pytest.raises(UnknownArea, match=code):
        onto_provinces(frame([(code, 1.0, "shown")]))


def test_an_area_that_stands_twice_is_an_error() -> None:
    with pytest.raises(RepeatedArea, match="50"):
        onto_provinces(frame([("50", 1.0, "shown"), ("50", 2.0, "shown")]))
