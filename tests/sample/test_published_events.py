"""The published events stand in every sample as they were published, and no more than that.

What the sources say was noted down by hand in published_facts.toml; each published row is compared
with it, cell by cell, and each fact must have its row.
"""

import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from config.thai_calendar import FiscalYear
from geo.registers import provinces, provinces_of
from tests.sample.conftest import Folder

FACTS: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "published_facts.toml").read_text(encoding="utf-8")
)
COHORTS = {
    name: (source, fact)
    for source, told in FACTS.items()
    for name, fact in told.get("cohorts", {}).items()
}
PEOPLE_TABLES = {"enrolments": "cohort_id", "skill_reports": "cohort_id",
                 "peer_appreciations": "cohort_id"}  # fmt: skip
OTHER_SOURCES = ("W01", "W19")  # of figures only: not among the five articles


def published(sample: Folder, table: str) -> pd.DataFrame:
    rows = sample.texts(table)
    return rows[rows["provenance"] == "document"]


def test_every_published_cohort_is_noted_down_and_the_other_way_round(tiny: Folder) -> None:
    assert sorted(published(tiny, "cohorts")["cohort_id"]) == sorted(COHORTS)


@pytest.mark.parametrize("name", COHORTS)
def test_a_published_cohort_says_what_its_source_says_and_nothing_else(
    tiny: Folder, name: str
) -> None:
    source, fact = COHORTS[name]
    row = published(tiny, "cohorts").set_index("cohort_id").loc[name]
    days = (str(fact.get("first_day", "")), str(fact.get("last_day", "")))
    if "year_be" in fact:
        year = FiscalYear(fact["year_be"])
        days = (year.start.isoformat(), year.end.isoformat())
    texts = {key: str(fact.get(key, "")) for key in ("number", "part_of", "people", "women", "men")}
    assert row.drop(["venue", "source"]).to_dict() == {
        "course_id": fact["course"],
        "number": texts["number"],
        "start_on": days[0],
        "end_on": days[1],
        "date_precision": fact["known_to_the"],
        "mode": fact["how"],
        "held_in_province_code": fact.get("province", ""),
        "planned_seats": "",  # no article names a plan
        "reported_attendance": texts["people"],
        "reported_qualifier": fact.get("said", ""),
        "reported_female": texts["women"],
        "reported_male": texts["men"],
        "provenance": "document",
        "part_of": texts["part_of"],
    }
    assert row["source"].startswith(f"{source} · ")
    assert all(part in row["venue"] for part in fact.get("place_names", ()))
    assert bool(row["venue"]) == bool(fact.get("place_names"))


@pytest.mark.parametrize("name", COHORTS)
def test_provinces_are_published_of_two_events_only(tiny: Folder, name: str) -> None:
    meant = tiny.texts("cohort_provinces").query("cohort_id == @name")["province_code"]
    assert len(meant) == COHORTS[name][1].get("provinces", 0)


def test_the_76_provinces_are_all_but_bangkok_and_the_37_are_two_regions(tiny: Folder) -> None:
    meant = tiny.texts("cohort_provinces").groupby("cohort_id")["province_code"].agg(set)
    assert meant["CM-2565"] == {p.code for p in provinces()} - {"10"}
    upper = [*provinces_of("north"), *provinces_of("northeast")]
    assert meant["VOL-2561-2"] == {p.code for p in upper}


@pytest.mark.parametrize("table", PEOPLE_TABLES)
def test_no_article_names_a_participant_so_no_row_stands_for_one(tiny: Folder, table: str) -> None:
    assert not set(tiny.texts(table)["cohort_id"]) & set(COHORTS)


def test_advice_has_no_owner_no_state_and_no_day(tiny: Folder) -> None:
    rows = published(tiny, "recommendations").set_index("recommendation_id")
    noted = {key: kind for told in FACTS.values() for key, kind in told.get("advice", {}).items()}
    assert rows["kind"].to_dict() == noted
    assert set(rows[["owner", "status", "due_on"]].to_numpy().ravel()) == {""}
    for key, row in rows.iterrows():
        assert COHORTS[row["cohort_id"]][0] == str(key).split("-")[1]


def test_figures_quoted_are_those_of_the_articles(tiny: Folder) -> None:
    rows = published(tiny, "published_figures")
    assert len(rows) == len(tiny.texts("published_figures"))
    ours = rows[~rows["source"].str.startswith(OTHER_SOURCES)]
    found = {
        (row.source[:2], row.figure): (int(row.value), row.qualifier, row.as_of)
        for row in ours.itertuples()
    }
    assert found == {
        (source, figure): (value, qualifier, day.isoformat())
        for source, told in FACTS.items()
        for figure, (value, qualifier, day) in told.get("figures", {}).items()
    }


def test_the_two_counts_of_volunteers_are_quoted_with_their_days(tiny: Folder) -> None:
    figures = tiny.texts("published_figures")
    volunteers = figures[figures["figure"] == "volunteers"]
    assert dict(zip(volunteers["as_of"], volunteers["value"], strict=True)) == {
        "2018-03-21": "133253",
        "2019-09-13": "98125",
    }


def test_shelters_are_sensitive_and_have_no_district(tiny: Folder) -> None:
    sites = tiny.texts("sites")
    shelters = sites[sites["type"] == "shelter"]
    assert set(shelters["province_code"]) == {"58", "63", "70", "71"}
    assert set(shelters["sensitive"]) == {"true"}
    assert set(shelters["district_code"]) == {""}


def test_targets_are_labelled_as_proposed_and_the_norm_is_not_repeated(tiny: Folder) -> None:
    targets = tiny.texts("targets")
    assert "families_per_case_manager" not in set(targets["indicator"])
    assert targets["source"].str.match("ข้อเสนอ.*Proposed").all()
    assert set(targets["fiscal_year"]) == {"2565", "2566", "2567", "2568", "2569"}


def test_invented_rows_say_that_they_are_synthetic(tiny: Folder) -> None:
    cohorts = tiny.texts("cohorts")
    invented = cohorts[cohorts["provenance"] == "synthetic"]
    assert len(invented) + len(COHORTS) == len(cohorts)
    assert (invented["start_on"] > "2022-10-01").all()
    planned = invented[invented["end_on"] > "2026-09-30"]
    assert len(planned) >= 8
    seated = set(tiny.texts("enrolments")["cohort_id"])
    assert seated <= set(invented["cohort_id"]) - set(planned["cohort_id"])
    advice = tiny.texts("recommendations")
    assert set(advice["provenance"]) == {"document", "synthetic"}
    assert not set(invented["mode"]) & {"seminar", "workshop", "exchange"}
