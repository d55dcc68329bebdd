"""Caseload: families under care against case managers in post, and the published norm [CL]."""

from typing import TYPE_CHECKING, Any

import pandas as pd
from sqlalchemy import Select, and_, case, distinct, func, select

from config.thresholds import whole
from data_access.filters import BY_TARGET_GROUP, OF_PEOPLE
from data_access.indicators.kernel.cells import upwards, without_denominator
from data_access.indicators.kernel.conditions import covers, open_on, same_moment
from data_access.indicators.kernel.definition import (
    CLIENTS_TOP,
    Derived,
    Direction,
    Indicator,
    Kind,
    Ratio,
    Share,
    SqlPeriods,
    Unit,
)
from data_access.indicators.kernel.query import Query
from data_access.schema.derived import SNAPSHOT

if TYPE_CHECKING:
    from data_access.indicators.kernel.engine import IndicatorEngine

cases = SNAPSHOT["cases"]
posts = SNAPSHOT["worker_posts"]
assignments = SNAPSHOT["case_assignments"]

OWNER = "case_management"


def norm() -> int:
    """Families that one case manager looks after at most, as thresholds.toml has it."""
    return whole("caseload_norm")


def families_under_care(ask: SqlPeriods) -> Select[Any]:
    """Families with a case open on the day; a family with two cases is one unit."""
    return select(
        cases.c.family_id.label("unit"),
        cases.c.province_code,
        cases.c.district_code,
        cases.c.target_group,
        *ask.moment,
    ).where(open_on(cases, ask.at))


def open_cases(ask: SqlPeriods) -> Select[Any]:
    """Cases open on the day, with their family, place, group and intake channel."""
    return select(
        cases.c.case_id,
        cases.c.family_id,
        cases.c.province_code,
        cases.c.district_code,
        cases.c.target_group,
        *ask.moment,
    ).where(open_on(cases, ask.at))


def case_managers_in_post(ask: SqlPeriods) -> Select[Any]:
    """Workers whose case-manager post covers the day; supervisors and other roles are not."""
    return select(
        posts.c.worker_id.label("unit"),
        posts.c.province_code,
        posts.c.district_code,
        *ask.moment,
    ).where(posts.c.role == "case_manager", covers(posts, ask.at))


def family_loads(ask: SqlPeriods) -> Select[Any]:
    """Case managers in post with the families under their care (`families`, 0 or more)."""
    held = (
        select(
            assignments.c.worker_id,
            func.count(distinct(cases.c.family_id)).label("families"),
            *ask.moment,
        )
        .join(cases, cases.c.case_id == assignments.c.case_id)
        .where(covers(assignments, ask.at), open_on(cases, ask.at))
        .group_by(assignments.c.worker_id, *ask.moment)
        .subquery("held")
    )
    in_post = case_managers_in_post(ask).subquery("in_post")
    same = and_(in_post.c.unit == held.c.worker_id, *same_moment(in_post, held))
    return select(*in_post.c, func.coalesce(held.c.families, 0).label("families")).select_from(
        in_post.outerjoin(held, same)
    )


def _over_norm(ask: SqlPeriods) -> Select[Any]:
    """Case managers in post, those with no family included; `hit` where the load is over the norm.

    The base is that of the load bands, so that the share and the picture beside it agree.
    """
    loads = family_loads(ask).subquery("loads")
    hit = case((loads.c.families > norm(), 1), else_=0)
    return select(*loads.c, hit.label("hit"))


def _supervisors(ask: SqlPeriods) -> Select[Any]:
    return select(
        posts.c.worker_id.label("unit"),
        posts.c.province_code,
        posts.c.district_code,
        *ask.moment,
    ).where(posts.c.role == "cm_supervisor", covers(posts, ask.at))


def _by_place(engine: "IndicatorEngine", query: Query) -> pd.DataFrame:
    """CL-1 cells one level down: by province, or by district where districts are asked for."""
    area = "district" if query.area == "district" or query.district else "province"
    return engine.raw(FAMILIES_PER_CASE_MANAGER, query.but(area=area))


def _provinces_over(engine: "IndicatorEngine", query: Query) -> pd.DataFrame:
    """Provinces over the norm, or with families and no case manager, of those with either."""
    cells = _by_place(engine, query)
    over = cells["numerator"] > cells["denominator"] * norm()
    seen = (cells["numerator"] > 0) | (cells["denominator"] > 0)
    cells = cells.assign(numerator=over.astype("Int64"), denominator=seen.astype("Int64"))
    return upwards(cells, query)


def _gap(engine: "IndicatorEngine", query: Query) -> pd.DataFrame:
    """Case managers missing per province, `max(0, ceil(families / norm) - posts)`, summed."""
    cells = _by_place(engine, query)
    needed = -(-cells["numerator"] // norm())
    missing = (needed - cells["denominator"]).clip(lower=0)
    seen = (cells["numerator"] > 0) | (cells["denominator"] > 0)
    return upwards(without_denominator(cells.assign(numerator=missing.where(seen))), query)


def _overload(engine: "IndicatorEngine", query: Query) -> pd.DataFrame:
    """How many of the last month-ends (`overload_window`) an area was over the norm."""
    from data_access.indicators.kernel.engine import last_month_ends

    spans = last_month_ends(query.period.end, whole("overload_window"))
    wide = query.but(over="month", span=spans, as_of=query.period.end)
    cells = engine.raw(FAMILIES_PER_CASE_MANAGER, wide)
    over = cells["numerator"] > cells["denominator"] * norm()
    seen = (cells["numerator"] > 0) | (cells["denominator"] > 0)
    cells = cells.assign(numerator=over.astype("Int64").where(seen))
    summed = cells.groupby(["area_code", "group"], as_index=False)
    months = summed[["numerator"]].sum(min_count=1)
    return without_denominator(months.assign(moment=0))


FAMILIES_PER_CASE_MANAGER = Indicator(
    name="families_per_case_manager",
    code="CL-1",
    norm="caseload_norm",
    on_map=True,
    map_breaks_of_norm=(0.5, 0.8, 1, 1.5, 2),
    around_norm=True,
    moved_by=("cases", "worker_posts"),
    executive_part="caseload",
    measure=Ratio(families_under_care, case_managers_in_post),
    kind=Kind.STOCK,
    unit=Unit.RATIO,
    direction=Direction.LOWER_IS_BETTER,
    client_counts=CLIENTS_TOP,
    empty_reason="no_case_manager",
    neither_reason="no_caseload",
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_PEOPLE,
    refuses=BY_TARGET_GROUP,
    source="S4-12",
)
PROVINCES_OVER_NORM = Indicator(
    name="provinces_over_norm",
    code="CL-2",
    count_unit="provinces",
    executive_part="caseload",
    measure=Derived(_provinces_over, per=100, of=(FAMILIES_PER_CASE_MANAGER,)),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.LOWER_IS_BETTER,
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_PEOPLE,
    refuses=BY_TARGET_GROUP,
    source="S4-12, S4-07",
)
STAFFING_GAP = Indicator(
    name="staffing_gap",
    code="CL-3",
    on_map=True,
    executive_part="caseload",
    measure=Derived(_gap, of=(FAMILIES_PER_CASE_MANAGER,)),
    kind=Kind.STOCK,
    unit=Unit.PEOPLE,
    direction=Direction.LOWER_IS_BETTER,
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_PEOPLE,
    refuses=BY_TARGET_GROUP,
    source="S4-12",
)
CASE_MANAGERS_OVER_NORM = Indicator(
    name="case_managers_over_norm",
    code="CL-4",
    count_unit="people",
    on_map=True,
    map_breaks=(10, 25, 50, 75),
    moved_by=("case_assignments", "worker_posts"),
    executive_part="caseload",
    measure=Share(_over_norm),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.LOWER_IS_BETTER,
    empty_reason="no_case_manager",
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_PEOPLE,
    refuses=BY_TARGET_GROUP,
    source="S4-12",
)
OVERLOAD_MONTHS = Indicator(
    name="overload_months",
    code="CL-5",
    measure=Derived(_overload, of=(FAMILIES_PER_CASE_MANAGER,)),
    series=(),
    kind=Kind.STOCK,
    unit=Unit.MONTHS,
    direction=Direction.LOWER_IS_BETTER,
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_PEOPLE,
    refuses=BY_TARGET_GROUP,
    source="S1-26",
)
CASE_MANAGERS_PER_SUPERVISOR = Indicator(
    name="case_managers_per_supervisor",
    code="CL-7",
    measure=Ratio(case_managers_in_post, _supervisors),
    kind=Kind.STOCK,
    unit=Unit.RATIO,
    direction=Direction.NEUTRAL,
    empty_reason="no_supervisor",
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_PEOPLE,
    refuses=BY_TARGET_GROUP,
    source="S4-11",
)
INDICATORS = (
    FAMILIES_PER_CASE_MANAGER,
    PROVINCES_OVER_NORM,
    STAFFING_GAP,
    CASE_MANAGERS_OVER_NORM,
    OVERLOAD_MONTHS,
    CASE_MANAGERS_PER_SUPERVISOR,
)
