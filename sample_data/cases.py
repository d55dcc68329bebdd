"""Families and cases of one block: who, where, since when, until when.

A block is a fixed share of a province's cases, generated and written on its own, so that memory
does not grow with the scale. All arrays of cases are in order of opening.
"""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from sample_data.chance import Flags, Floats, Ints, apportion, logistic, pick, stream
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
    take,
    yes_no,
)
from sample_data.intake import Intake
from sample_data.organisations import centre_of
from sample_data.plan import DAYS_SILENT, Plan, ProvincePlan
from sample_data.seats import Seats

# In the order of the code lists; the last target group, displaced persons, is met in shelters only.
GROUPS = (0.15, 0.05, 0.10, 0.18, 0.07, 0.14, 0.06, 0.02, 0.07, 0.12, 0.04, 0.0)
SHELTER_GROUPS = (0.20, 0.04, 0.02, 0.03, 0.09, 0.03, 0.0, 0.0, 0.06, 0.0, 0.03, 0.50)
CHANNELS = (0.30, 0.08, 0.17, 0.16, 0.12, 0.10, 0.06, 0.01)
REASONS = (0.0, 0.33, 0.11, 0.17, 0.15, 0.13, 0.11)  # besides self-reliance, which is drawn first
LEVELS = ("0", "1", "2", "3")
# Shelters by province and the share of the province's cases in them.
SHELTERS = {
    "58": (0.12, ("SITE-58-1", "SITE-58-2", "SITE-58-3", "SITE-58-4")),
    "63": (0.08, ("SITE-63-1", "SITE-63-2")),
    "70": (0.03, ("SITE-70-1",)),
    "71": (0.03, ("SITE-71-1",)),
}
REPEATS = 0.12  # closed cases of a family that has another case
SHARED_HOUSEHOLD = 0.07  # families living in the household of another one


@dataclass(frozen=True)
class Block:
    """The families and cases of one block, as numbers.

    `first_family` and `first_case` are how many the province had in earlier blocks. `closed_on` is
    `NO_DAY` for an open case, for which `end` is the as-of date. `site` points into `sites`.
    """

    plan: Plan
    province: ProvincePlan
    part: int
    first_family: int
    first_case: int
    district: Ints
    household: Ints
    family: Ints
    opened_on: Days
    closed_on: Days
    target: Ints
    urgent: Ints
    site: Ints
    sites: tuple[str, ...]
    ids: pa.Array

    @property
    def size(self) -> int:
        """Number of cases."""
        return len(self.opened_on)

    @property
    def today(self) -> np.int32:
        """The last day that the province's records reach: mostly the as-of date."""
        return np.int32(day_number(self.plan.as_of) - self.province.days_late)

    @property
    def is_open(self) -> Flags:
        """Which cases are open on the last day of the records."""
        return self.closed_on == NO_DAY

    @property
    def end(self) -> Days:
        """The last day on which something can be recorded of a case: silent districts end early."""
        last = np.where(self.is_open, self.today, self.closed_on)
        silent = _in_silent(self.province)[self.district[self.family]]
        since = np.maximum(self.today - DAYS_SILENT, self.opened_on)
        return np.where(silent, np.minimum(last, since), last).astype(np.int32)

    @property
    def age(self) -> np.ndarray:
        """When each case opened, in years since the middle of the history."""
        start = day_number(self.plan.history_start)
        return (self.opened_on - (start + int(self.today)) / 2) / 365.25

    def rng(self, table: str) -> np.random.Generator:
        """The stream for one table of this block."""
        return stream(self.plan.seed, table, self.province.place.code, self.part)

    def habit(self, what: str) -> Floats:
        """How the district of each case does something, the same for all its cases: 0 to 1."""
        drawn = stream(self.plan.seed, f"{what} habits", self.province.place.code)
        here: Floats = drawn.random(len(self.province.place.districts))
        return here[self.district[self.family]]

    def new_ids(self, letter: str, first: int, size: int) -> pa.Array:
        """New ids of this province, counting on from `first`."""
        return identifiers(letter, self.province.place.code, np.arange(first + 1, first + size + 1))


def block_sizes(plan: ProvincePlan) -> list[dict[str, int]]:
    """For each block of a province: `cases`, `families` under care, their `second` open cases."""
    even = np.ones(plan.blocks)
    totals = {
        "cases": plan.cases,
        "families": plan.families,
        "second": plan.open_cases - plan.families,
    }
    parts = {name: apportion(total, even) for name, total in totals.items()}
    return [{name: int(part[b]) for name, part in parts.items()} for b in range(plan.blocks)]


@dataclass(frozen=True)
class BlockPlan:
    """Which block of its province this is, how many families and cases it gets (`block_sizes`),
    and where the numbers of both go on."""

    part: int
    sizes: dict[str, int]
    first_family: int = 0
    first_case: int = 0


def make_block(
    plan: Plan, province: ProvincePlan, block_plan: BlockPlan, seats: Seats, intake: Intake
) -> Block:
    """The families and cases of one block, exactly as many open ones as the plan says."""
    part, first_case = block_plan.part, block_plan.first_case
    rng = stream(plan.seed, "cases", province.place.code, part)
    family, opened, closed, families = _times(rng, block_plan.sizes, intake)
    order = np.argsort(opened, kind="stable")
    district = pick(rng, seats.district_weight, families)
    district = _moved_from_silent(plan, province, district, family, opened)
    target, site, sites = _target_and_site(rng, plan, province, len(order))
    urgent = (rng.random(len(order)) < 0.065).astype(np.int64)
    urgent[rng.random(len(order)) < 0.03] = -1
    block = Block(
        plan=plan,
        province=province,
        part=part,
        first_family=block_plan.first_family,
        first_case=first_case,
        district=district,
        household=_households(rng, district),
        family=family[order],
        opened_on=opened[order],
        closed_on=closed[order],
        target=target,
        urgent=urgent,
        site=site,
        sites=sites,
        ids=pa.array([], type=pa.string()),
    )
    return replace(block, ids=block.new_ids("C", first_case, len(order)))


def _in_silent(province: ProvincePlan) -> Flags:
    """Which districts of the province have sent nothing for a while."""
    return np.array([d in province.silent for d in province.place.districts], dtype=np.bool_)


def _moved_from_silent(
    plan: Plan, province: ProvincePlan, district: Ints, family: Ints, opening: Days
) -> Ints:
    """The districts, but families with a case of the silent days live in the capital district."""
    lately = opening >= day_number(plan.as_of) - province.days_late - DAYS_SILENT
    new = np.zeros(len(district), dtype=np.bool_)
    new[family[lately]] = True
    return np.where(new & _in_silent(province)[district], 0, district)


def _times(
    rng: np.random.Generator, sizes: dict[str, int], intake: Intake
) -> tuple[Ints, Days, Days, int]:
    """Family, opening and closing of each case, and the number of families.

    Families under care come first; some have a second open case. The other families have closed
    cases only, a few of them several, and some closed cases belong to families under care.
    """
    caring, second = sizes["families"], sizes["second"]
    n_open = caring + second
    n_closed = sizes["cases"] - n_open
    repeats = round(REPEATS * n_closed)
    families = caring + n_closed - repeats
    family = np.concatenate(
        [
            np.arange(caring),
            rng.permutation(caring)[:second],
            np.arange(caring, families),
            rng.integers(0, max(1, families), repeats),
        ]
    ).astype(np.int64)
    opened_closed, closed = intake.openings_of_closed(rng, n_closed)
    opened = np.concatenate([intake.openings_of_open(rng, n_open), opened_closed])
    shuffled = rng.permutation(n_closed)  # repeats are spread over the whole history
    opened[n_open:], closed = opened[n_open:][shuffled], closed[shuffled]
    endings = np.concatenate([np.full(n_open, NO_DAY, dtype=np.int32), closed])
    return family, opened, endings, families


def _households(rng: np.random.Generator, district: Ints) -> Ints:
    """Household numbers within the block; a few families share one, always in the same district."""
    order = np.argsort(district, kind="stable")
    arranged = district[order]
    shared = np.zeros(len(district), dtype=np.bool_)
    shared[1:] = (arranged[1:] == arranged[:-1]) & (
        rng.random(len(district))[1:] < SHARED_HOUSEHOLD
    )
    household = np.empty(len(district), dtype=np.int64)
    household[order] = np.cumsum(~shared)
    return household


def _target_and_site(
    rng: np.random.Generator, plan: Plan, province: ProvincePlan, size: int
) -> tuple[Ints, Ints, tuple[str, ...]]:
    """Target group and site of each case: shelters hold mostly displaced persons."""
    code = province.place.code
    mix = np.array(GROUPS) * stream(plan.seed, "groups", code).gamma(12.0, 1.0, len(GROUPS))
    target = pick(rng, mix, size)
    share, shelters = SHELTERS.get(code, (0.0, ()))
    sites = (centre_of(province.place), *shelters)
    homeless = (target == code_index("target_group", "homeless")) | (
        target == code_index("target_group", "beggar")
    )
    site = np.where(homeless & (rng.random(size) < 0.4), 0, -1)
    sheltered = rng.random(size) < share
    target = np.where(sheltered, pick(rng, SHELTER_GROUPS, size), target)
    site = np.where(sheltered, 1 + rng.integers(0, max(1, len(shelters)), size), site)
    return target, site, sites


def family_rows(block: Block) -> pa.Table:
    """The rows of `families`."""
    rng = block.rng("families")
    size = len(block.district)
    level = pick(rng, (0.08, 0.42, 0.36, 0.14), size)
    return batch(
        "families",
        family_id=block.new_ids("F", block.first_family, size),
        household_id=identifiers(
            "H", block.province.place.code, block.first_family + block.household
        ),
        district_code=choose(block.province.place.districts, block.district),
        vulnerability_level=choose(LEVELS, np.where(rng.random(size) < 0.04, -1, level)),
    )


def case_rows(block: Block, stage: Ints) -> pa.Table:
    """The rows of `cases`; `stage` is that of open cases, as their casework has got."""
    rng = block.rng("case details")
    families = block.new_ids("F", block.first_family, len(block.district))
    channel = pick(rng, CHANNELS, block.size)
    channel[rng.random(block.size) < 0.03] = -1
    return batch(
        "cases",
        case_id=block.ids,
        family_id=take(families, block.family),
        target_group=code_column("target_group", block.target),
        intake_channel=code_column("intake_channel", channel),
        urgent=yes_no(block.urgent == 1, block.urgent < 0),
        opened_on=days(block.opened_on),
        stage=code_column("stage", np.where(block.is_open, stage, code_index("stage", "closed"))),
        closed_on=days(block.closed_on),
        closure_reason=code_column("closure_reason", _reasons(rng, block)),
        site_id=choose(block.sites, block.site),
    )


def _reasons(rng: np.random.Generator, block: Block) -> Ints:
    odds = -0.15 + block.province.place.habits.self_reliance + 0.08 * block.age
    reliant = rng.random(block.size) < logistic(odds)
    reason = np.where(reliant, 0, pick(rng, REASONS, block.size))
    reason[rng.random(block.size) < 0.01] = -1
    return np.where(block.is_open, -1, reason)
