"""Families under care: how many, of which target group, nobody's, urgent ones [CL]."""

from typing import Any

from sqlalchemy import Select, and_, case, func, select

from data_access.filters import OF_CASES
from data_access.indicators.definitions.caseload import (
    OWNER,
    assignments,
    cases,
    families_under_care,
    open_cases,
)
from data_access.indicators.kernel.conditions import covers, open_on, same_moment
from data_access.indicators.kernel.definition import (
    CLIENTS_BOTH,
    Direction,
    Indicator,
    Kind,
    Ratio,
    Share,
    SqlPeriods,
    Unit,
    each_once,
    variant,
)


def _all_families(ask: SqlPeriods) -> Select[Any]:
    """Families under care whatever their target group: what one group's families are a part of."""
    rows = families_under_care(ask).subquery("all_families")
    return select(*[c for c in rows.c if c.name != "target_group"])


def _unassigned_families(ask: SqlPeriods) -> Select[Any]:
    """Families under care; `hit` where no open case of the family has a case manager that day.

    Asked of all open cases of the family, whatever place or group each of them has.
    """
    opened = open_cases(ask).subquery("opened")
    cared = (
        select(assignments.c.case_id, *ask.moment)
        .where(covers(assignments, ask.at))
        .distinct()
        .subquery("cared")
    )
    same = and_(cared.c.case_id == opened.c.case_id, *same_moment(opened, cared))
    has_one = case((cared.c.case_id.is_not(None), 1), else_=0)
    family = [opened.c.family_id, *[c for c in opened.c if c.name == "moment"]]
    assigned = func.max(has_one).over(partition_by=family)
    return select(
        opened.c.family_id.label("unit"),
        *[c for c in opened.c if c.name not in ("case_id", "family_id")],
        (1 - assigned).label("hit"),
    ).select_from(opened.outerjoin(cared, same))


@each_once
def _urgent(ask: SqlPeriods) -> Select[Any]:
    """Cases open on the day; `hit` where marked urgent (an unknown mark is not a hit)."""
    return select(
        cases.c.case_id.label("unit"),
        cases.c.province_code,
        cases.c.district_code,
        cases.c.target_group,
        cases.c.intake_channel,
        case((cases.c.urgent.is_(True), 1), else_=0).label("hit"),
        *ask.moment,
    ).where(open_on(cases, ask.at))


FAMILIES_IN_CARE = Indicator(
    name="families_in_care",
    code="CL-10",
    count_unit="families",
    measure=Ratio(families_under_care, _all_families, per=100, whole=True),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.NEUTRAL,
    client_counts=CLIENTS_BOTH,
    empty_reason="no_families",
    breakdowns=("target_group",),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_CASES,
    source="S4-12",
)
UNASSIGNED_FAMILIES = Indicator(
    name="unassigned_families",
    code="CL-6",
    count_unit="families",
    on_map=True,
    map_breaks=(5, 10, 15, 20),
    moved_by=("cases", "case_assignments"),
    executive_part="caseload",
    measure=Share(_unassigned_families),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.LOWER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="no_families",
    breakdowns=("target_group",),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_CASES,
    source="R9",
)
URGENT_CASES = variant(
    UNASSIGNED_FAMILIES,
    name="urgent_cases",
    code="CL-8",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Share(_urgent),
    direction=Direction.NEUTRAL,
    empty_reason="no_open_cases",
    breakdowns=("target_group", "intake_channel"),
    source="R1",
)

INDICATORS = (FAMILIES_IN_CARE, UNASSIGNED_FAMILIES, URGENT_CASES)
