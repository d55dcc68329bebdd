"""Training of the people in post: who lacks it, how long ago it was, where nobody has it [TR]."""

from typing import TYPE_CHECKING, Any

import pandas as pd
from sqlalchemy import Select, and_, case, func, select

from data_access.filters import BY_ROLE, OF_PEOPLE, PERIOD, PROVINCES
from data_access.indicators.definitions.names_on_lists import NO_LIST, first_list_without_degree
from data_access.indicators.definitions.training import OWNER, TRAINING_COVERAGE
from data_access.indicators.kernel.cells import upwards
from data_access.indicators.kernel.conditions import covers, same_moment, with_hits
from data_access.indicators.kernel.definition import (
    Derived,
    Direction,
    Indicator,
    Kind,
    Median,
    Share,
    SqlPeriods,
    Unit,
)
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql import days_between
from data_access.schema.derived import SNAPSHOT

if TYPE_CHECKING:
    from data_access.indicators.kernel.engine import IndicatorEngine

DAYS_PER_MONTH = 30.4375  # 365.25 days in 12 months

workers = SNAPSHOT["workers"]
posts = SNAPSHOT["worker_posts"]
courses = SNAPSHOT["courses"]
enrolments = SNAPSHOT["enrolments"]


def staff(ask: SqlPeriods) -> Select[Any]:
    """Workers with a post on the day, one row per post: worker_id, place, role, sex."""
    chosen = (
        select(
            posts.c.worker_id,
            posts.c.province_code,
            posts.c.district_code,
            posts.c.role,
            workers.c.sex,
            *ask.moment,
        )
        .join(workers, workers.c.worker_id == posts.c.worker_id)
        .where(covers(posts, ask.at))
    )
    return chosen.where(posts.c.role == ask.role) if ask.role else chosen


def _without_degree(ask: SqlPeriods) -> Select[Any]:
    """Workers known to have no social-work degree; `hit` where they completed a course for them.

    Which role the course was for does not matter; workers whose degree is unknown are left out.
    `known` is 0 where no list of names of such a course exists by the day.
    """
    known = case((first_list_without_degree() <= ask.at, 1), else_=0)
    people = staff(ask).add_columns(known.label("known"))
    rows = people.where(workers.c.has_social_work_degree.is_(False)).subquery("no_degree")
    trained = (
        select(enrolments.c.person_id.label("worker_id"), *ask.moment)
        .join(courses, courses.c.course_id == enrolments.c.course_id)
        .where(
            courses.c.for_staff_without_degree.is_(True),
            enrolments.c.person_type == "worker",
            enrolments.c.completed_on <= ask.at,
        )
        .distinct()
        .subquery("trained")
    )
    return with_hits(rows, trained, "worker_id")


def since_training(ask: SqlPeriods) -> Select[Any]:
    """Give workers in post with the `days` since their last completed course; empty where none."""
    rows = staff(ask).add_columns(ask.at.label("today")).subquery("in_post")
    last = (
        select(
            enrolments.c.person_id.label("worker_id"),
            func.max(enrolments.c.completed_on).label("completed_on"),
            *ask.moment,
        )
        .where(enrolments.c.person_type == "worker", enrolments.c.completed_on <= ask.at)
        .group_by(enrolments.c.person_id, *ask.moment)
        .subquery("last")
    )
    same = and_(rows.c.worker_id == last.c.worker_id, *same_moment(rows, last))
    return select(
        rows.c.worker_id.label("unit"),
        *[c for c in rows.c if c.name != "worker_id"],
        days_between(last.c.completed_on, rows.c.today).label("days"),
    ).select_from(rows.outerjoin(last, same))


def _nobody_trained(engine: "IndicatorEngine", query: Query) -> pd.DataFrame:
    """Provinces with people in post none of whom completed a qualifying course, of those provinces.

    A province with nobody in post has nobody to train: it is in neither number. Nor is one where
    no list of names says who is trained; an area of such provinces alone has no number.
    """
    cells = engine.raw(TRAINING_COVERAGE, query.but(area="province"))
    manned = cells[cells["denominator"].fillna(0) > 0]
    known = manned["numerator"].notna()
    nobody = (manned["numerator"] == 0).astype("Int64").where(known)
    each = pd.Series(1, index=manned.index, dtype="Int64").where(known)
    summed = upwards(manned.assign(numerator=nobody, denominator=each), query)
    lost = summed["numerator"].isna()
    return summed.assign(reason=pd.Series(pd.NA, summed.index, dtype="str").mask(lost, NO_LIST))


UNTRAINED_WITHOUT_DEGREE = Indicator(
    name="untrained_without_degree",
    code="TR-9",
    measure=Share(_without_degree, unknown_reason=NO_LIST),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    empty_reason="nobody_without_degree",
    breakdowns=("role", "sex"),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_PEOPLE | BY_ROLE,
    source="S2-15",
)
MONTHS_SINCE_TRAINING = Indicator(
    name="months_since_training",
    code="TR-10",
    measure=Median(since_training, divide=DAYS_PER_MONTH),
    kind=Kind.STOCK,
    unit=Unit.MONTHS,
    direction=Direction.LOWER_IS_BETTER,
    empty_reason="nobody_trained",
    breakdowns=("role", "sex"),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_PEOPLE | BY_ROLE,
    source="S0-19",
)
PROVINCES_WITHOUT_TRAINED = Indicator(
    name="provinces_without_trained",
    code="TR-6",
    measure=Derived(_nobody_trained, per=100, of=(TRAINING_COVERAGE,)),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.LOWER_IS_BETTER,
    empty_reason="nobody_in_post",
    breakdowns=("role",),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=PERIOD | PROVINCES | BY_ROLE,
    source="S4-07",
)

INDICATORS = (UNTRAINED_WITHOUT_DEGREE, MONTHS_SINCE_TRAINING, PROVINCES_WITHOUT_TRAINED)
