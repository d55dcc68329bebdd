"""The door to the supervision sheet: one row per case manager, or team of volunteers, of one's own
areas, with three points to talk about by rule.

Rows are about people by pseudonym and their small counts: inside the reader's own areas only. A
team are the volunteers (อพม.) of one district. Every number is one that `show` gives as well:
loads, overdue follow-ups by post, and for teams the indicators of the district.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pandas as pd

from config import task_rules
from config.thai_calendar import Span, month_of
from config.thresholds import threshold
from data_access import disclosure, lists_follow_up, lists_supervision, queries
from data_access.indicators.definitions import caseload
from data_access.indicators.definitions.staff_training import DAYS_PER_MONTH
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, read_frame

MANAGER, TEAM = "case_manager", "volunteer_team"
COUNTS = (
    "families", "due", "done", "late", "visits",
    "due_before", "done_before", "late_before", "visits_before",
    "members", "active", "untrained",
)  # fmt: skip
COLUMNS = [
    "kind", "code", "province_code", "district_code", *COUNTS,
    "last_activity", "training", "points",
]  # fmt: skip
POINTS = 3


def supervision(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Case managers in post on the day, then teams of volunteers, of the reader's own areas.

    `code` is the worker's pseudonym or the team's district. `families` are under care on the day;
    `due` and `done` count follow-ups of the month up to the day, `late` those overdue on the day,
    `visits` home visits (of a team: activities); `…_before` is the month before, and `late_before`
    its last day. `training` is "never", "again" (the last course is too old), "" or, where no list
    of names says who is trained, "unknown". `members`, `active` and `untrained` are of teams.
    `points` are three codes, the first of `RULES` that hold.
    """
    parts = [_managers(query, scope, snapshot), _teams(query, scope, snapshot)]
    rows = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    rows = rows.reindex(columns=COLUMNS).astype(dict.fromkeys(COUNTS, "Int64"))
    day = query.period.end
    rows["points"] = [" ".join(points(row, day)) for row in rows.to_dict("records")]
    return rows


def months(query: Query) -> tuple[Span, Span]:
    """Give the month of the day, up to the day, and the whole month before it."""
    day = query.period.end
    start = month_of(day).start
    return Span(start, day), month_of(start - timedelta(days=1))


def _managers(query: Query, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    def read(selection: Any) -> pd.DataFrame:
        return read_frame(selection, snapshot).dropna(subset=["worker_id"]).set_index("worker_id")

    people = read(lists_supervision.managers(query, scope))
    people = disclosure.with_permitted_rows(people.reset_index(), scope).set_index("worker_id")
    for ending, span in zip(("", "_before"), months(query), strict=True):
        within = query.but(span=span)
        due = read(lists_supervision.due_and_done(within, scope))
        posts = read(lists_follow_up.by_post(within, scope, silent=False))["items"]
        late = posts.groupby("worker_id").sum().rename("late")  # a case may lie in two provinces
        visits = read(lists_supervision.home_visits(within, scope))["visits"]
        for column in (due["due"], due["done"], late, visits):
            values = column.reindex(people.index).fillna(0)
            people[f"{column.name}{ending}"] = values.astype("Int64")
    last = read(lists_supervision.last_follow_ups(query))["last_activity"]
    people["last_activity"] = last.reindex(people.index)
    courses = read(lists_supervision.training(query)).reindex(people.index)
    known = _is_known(query, scope, snapshot)
    people["training"] = [
        _training(row.qualified, row.days_since, known=known) for row in courses.itertuples()
    ]
    return people.rename_axis("code").reset_index().assign(kind=MANAGER)


def _training(course: Any, days_since: Any, *, known: bool) -> str:
    if not known:
        return "unknown"
    if pd.isna(course):
        return "never"
    limit = threshold("months_since_training").value * DAYS_PER_MONTH
    return "again" if pd.notna(days_since) and days_since > limit else ""


def _is_known(query: Query, scope: Scope, snapshot: SnapshotInfo) -> bool:
    """Whether lists of names tell who is trained as a case manager."""
    role = query.but(role=MANAGER, province=None, district=None, region=None)
    frame = queries.indicator("training_coverage", role, scope=scope, snapshot=snapshot)
    return bool(frame["numerator"].notna().any())


def _teams(query: Query, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Districts with volunteers, from the same answers as `show … --by district`."""

    def ask(name: str, column: str = "numerator", **parts: Any) -> pd.Series:
        by_district = query.but(area="district", target_group=None, **parts)
        frame = queries.indicator(name, by_district, scope=scope, snapshot=snapshot)
        return frame.set_index("area_code")[column]

    members = ask("active_volunteers", "denominator")
    own = [code for code in members[members.fillna(0) > 0].index if _is_own(code, scope)]
    numbers = {"members": members, "active": ask("active_volunteers")}
    numbers["families"] = ask("families_in_care")
    trained = ask("training_coverage", role="volunteer")
    numbers["untrained"] = members - trained.reindex(members.index)
    for ending, span in zip(("", "_before"), months(query), strict=True):
        numbers[f"due{ending}"] = ask("follow_up_completion", "denominator", span=span)
        numbers[f"done{ending}"] = ask("follow_up_completion", span=span)
        numbers[f"late{ending}"] = ask("follow_up_overdue", span=span)
        numbers[f"visits{ending}"] = ask("volunteer_duties", span=span)
    rows = pd.DataFrame({name: series.reindex(own) for name, series in numbers.items()})
    flows = [name for name in rows if name not in ("members", "active", "untrained")]
    rows[flows] = rows[flows].fillna(0)  # nothing due, late or logged there: all are own areas
    last = read_frame(lists_supervision.last_team_activities(query), snapshot)
    rows["last_activity"] = last.set_index("district_code")["last_activity"].reindex(own)
    unknown, some = rows["untrained"].isna(), rows["untrained"].fillna(0) > 0
    rows["training"] = some.map({True: "never", False: ""}).mask(unknown, "unknown")
    rows = rows.rename_axis("code").reset_index()
    return rows.assign(kind=TEAM, district_code=rows["code"], province_code=rows["code"].str[:2])


def _is_own(district: str, scope: Scope) -> bool:
    return disclosure.is_own(scope, district[:2], district)


def points(row: dict[str, Any], day: Any) -> tuple[str, ...]:
    """Give the codes of the three points to talk about: the first rules that hold."""
    return tuple(name for name, holds in RULES.items() if holds(row, day))[:POINTS]


def _share_done(row: dict[str, Any]) -> float:
    return 100 * row["done"] / row["due"] if row["due"] else 100.0


def _is_quiet(row: dict[str, Any], day: Any) -> bool:
    rule = task_rules.of_kind("silence")
    if rule is None or pd.isna(row["last_activity"]):
        return rule is not None
    return bool((day - row["last_activity"]).days >= rule.at_least)


def _is_over(row: dict[str, Any]) -> bool:
    return row["kind"] == MANAGER and bool(row["families"] > caseload.norm())


def _completion() -> float:
    return threshold("follow_up_completion").value


# In the order in which they are raised; the last three always hold, so that there are three.
RULES: dict[str, Callable[[dict[str, Any], Any], bool]] = {
    "late_more": lambda row, day: row["late"] > row["late_before"],
    "late": lambda row, day: 0 < row["late"] <= row["late_before"],
    "not_done": lambda row, day: _share_done(row) < _completion(),
    "over_norm": lambda row, day: _is_over(row),
    "no_visits": lambda row, day: row["visits"] == 0 and row["families"] > 0,
    "fewer_visits": lambda row, day: 0 < row["visits"] < row["visits_before"],
    "quiet": _is_quiet,
    "training_never": lambda row, day: row["training"] == "never",
    "training_again": lambda row, day: row["training"] == "again",
    "late_gone": lambda row, day: row["late"] == 0 and row["late_before"] > 0,
    "all_done": lambda row, day: 0 < row["due"] == row["done"],
    "more_visits": lambda row, day: row["visits"] > row["visits_before"],
    "help": lambda row, day: True,
    "hardest": lambda row, day: True,
    "next_month": lambda row, day: True,
}
