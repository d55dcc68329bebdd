"""A definition declares the filters it follows; one that its rows cannot follow is refused."""

from dataclasses import replace

import pytest

from config.i18n import LANGS
from data_access.breakdowns import BREAKDOWNS
from data_access.filters import (
    BY_TARGET_GROUP,
    FILTERS,
    NOTHING,
    OF_CASES,
    OF_PEOPLE,
    PERIOD,
    PROVINCES,
    Filter,
    not_followed_text,
)
from data_access.indicators import registry
from data_access.indicators.kernel.definition import DefinitionProblem, Indicator
from data_access.listings import LISTINGS

ON_TIME = registry.get("follow_up_on_time")
RATIO = registry.get("families_per_case_manager")
GAP = registry.get("staffing_gap")
COVERAGE = registry.get("training_coverage")
WORKLOAD = [
    "families_per_case_manager",
    "provinces_over_norm",
    "staffing_gap",
    "case_managers_over_norm",
    "overload_months",
    "case_managers_per_supervisor",
    "families_per_volunteer",
]


@pytest.mark.parametrize("definition", [*registry.INDICATORS.values(), *BREAKDOWNS.values()])
def test_every_definition_declares_filters_that_exist(definition: Indicator) -> None:
    assert definition.filters <= set(FILTERS)
    assert definition.filters or definition.refuses, definition.name


def test_every_list_declares_filters_that_exist() -> None:
    assert all(listing.filters <= set(FILTERS) for listing in LISTINGS.values())


@pytest.mark.parametrize("name", WORKLOAD)
def test_what_is_a_whole_workload_refuses_the_target_group(name: str) -> None:
    assert registry.get(name).refused_filters([Filter.TARGET_GROUP]) == (Filter.TARGET_GROUP,)


def test_a_filter_without_its_column_is_a_definition_problem() -> None:
    with pytest.raises(DefinitionProblem, match="no column for the filters.*target_group"):
        replace(COVERAGE, filters=COVERAGE.filters | BY_TARGET_GROUP)
    with pytest.raises(DefinitionProblem, match="no column for the filters.*role"):
        replace(ON_TIME, filters=OF_CASES | {Filter.ROLE})


def test_a_column_whose_filter_is_not_declared_is_a_definition_problem() -> None:
    with pytest.raises(DefinitionProblem, match="can follow more filters.*target_group"):
        replace(ON_TIME, filters=OF_PEOPLE)
    with pytest.raises(DefinitionProblem, match="can follow more filters.*district"):
        replace(ON_TIME, filters=PERIOD | PROVINCES | BY_TARGET_GROUP)
    with pytest.raises(DefinitionProblem, match="can follow more filters.*role"):
        replace(COVERAGE, filters=OF_PEOPLE)


def test_a_filter_that_narrows_half_of_a_figure_must_be_refused() -> None:
    with pytest.raises(DefinitionProblem, match="only a part of its rows.*target_group"):
        replace(RATIO, refuses=NOTHING)


def test_a_derived_figure_follows_no_more_than_what_it_is_computed_from() -> None:
    with pytest.raises(DefinitionProblem, match="families_per_case_manager.*target_group"):
        replace(GAP, refuses=NOTHING, filters=GAP.filters | BY_TARGET_GROUP)


def test_a_filter_is_followed_or_refused_never_both() -> None:
    with pytest.raises(DefinitionProblem, match="follows and refuses"):
        replace(ON_TIME, refuses=BY_TARGET_GROUP)


def test_the_sentence_on_filters_not_followed_names_each_once() -> None:
    group, district = Filter.TARGET_GROUP, Filter.DISTRICT
    assert not_followed_text([], "th") == ""
    assert not_followed_text([group], "th") == "ไม่ได้กรองตามกลุ่มเป้าหมาย"
    assert not_followed_text([group, district], "th") == "ไม่ได้กรองตามอำเภอและกลุ่มเป้าหมาย"
    three = not_followed_text([group, district, Filter.QUARTER], "th")
    assert three == "ไม่ได้กรองตามไตรมาส อำเภอ และกลุ่มเป้าหมาย"
    places = [Filter.REGION, Filter.PROVINCE, district]
    assert not_followed_text(places, "th") == "ไม่ได้กรองตามพื้นที่"
    assert not_followed_text([*places, group], "en") == "Not filtered by target group and area"
    assert all(not_followed_text(FILTERS, lang) for lang in LANGS)
