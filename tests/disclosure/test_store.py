"""Decisions written into a snapshot are those that are worked out without it."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from config.thai_calendar import FiscalYear, Span, fiscal_year_of
from data_access import queries
from data_access.disclosure import decisions, prepare, store
from data_access.disclosure.prepare import DECIDE, cases
from data_access.indicators.kernel.query import Query
from data_access.indicators.registry import INDICATORS
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


def test_years_and_quarters_of_the_record_are_written_with_what_they_stand_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = sys.modules["data_access.disclosure.prepare"]
    monkeypatch.setattr(module, "WORTH_IT", 0)
    monkeypatch.setattr(module, "INDICATORS", {"plan_coverage": INDICATORS["plan_coverage"]})
    monkeypatch.setattr(module, "BREAKDOWNS", {})
    info = replace(country(tmp_path, seed=6), synthetic=False)
    prepare(info, 5)
    for quarter in (FiscalYear(2568).quarter(4), FiscalYear(2569).quarter(1)):
        span = Span(fiscal_year_of(quarter.end).start, quarter.end)
        case = decisions.case_of("plan_coverage", span, None, 5, 10)
        for one in (case, case.bases()):
            assert store.read(decisions.WIDE, one, info) is not None
    now = decisions.case_of("plan_coverage", FiscalYear(2569).span, None, 5, 10)
    assert store.read(decisions.NARROW, now, info) == DECIDE[decisions.NARROW](now, info)
    assert store.read(decisions.NARROW, now, info)


def test_a_few_cases_are_decided_when_asked(tmp_path: Path) -> None:
    info = country(tmp_path, seed=5)
    prepare(info, 5)
    case = decisions.case_of("follow_up_on_time", FiscalYear(2569).span, None, 5, 10)
    assert store.read(decisions.WIDE, case, info) is None
