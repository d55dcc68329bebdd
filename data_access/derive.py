"""SELECTs that turn loaded exchange tables into snapshot tables: place and target group per row.

Done once per snapshot, so that attribution is fixed and no page joins five tables for it. What each
column means is said in `data_access.schema.derived`.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from duckdb_sqlalchemy import Dialect
from sqlalchemy import FromClause, Select, and_, case, column, func, null, or_, select, table

from data_access.schema.derived import CASE_TABLES
from data_access.schema.tables import EXCHANGE_TABLES as RAW

# A temporary table of the build: one row per case with its place, made from `case_places`.
PLACES = table(
    "case_place",
    *[column(c) for c in ("case_id", "province_code", "district_code", "target_group")],
)


# Gives an exchange table with its columns and the source's row number, wherever it stands.
TableOf = Callable[[str], FromClause]


def loaded_table(name: str) -> FromClause:
    """The table as the importer leaves it: the exchange columns and the source's row number."""
    names = [c.name for c in RAW[name].c]
    return table(name, *[column(c) for c in [*names, "source_row"]])


def case_places(table_of: TableOf = loaded_table) -> Select[Any]:
    """One row per case: the family's province, and its district unless the site is sensitive."""
    cases, families, sites = table_of("cases"), table_of("families"), table_of("sites")
    place = case((sites.c.sensitive.is_(True), null()), else_=families.c.district_code)
    return select(
        cases.c.case_id,
        func.substr(families.c.district_code, 1, 2).label("province_code"),
        place.label("district_code"),
        cases.c.target_group,
    ).select_from(
        cases.join(families, families.c.family_id == cases.c.family_id).outerjoin(
            sites, sites.c.site_id == cases.c.site_id
        )
    )


def snapshot_rows(name: str, table_of: TableOf = loaded_table) -> Select[Any]:
    """The SELECT that fills snapshot table `name` from the loaded ones; columns as in SNAPSHOT."""
    raw = table_of(name)
    if name == "families":
        return select(*raw.c, func.substr(raw.c.district_code, 1, 2).label("province_code"))
    if name == "cases" or name in CASE_TABLES:
        place = [PLACES.c.province_code, PLACES.c.district_code]
        if name != "cases":
            place.append(PLACES.c.target_group)
        return select(*raw.c, *place).select_from(
            raw.join(PLACES, PLACES.c.case_id == raw.c.case_id)
        )
    if name == "volunteer_activities":
        volunteers = table_of("volunteers")
        return select(*raw.c, volunteers.c.province_code, volunteers.c.district_code).select_from(
            raw.join(volunteers, volunteers.c.volunteer_id == raw.c.volunteer_id)
        )
    if name == "enrolments":
        return _enrolments(raw, table_of)
    return select(*raw.c)


def _enrolments(raw: FromClause, table_of: TableOf) -> Select[Any]:
    cohorts, posts, volunteers = (
        table_of("cohorts"),
        table_of("worker_posts"),
        table_of("volunteers"),
    )
    # The post that covers the cohort's first day; the smallest code where a worker held several.
    from_post = (
        select(
            raw.c.cohort_id,
            raw.c.person_id,
            func.min(posts.c.province_code).label("province_code"),
        )
        .select_from(
            raw.join(cohorts, cohorts.c.cohort_id == raw.c.cohort_id).join(
                posts, posts.c.worker_id == raw.c.person_id
            )
        )
        .where(
            raw.c.person_type == "worker",
            posts.c.start_on <= cohorts.c.start_on,
            or_(posts.c.end_on.is_(None), posts.c.end_on >= cohorts.c.start_on),
        )
        .group_by(raw.c.cohort_id, raw.c.person_id)
        .subquery("from_post")
    )
    is_worker = and_(
        raw.c.person_type == "worker",
        from_post.c.cohort_id == raw.c.cohort_id,
        from_post.c.person_id == raw.c.person_id,
    )
    is_volunteer = and_(
        raw.c.person_type == "volunteer", volunteers.c.volunteer_id == raw.c.person_id
    )
    origin = func.coalesce(
        raw.c.province_code, volunteers.c.province_code, from_post.c.province_code
    )
    return select(
        *raw.c,
        origin.label("from_province_code"),
        cohorts.c.course_id,
        cohorts.c.end_on.label("held_on"),
    ).select_from(
        raw.join(cohorts, cohorts.c.cohort_id == raw.c.cohort_id)
        .outerjoin(volunteers, is_volunteer)
        .outerjoin(from_post, is_worker)
    )


@cache
def sql(name: str) -> str:
    """The statement that gives the rows of one snapshot table, or "case_place", as DuckDB reads it.

    Written once for a process: it is the same for every snapshot.
    """
    statement = case_places() if name == "case_place" else snapshot_rows(name)
    return str(statement.compile(dialect=Dialect(), compile_kwargs={"literal_binds": True}))
