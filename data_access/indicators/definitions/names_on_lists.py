"""Who holds a role, who completed its course, and since when lists of names tell so.

Published courses often say "more than 400" and name nobody. Before the first list of names nobody
can tell who is trained: that is no data, never "nobody is trained".
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal, select, union_all

from data_access.indicators.kernel.conditions import covers
from data_access.indicators.kernel.definition import SqlPeriods
from data_access.schema.derived import SNAPSHOT

posts = SNAPSHOT["worker_posts"]
volunteers = SNAPSHOT["volunteers"]
courses = SNAPSHOT["courses"]
cohorts = SNAPSHOT["cohorts"]
enrolments = SNAPSHOT["enrolments"]

NO_LIST = "no_list_of_names"  # the reason in the place of a number


def people_in_role(ask: SqlPeriods) -> Select[Any]:
    """People who hold a role on the day: posts, and volunteers as the role "volunteer".

    `unit` carries the kind of person, so that a worker and a volunteer with one id stay two.
    """
    staff = select(
        (literal("worker:") + posts.c.worker_id).label("unit"),
        posts.c.province_code,
        posts.c.district_code,
        posts.c.role,
        *ask.moment,
    ).where(covers(posts, ask.at))
    helpers = select(
        literal("volunteer:") + volunteers.c.volunteer_id,
        volunteers.c.province_code,
        volunteers.c.district_code,
        literal("volunteer"),
        *ask.moment,
    ).where(covers(volunteers, ask.at, "registered_on", "ended_on"))
    people = union_all(staff, helpers).subquery("people")
    chosen = select(*people.c)
    return chosen.where(people.c.role == ask.role) if ask.role else chosen


def qualified_people(ask: SqlPeriods) -> Any:
    """Who completed a qualifying course by the day, with the role the course is for."""
    return (
        select(
            (enrolments.c.person_type + literal(":") + enrolments.c.person_id).label("unit"),
            courses.c.target_role.label("role"),
            *ask.moment,
        )
        .join(courses, courses.c.course_id == enrolments.c.course_id)
        .where(
            courses.c.qualifying.is_(True),
            enrolments.c.completed_on <= ask.at,
            enrolments.c.person_id.is_not(None),
        )
        .distinct()
        .subquery("qualified")
    )


def _days_with_names(*columns: ColumnElement[Any]) -> Select[Any]:
    """The columns, and the first day on which a cohort with names was over, by what they group."""
    done, over = enrolments.c.completed_on, cohorts.c.end_on
    day = case((done < over, done), else_=over)
    return (
        select(*columns, func.min(day).label("first_on"))
        .join(courses, courses.c.course_id == enrolments.c.course_id)
        .join(cohorts, cohorts.c.cohort_id == enrolments.c.cohort_id)
        .where(enrolments.c.person_id.is_not(None))
    )


def first_lists() -> Subquery:
    """Give role and `first_on`: the day from which names of a qualifying course of it are known."""
    role = courses.c.target_role
    rows = _days_with_names(role.label("role")).where(courses.c.qualifying.is_(True))
    return rows.group_by(role).subquery("first_lists")


def first_list_without_degree() -> Any:
    """Give the day from which names of any course for staff without a degree are known."""
    meant = courses.c.for_staff_without_degree.is_(True)
    names = (
        _days_with_names().where(meant, enrolments.c.person_type == "worker").subquery("first_list")
    )
    return select(names.c.first_on).scalar_subquery()
