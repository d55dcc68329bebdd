"""The door to the data: every figure and list that leaves this package passes here.

Each function takes `scope` (whose rows) and `snapshot` (which file), by name and without a default.
Small client counts are hidden before a frame is handed out.
"""

from itertools import pairwise

import pandas as pd
from sqlalchemy import func, select

from config.thai_calendar import fiscal_year_of
from config.thresholds import whole
from data_access import (
    disclosure,
    lists,
    lists_follow_up,
    lists_programmes,
    lists_training,
    merged_areas,
    programmes,
)
from data_access.breakdowns import BREAKDOWNS
from data_access.filters import filters_of
from data_access.indicators import registry
from data_access.indicators.kernel import frame
from data_access.indicators.kernel.answer import Answer, answer_of
from data_access.indicators.kernel.definition import Indicator
from data_access.indicators.kernel.engine import IndicatorEngine, with_default_breakdown
from data_access.indicators.kernel.query import Query
from data_access.merged_areas import with_merged
from data_access.quality_effects import permitted_effects
from data_access.schema.derived import SNAPSHOT, load_tables
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, engine, read_frame


def answer(name: str, query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> Answer:
    """One indicator or breakdown with the filters it followed and whose area it is.

    The frame has a row per area, breakdown and period, none missing: columns area_code, group,
    period_start, period_end, numerator, denominator, value, status (`data_access.status`), reason,
    qualifier. `value` is 0–100 for percent. Only shown cells have numbers. A total over a part of
    an area has the area code `MINE`. Districts have `merged_areas.COLUMNS` besides. Raises
    `UnknownIndicator`, `NotAnswerable`.
    """
    definition = definition_of(name)
    query = with_default_breakdown(definition, query)
    with engine(snapshot).connect() as connection:
        counter = IndicatorEngine(connection, scope)
        why_not = counter.why_not(definition, query)
        counted = counter.raw(definition, query)
    whole = frame.complete(counted, definition, query, scope, why_not)
    columns = frame.COLUMNS
    if not scope.reveal:
        whole = disclosure.hide(whole, definition, query, scope, snapshot)
    if query.area == "district" and query.breakdown is None and definition.client_counts:
        whole = with_merged(whole, definition, query, scope, snapshot)
        columns = [*columns, *merged_areas.COLUMNS]
    area = scope.label(query.narrowest)
    refused = definition.refused_filters(filters_of(query))
    return answer_of(whole[columns], definition.filters_followed, query, area, refused)


def definition_of(name: str) -> Indicator:
    """The definition of an indicator or breakdown; raises `UnknownIndicator`."""
    return BREAKDOWNS.get(name) or registry.get(name)


def indicator(name: str, query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """The frame of `answer` for one indicator."""
    registry.get(name)
    return answer(name, query, scope=scope, snapshot=snapshot).frame


def breakdown(name: str, query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """The frame of `answer` for one of `data_access.breakdowns`."""
    return answer(name, query, scope=scope, snapshot=snapshot).frame


def case_manager_loads(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Case managers, heaviest first: worker_id, province_code, families; others' above the norm."""
    loads = read_frame(lists.loads(query, scope), snapshot)
    return disclosure.with_permitted_loads(loads, scope, whole("caseload_norm"))


def load_bands(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Case managers per band of families under care, empty bands included: band, case_managers."""
    held = read_frame(lists.loads(query, scope), snapshot)["families"]
    edges = load_band_edges(whole("caseload_norm"))
    labels = ["0", *(f"{low + 1}-{high}" for low, high in pairwise(edges)), f"{edges[-1] + 1}+"]
    band = pd.cut(held, [-1, *edges, float("inf")], labels=labels)
    counts = band.value_counts().reindex(labels, fill_value=0)
    return pd.DataFrame({"band": counts.index.astype("str"), "case_managers": counts.to_numpy()})


def load_band_edges(norm: int) -> list[int]:
    """Last number of families in each band but the open one: 0, half the norm, the norm, and so on.

    The norm always ends a band: with 10 they are 0, 5, 10, 15 and 20, with 12 they are 0, 6, 12, 18
    and 24. A norm of 1 has no half.
    """
    return sorted({0, norm // 2, norm, norm + norm // 2, 2 * norm})


def overdue_visits(
    query: Query, *, scope: Scope, snapshot: SnapshotInfo, limit: int = 500
) -> pd.DataFrame:
    """Follow-ups of open cases past due, newest first, at most `limit`: unit (follow-up), case_id,
    place, target_group, due_on, days_late, stage, urgent, opened_on, worker_id (who answers for the
    case), last_contact, next_appointment. Ids are the sender's pseudonyms; there are no names.

    Rows of single cases are for those responsible for their area; nobody else gets one.
    """
    rows = read_frame(lists_follow_up.overdue(query, scope), snapshot)
    newest = rows.sort_values(["days_late", "unit"], ignore_index=True)
    return disclosure.with_permitted_rows(newest, scope).head(limit)


def cohorts(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """One row per cohort that touches the period, newest first; planned ones are among them.

    `attendances`, `female`, `male`, `unspecified` are empty where nothing is known — not zero;
    `qualifier` is `exact`, `more_than` or `about`.
    """
    return read_frame(lists.cohort_rows(query, scope), snapshot)


def targets(*, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Targets as loaded: indicator, scope_code, fiscal_year (Buddhist), value (Decimal), source."""
    del scope  # targets are public and about areas, not about anybody
    return read_frame(lists.as_loaded("targets"), snapshot)


def published_figures(*, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Figures quoted from documents with their day, qualifier, source and provenance."""
    del scope  # published already
    return read_frame(lists.published_figures(), snapshot)


def courses(*, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """The course catalogue: course_id, names, target_role, qualifying, for_staff_without_degree."""
    del scope  # the catalogue is public
    return read_frame(lists.as_loaded("courses"), snapshot)


def load_rows(*, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Tables of the load: table_name, rows, present (the source held the table, even if empty)."""
    del scope  # counts of the whole load say nothing about anybody
    return read_frame(select(load_tables).order_by(load_tables.c.table_name), snapshot)


def fiscal_years(*, scope: Scope, snapshot: SnapshotInfo) -> list[int]:
    """Fiscal years (Buddhist) a reader may ask for, newest first: from the first case or
    cohort on record to the as-of date's own."""
    del scope  # years are not about anybody
    firsts = [
        select(func.min(SNAPSHOT["cases"].c.opened_on)),
        select(func.min(SNAPSHOT["cohorts"].c.start_on)),
    ]
    with engine(snapshot).connect() as connection:
        found = [connection.execute(s).scalar() for s in firsts]
    last = fiscal_year_of(snapshot.as_of).be
    first = min([fiscal_year_of(day).be for day in found if day] or [last])
    return list(range(last, min(first, last) - 1, -1))


def quality_counts(
    *, scope: Scope, snapshot: SnapshotInfo, by_province: bool = False
) -> pd.DataFrame:
    """Rows that break each data-quality rule: rule, severity, table_name, province_code, rows.

    Rows about clients are counted for the whole country, by province in the reader's own only.
    Rules nothing breaks are not in the frame; `data_access.quality.RULES` has them all.
    """
    return read_frame(lists.quality_by_rule(scope, by_province), snapshot)


def case_stages(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """One row per stage for the cases opened in the period: stage, cases (that got there by the
    as-of date), opened, share (0–100), median_days (Kaplan–Meier), status, reason.

    Cases that are not there yet, or were closed before, count as waiting to the as-of date;
    `median_days`, the same estimate as `days_to_assessment` and `days_to_plan`, is empty where half
    are not there yet. Stages are counted each by itself and shares need not fall from one to the
    next: a case may be followed up without a recorded service, or closed from any stage.
    """
    days = read_frame(lists_programmes.stage_days(query, scope), snapshot)
    found = programmes.stages(days, _present(scope, snapshot), _least(scope))
    return found if disclosure.tables_permitted(query, scope) else programmes.hidden_stages(found)


def case_stage_curves(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """How fast cases opened in the period get to each stage: stage, day, share, low, high (0–100).

    Kaplan–Meier with 95 % intervals, up to a year after opening.
    """
    days = read_frame(lists_programmes.stage_days(query, scope), snapshot)
    if not disclosure.tables_permitted(query, scope):
        return programmes.curves(days.head(0), frozenset(), _least(scope))
    return programmes.curves(days, _present(scope, snapshot), _least(scope))


def screening_decisions(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Automated screenings of the period, every pair of flag and decision: flag, decision, result
    (agreed, overridden, undecided, unrecorded), screenings, status."""
    counted = read_frame(lists_programmes.screening_decisions(query, scope), snapshot)
    found = programmes.decisions(counted, _least(scope))
    return (
        found if disclosure.tables_permitted(query, scope) else programmes.hidden_decisions(found)
    )


def undecided_screenings(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Screenings no person has decided on, oldest first, at most 500: unit (case id), place, since,
    days. Only rows of the reader's own areas, as in all lists of single cases below."""
    rows = read_frame(lists_programmes.undecided_screenings(query, scope), snapshot)
    return programmes.first_cases(rows, query, scope)


def waiting_referrals(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Referrals without a result, oldest first, at most 500: unit (referral id), place, since,
    days."""
    rows = read_frame(lists_programmes.waiting_referrals(query, scope), snapshot)
    return programmes.first_cases(rows, query, scope)


def stuck_cases(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Cases without improvement whose plan was not changed, at most 500: unit (case id), place."""
    rows = read_frame(
        lists_programmes.units("no_improvement_no_revision", 1, query, scope), snapshot
    )
    return programmes.first_cases(rows, query, scope)


def cases_without_plan(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Cases past assessment that have no plan, at most 500: unit (case id), place."""
    rows = read_frame(lists_programmes.units("plan_coverage", 0, query, scope), snapshot)
    return programmes.first_cases(rows, query, scope)


def _present(scope: Scope, snapshot: SnapshotInfo) -> frozenset[str]:
    tables = load_rows(scope=scope, snapshot=snapshot)
    return frozenset(tables.loc[tables["present"].astype("bool"), "table_name"])


def _least(scope: Scope) -> int:
    return 1 if scope.reveal else scope.hide_below


def skills_reported(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Participants per skill they report as gained or as wanted: skill, status, people."""
    del scope  # counts of staff of whole events, published by the organisers themselves
    return read_frame(lists_training.skills_reported(query), snapshot)


def advice(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """The register of recommendations, policy proposals and best practices, open ones first."""
    del scope  # about programmes, not about anybody
    return read_frame(lists_training.advice(query), snapshot)


def course_needs(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Who still needs training: role, province_code (empty unless by province), people, trained,
    everybody once in the area or in each province; `trained` is empty where no list names anybody.
    """
    return read_frame(lists_training.needs(query, scope), snapshot)


def seats_and_people(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """By course: held, planned, seats (a lower bound where `bound` is 1), people (each once)."""
    del scope  # cohorts are public
    return read_frame(lists_training.seats_and_people(query), snapshot)


def sites(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Service sites: ids, names, type, province_code, district_code (never of a sensitive one)."""
    return read_frame(lists_training.sites_of(query, scope), snapshot)


def quality_effects(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """What each broken rule does to the main figures: `quality_effects.permitted_effects`."""
    with engine(snapshot).connect() as connection:
        return permitted_effects(connection, query, scope)


def quality_rows(*, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """The fix list: rule, severity, table_name, row_number, column_name, seen, province_code.

    Rows are named by their place in the sender's file; no id of a client is among the columns.
    Rows about clients are those of the reader's own provinces only.
    """
    return read_frame(lists.quality_rows(scope), snapshot)


def latest_records(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """The newest record of each province up to the as-of date: province_code, latest."""
    return read_frame(lists_training.latest_records(query, scope), snapshot)
