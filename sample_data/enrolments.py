"""Who sat in the synthetic cohorts, province by province, and which skills they spoke of."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data_access.schema.codes import CODES
from sample_data.chance import Ints, stream
from sample_data.columns import NO_DAY, batch, code_column, day_number, days, same, take
from sample_data.plan import Plan
from sample_data.staff import Staff
from sample_data.training import VOLUNTEER, Cohort, factor, volunteer_seats
from sample_data.volunteers import Volunteers

COMPLETES = 0.94
REPORTS = 0.3  # share of participants of case managers' and assistants' cohorts who report skills
REPORTING = ("case_manager", "social_worker_assistant")
PRAISE_SHARE = 0.6  # share of assistants in onsite cohorts who are praised by a colleague


@dataclass(frozen=True)
class Rooms:
    """The synthetic cohorts that have been held, with the seats each province's volunteers take."""

    plan: Plan
    cohorts_held: list[Cohort]
    volunteer_seats: dict[str, dict[str, int]]


def rooms_of(plan: Plan, cohorts: list[Cohort]) -> Rooms:
    """The cohorts that were over by the as-of date."""
    held = [c for c in cohorts if c.end <= plan.as_of]
    seats = {c.id: volunteer_seats(plan, c) for c in held if c.track.role == VOLUNTEER}
    return Rooms(plan, held, seats)


def staff_tables(rooms: Rooms, staff: Staff) -> dict[str, pa.Table]:
    """Enrolments of one province's staff, with their skill reports and praise."""
    code = staff.plan.place.code
    rng = stream(rooms.plan.seed, "enrolments", code)
    taken: list[tuple[Cohort, Ints]] = []
    for cohort in rooms.cohorts_held:
        if cohort.track.role == VOLUNTEER or not cohort.is_for(staff.plan.place):
            continue
        worker, start, end = staff.in_role(cohort.track.role)
        able = worker[(start <= day_number(cohort.start)) & (end >= day_number(cohort.end))]
        eager = factor(rooms.plan, cohort.track, code)
        chance = min(0.9, cohort.track.rate * eager / cohort.cohorts_beside())
        taken.append((cohort, able[rng.random(len(able)) < chance]))
    taken = [(cohort, people) for cohort, people in taken if len(people)]
    if not taken:
        return {}
    who = np.concatenate([people for _, people in taken])
    sizes = [len(people) for _, people in taken]
    seats = batch(
        "enrolments",
        cohort_id=_cohort_ids(taken, sizes),
        person_type=same("worker", len(who)),
        person_id=take(staff.names, who - 1),
        province_code=same(code, len(who)),
        sex=code_column("sex", staff.sex[who - 1]),
        completed_on=_completion_days(rng, [c for c, _ in taken], sizes),
    )
    return {"enrolments": seats, **_skill_tables(rng, taken, staff)}


def volunteer_enrolments(rooms: Rooms, people: Volunteers) -> pa.Table | None:
    """Enrolments of one province's volunteers: each takes a seat in a cohort once at most."""
    code = people.province.place.code
    rng = stream(rooms.plan.seed, "volunteer enrolments", code)
    taken: list[tuple[Cohort, Ints]] = []
    for cohort in rooms.cohorts_held:
        wanted = rooms.volunteer_seats.get(cohort.id, {}).get(code, 0)
        able = np.flatnonzero(people.in_service(day_number(cohort.start)))
        if wanted and len(able):
            taken.append((cohort, np.sort(rng.permutation(able)[:wanted])))
    if not taken:
        return None
    who = np.concatenate([chosen for _, chosen in taken])
    sizes = [len(chosen) for _, chosen in taken]
    return batch(
        "enrolments",
        cohort_id=_cohort_ids(taken, sizes),
        person_type=same("volunteer", len(who)),
        person_id=take(people.ids, who),
        province_code=same(code, len(who)),
        sex=code_column("sex", people.sex[who]),
        completed_on=_completion_days(rng, [c for c, _ in taken], sizes),
    )


def _cohort_ids(seats: list[tuple[Cohort, Ints]], sizes: list[int]) -> pa.Array:
    listed = pa.array([cohort.id for cohort, _ in seats])
    return listed.take(pa.array(np.repeat(np.arange(len(seats)), sizes)))


def _completion_days(rng: np.random.Generator, cohorts: list[Cohort], sizes: list[int]) -> pa.Array:
    """The day each seat was completed: a cohort's last, or any day of self-study; some never."""
    starts = np.repeat([day_number(c.start) for c in cohorts], sizes)
    ends = np.repeat([day_number(c.end) for c in cohorts], sizes)
    alone = np.repeat([c.track.mode == "self_study" for c in cohorts], sizes)
    drawn = starts + np.floor(rng.random(len(starts)) * (ends - starts + 1)).astype(np.int64)
    day = np.where(alone, drawn, ends)
    return days(np.where(rng.random(len(day)) < COMPLETES, day, NO_DAY))


def _skill_tables(
    rng: np.random.Generator, seats: list[tuple[Cohort, Ints]], staff: Staff
) -> dict[str, pa.Table]:
    """Skills gained and wanted (a skill may be both), and praise among assistants."""
    skills = len(CODES["skill"])
    said: list[tuple[str, int, int, str]] = []
    praise: list[tuple[str, int, int]] = []
    for cohort, people in seats:
        role = cohort.track.role
        if role not in REPORTING:
            continue
        for person in people[rng.random(len(people)) < REPORTS]:
            gained, wanted = rng.permutation(skills)[:2], rng.permutation(skills)[:2]
            said += [(cohort.id, int(person), int(s), "gained") for s in gained]
            said += [(cohort.id, int(person), int(s), "wanted") for s in wanted]
        if role == "social_worker_assistant":
            chosen = people[rng.random(len(people)) < PRAISE_SHARE]
            praise += [(cohort.id, int(p), int(rng.integers(skills))) for p in chosen]
    tables = {}
    if said:
        ids, who, skill, status = zip(*said, strict=True)
        tables["skill_reports"] = batch(
            "skill_reports",
            cohort_id=pa.array(ids),
            person_id=take(staff.names, np.array(who) - 1),
            skill=code_column("skill", skill),
            status=pa.array(status),
        )
    if praise:
        ids, who, skill = zip(*praise, strict=True)
        tables["peer_appreciations"] = batch(
            "peer_appreciations",
            cohort_id=pa.array(ids),
            receiver_id=take(staff.names, np.array(who) - 1),
            skill=code_column("skill", skill),
        )
    return tables
