"""Workers and their posts in one province: case managers, supervisors and everybody else.

A case manager has one post row for each district served, whose `fte` add up to one person. Some
held another post before, some are in the One Home team at the same time; both still count once.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from sample_data.chance import Flags, Floats, Ints, ordinal, pick, stream
from sample_data.columns import (
    NO_DAY,
    batch,
    choose,
    code_column,
    code_index,
    day_number,
    days,
    identifiers,
    take,
    yes_no,
)
from sample_data.organisations import Partners
from sample_data.plan import PROGRAMME_START, ProvincePlan
from sample_data.seats import FAR, Seats

WORKER = "W"
SEX_SHARES = (0.73, 0.25, 0.02)
# Share of people in each role who hold a degree in social work.
DEGREE = {
    "case_manager": 0.55,
    "cm_supervisor": 0.85,
    "social_worker": 0.97,
    "social_worker_assistant": 0.10,
    "social_development_officer": 0.30,
    "lao_practitioner": 0.18,
    "destitute_centre_staff": 0.25,
    "one_home_team": 0.40,
}
LEAVER_SHARE = 0.13  # people who have left, as a share of those in post
BESIDE = 0.2  # fte of a One Home post held beside a case manager's


@dataclass(frozen=True)
class Posts:
    """Post rows as numbers; a district or supervisor below zero or zero is none."""

    worker: Ints
    role: Ints
    district: Ints
    organisation: Ints
    supervisor: Ints
    fte: Floats
    start: Ints
    end: Ints


@dataclass(frozen=True)
class Staff:
    """Everybody employed in one province: worker numbers run from 1 to `len(sex)`."""

    plan: ProvincePlan
    seats: Seats
    sex: Ints
    degree: Ints
    posts: Posts
    partners: Partners

    @property
    def names(self) -> pa.Array:
        """The ids of all workers; worker number n is at position n - 1."""
        return identifiers(WORKER, self.plan.place.code, np.arange(1, len(self.sex) + 1))

    def in_role(self, role: str) -> tuple[Ints, Ints, Ints]:
        """Worker numbers of a role with the first and last day each held it (far ahead: still)."""
        rows = self.posts.role == code_index("role", role)
        worker, at = np.unique(self.posts.worker[rows], return_index=True)
        end = self.posts.end[rows][at]
        return worker, self.posts.start[rows][at], np.where(end == NO_DAY, FAR, end)

    def tables(self) -> dict[str, pa.Table]:
        """The rows of `workers` and `worker_posts`."""
        code = self.plan.place.code
        posts = self.posts
        names = self.names
        workers = batch(
            "workers",
            worker_id=names,
            sex=code_column("sex", self.sex),
            has_social_work_degree=yes_no(self.degree == 1, self.degree < 0),
        )
        rows = batch(
            "worker_posts",
            worker_id=take(names, posts.worker - 1),
            role=code_column("role", posts.role),
            province_code=choose([code], np.zeros(len(posts.worker))),
            district_code=choose(self.seats.districts, posts.district),
            organisation_id=take(self.partners.ids, posts.organisation),
            supervisor_id=take(names, posts.supervisor - 1),
            fte=pa.array(posts.fte),
            start_on=days(posts.start),
            end_on=days(posts.end),
        )
        return {"workers": workers, "worker_posts": rows}


def make_staff(
    plan: ProvincePlan, seats: Seats, partners: Partners, seed: int, as_of: date
) -> Staff:
    """The staff of one province, exactly as many in post on the as-of date as planned."""
    rng = stream(seed, "staff", plan.place.code)
    holders = int(seats.worker.max()) if seats.worker.size else 0
    others = _others(rng, plan, as_of)
    numbers = np.arange(holders + 1, holders + 1 + len(others.role))
    supervises = others.role == code_index("role", "cm_supervisor")
    chiefs = numbers[supervises & (others.end == NO_DAY)]
    beside = rng.random(seats.worker.shape) < 0.06
    parts = [
        _manager_posts(rng, seats, chiefs, partners, np.where(beside, 1.0 - BESIDE, 1.0)),
        *_side_posts(rng, seats, partners, beside),
        _other_posts(rng, seats, partners, numbers, others),
    ]
    role_of = np.concatenate([np.zeros(holders, dtype=np.int64), others.role])
    shares = np.array(list(DEGREE.values()))[role_of]
    degree = (rng.random(len(role_of)) < shares).astype(np.int64)
    degree[rng.random(len(role_of)) < 0.04] = -1
    return Staff(
        plan=plan,
        seats=seats,
        sex=pick(rng, SEX_SHARES, len(role_of)),
        degree=degree,
        posts=Posts(*(np.concatenate(columns) for columns in zip(*parts, strict=True))),
        partners=partners,
    )


Part = tuple[Ints, Ints, Ints, Ints, Ints, Floats, Ints, Ints]


def _manager_posts(
    rng: np.random.Generator, seats: Seats, chiefs: Ints, partners: Partners, time: Floats
) -> Part:
    """One row per case manager and district served; `time` is each holder's fte in all."""
    seat, k = np.nonzero(seats.worker)
    worker = seats.worker[seat, k]
    order = np.argsort(seats.district_group, kind="stable")
    order = order[seats.district_group[order] >= 0]
    number = np.bincount(seats.district_group[order], minlength=max(1, len(seats.first) - 1))
    served = number[seats.group[seat]] if len(seat) else np.zeros(0, dtype=np.int64)
    at, nth = ordinal(served)
    begin = np.cumsum(number) - number
    district = order[begin[seats.group[seat][at]] + nth] if len(at) else at
    share = np.floor(10_000 * time[seat, k] / np.maximum(served, 1)) / 10_000
    last = nth == served[at] - 1
    fte = np.where(last, time[seat, k][at] - share[at] * (served[at] - 1), share[at]).round(4)
    chief = rng.choice(chiefs, len(seat)) if len(chiefs) else np.zeros(len(seat), dtype=np.int64)
    role = np.full(len(at), code_index("role", "case_manager"), dtype=np.int64)
    office = np.full(len(at), partners.provincial_office, dtype=np.int64)
    start, end = seats.start[seat, k].astype(np.int64), seats.end[seat, k].astype(np.int64)
    return worker[at], role, district, office, chief[at], fte, start[at], end[at]


def _side_posts(
    rng: np.random.Generator, seats: Seats, partners: Partners, beside: Flags
) -> list[Part]:
    """Earlier posts of some first holders, and One Home posts that some hold at the same time."""
    seat, k = np.nonzero(seats.worker)
    earlier = (k == 0) & (rng.random(len(seat)) < 0.15)
    parts = []
    for chosen, before in ((earlier, True), (beside[seat, k], False)):
        worker = seats.worker[seat[chosen], k[chosen]]
        start = seats.start[seat[chosen], k[chosen]].astype(np.int64)
        end = seats.end[seat[chosen], k[chosen]].astype(np.int64)
        long_before = rng.integers(300, 1_600, len(worker))
        role = np.full(len(worker), code_index("role", "one_home_team"), dtype=np.int64)
        office = np.full(len(worker), partners.provincial_office, dtype=np.int64)
        none = np.full(len(worker), -1, dtype=np.int64)
        fte = np.full(len(worker), 1.0 if before else BESIDE)
        first, last = (start - long_before, start - 1) if before else (start, end)
        parts.append((worker, role, none, office, none, fte, first, last))
    return parts


class Terms(NamedTuple):
    """Role, first and last day of people in post, one entry each."""

    role: Ints
    start: Ints
    end: Ints


def _others(rng: np.random.Generator, plan: ProvincePlan, as_of: date) -> Terms:
    """Role, first and last day of everybody who is not a case manager."""
    today, programme = day_number(as_of), day_number(PROGRAMME_START)
    roles, starts, ends = [], [], []
    for role, number in plan.staff.items():
        left = round(LEAVER_SHARE * number)
        roles.append(np.full(number + left, code_index("role", role), dtype=np.int64))
        old = rng.random(number + left) < 0.72
        start = np.where(
            old,
            rng.integers(programme - 2_900, programme, number + left),
            rng.integers(programme, today - 30, number + left),
        )
        start[number:] = rng.integers(programme - 2_900, programme, left)
        end = np.full(number + left, NO_DAY, dtype=np.int64)
        end[number:] = rng.integers(programme + 30, today, left)
        starts.append(start)
        ends.append(end)
    return Terms(np.concatenate(roles), np.concatenate(starts), np.concatenate(ends))


def _other_posts(
    rng: np.random.Generator, seats: Seats, partners: Partners, worker: Ints, terms: Terms
) -> Part:
    """One row per person; practitioners of local authorities have a district, others a province."""
    role = terms.role
    local = role == code_index("role", "lao_practitioner")
    weight = seats.district_weight + 0.3
    district = np.where(local, pick(rng, weight, len(worker)), -1)
    authority = partners.local(rng, len(worker))
    centre = role == code_index("role", "destitute_centre_staff")
    office = np.where(centre, partners.destitute_centre, partners.provincial_office)
    organisation = np.where(local, authority, office)
    supervisor = np.full(len(worker), -1, dtype=np.int64)
    return (
        worker,
        role,
        district,
        organisation,
        supervisor,
        np.ones(len(worker)),
        terms.start,
        terms.end,
    )
