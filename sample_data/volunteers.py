"""Volunteers (อพม.) of one province, what they did in the last two years, and their awards."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from config.thai_calendar import FiscalYear
from sample_data.cases import Block
from sample_data.chance import Flags, Ints, pick, stream
from sample_data.columns import (
    NO_DAY,
    Days,
    batch,
    choose,
    code_column,
    code_index,
    day_number,
    days,
    identifiers,
    same,
    take,
    whole,
)
from sample_data.plan import Plan, ProvincePlan

LEVELS = (0.78, 0.15, 0.055, 0.015)
PROVINCE_LEVEL = 3
DUTIES = (0.24, 0.17, 0.17, 0.20, 0.13, 0.09)
ENDED_SHARE = 0.015
WINDOW = 730  # days of activities before the as-of date
LINKED_SHARE = 0.35  # share of follow-up and watch duties that name a case
LINKABLE = 2_000  # cases of a province that volunteers' activities may name
AWARDS = ("outstanding", "special_outstanding")
AWARDS_PER_YEAR = 0.0028  # of all volunteers
LONGEST = 23  # years since the first registrations


@dataclass(frozen=True)
class Linkable:
    """Cases that activities may name: their ids, opening days and last days."""

    ids: pa.Array
    opened_on: Days
    end: Days


def linkable(block: Block | None) -> Linkable:
    """Recent cases of a province's first block; none where there is no block or no case."""
    if block is None:
        return Linkable(pa.array([], type=pa.string()), *(np.zeros(0, dtype=np.int32),) * 2)
    recent = np.flatnonzero(block.end >= block.today - WINDOW)[-LINKABLE:]
    return Linkable(take(block.ids, recent), block.opened_on[recent], block.end[recent])


@dataclass(frozen=True)
class Volunteers:
    """The volunteers of one province, numbered from 1; `last` is their last day as a volunteer."""

    plan: Plan
    province: ProvincePlan
    ids: pa.Array
    sex: Ints
    registered_on: Days
    ended_on: Days

    @property
    def last(self) -> Days:
        """The as-of date, or the day a volunteer stopped."""
        today = day_number(self.plan.as_of)
        return np.where(self.ended_on == NO_DAY, today, self.ended_on).astype(np.int32)

    def in_service(self, day: int) -> Flags:
        """Who was a volunteer on a day."""
        return (self.registered_on <= day) & (self.last >= day)


def make_volunteers(plan: Plan, province: ProvincePlan) -> Volunteers:
    """Exactly the planned number of volunteers; a few have stopped."""
    rng = stream(plan.seed, "volunteers", province.place.code)
    size, today = province.volunteers, day_number(plan.as_of)
    served = np.floor(365.25 * LONGEST * rng.beta(1.5, 1.7, size)).astype(np.int32)
    registered = (today - 20 - served).astype(np.int32)
    stopped = (rng.random(size) < ENDED_SHARE) & (served > 900)
    ended = np.where(stopped, today - rng.integers(10, 850, size), NO_DAY).astype(np.int32)
    return Volunteers(
        plan=plan,
        province=province,
        ids=identifiers("V", province.place.code, np.arange(1, size + 1)),
        sex=pick(rng, (0.64, 0.345, 0.015), size),
        registered_on=registered,
        ended_on=ended,
    )


def volunteer_rows(people: Volunteers) -> pa.Table:
    """The rows of `volunteers`; those at province level have no district."""
    place = people.province.place
    rng = stream(people.plan.seed, "volunteer places", place.code)
    size = len(people.sex)
    level = pick(rng, LEVELS, size)
    district = pick(rng, rng.gamma(3.0, 1.0, len(place.districts)) + 0.3, size)
    return batch(
        "volunteers",
        volunteer_id=people.ids,
        sex=code_column("sex", people.sex),
        level=code_column("level", level),
        province_code=same(place.code, size),
        district_code=choose(place.districts, np.where(level == PROVINCE_LEVEL, -1, district)),
        registered_on=days(people.registered_on),
        ended_on=days(people.ended_on),
    )


def activity_rows(people: Volunteers, cases: Linkable) -> pa.Table | None:
    """The rows of `volunteer_activities`: few volunteers do much, many nothing in two years."""
    plan, place = people.plan, people.province.place
    rng = stream(plan.seed, "volunteer_activities", place.code)
    today = np.int32(day_number(plan.as_of))
    able = np.flatnonzero(people.last >= today - WINDOW)
    size = people.province.activities
    if not len(able) or not size:
        return None
    share = float(stream(plan.seed, "volunteer habits", place.code).uniform(0.35, 0.8))
    active = rng.permutation(able)[: max(1, round(share * len(able)))]
    who = active[np.floor(len(active) * rng.random(size) ** 1.4).astype(np.int64)]
    low = np.maximum(people.registered_on[who], today - WINDOW)
    high = people.last[who]
    duty = pick(rng, DUTIES, size)
    linkable_duty = (duty == code_index("duty", "follow_up")) | (
        duty == code_index("duty", "watch")
    )
    case = rng.integers(0, max(1, len(cases.opened_on)), size)
    linked = linkable_duty & (rng.random(size) < LINKED_SHARE) & (len(cases.opened_on) > 0)
    if len(cases.opened_on):
        linked &= np.maximum(low, cases.opened_on[case]) <= np.minimum(high, cases.end[case])
        low = np.where(linked, np.maximum(low, cases.opened_on[case]), low)
        high = np.where(linked, np.minimum(high, cases.end[case]), high)
    done = low + np.floor(rng.random(size) * (high - low + 1)).astype(np.int32)
    return batch(
        "volunteer_activities",
        volunteer_id=take(people.ids, who),
        done_on=days(done),
        duty=code_column("duty", duty),
        case_id=take(cases.ids, np.where(linked, case, -1)),
    )


def award_rows(people: Volunteers) -> pa.Table | None:
    """The rows of `awards`: in each fiscal year a few of those with two years of service."""
    plan, place = people.plan, people.province.place
    rng = stream(plan.seed, "awards", place.code)
    winners, kinds, years = [], [], []
    for year in _award_years(plan):
        day = day_number(year.start)
        able = np.flatnonzero(people.in_service(day) & (people.registered_on <= day - 730))
        number = min(len(able), int(rng.poisson(AWARDS_PER_YEAR * len(able))))
        chosen = np.sort(rng.permutation(able)[:number])
        winners.append(chosen)
        kinds.append((rng.random(number) < 0.2).astype(np.int64))
        years.append(np.full(number, year.be, dtype=np.int64))
    who = np.concatenate(winners)
    if not len(who):
        return None
    return batch(
        "awards",
        volunteer_id=take(people.ids, who),
        award=choose(AWARDS, np.concatenate(kinds)),
        fiscal_year=whole(np.concatenate(years)),
    )


def _award_years(plan: Plan) -> list[FiscalYear]:
    """The fiscal years that have ended, or are half over, by the as-of date."""
    return [year for year in plan.fiscal_years if year.quarter(2).end <= plan.as_of]
