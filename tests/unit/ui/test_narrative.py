"""The sentences that state what matters: which one is said when, and that every one can be said."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from config.i18n import LANGS, Lang
from config.thai_calendar import Span
from ui.state.filter_state import everything
from ui.text import narrative, provenance
from ui.text.figures import Figure, Target

AS_OF = date(2026, 9, 30)
NATION = everything(AS_OF)
CHIANG_MAI = NATION.at("50")


def figure(name: str, numerator: int | None, denominator: int | None, **more: object) -> Figure:
    share = numerator is not None and denominator
    value = 100 * numerator / denominator if share and denominator else None
    made = Figure(
        name, value, numerator, denominator, "shown", "", "exact",
        Span(date(2025, 10, 1), AS_OF), AS_OF, 77,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]  # names are checked by replace


def caseload(
    families: int, managers: int, over: int, gap: int, base: int = 76, **more: object
) -> dict[str, Figure]:
    value = families / managers if managers else None
    status = "shown" if managers else "no_data"
    norm = Target(10, "caseload_norm", proposed=False)
    ratio = figure(
        "families_per_case_manager", families, managers, value=value, status=status, target=norm
    )
    return {
        "families_per_case_manager": replace(ratio, **more),  # type: ignore[arg-type]  # as above
        "provinces_over_norm": figure("provinces_over_norm", over, base),
        "staffing_gap": figure("staffing_gap", gap, None, value=gap),
    }


def follow_ups(
    done: int, in_time: int, due: int, *, proposed: bool = False, **more: object
) -> dict[str, Figure]:
    target = Target(80.0, "แผน", proposed=proposed, watch=60.0)
    return {
        "follow_up_completion": figure("follow_up_completion", done, due, target=target, **more),
        "follow_up_on_time": figure("follow_up_on_time", in_time, due),
        "follow_up_overdue": figure("follow_up_overdue", 12, 20),
        "cases_without_next_follow_up": figure("cases_without_next_follow_up", 3, 90),
        "no_contact_90_days": figure("no_contact_90_days", 7, 80),
    }


def test_the_nation_s_sentence_counts_provinces_and_people_missing() -> None:
    said = narrative.caseload(caseload(5000, 432, over=23, gap=169), NATION, "th")
    assert said == (
        "ณ วันที่ 30 ก.ย. 2569 ผู้จัดการรายกรณี 1 คน ดูแลเฉลี่ย **11.6 ครอบครัว** (เกณฑ์ 10) "
        "มี **23 จังหวัด**เกินเกณฑ์ จาก 76 จังหวัดที่มีข้อมูล และยังขาดผู้จัดการรายกรณี **169 คน**"
    )


def test_a_nation_within_the_norm_is_not_told_what_it_lacks() -> None:
    said = narrative.caseload(caseload(4000, 432, over=0, gap=0), NATION, "th")
    assert "ไม่มีจังหวัดใดเกินเกณฑ์" in said
    assert "ยังขาด" not in said


@pytest.mark.parametrize(
    ("families", "managers", "gap", "word"),
    [
        (101, 10, 1, "เกินเกณฑ์"),
        (100, 10, 0, "อยู่ในเกณฑ์"),
        (7, 0, 1, "ไม่มีผู้จัดการรายกรณี"),
        (0, 0, 0, "ไม่มีทั้งครอบครัว"),
    ],
)
def test_a_province_hears_of_itself(families: int, managers: int, gap: int, word: str) -> None:
    said = narrative.caseload(caseload(families, managers, 0, gap), CHIANG_MAI, "th")
    assert "จังหวัดเชียงใหม่" in said
    assert word in said


def test_a_hidden_ratio_is_said_to_be_hidden_and_not_given_away() -> None:
    hidden = caseload(3, 2, 0, 0, status="hidden", value=None, numerator=None, denominator=None)
    said = narrative.caseload(hidden, CHIANG_MAI, "th")
    assert "ปกปิด" in said
    assert not any(bit in said for bit in ("3 ครอบครัว", "2 คน", "1.5"))


@pytest.mark.parametrize(
    ("done", "word"), [(90, "ผ่านเป้าหมาย"), (70, "เฝ้าระวัง"), (50, "ไม่ถึงเป้าหมาย")]
)
def test_follow_up_is_judged_in_words(done: int, word: str) -> None:
    assert word in narrative.completion(follow_ups(done, 40, 100), NATION, "th")


@pytest.mark.parametrize(("done", "word"), [(80, " ถึงค่าที่เสนอ"), (79, " ยังไม่ถึงค่าที่เสนอ")])
def test_a_proposed_target_is_reached_or_not_and_never_met(done: int, word: str) -> None:
    said = narrative.completion(follow_ups(done, 40, 100, proposed=True), NATION, "th")
    assert word in said
    assert "เป้าหมาย" not in said


def test_twenty_due_are_judged_and_nineteen_are_not() -> None:
    assert "ผ่านเป้าหมาย" in narrative.completion(follow_ups(16, 10, 20), NATION, "th")
    small = narrative.completion(follow_ups(16, 10, 19), NATION, "th")
    assert "จำนวนน้อยเกินกว่าจะสรุป" in small
    assert "ร้อยละ" not in small


@pytest.mark.parametrize(("families", "managers"), [(43, 1000), (5, 100), (116, 10)])
def test_a_card_and_a_sentence_write_the_same_ratio(families: int, managers: int) -> None:
    figures = caseload(families, managers, 0, 0)
    card = figures["families_per_case_manager"].text("th").removeprefix("1 : ")
    assert f"**{card} ครอบครัว**" in narrative.caseload(figures, CHIANG_MAI, "th")


def test_a_small_base_is_said_instead_of_judged() -> None:
    said = narrative.completion(follow_ups(3, 2, 7), NATION, "th")
    assert "จำนวนน้อยเกินกว่าจะสรุป" in said
    assert "เป้าหมาย" not in said


def test_nothing_due_is_neither_zero_nor_a_hundred() -> None:
    none = follow_ups(0, 0, 0, status="no_data", value=None)
    said = narrative.completion(none, NATION, "th")
    assert said == "ไม่มีการติดตามที่ถึงกำหนดในช่วงนี้"


def test_the_waiting_are_named_beside_the_done() -> None:
    said = narrative.follow_up(follow_ups(90, 40, 100), NATION, "th")
    assert "เกินกำหนด **12 รายการ** ไม่ได้รับการติดต่อเกิน 90 วัน **7 กรณี**" in said
    assert "ไม่มีนัดครั้งต่อไป **3 กรณี**" in said


def test_with_a_target_group_the_families_of_the_group_are_said_and_no_ratio() -> None:
    found = caseload(5000, 432, over=23, gap=169, status="no_data", reason="not_by_target_group")
    found["families_in_care"] = figure("families_in_care", 1033, 5000)
    elders = replace(NATION, target_group="elder")
    said = narrative.caseload(found, elders, "th")
    assert "**1,033 ครอบครัว** (ร้อยละ 20.7 ของ 5,000 ครอบครัวทุกกลุ่ม)" in said
    assert "เกณฑ์" not in said
    few = found | {"families_in_care": figure("families_in_care", 6, 11)}
    assert "ร้อยละ" not in narrative.caseload(few, elders, "th"), "eleven are too few for a share"


def values(*rows: tuple[str, float | None]) -> pd.DataFrame:
    listed = [(code, value, "shown" if value is not None else "no_data") for code, value in rows]
    frame = pd.DataFrame(listed, columns=["area_code", "value", "status"])
    return frame.astype({"value": "Float64"})


def test_a_map_names_its_ends_and_counts_what_is_known() -> None:
    frame = values(("50", 12.5), ("51", 8.0), ("52", None))
    said = narrative.spread("families_per_case_manager", frame, "th")
    assert "สูงสุดที่**จังหวัดเชียงใหม่** (1 : 12.5)" in said
    assert "ต่ำสุดที่**จังหวัดลำพูน** (1 : 8.0)" in said
    assert "มีข้อมูล 2 จาก 3 จังหวัด" in said


def test_a_map_where_all_are_equal_names_nobody() -> None:
    said = narrative.spread("families_per_case_manager", values(("50", 8.0), ("51", 8.0)), "th")
    assert "เท่ากัน" in said
    assert "เชียงใหม่" not in said


def test_the_map_of_a_province_says_its_place_and_its_own_extremes() -> None:
    provinces = values(("50", 8.0), ("51", 12.5), ("52", None))
    inside = values(("5001", 4.0), ("5002", 9.0), ("5003", None))
    said = narrative.location_sentences("families_per_case_manager", provinces, "50", inside, "th")
    assert "**จังหวัดเชียงใหม่** คือ **1 : 8.0** อยู่ลำดับที่ 2" in said
    assert "(1 : 9.0)" in said
    assert "มีข้อมูล 2 จาก 3 อำเภอ" in said


def test_the_map_of_a_province_without_a_value_ranks_nothing() -> None:
    provinces = values(("50", None), ("51", 12.5))
    said = narrative.location_sentences(
        "families_per_case_manager", provinces, "50", values(), "th"
    )
    assert "ไม่มีค่า" in said
    assert "ลำดับที่" not in said


@pytest.mark.parametrize(
    ("text", "lang", "part"),
    [("ไทย · English", "th", "ไทย"), ("ไทย · English", "en", "English"),
     ("ไทย · อีกส่วน", "en", "ไทย · อีกส่วน"), ("English", "th", "English")],
)  # fmt: skip
def test_words_of_the_data_in_two_languages_give_the_readers(
    text: str, lang: Lang, part: str
) -> None:
    assert provenance.in_language(text, lang) == part


def test_a_map_without_any_value_says_so() -> None:
    said = narrative.spread("follow_up_completion", values(("50", None)), "th")
    assert "ไม่มีจังหวัดใดมีค่า" in said
    inside = narrative.spread("follow_up_completion", values(("5001", None)), "en")
    assert "none of the 1 districts" in inside


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("chosen", [NATION, NATION.at("north"), CHIANG_MAI])
def test_every_sentence_can_be_said_in_both_languages(chosen: object, lang: Lang) -> None:
    for found in (caseload(101, 10, 1, 1), caseload(7, 0, 1, 1), caseload(0, 0, 0, 0)):
        assert narrative.caseload(found, chosen, lang)  # type: ignore[arg-type]  # a FilterState
    for done in (follow_ups(90, 40, 100), follow_ups(1, 1, 3)):
        assert narrative.follow_up(done, chosen, lang)  # type: ignore[arg-type]  # a FilterState
    training = {
        "training_coverage": figure("training_coverage", 332, 785),
        "training_attendances": figure("training_attendances", 356, None, value=356),
    }
    for untrained in (0, 4):
        assert narrative.training(training, chosen, untrained, lang)  # type: ignore[arg-type]  # a FilterState


def test_a_group_hears_of_its_families_and_of_no_ratio() -> None:
    elders = replace(NATION, target_group="elder")
    refused = caseload(0, 0, over=0, gap=0, value=None, reason="not_by_target_group")
    found = refused | {"families_in_care": figure("families_in_care", 1032, 5000)}
    said = narrative.caseload(found, elders, "th")
    assert said == (
        "ณ วันที่ 30 ก.ย. 2569 ทั้งประเทศมีครอบครัวในความดูแลของกลุ่มผู้สูงอายุ **1,032 ครอบครัว** "
        "(ร้อยละ 20.6 ของ 5,000 ครอบครัวทุกกลุ่ม) "
        "ส่วนอัตราส่วนต่อผู้จัดการรายกรณีไม่จำแนกตามกลุ่มเป้าหมาย"
    )
    assert narrative.caseload(refused, elders, "th").endswith("ไม่จำแนกตามกลุ่มเป้าหมาย")
