"""Pages on training, courses, shelters, local government and data quality, on worlds made by hand:
what they say where nothing is known, where a filter is not followed, and what comes first."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pytest

from config.i18n import LANGS, Lang, t
from config.thai_calendar import FiscalYear
from data_access.quality import RULES
from data_access.scope import Scope
from tests.support.world import Rows, drawn, make
from ui.render.documents import page_of
from ui.render.media import renderer
from ui.render.pages import spec
from ui.state.filter_state import everything
from ui.state.page_context import View

DAY = date(2026, 9, 30)
NUMBERS = count()  # answers are remembered by a snapshot's name
Written = Callable[..., str]

SCHOOL: Rows = {
    "courses": drawn("""
        course_id name_th target_role qualifying for_staff_without_degree
        CM  ก case_manager            true  false
        LAO ข lao_practitioner        true  true
        SEM ค social_worker_assistant false false"""),
    "cohorts": drawn("""
        cohort_id course_id start_on end_on date_precision mode held_in_province_code provenance
        A  CM  2022-01-01 2022-01-02 day online  .  document
        L1 LAO 2024-03-01 2024-03-02 day online  .  system
        L2 LAO 2025-03-01 2025-03-02 day online  .  system
        S  SEM 2022-09-06 2022-09-06 day seminar 58 document"""),
    "workers": [
        {"worker_id": f"W{n}", "sex": "F", "has_social_work_degree": False} for n in range(1, 7)
    ],
    "worker_posts": drawn("""
        worker_id role             province_code fte start_on
        W1        case_manager     50            1   2020-01-01
        W2        lao_practitioner 50            1   2020-01-01
        W3        lao_practitioner 51            1   2020-01-01
        W4        lao_practitioner 57            1   2020-01-01
        W5        lao_practitioner 57            1   2020-01-01
        W6        case_manager     50            1   2020-01-01"""),
    "enrolments": drawn("""
        cohort_id person_type person_id province_code completed_on
        L1        worker      W2        50            2024-03-02"""),
}
REPORTED = {"A": (400, None, None), "S": (17, 16, 1)}


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a page of a world as text, for filters by name and a fiscal year."""

    def write(
        page: str,
        tables: Rows,
        *,
        lang: Lang = "th",
        year: int = 2569,
        broken: str = "",
        **chosen: str,
    ) -> str:
        snapshot = make(tmp_path, tables, name=f"world_{next(NUMBERS)}")
        if broken:
            with duckdb.connect(str(snapshot.path)) as con:
                con.execute(f"INSERT INTO quality_results VALUES {broken}")
        named: dict[str, Any] = {"year": FiscalYear(year), **chosen}
        filters = replace(everything(DAY), **named)
        view = View(
            filters=filters,
            lang=lang,
            theme="light",
            scope=Scope(nation=True),
            snapshot=snapshot,
            today=date(2026, 11, 29),
        )
        content = renderer("text")(page_of(spec(page), view), view) or b""
        return content.decode("utf-8").replace("\N{NO-BREAK SPACE}", " ")

    return write


def school() -> dict[str, list[dict[str, Any]]]:
    tables = {name: [dict(row) for row in rows] for name, rows in SCHOOL.items()}
    for row in tables["cohorts"]:
        told, female, male = REPORTED.get(str(row["cohort_id"]), (None, None, None))
        row |= {"reported_attendance": told, "reported_female": female, "reported_male": male}
        row["reported_qualifier"] = "more_than" if told == 400 else None
    return tables


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", ["training", "courses", "lao"])
def test_where_no_list_names_anybody_nobody_is_said_to_be_untrained(
    written: Written, page: str, lang: Lang
) -> None:
    text = written(page, school(), year=2565, lang=lang)
    lead = text.splitlines()[1]
    assert "0" not in re.sub(r"\d{2,}", "", lead), lead  # no "0 of 4", no "0 percent"
    assert t("reason.no_list_of_names", lang) in text


def test_local_government_lists_where_nobody_is_trained_most_people_first(
    written: Written,
) -> None:
    text = written("lao", school())
    heading = t("page.lao.nobody_province", "th", n="2", all="3")
    listed = text.split(f"## {heading}\n")[1].splitlines()
    assert listed[1:3] == ["ลำพูน\t1", "เชียงราย\t2"][::-1]


def test_cohorts_of_one_course_are_told_apart_by_their_year(written: Written) -> None:
    text = written("lao", school(), lang="en")
    assert re.search(r"ข, [^\n]*2024", text)
    assert re.search(r"ข, [^\n]*2025", text)
    origins = t("page.training.of_origin", "en", origin=t("code.provenance.system", "en"), n="2")
    assert t("page.training.origins", "en", origins=origins) in text


@pytest.mark.parametrize("lang", LANGS)
def test_seminars_of_another_year_are_not_those_of_the_year_chosen(
    written: Written, lang: Lang
) -> None:
    own = written("shelters", school(), year=2565, lang=lang).splitlines()[1]
    later = written("shelters", school(), year=2567, lang=lang).splitlines()[1]
    assert "17" in own
    assert "17" in later
    start = t("page.shelters.held_before", lang, last="§", period="", area="", seminars="",
              people="", female="", male="").split("§")[0].strip(" :")  # fmt: skip
    assert start in later
    assert start not in own


@pytest.mark.parametrize("lang", LANGS)
def test_no_seminar_is_not_a_seminar_of_nobody(written: Written, lang: Lang) -> None:
    tables = {**school(), "cohorts": [], "enrolments": []}
    lead = written("shelters", tables, lang=lang).splitlines()[1]
    assert not re.search(r"\b0\b", lead), lead


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", ["training", "courses", "lao", "shelters"])
def test_a_target_group_that_training_does_not_follow_is_named_under_everything(
    written: Written, page: str, lang: Lang
) -> None:
    text = written(page, school(), lang=lang, target_group="elder")
    said = t("filters.not_followed", lang, filters=t("filter_name.target_group", lang))
    blocks = text.split("\n## ")[1:]
    # Visits are of cases, which have a target group; shelters are places, which have none.
    follow = [t("indicator.accompanied_visits.title", lang)]
    silent = [
        block.splitlines()[0]
        for block in blocks
        if said not in block and not any(block.startswith(title) for title in follow)
    ]
    assert len(blocks) > 4
    assert silent == []


FAULTY: Rows = {
    "families": [
        {"family_id": f"F{n}", "household_id": f"F{n}", "district_code": "5001"} for n in range(6)
    ],
    "cases": [
        {
            "case_id": f"C{n}",
            "family_id": f"F{n}",
            "target_group": "elder",
            "opened_on": date(2026, 4, 5),
            "stage": "closed" if n == 0 else "follow_up",
        }
        for n in range(6)
    ],
}


@pytest.mark.parametrize("lang", LANGS)
def test_quality_begins_with_what_to_fix_and_folds_the_rest_away(
    written: Written, lang: Lang
) -> None:
    row = "('closed_without_date', 'warn', 'cases', 2, 'closed_on', '', '50')"
    text = written("quality", FAULTY, lang=lang, broken=row)
    lead = text.splitlines()[1]
    rule = t("quality.closed_without_date.title", lang)
    assert rule in lead
    unbroken = t("page.quality.unbroken", lang, rules=str(len(RULES) - 1))
    assert unbroken in text
    first, folded = text.index(t("page.quality.first", lang)), text.index(unbroken)
    assert first < folded < text.index("## " + t("page.quality.silent", lang, n="").split(" (")[0])
    assert text.index(rule, first) < folded
    # 5 April to 30 September: May to September are whole months; 29 November is 238 days later.
    assert t("page.parts.silent", lang, months="5") in text
    assert (
        "\t5\n" in text[text.index("## " + t("page.quality.silent", lang, n="").split(" (")[0]) :]
    )
    assert t("page.quality.old", lang, days="30") in text


@pytest.mark.parametrize("lang", LANGS)
def test_a_clean_load_says_so_and_folds_every_rule_away(written: Written, lang: Lang) -> None:
    text = written("quality", {}, lang=lang)
    assert t("page.quality.sentence_clean", lang, rules=len(RULES)).replace("**", "") in text
    assert t("page.quality.unbroken", lang, rules=str(len(RULES))) in text
