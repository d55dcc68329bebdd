"""The door to proposed invitations: who needs which course, against the seats of planned cohorts.

A person needs the qualifying course of their role until they have completed it. A planned cohort is
one that begins after the day and says how many seats it has. Free seats are shared among the
provinces it is meant for by how many people need the course there (largest remainder), and inside a
province those come first who have held their role longest. It is a proposal: nobody is enrolled.
"""

from typing import Any

import pandas as pd
from sqlalchemy import Select, Subquery, func, literal, select, union_all

from data_access import disclosure
from data_access.indicators.definitions.names_on_lists import first_lists, qualified_people
from data_access.indicators.kernel.conditions import covers
from data_access.indicators.kernel.definition import Kind, SqlPeriods
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql_periods import periods_of, place_filters
from data_access.schema.derived import SNAPSHOT
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, read_frame
from geo import levels, registers

posts = SNAPSHOT["worker_posts"]
volunteers = SNAPSHOT["volunteers"]
courses = SNAPSHOT["courses"]
cohorts = SNAPSHOT["cohorts"]
cohort_provinces = SNAPSHOT["cohort_provinces"]
enrolments = SNAPSHOT["enrolments"]

COLUMNS = [
    "cohort_id", "course_id", "start_on", "role", "person", "province_code", "district_code",
    "since", "free", "share", "needing",
]  # fmt: skip


def invitations(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Proposed invitations of people in the reader's own areas, the next cohort first, one row per
    person at most.

    `person` is a pseudonym, `since` the day from which the role is held, `free` the seats of the
    cohort nobody has yet, `share` those for the person's province, `needing` how many need the
    course there when the cohort's turn comes. A role of which no list of names says who is trained
    has none: nobody can tell who needs the course.
    """
    people = read_frame(_people(query), snapshot)
    planned = read_frame(_cohorts(query), snapshot)
    meant = read_frame(select(cohort_provinces.c.cohort_id, cohort_provinces.c.province_code)
                       .order_by(cohort_provinces.c.cohort_id), snapshot)  # fmt: skip
    aims = meant.groupby("cohort_id")["province_code"].agg(set).to_dict()
    found = []
    for role, turn in planned.groupby("role", sort=True):
        waiting = people[people["role"] == role]
        for cohort in turn.sort_values(["start_on", "cohort_id"]).to_dict("records"):
            invited = _invited_people(cohort, waiting, aims.get(cohort["cohort_id"]))
            waiting = waiting[~waiting["person"].isin(invited["person"])]
            found.append(invited)
    every = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=COLUMNS)
    return _own_rows(every[COLUMNS], query, scope)


def shares(free: int, needing: dict[str, int]) -> dict[str, int]:
    """Give so many seats to provinces by need, none more than it needs: the whole part of each
    share, then one each to the largest remainders (of equal ones the smaller code)."""
    total = sum(needing.values())
    if total <= free:
        return dict(needing)
    parts = {code: divmod(free * count, total) for code, count in needing.items()}
    given = {code: whole for code, (whole, _) in parts.items()}
    order = sorted(parts, key=lambda code: (-parts[code][1], code))
    for code in order[: free - sum(given.values())]:
        given[code] += 1
    return given


def _invited_people(
    cohort: dict[str, Any], waiting: pd.DataFrame, provinces: set[str] | None
) -> pd.DataFrame:
    """Those who get the free seats of one cohort; one meant for nowhere is meant for everywhere."""
    inside = waiting if provinces is None else waiting[waiting["province_code"].isin(provinces)]
    needing = {str(code): int(n) for code, n in inside.groupby("province_code").size().items()}
    share = shares(max(0, int(cohort["free"])), needing)
    ordered = inside.sort_values(["province_code", "since", "person"])
    place = ordered.groupby("province_code").cumcount()
    codes = ordered["province_code"].tolist()
    counted = ordered.assign(
        share=pd.Series([share[code] for code in codes], index=ordered.index, dtype="int64"),
        needing=pd.Series([needing[code] for code in codes], index=ordered.index, dtype="int64"),
        free=int(cohort["free"]),
        **{name: cohort[name] for name in COLUMNS[:3]},
    )
    return counted[place < counted["share"]]


def _own_rows(rows: pd.DataFrame, query: Query, scope: Scope) -> pd.DataFrame:
    """The rows of own areas that lie in the query's area, the next cohort first."""
    mine = disclosure.with_permitted_rows(rows, scope)
    if query.district:
        mine = mine[mine["district_code"] == query.district]
    inside = [levels.lies_in(code, query.narrowest[:2] if query.district else query.narrowest)
              and (query.base == 77 or code != registers.BANGKOK)
              for code in mine["province_code"]]  # fmt: skip
    mine = mine[pd.Series(inside, index=mine.index, dtype=bool)]
    keys = ["start_on", "cohort_id", "province_code", "since", "person"]
    return mine.sort_values(keys, ignore_index=True)


def _people(query: Query) -> Select[Any]:
    """Everybody who needs the course of their role, each once: person, role, place, since.

    Of the whole country, for seats are shared between provinces.
    """
    ask = periods_of(query, Kind.STOCK)
    rows = _roles(ask)
    everywhere = Query(query.as_of, base=query.base)
    done, lists = qualified_people(ask), first_lists()
    seated = (
        select((enrolments.c.person_type + literal(":") + enrolments.c.person_id).label("unit"))
        .join(cohorts, cohorts.c.cohort_id == enrolments.c.cohort_id)
        .join(courses, courses.c.course_id == cohorts.c.course_id)
        .where(cohorts.c.start_on > ask.at, courses.c.qualifying.is_(True))
        .where(enrolments.c.person_id.is_not(None))
    )
    trained = select(done.c.unit).where(done.c.role == rows.c.role, done.c.unit == rows.c.unit)
    known = select(lists.c.role).where(lists.c.first_on <= ask.at)
    return (
        select(*[c for c in rows.c if c.name != "unit"])
        .where(
            ~trained.exists(),
            rows.c.unit.not_in(seated),
            rows.c.role.in_(known),
            rows.c.province_code.is_not(None),
            *place_filters(rows, everywhere, Scope(nation=True)),
        )
        .order_by(rows.c.role, rows.c.province_code, rows.c.person)
    )


def _roles(ask: SqlPeriods) -> Subquery:
    """Everybody in post, and volunteers as the role "volunteer", with the day since when."""
    keys = (posts.c.worker_id, posts.c.role, posts.c.province_code)
    staff = (
        select(
            (literal("worker:") + posts.c.worker_id).label("unit"),
            posts.c.worker_id.label("person"),
            posts.c.role,
            posts.c.province_code,
            func.min(posts.c.district_code).label("district_code"),
            func.min(posts.c.start_on).label("since"),
        )
        .where(covers(posts, ask.at))
        .group_by(*keys)
    )
    helpers = select(
        literal("volunteer:") + volunteers.c.volunteer_id,
        volunteers.c.volunteer_id,
        literal("volunteer"),
        volunteers.c.province_code,
        volunteers.c.district_code,
        volunteers.c.registered_on,
    ).where(covers(volunteers, ask.at, "registered_on", "ended_on"))
    return union_all(staff, helpers).subquery("rows")


def _cohorts(query: Query) -> Select[Any]:
    """Cohorts of qualifying courses that begin after the day, with the seats nobody has yet."""
    ask = periods_of(query, Kind.STOCK)
    taken = (
        select(enrolments.c.cohort_id, func.count().label("seats"))
        .group_by(enrolments.c.cohort_id)
        .subquery("taken")
    )
    return (
        select(
            cohorts.c.cohort_id,
            cohorts.c.course_id,
            cohorts.c.start_on,
            courses.c.target_role.label("role"),
            (cohorts.c.planned_seats - func.coalesce(taken.c.seats, 0)).label("free"),
        )
        .join(courses, courses.c.course_id == cohorts.c.course_id)
        .outerjoin(taken, taken.c.cohort_id == cohorts.c.cohort_id)
        .where(
            cohorts.c.start_on > ask.at,
            courses.c.qualifying.is_(True),
            cohorts.c.planned_seats.is_not(None),
        )
        .order_by(cohorts.c.start_on, cohorts.c.cohort_id)
    )
