"""Decisions written into a snapshot are those that are worked out without it."""

from pathlib import Path

from config.thai_calendar import FiscalYear
from data_access import queries
from data_access.disclosure import decisions, prepare, store
from data_access.disclosure.prepare import DECIDE, cases
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from tests.disclosure.countries import country

PUBLIC = Scope(nation=True)


def test_what_is_written_is_what_would_be_decided(tmp_path: Path) -> None:
    info = country(tmp_path, seed=3)
    some = [(level, case) for level, case in cases(info, 5) if "follow_up_on_time" in case.names]
    fresh = {key: DECIDE[key[0]](key[1], info) for key in some}
    assert any(fresh.values()), "nothing is hidden: the country is no test"
    assert all(store.read(level, case, info) is None for level, case in some)
    store.write(info, fresh)
    for (level, case), cells in fresh.items():
        assert store.read(level, case, info) == cells


def test_a_question_reads_what_is_written_and_decides_nothing(tmp_path: Path) -> None:
    info = country(tmp_path, seed=4)
    case = decisions.case_of("follow_up_on_time", FiscalYear(2569).span, None, 5, 10)
    store.write(info, {(decisions.WIDE, case): {("50", ""): decisions.BESIDE}})
    query = Query(info.as_of, area="province", span=FiscalYear(2569).span)
    frame = queries.indicator("follow_up_on_time", query, scope=PUBLIC, snapshot=info)
    hidden = frame[frame["status"] == "hidden"]
    assert list(hidden["area_code"]) == ["50"]
    assert list(hidden["reason"]) == [decisions.BESIDE]


def test_a_few_cases_are_decided_when_asked(tmp_path: Path) -> None:
    info = country(tmp_path, seed=5)
    prepare(info, 5)
    case = decisions.case_of("follow_up_on_time", FiscalYear(2569).span, None, 5, 10)
    assert store.read(decisions.WIDE, case, info) is None
