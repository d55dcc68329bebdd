"""Small awkward worlds for Hypothesis: days on the edges, rows missing, people with two posts."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from config.thai_calendar import FiscalYear
from data_access.indicators.kernel.query import Query
from data_access.schema.codes import CODES

Tables = dict[str, list[dict[str, Any]]]

DISTRICTS = ["1001", "3001", "5001", "5002", "9001"]
EDGES = [date(2025, 9, 30), date(2025, 10, 1), date(2026, 1, 31), date(2026, 2, 1)]
EDGES += [date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 2), date(2026, 7, 3)]
EDGES += [date(2026, 9, day) for day in (22, 23, 24, 29, 30)] + [
    date(2026, 10, day) for day in (1, 7)
]
DAY = st.sampled_from(EDGES)
MAYBE_DAY = st.one_of(st.none(), DAY)
PLACE = st.sampled_from(DISTRICTS)
PERHAPS = st.sampled_from([None, True, False])
KEY = st.integers(0, 3).map(str)
MAYBE_KEY = st.one_of(st.none(), KEY)
GROUP = st.sampled_from(["elder", "child"])


def code(name: str, most: int = 3, *, empty: bool = False) -> st.SearchStrategy[str | None]:
    """One of the first codes of a list, or nothing."""
    listed = list(CODES[name][:most])
    return st.sampled_from([None, *listed] if empty else listed)


@st.composite
def table(draw: st.DrawFn, most: int, **cells: st.SearchStrategy[Any]) -> list[dict[str, Any]]:
    """At most so many rows and at least half as many, or none; each cell drawn by itself."""
    number = draw(st.sampled_from([0, *range(most // 2, most + 1), most]))
    return [{name: draw(cell) for name, cell in cells.items()} for _ in range(number)]


def numbered(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """The rows with a key of their own."""
    return [{**row, key: str(n)} for n, row in enumerate(rows)]


def once(rows: list[dict[str, Any]], *keys: str) -> list[dict[str, Any]]:
    """The last row of each key."""
    return list({tuple(row[key] for key in keys): row for row in rows}.values())


def ordered(rows: list[dict[str, Any]], first: str, last: str) -> list[dict[str, Any]]:
    """The rows with the end never before the start."""
    return [{**row, last: row[last] and max(row[first], row[last])} for row in rows]


@st.composite
def casework(draw: st.DrawFn) -> Tables:
    """Four families with cases, two sites, and everything that is done for them."""
    cases = draw(
        table(
            6,
            family_id=KEY,
            target_group=GROUP,
            intake_channel=code("intake_channel", empty=True),
            urgent=PERHAPS,
            opened_on=st.sampled_from([*EDGES[:5], *EDGES]),
            closed_on=MAYBE_DAY,
            closure_reason=code("closure_reason", empty=True),
            stage=code("stage", 6),
            site_id=st.sampled_from([None, None, "S"]),
        )
    )
    cases = ordered(numbered(cases, "case_id"), "opened_on", "closed_on")
    case_id = st.sampled_from([case["case_id"] for case in cases] or [""])
    most = 8 if cases else 0
    follow_ups = draw(
        table(
            2 * most,
            case_id=case_id,
            first_due_on=DAY,
            due_on=DAY,
            done_on=MAYBE_DAY,
            cancelled_on=st.sampled_from([None, None, None, EDGES[4]]),
            method=code("method", 2, empty=True),
            outcome=code("outcome", 4, empty=True),
            worker_id=MAYBE_KEY,
            accompanied_by_worker_id=MAYBE_KEY,
        )
    )
    version = st.integers(1, 2)
    plans = table(
        most,
        case_id=case_id,
        version=version,
        made_on=DAY,
        target_on=MAYBE_DAY,
        family_agreed=PERHAPS,
    )
    goals = table(
        most,
        case_id=case_id,
        version=version,
        goal_no=st.integers(1, 2),
        dimension=code("dimension", 2, empty=True),
        term=code("term"),
        target_on=MAYBE_DAY,
        achieved_on=MAYBE_DAY,
    )
    seen = table(
        2 * most,
        case_id=case_id,
        assessed_on=DAY,
        dimension=code("dimension", 2),
        level=st.integers(0, 3),
    )
    site = {"site_id": "S", "name_th": "ก", "type": "shelter", "province_code": "90"}
    return {
        "families": [
            {"family_id": str(n), "household_id": "1", "district_code": draw(PLACE)}
            for n in range(4)
        ],
        "sites": [{**site, "sensitive": True}],
        "cases": cases,
        "follow_ups": numbered(follow_ups, "follow_up_id"),
        "plans": once(draw(plans), "case_id", "version"),
        "plan_goals": once(draw(goals), "case_id", "version", "goal_no"),
        "assessments": once(draw(seen), "case_id", "assessed_on", "dimension"),
    }


@st.composite
def posts(draw: st.DrawFn, role: st.SearchStrategy[str]) -> Tables:
    """Four workers, some of whose degrees are unknown, and the posts they hold."""
    early = st.sampled_from(EDGES[:5])
    held = draw(table(5, worker_id=KEY, role=role, place=PLACE, start_on=early, end_on=MAYBE_DAY))
    for row in held:
        row["district_code"] = row.pop("place")
        row |= {"province_code": row["district_code"][:2], "fte": 1}
    return {
        "workers": [
            {"worker_id": str(n), "sex": draw(code("sex")), "has_social_work_degree": draw(PERHAPS)}
            for n in range(4)
        ],
        "worker_posts": ordered(held, "start_on", "end_on"),
    }


@st.composite
def volunteers(draw: st.DrawFn) -> Tables:
    """Up to four volunteers, what they logged and what they were awarded."""
    people = draw(
        table(
            4,
            sex=code("sex"),
            level=code("level", 2),
            place=PLACE,
            registered_on=DAY,
            ended_on=MAYBE_DAY,
        )
    )
    for row in people:
        row["district_code"] = row.pop("place")
        row["province_code"] = row["district_code"][:2]
    people = ordered(numbered(people, "volunteer_id"), "registered_on", "ended_on")
    who = st.sampled_from([row["volunteer_id"] for row in people] or [""])
    most = 6 if people else 0
    year = st.sampled_from([2568, 2569, 2570])
    award = st.sampled_from(["outstanding", "special"])
    figures = table(
        5,
        province_code=PLACE.map(lambda district: district[:2]),
        year=st.sampled_from([2024, 2026, 2027]),
        households=st.sampled_from([None, 0, 90, 800]),
    )
    return {
        "volunteers": people,
        "volunteer_activities": draw(
            table(most, volunteer_id=who, done_on=DAY, duty=code("duty", 2))
        ),
        "awards": draw(table(most, volunteer_id=who, award=award, fiscal_year=year)),
        "province_statistics": once(draw(figures), "province_code", "year"),
    }


@st.composite
def network(draw: st.DrawFn) -> Tables:
    """Casework with teams, conferences, services, referrals and screenings of its cases."""
    world = draw(casework())
    case_id = st.sampled_from([case["case_id"] for case in world["cases"]] or [""])
    most = 6 if world["cases"] else 0
    to = st.sampled_from([None, "H", "L"])
    flag = st.sampled_from(["low", "high"])
    team = table(
        most, case_id=case_id, profession=code("profession"), start_on=DAY, end_on=MAYBE_DAY
    )
    kinds = {"H": "hospital", "L": "lao"}
    more: Tables = {
        "organisations": [
            {"organisation_id": key, "name_th": "ก", "type": kind} for key, kind in kinds.items()
        ],
        "case_team": ordered(draw(team), "start_on", "end_on"),
        "case_conferences": draw(table(most, case_id=case_id, held_on=DAY)),
        "services": draw(
            table(
                most,
                case_id=case_id,
                service_type=code("service_type", 2),
                provider_organisation_id=to,
                given_on=DAY,
            )
        ),
        "referrals": numbered(
            draw(
                table(
                    most,
                    case_id=case_id,
                    to_organisation_id=to,
                    sent_on=DAY,
                    accepted_on=MAYBE_DAY,
                    result_on=MAYBE_DAY,
                )
            ),
            "referral_id",
        ),
        "screenings": draw(
            table(
                most,
                case_id=case_id,
                tool=st.sampled_from(["a", "b"]),
                version=st.just("1"),
                run_on=DAY,
                flag=flag,
                decided_on=MAYBE_DAY,
                decision=st.one_of(st.none(), flag),
            )
        ),
    }
    more["referrals"] = ordered(more["referrals"], "sent_on", "accepted_on")
    return {**world, **more}


@st.composite
def trainings(draw: st.DrawFn) -> Tables:
    """Cohorts of three courses with plans, lists, reports, skills, appreciation and advice."""
    roles = ["case_manager", "lao_practitioner", "volunteer"]
    cohorts = draw(
        table(
            4,
            course_id=st.sampled_from(["0", "1", "2"]),
            start_on=DAY,
            end_on=DAY,
            date_precision=st.just("day"),
            mode=st.sampled_from(["onsite", "online", "seminar", "workshop"]),
            held_in_province_code=st.sampled_from([None, "50", "10"]),
            planned_seats=st.sampled_from([None, 0, 5, 20]),
            reported_attendance=st.sampled_from([None, 0, 7]),
            reported_qualifier=st.sampled_from([None, "exact", "more_than"]),
            reported_female=st.sampled_from([None, 3, 30]),
        )
    )
    cohorts = ordered(numbered(cohorts, "cohort_id"), "start_on", "end_on")
    for cohort in cohorts[1:]:  # the first may be the project of others
        cohort["part_of"] = draw(st.sampled_from([None, None, "0"]))
    which = st.sampled_from([cohort["cohort_id"] for cohort in cohorts] or [""])
    most = 8 if cohorts else 0
    seats = table(
        most,
        cohort_id=which,
        person_type=code("person_type"),
        person_id=MAYBE_KEY,
        province_code=st.sampled_from([None, "50", "90"]),
        sex=code("sex", empty=True),
        completed_on=MAYBE_DAY,
    )
    told = table(
        2 * most,
        cohort_id=which,
        person_id=MAYBE_KEY,
        skill=code("skill", 2),
        status=code("skill_status"),
    )
    advice = table(
        most,
        cohort_id=which,
        kind=code("recommendation_kind"),
        text_th=st.just("ก"),
        status=code("recommendation_status", empty=True),
    )
    return {
        "courses": [
            {
                "course_id": str(n),
                "name_th": "ก",
                "target_role": role,
                "qualifying": draw(st.booleans()),
                "for_staff_without_degree": draw(PERHAPS),
            }
            for n, role in enumerate(roles)
        ],
        "cohorts": cohorts,
        "enrolments": draw(seats),
        "skill_reports": draw(told),
        "peer_appreciations": draw(
            table(most, cohort_id=which, receiver_id=KEY, skill=code("skill", 2))
        ),
        "recommendations": numbered(draw(advice), "recommendation_id"),
    }


@st.composite
def random_queries(draw: st.DrawFn) -> Query:
    """Any level, series, period, filter and base; the breakdown is chosen per indicator."""
    year = FiscalYear(2569)
    asked = Query(
        as_of=draw(
            st.sampled_from(
                [date(2026, 9, 30), date(2026, 9, 30), date(2026, 10, 1), date(2026, 2, 1)]
            )
        ),
        area=draw(st.sampled_from(["country", "country", "region", "province", "district"])),
        over=draw(st.sampled_from([None, None, None, "month", "quarter", "fiscal_year"])),
        span=draw(st.sampled_from([None, None, year.span, year.quarter(4), year.quarter(1)])),
        target_group=draw(st.sampled_from([None, None, "elder"])),
        role=draw(st.sampled_from([None, None, None, "case_manager", "volunteer"])),
        base=draw(st.sampled_from([77, 77, 76])),
    )
    if asked.over == "month":  # three of them show what twelve would
        asked = asked.but(span=year.quarter(draw(st.sampled_from([2, 4]))))
    places = [{}, {}, {}, {"province": "50"}, {"district": "5001"}, {"region": "north"}]
    return asked.but(**draw(st.sampled_from(places)))
