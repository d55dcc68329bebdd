"""Every indicator, breakdown and list × every filter: the answer follows it, or says it does not.

A dense world has something for every filter to change; a random one has missing cells and days on
edges, and there what a filter is said to leave alone stays as it is.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from config.thai_calendar import FiscalYear
from data_access import listings
from data_access.breakdowns import BREAKDOWNS
from data_access.filters import Filter, without_ignored
from data_access.indicators import registry
from data_access.indicators.kernel.answer import Answer
from data_access.indicators.kernel.query import Query
from data_access.listings import LISTINGS
from data_access.schema.tables import EXCHANGE_TABLES
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.indicators.random_worlds import Tables, casework, network, posts, trainings, volunteers
from tests.support.world import make

Ask = Callable[[str, Query], Answer]
NATION = Scope(nation=True, reveal=True)
DAY = date(2026, 9, 30)
YEAR = Query(DAY, span=FiscalYear(2569).span)
# One question per filter, about little or nothing of any world; and the question without it.
ASKED: dict[Filter, tuple[Query, Query]] = {
    Filter.FISCAL_YEAR: (YEAR.but(span=FiscalYear(2560).span), YEAR),
    Filter.REGION: (YEAR.but(region="south", base=77), YEAR),
    Filter.PROVINCE: (YEAR.but(province="11"), YEAR),
    Filter.DISTRICT: (YEAR.but(province="50", district="5003"), YEAR.but(province="50")),
    Filter.TARGET_GROUP: (YEAR.but(target_group="beggar"), YEAR),
    Filter.ROLE: (YEAR.but(role="one_home_team"), YEAR),
}
NUMBERS = ["area_code", "group", "numerator", "denominator", "value", "status", "reason"]
FIGURES = sorted({**registry.INDICATORS, **BREAKDOWNS})
STAFF = st.sampled_from(["case_manager", "cm_supervisor", "lao_practitioner", "social_worker"])
# What may stay as it is although the filter is followed: nobody trained of one role is as many
# provinces as nobody trained of any.
MAY_STAY = {"provinces_without_trained"}
# Counts of nothing: the age of a load, and days that are no count but a place in an order.
UNCOUNTED = {"days_since_load", "days_to_assessment_p90", "days_to_plan_p90"}
# Lists of districts.
BY_DISTRICT = {"silent_areas"}


def answers(name: str, one: Filter, ask: Ask) -> tuple[Answer, Answer]:
    """With the filter and without it."""
    narrowed, plain = ASKED[one]
    if name in BY_DISTRICT:
        narrowed, plain = (query.but(area="district") for query in (narrowed, plain))
    if one is Filter.REGION and numbers(ask(name, narrowed)).equals(numbers(ask(name, plain))):
        narrowed = narrowed.but(region="north")  # a world may lie in one region altogether
    return ask(name, narrowed), ask(name, plain)


def asking(snapshot: SnapshotInfo) -> Ask:
    """Asks one world, each question once."""

    @cache
    def ask(name: str, query: Query) -> Answer:
        return listings.answer(name, query, scope=NATION, snapshot=snapshot)

    return ask


def numbers(answer: Answer) -> pd.DataFrame:
    """What is counted, whatever the rows are called."""
    frame = answer.frame
    columns = [name for name in NUMBERS[1:] if name in frame] or list(frame.columns)
    return frame[columns].reset_index(drop=True).astype("object").fillna("")


def rows(answer: Answer) -> pd.DataFrame:
    """The rows of a list, all their cells."""
    return answer.frame.reset_index(drop=True).astype("object").fillna("")


def counted(answer: Answer) -> float:
    """The sum of what is counted in shown cells; 0 where nothing has a value to change."""
    shown = answer.frame[answer.frame["status"] == "shown"]
    return float(shown["numerator"].fillna(0).sum())


def faults(name: str, one: Filter, ask: Ask) -> Iterator[str]:
    """What is wrong with the answers to one filter."""
    narrowed, plain = answers(name, one, ask)
    sides = [
        one in side
        for side in (narrowed.applied_filters, narrowed.ignored_filters, narrowed.refused_filters)
    ]
    if sum(sides) != 1:
        yield f"{name} {one}: in {sum(sides)} of applied, ignored and refused"
    elif one in narrowed.ignored_filters and not numbers(narrowed).equals(numbers(plain)):
        yield f"{name} {one}: ignored, and yet the numbers change"
    elif one in narrowed.refused_filters and narrowed.frame["value"].notna().any():
        yield f"{name} {one}: refused, and yet there are numbers"
    same = numbers(narrowed).equals(numbers(plain))
    if one in narrowed.applied_filters and same and counted(plain) and name not in MAY_STAY:
        yield f"{name} {one}: said to be followed, and nothing changes"


def not_applied(name: str, one: Filter) -> bool:
    """Whether a figure or list says that a filter leaves it as it is, or takes its number away."""
    narrowed, _ = ASKED[one]
    return one in (
        *listings.filters_ignored(name, narrowed),
        *listings.refused_filters(name, narrowed),
    )


@pytest.mark.slow
def test_a_filter_changes_a_figure_or_is_said_not_to(dense: SnapshotInfo) -> None:
    ask = asking(dense)
    wrong = [f for name in FIGURES for one in ASKED for f in faults(name, one, ask)]
    assert not wrong, "\n".join(wrong)
    # What nothing is counted of would pass whatever it did.
    assert {name for name in FIGURES if not counted(ask(name, YEAR))} == UNCOUNTED


@pytest.mark.slow
def test_a_list_is_narrowed_by_the_filters_it_follows_and_by_no_other(dense: SnapshotInfo) -> None:
    ask = asking(dense)
    for name in LISTINGS:
        for one in ASKED:
            narrowed, plain = answers(name, one, ask)
            sides = (narrowed.applied_filters, narrowed.ignored_filters)
            assert sum(one in side for side in sides) == 1, (name, one)
            followed = one in narrowed.applied_filters
            assert rows(narrowed).equals(rows(plain)) != followed, (name, one, followed)


@pytest.mark.slow
@settings(max_examples=1, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(cases=casework(), net=network(), staff=posts(STAFF), helpers=volunteers(), held=trainings())
def test_awkward_rows_follow_no_filter_that_is_said_not_to_be_followed(
    tmp_path_factory: pytest.TempPathFactory,
    cases: Tables,
    net: Tables,
    staff: Tables,
    helpers: Tables,
    held: Tables,
) -> None:
    """Cells are missing and days lie on edges; what is followed is looked at in the dense world."""
    tables: dict[str, Any] = {name: [] for name in EXCHANGE_TABLES}
    tables |= {**net, **cases, **staff, **helpers, **held}
    ask = asking(make(tmp_path_factory.mktemp("filters"), tables))
    said = [(name, one) for name in FIGURES for one in ASKED if not_applied(name, one)]
    wrong = [fault for name, one in said for fault in faults(name, one, ask)]
    for name, one in [(name, one) for name in LISTINGS for one in ASKED if not_applied(name, one)]:
        narrowed, plain = answers(name, one, ask)
        wrong += [] if rows(narrowed).equals(rows(plain)) else [f"{name} {one}: it changes"]
    assert not wrong, "\n".join(wrong)


def test_a_question_is_widened_to_what_is_followed() -> None:
    asked = Query(
        DAY, province="50", district="5003", target_group="elder", role="volunteer", base=76
    )
    by_province = frozenset({Filter.PROVINCE, Filter.REGION})
    assert without_ignored(asked, by_province) == Query(DAY, province="50")
    # A district alone gives way to its province.
    assert without_ignored(Query(DAY, district="5003"), by_province) == Query(DAY, province="50")
    assert without_ignored(Query(DAY, province="50"), frozenset({Filter.REGION})) == Query(
        DAY, region="north"
    )
    assert without_ignored(asked, frozenset(Filter)) == asked
    assert without_ignored(YEAR, frozenset()) == Query(DAY)
