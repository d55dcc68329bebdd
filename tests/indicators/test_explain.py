"""Why a figure moved: each cause on rows counted by hand, and on the demo's last quarter."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, update

from config.thai_calendar import FiscalYear
from data_access import definition_record, explain_words, snapshot
from data_access.explain import CAUSES, End, Explanation, NotExplained, explain
from data_access.indicators import registry
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.units import sides
from data_access.schema.derived import indicator_definitions
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.indicators.random_worlds import EDGES, Tables, casework
from tests.support.world import drawn, make

NATION = Scope(nation=True, reveal=True)
WITHOUT_IDS = {
    *("skills_gained", "skills_wanted", "skills_gained_and_wanted", "goals_achieved"),
    *("screening_decided", "screening_overridden", "record_completeness"),
}
JUNE, SEPTEMBER = date(2026, 6, 30), date(2026, 9, 30)
FAMILIES = """
    family_id  household_id  district_code
    F1         H1            5001
    F2         H2            5001
    F3         H3            5002
    F4         H4            5001
    F5         H5            5001
"""
CASES = """
    case_id  family_id  target_group  opened_on   stage      closed_on   urgent
    C1       F1         elder         2026-01-05  follow_up  .           true
    C2       F2         elder         2026-02-01  closed     2026-08-01  false
    C3       F3         child         2026-02-01  follow_up  .           true
    C4       F4         child         2026-07-15  follow_up  .           true
"""
FOLLOW_UPS = """
    follow_up_id  case_id  first_due_on  due_on      done_on     method      result
    V1            C1       2026-06-10    2026-06-10  2026-06-09  home_visit  .
    V2            C1       2026-06-20    2026-06-20  .           home_visit  .
    V3            C3       2026-06-25    2026-06-25  2026-07-03  home_visit  .
    V4            C3       2026-08-20    2026-08-20  2026-08-20  home_visit  .
"""


def world(folder: Path, name: str = "later", as_of: date = SEPTEMBER, **texts: str) -> SnapshotInfo:
    """A snapshot of the tables above, with some of them drawn otherwise."""
    tables = {"families": FAMILIES, "cases": CASES, "follow_ups": FOLLOW_UPS} | texts
    rows = {table: drawn(text) for table, text in tables.items()}
    return make(folder, rows, as_of=as_of, name=name)


def ends(name: str, earlier: SnapshotInfo, later: SnapshotInfo, **parts: Any) -> tuple[End, End]:
    """An indicator on 30 June and on 30 September, or otherwise."""
    first = Query(parts.pop("as_of", JUNE)).but(**parts)
    return End(name, first, earlier), End(name, Query(SEPTEMBER).but(**parts), later)


def moved(found: Explanation, part: str) -> dict[str, tuple[int, int]]:
    """Added and removed units of a part by cause, where there are any."""
    rows = found.frame[found.frame["part"] == part]
    assert list(rows["cause"]) == list(CAUSES)
    total = getattr(found.end, part) - getattr(found.start, part)
    assert rows["change"].sum() == total
    return {r.cause: (r.added, r.removed) for r in rows.itertuples() if r.added or r.removed}


def test_new_and_closed_cases_between_two_days(tmp_path: Path) -> None:
    only = world(tmp_path)
    found = explain(*ends("urgent_cases", only, only), scope=NATION)
    assert (found.start.numerator, found.start.denominator) == (2, 3)  # C1 C3 of C1 C2 C3
    assert (found.end.numerator, found.end.denominator) == (3, 3)  # C1 C3 C4 of the same
    assert moved(found, "denominator") == {"new": (1, 0), "closed": (0, 1)}  # C4 in, C2 out
    assert moved(found, "numerator") == {"new": (1, 0)}


def test_a_case_that_stays_and_gets_its_case_manager_changed_its_state(tmp_path: Path) -> None:
    given = """
        case_id  worker_id  start_on    end_on
        C1       W1         2026-07-10  .
        C3       W1         2026-02-01  2026-09-01
    """
    workers = "worker_id sex\nW1 F"
    only = world(tmp_path, workers=workers, case_assignments=given)
    found = explain(*ends("unassigned_families", only, only), scope=NATION)
    # June: F1 and F2 have nobody; September: F3 and the new F4.
    assert moved(found, "numerator") == {"state": (1, 1), "new": (1, 0), "closed": (0, 1)}
    assert moved(found, "denominator") == {"new": (1, 0), "closed": (0, 1)}


def test_a_visit_done_after_the_earlier_day_is_late_in_one_snapshot(tmp_path: Path) -> None:
    only = world(tmp_path)
    found = explain(*ends("follow_up_completion", only, only), scope=NATION)
    assert (found.start.numerator, found.start.denominator) == (1, 3)  # V1 of V1 V2 V3
    assert (found.end.numerator, found.end.denominator) == (3, 4)  # V1 V3 V4 of all
    assert moved(found, "numerator") == {"late": (1, 0), "new": (1, 0)}  # V3 late, V4 new
    assert moved(found, "denominator") == {"new": (1, 0)}


def test_rows_that_came_later_are_late_entries_and_rows_that_differ_corrections(
    tmp_path: Path,
) -> None:
    before = """
        follow_up_id  case_id  first_due_on  due_on      done_on     method      result
        V1            C1       2026-06-10    2026-06-10  2026-06-09  home_visit  .
        V2            C1       2026-06-20    2026-06-20  2026-06-20  home_visit  .
        V3            C3       2026-06-25    2026-06-25  .           home_visit  .
        V9            C3       2026-06-26    2026-06-26  2026-06-26  home_visit  .
    """
    after = """
        follow_up_id  case_id  first_due_on  due_on      done_on     method      result
        V1            C1       2026-06-10    2026-06-10  2026-06-09  home_visit  .
        V2            C1       2026-06-20    2026-06-20  .           home_visit  .
        V3            C3       2026-06-25    2026-06-25  2026-06-25  home_visit  .
        V7            C1       2026-06-11    2026-06-11  2026-06-11  home_visit  .
    """
    old = world(tmp_path, "earlier", JUNE, follow_ups=before)
    new = world(tmp_path, follow_ups=after)
    found = explain(*ends("follow_up_completion", old, new), scope=NATION)
    # V7 is new to the register and V3's day was empty; V2 lost its day and V9 is gone.
    assert moved(found, "numerator") == {"late": (2, 0), "corrections": (0, 2)}
    assert moved(found, "denominator") == {"late": (1, 0), "corrections": (0, 1)}


def test_a_late_visit_takes_a_case_off_the_list_of_those_without_contact(tmp_path: Path) -> None:
    late = FOLLOW_UPS + "    V8  C1  2026-06-01  2026-06-01  2026-06-01  home_visit  .\n"
    none = "follow_up_id case_id first_due_on due_on done_on method result"
    old = world(tmp_path, "earlier", JUNE, follow_ups=none)
    new = world(tmp_path, follow_ups=late)
    same_day = ends("no_contact_90_days", old, new)
    found = explain(same_day[0], End("no_contact_90_days", Query(JUNE), new), scope=NATION)
    assert moved(found, "numerator") == {"late": (0, 1)}  # C1: V1 and V8 of June
    assert found.start.numerator == 3


def test_a_family_that_the_later_snapshot_has_in_another_district_moved(tmp_path: Path) -> None:
    elsewhere = FAMILIES.replace("F1         H1            5001", "F1         H1            5002")
    old, new = world(tmp_path, "earlier", JUNE), world(tmp_path, families=elsewhere)
    left = explain(*ends("families_in_care", old, new, district="5001"), scope=NATION)
    assert moved(left, "numerator") == {"new": (1, 0), "closed": (0, 1), "moved": (0, 1)}
    come = explain(*ends("families_in_care", old, new, district="5002"), scope=NATION)
    assert moved(come, "numerator") == {"moved": (1, 0)}
    both = explain(*ends("families_in_care", old, new, province="50"), scope=NATION)
    assert moved(both, "numerator") == {"new": (1, 0), "closed": (0, 1)}


def test_another_definition_is_a_cause_of_its_own(tmp_path: Path) -> None:
    assessed = """
        case_id  assessed_on  dimension  score
        C1       2026-01-25   health     2
        C3       2026-02-05   health     2
    """
    only = world(tmp_path, assessments=assessed)
    query = Query(SEPTEMBER)
    found = explain(
        End("assessed_within_15_days", query, only),
        End("assessed_within_30_days", query, only),
        scope=NATION,
    )
    assert moved(found, "numerator") == {"definition": (1, 0)}  # C1 after twenty days
    assert moved(found, "denominator") == {}


def record(info: SnapshotInfo, **changes: Any) -> None:
    """Writes the definitions of today into a snapshot, that of urgent cases with some changes."""
    snapshot.engine(info).dispose()
    writer = create_engine(f"duckdb:///{info.path}")
    with writer.begin() as connection:
        definition_record.write(connection)
        mine = indicator_definitions.c.indicator == "urgent_cases"
        if changes:
            connection.execute(update(indicator_definitions).where(mine).values(**changes))
    writer.dispose()


def said(found: Explanation, asked: tuple[End, End]) -> list[str]:
    """What is said below the causes."""
    return explain_words.sentences(found, *asked, "en")[1 + found.frame["part"].nunique() :]


def test_a_snapshot_published_under_another_definition_says_so_and_adds_up(tmp_path: Path) -> None:
    old, new = world(tmp_path, "earlier", JUNE), world(tmp_path)
    record(old, version="0", fingerprint="0123456789abcdef")
    record(new)
    asked = ends("urgent_cases", old, new)
    found = explain(*asked, scope=NATION)
    # The numbers are those of today's definition, and sum exactly.
    assert moved(found, "denominator") == {"new": (1, 0), "closed": (0, 1)}
    assert moved(found, "numerator") == {"new": (1, 0)}
    reasons = found.frame.set_index(["part", "cause"])["reason"]
    assert set(reasons[:, "definition"]) == {"definition_changed"}
    assert set(reasons.drop("definition", level="cause")) == {""}
    (line,) = said(found, asked)
    assert "earlier" in line
    assert "version 0 of the definition" in line


def test_a_rule_written_differently_and_another_norm_are_told_apart(tmp_path: Path) -> None:
    old, new = world(tmp_path, "earlier", JUNE), world(tmp_path)
    record(old, fingerprint="0123456789abcdef")
    record(new, norm=7.5, norm_better="lower")
    asked = ends("urgent_cases", old, new)
    found = explain(*asked, scope=NATION)
    rule, norm = said(found, asked)
    assert "earlier" in rule
    assert "written differently" in rule
    assert "later" in norm
    assert "at most 7.5, today it is none" in norm


def test_the_same_definitions_and_one_snapshot_say_nothing(tmp_path: Path) -> None:
    old, new = world(tmp_path, "earlier", JUNE), world(tmp_path)
    for info in (old, new):
        record(info)
    asked = ends("urgent_cases", old, new)
    assert said(explain(*asked, scope=NATION), asked) == []
    never = world(tmp_path, "never")
    alone = ends("urgent_cases", never, never)
    assert said(explain(*alone, scope=NATION), alone) == []


def test_a_snapshot_without_a_record_of_definitions_is_not_taken_for_the_same(
    tmp_path: Path,
) -> None:
    old, new = world(tmp_path, "earlier", JUNE), world(tmp_path)
    record(new)
    asked = ends("urgent_cases", old, new)
    found = explain(*asked, scope=NATION)
    reasons = set(found.frame.loc[found.frame["cause"] == "definition", "reason"])
    assert reasons == {"definition_not_recorded"}
    assert "does not record" in said(found, asked)[0]


def test_what_is_no_count_of_units_is_refused(tmp_path: Path) -> None:
    only = world(tmp_path)
    for name in ("staffing_gap", "days_to_plan"):
        with pytest.raises(NotExplained, match="no_units"):
            explain(*ends(name, only, only), scope=NATION)
    first, last = ends("urgent_cases", only, only)
    with pytest.raises(NotExplained, match="backwards"):
        explain(last, first, scope=NATION)


def test_rows_without_an_id_cannot_be_compared_across_snapshots(tmp_path: Path) -> None:
    old, new = world(tmp_path, "earlier", JUNE), world(tmp_path)
    with pytest.raises(NotExplained, match="no_ids"):
        explain(*ends("screening_decided", old, new), scope=NATION)


def test_at_the_public_level_small_parts_and_provinces_are_not_told(tmp_path: Path) -> None:
    only = world(tmp_path)
    asked = ends("urgent_cases", only, only, province="50")
    public = explain(*asked, scope=Scope(nation=True, hide_below=2))
    assert public.frame["change"].isna().all()
    assert set(public.frame["status"]) == {"hidden"}
    country = ends("urgent_cases", only, only)
    small = explain(*country, scope=Scope(nation=True, hide_below=3))
    assert small.frame["change"].isna().all()
    own = Scope(nation=True, own_provinces=frozenset({"50"}))
    assert moved(explain(*asked, scope=own), "denominator") == {"new": (1, 0), "closed": (0, 1)}


def test_the_public_level_tells_the_country_and_no_province(small_data_dir: Path) -> None:
    info = snapshot.current(small_data_dir)
    year = FiscalYear(2569)
    public = Scope(nation=True)
    first, last = (Query(info.as_of, span=year.quarter(n)) for n in (3, 4))

    def asked(name: str, **parts: Any) -> Explanation:
        both = [End(name, query.but(**parts), info) for query in (first, last)]
        return explain(*both, scope=public)

    parts = moved(asked("families_in_care"), "numerator")
    assert set(parts) == {"new", "closed"}
    assert min(parts["new"][0], parts["closed"][1]) >= public.hide_below
    assert set(asked("families_in_care", region="northeast").frame["reason"]) == {
        "explain_own_areas"
    }
    ratio = asked("families_per_case_manager", region="northeast").frame.set_index("part")
    assert set(ratio.loc["denominator", "status"]) == {"shown"}  # posts are no clients
    assert set(ratio.loc["numerator", "status"]) == {"hidden"}


@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(casework(), casework(), st.sampled_from(EDGES), st.sampled_from([{}, {"district": "5001"}]))
def test_every_count_and_ratio_adds_up_between_random_snapshots(
    tmp_path_factory: pytest.TempPathFactory,
    before: Tables,
    after: Tables,
    day: date,
    place: dict[str, str],
) -> None:
    folder = tmp_path_factory.mktemp("random")
    old, new = make(folder, before, name="old"), make(folder, after, name="new")
    for name, item in registry.INDICATORS.items():
        if not sides(item) or item.always_by:
            continue
        for earlier in (old, new):
            first = End(name, Query(min(day, SEPTEMBER), **place), earlier)
            try:
                found = explain(first, End(name, Query(SEPTEMBER, **place), new), scope=NATION)
            except NotExplained:
                assert earlier is old
                assert name in WITHOUT_IDS
                continue
            for part in sides(item):
                if None not in (getattr(found.start, part), getattr(found.end, part)):
                    moved(found, part)


def test_a_snapshot_that_a_refresh_takes_away_meanwhile_is_a_sentence(tmp_path: Path) -> None:
    earlier, later = world(tmp_path, name="earlier", as_of=JUNE), world(tmp_path)
    pair = ends("follow_up_overdue", earlier, later)
    earlier.path.unlink()
    with pytest.raises(NotExplained, match="snapshot_gone"):
        explain(*pair, scope=NATION)
