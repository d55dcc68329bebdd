"""Two as-of dates of one snapshot: the other repeats cells that are there, or tells nothing."""

from datetime import date

import pytest

from config.thai_calendar import Span, fiscal_year_of
from data_access import queries
from data_access.breakdowns import BREAKDOWNS
from data_access.disclosure.families import YEARS_ONLY
from data_access.indicators.kernel.definition import Derived, Indicator, Kind
from data_access.indicators.kernel.query import Query
from data_access.indicators.registry import INDICATORS
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.disclosure.countries import country

PUBLIC, ALL = Scope(nation=True), Scope(nation=True, reveal=True)
CLIENTS = {
    name: one
    for name, one in {**INDICATORS, **BREAKDOWNS}.items()
    if one.client_counts and not isinstance(one.measure, Derived)
}
COLUMNS = ["area_code", "group", "numerator", "denominator", "value", "status", "reason"]


@pytest.fixture(scope="module")
def info(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    return country(tmp_path_factory.mktemp("country"), seed=1)


def is_stock(one: Indicator) -> bool:
    return one.kind is Kind.STOCK and one.name not in YEARS_ONLY


@pytest.mark.parametrize("name", [n for n, one in CLIENTS.items() if is_stock(one)])
@pytest.mark.parametrize("scope", [PUBLIC, ALL], ids=["public", "true"])
def test_a_stock_of_another_date_is_the_one_of_that_month_s_end(
    info: SnapshotInfo, name: str, scope: Scope
) -> None:
    day = date(2026, 6, 30)
    span = Span(fiscal_year_of(day).start, day)
    queries_of_day = (Query(day, area="province"), Query(info.as_of, area="province", span=span))
    first, second = (
        queries.answer(name, query, scope=scope, snapshot=info).frame[COLUMNS]
        for query in queries_of_day
    )
    assert first.equals(second)


@pytest.mark.parametrize("name", CLIENTS)
def test_flows_and_days_within_a_month_tell_nothing_of_another_date(
    info: SnapshotInfo, name: str
) -> None:
    days = (
        [date(2026, 6, 15)] if is_stock(CLIENTS[name]) else [date(2026, 6, 30), date(2026, 6, 15)]
    )
    for day in days:
        for area in ("country", "province"):
            query = Query(day, area=area)  # type: ignore[arg-type]  # both are levels
            rows = queries.answer(name, query, scope=PUBLIC, snapshot=info).frame
            hidden = rows[rows["status"] == "hidden"]
            assert set(hidden["reason"]) <= {"public_level"}
            assert not (rows["status"] == "shown").any()
