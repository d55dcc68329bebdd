"""Planted faults: rows that trip each warning rule of the quality checks a known number of times.

Every planted row stands on rows of its own (family, case, worker), so that it trips one rule only
and the counts below are exact: `PLANTED` is how many results each rule must give. They are also
written beside the data as expected_faults.json.
"""

import json
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

from sample_data.columns import from_texts
from sample_data.plan import Plan
from sample_data.sinks import Sink

DONE_IN_FUTURE = "done_in_future"
CLOSED_IN_FUTURE = "closed_in_future"
CLOSED_WITHOUT_DATE = "closed_without_date"
DATE_WITHOUT_CLOSED_STAGE = "date_without_closed_stage"
SEXES_EXCEED_ATTENDANCE = "sexes_exceed_attendance"
TWO_CASE_MANAGERS_ONE_DAY = "two_case_managers_one_day"
FOLLOW_UP_AFTER_CLOSING = "follow_up_after_closing"
OWN_SUPERVISOR = "own_supervisor"
COMPLETED_OUTSIDE_COHORT = "completed_outside_cohort"
ENROLMENT_PERSON_NOT_IN_POST = "enrolment_person_not_in_post"
VOLUNTEER_OVER_110_YEARS = "volunteer_over_110_years"
CASE_SITE_IN_OTHER_PROVINCE = "case_site_in_other_province"
FAR_OFF_DAY = "far_off_day"
RECORDED_AFTER_AS_OF = "recorded_after_as_of"
ALIKE_IDS = "alike_ids"

PLANTED_ROWS: dict[str, int] = {
    DONE_IN_FUTURE: 7,  # of these, two are volunteers' activities
    CLOSED_IN_FUTURE: 5,
    CLOSED_WITHOUT_DATE: 6,
    DATE_WITHOUT_CLOSED_STAGE: 4,
    SEXES_EXCEED_ATTENDANCE: 3,
    TWO_CASE_MANAGERS_ONE_DAY: 3,
    FOLLOW_UP_AFTER_CLOSING: 5,
    OWN_SUPERVISOR: 3,
    COMPLETED_OUTSIDE_COHORT: 4,
    ENROLMENT_PERSON_NOT_IN_POST: 2,
    VOLUNTEER_OVER_110_YEARS: 2,
    CASE_SITE_IN_OTHER_PROVINCE: 2,
    FAR_OFF_DAY: 6,  # of these, four are both ends of the two volunteers of more than 110 years
    RECORDED_AFTER_AS_OF: 2,
    ALIKE_IDS: 2,  # both rows of one pair
}
EXPECTED = "expected_faults.json"
ACTIVITIES = 2
PROVINCE, DISTRICT, OTHER_SITE = "50", "5001", "SITE-51-CTR"


class Planter:
    """Gathers the rows of planted faults by table, with the rows they stand on."""

    def __init__(self, plan: Plan) -> None:
        self.rows: dict[str, list[dict[str, str]]] = defaultdict(list)
        self._plan = plan
        self._number = 0

    def day(self, offset: int) -> str:
        """A day before (negative) or after the as-of date."""
        return (self._plan.as_of + timedelta(days=offset)).isoformat()

    def add(self, table: str, **row: str) -> None:
        """One more row of a table."""
        self.rows[table].append(row)

    def new_id(self, letter: str) -> str:
        """An id that no other row has, plainly a planted one."""
        self._number += 1
        return f"SYN50{letter}FAULT{self._number:03d}"

    def case(self, **changes: str) -> str:
        """A sound open case with a family of its own, but for the changes; gives its id."""
        case, family = self.new_id("C"), self.new_id("F")
        household = family.replace("F", "H", 1)
        self.add("families", family_id=family, household_id=household, district_code=DISTRICT)
        row = {
            "case_id": case,
            "family_id": family,
            "target_group": "elder",
            "opened_on": self.day(-300),
            "stage": "follow_up",
        }
        self.add("cases", **(row | changes))
        return case

    def worker(self, **changes: str) -> str:
        """A sound social worker with a post of their own, but for the changes; gives the id."""
        worker = self.new_id("W")
        self.add("workers", worker_id=worker, sex="F")
        row = {
            "worker_id": worker,
            "role": "social_worker",
            "province_code": PROVINCE,
            "fte": "1",
            "start_on": self.day(-900),
        }
        self.add("worker_posts", **(row | {k: v or worker for k, v in changes.items()}))
        return worker

    def volunteer(self, **changes: str) -> str:
        """A sound volunteer, but for the changes; gives the id."""
        volunteer = self.new_id("V")
        row = {
            "volunteer_id": volunteer,
            "sex": "F",
            "level": "village",
            "province_code": PROVINCE,
            "district_code": DISTRICT,
            "registered_on": "2020-01-15",
        }
        self.add("volunteers", **(row | changes))
        return volunteer

    def follow_up(self, case: str, due: int, completion: int) -> None:
        """A follow-up due and done so many days from the as-of date."""
        self.add(
            "follow_ups",
            follow_up_id=self.new_id("U"),
            case_id=case,
            first_due_on=self.day(due),
            due_on=self.day(due),
            done_on=self.day(completion),
            method="phone",
            outcome="same",
        )


def plant_warnings(plan: Plan, sink: Sink, folder: Path) -> dict[str, int]:
    """Add the faults of every warning rule and give how often each must be counted."""
    planter = Planter(plan)
    _plant_dates(planter)
    _plant_people(planter)
    _plant_trainings(planter)
    for table, rows in planter.rows.items():
        sink.write(table, from_texts(table, rows))
    text = json.dumps({"as_of": plan.as_of.isoformat(), "rules": PLANTED_ROWS}, indent=2)
    (folder / EXPECTED).write_text(text + "\n", encoding="utf-8")
    return PLANTED_ROWS


def _plant_dates(planter: Planter) -> None:
    """Cases and follow-ups whose dates contradict the as-of date, the stage or each other."""
    for n in range(PLANTED_ROWS[DONE_IN_FUTURE] - ACTIVITIES):
        planter.follow_up(planter.case(), due=-5, completion=3 + n)
    for n in range(ACTIVITIES):
        done_on, duty = planter.day(20 + n), "watch"
        volunteer = planter.volunteer()
        planter.add("volunteer_activities", volunteer_id=volunteer, done_on=done_on, duty=duty)
    closed = {"stage": "closed", "closure_reason": "moved"}
    for n in range(PLANTED_ROWS[CLOSED_IN_FUTURE]):
        planter.case(**closed, closed_on=planter.day(10 + n))
    for _ in range(PLANTED_ROWS[CLOSED_WITHOUT_DATE]):
        planter.case(**closed)
    for n in range(PLANTED_ROWS[DATE_WITHOUT_CLOSED_STAGE]):
        planter.case(closed_on=planter.day(-30 - n))
    for n in range(PLANTED_ROWS[FOLLOW_UP_AFTER_CLOSING]):
        case = planter.case(**closed, closed_on=planter.day(-60))
        planter.follow_up(case, due=-70, completion=-40 + n)
    for _ in range(PLANTED_ROWS[CASE_SITE_IN_OTHER_PROVINCE]):
        planter.case(site_id=OTHER_SITE)
    for _ in range(PLANTED_ROWS[RECORDED_AFTER_AS_OF]):
        planter.case(opened_on=planter.day(6))


def _plant_people(planter: Planter) -> None:
    """Two case managers at once, own supervisors, volunteers of more than 110 years' service."""
    for _ in range(PLANTED_ROWS[TWO_CASE_MANAGERS_ONE_DAY]):
        case, first, second = planter.case(), planter.worker(), planter.worker()
        start, end = planter.day(-200), planter.day(-50)
        planter.add("case_assignments", case_id=case, worker_id=first, start_on=start, end_on=end)
        planter.add("case_assignments", case_id=case, worker_id=second, start_on=end)
    for _ in range(PLANTED_ROWS[OWN_SUPERVISOR]):
        planter.worker(supervisor_id="")  # the empty text stands for the worker's own id
    for _ in range(PLANTED_ROWS[VOLUNTEER_OVER_110_YEARS]):
        # The earliest year a record may hold: only an end in the future makes 110 years.
        planter.volunteer(registered_on="1950-01-01", ended_on="2061-06-30")
    for _ in range(PLANTED_ROWS[FAR_OFF_DAY] - 2 * PLANTED_ROWS[VOLUNTEER_OVER_110_YEARS]):
        planter.volunteer(registered_on="1962-01-15")
    first = planter.volunteer()
    planter.volunteer(volunteer_id=first.lower())


def _plant_trainings(planter: Planter) -> None:
    """Cohorts with more women and men than people, and seats completed on another day."""
    cohort = {
        "course_id": "SW-PRACTICE",
        "start_on": planter.day(-120),
        "end_on": planter.day(-118),
        "date_precision": "day",
        "mode": "onsite",
        "source": "synthetic",
    }
    reported = {"reported_attendance": "10", "reported_qualifier": "exact"}
    for _ in range(PLANTED_ROWS[SEXES_EXCEED_ATTENDANCE]):
        sexes = {"reported_female": "8", "reported_male": "5"}
        planter.add("cohorts", cohort_id=planter.new_id("K"), **cohort, **reported, **sexes)
    seat = {"person_type": "worker", "sex": "F"}
    for n in range(PLANTED_ROWS[COMPLETED_OUTSIDE_COHORT]):
        sound = planter.new_id("K")
        planter.add("cohorts", cohort_id=sound, **cohort)
        who = {"person_id": planter.worker(), "province_code": PROVINCE}
        done_on = planter.day(-110 if n % 2 else -130)
        planter.add("enrolments", cohort_id=sound, **seat, **who, completed_on=done_on)
    for _ in range(PLANTED_ROWS[ENROLMENT_PERSON_NOT_IN_POST]):
        sound = planter.new_id("K")
        planter.add("cohorts", cohort_id=sound, **cohort)
        newcomer, done_on = planter.worker(start_on=planter.day(-30)), planter.day(-118)
        who = {"person_id": newcomer}
        planter.add("enrolments", cohort_id=sound, **seat, **who, completed_on=done_on)
