"""What others do in a case: services, team members, conferences, referrals, screenings."""

from datetime import date

import numpy as np
import pyarrow as pa

from config.thai_calendar import FiscalYear
from sample_data.cases import Block
from sample_data.chance import Ints, ordinal, pick
from sample_data.columns import (
    NO_DAY,
    Days,
    batch,
    choose,
    code_column,
    day_number,
    days,
    identifiers,
    same,
    take,
)
from sample_data.organisations import Partners

SCREENING_START: date = FiscalYear(2568).start
FLAGS = ("low", "medium", "high")
USUAL_DAYS = 130  # that a case is open
RESULTS = ("assisted", "not_eligible", "no_capacity")
TOOL = "triage-sample"


def teamwork_tables(block: Block, partners: Partners, first_referral: int) -> dict[str, pa.Table]:
    """The rows of the five tables, each from its own stream; referrals are numbered on."""
    return {
        "services": _services(block, partners),
        "case_team": _team(block, partners),
        "case_conferences": _conferences(block),
        "referrals": _referrals(block, partners, first_referral),
        "screenings": _screenings(block),
    }


def _within(rng: np.random.Generator, block: Block, case: Ints) -> Days:
    """A day of each case's life."""
    span = block.end[case] - block.opened_on[case]
    return (block.opened_on[case] + np.floor(rng.random(len(case)) * (span + 1))).astype(np.int32)


def _services(block: Block, partners: Partners) -> pa.Table:
    rng = block.rng("services")
    case, _ = ordinal(rng.poisson(1.3, block.size))
    return batch(
        "services",
        case_id=take(block.ids, case),
        service_type=code_column(
            "service_type", pick(rng, (0.38, 0.16, 0.10, 0.28, 0.08), len(case))
        ),
        provider_organisation_id=take(
            partners.ids, partners.any(rng, len(case), share_missing=0.08)
        ),
        given_on=days(_within(rng, block, case)),
    )


def _team(block: Block, partners: Partners) -> pa.Table:
    """Up to three different professions in about a third of the cases."""
    rng = block.rng("case_team")
    number = np.where(
        rng.random(block.size) < 0.34, pick(rng, (0.35, 0.45, 0.20), block.size) + 1, 0
    )
    case, nth = ordinal(number)
    # Stepping on by one or two from a first profession never meets it again within three steps.
    first, step = (
        pick(rng, (0.4, 0.12, 0.1, 0.22, 0.1, 0.06), block.size),
        rng.integers(1, 3, block.size),
    )
    profession = (first[case] + nth * step[case]) % 6
    start = _within(rng, block, case)
    return batch(
        "case_team",
        case_id=take(block.ids, case),
        profession=code_column("profession", profession),
        organisation_id=take(partners.ids, partners.any(rng, len(case), share_missing=0.15)),
        start_on=days(start),
        end_on=days(block.closed_on[case]),
    )


def _conferences(block: Block) -> pa.Table:
    rng = block.rng("case_conferences")
    often = np.where(block.urgent == 1, 0.8, 0.22)
    # By the days a case was open: a case that is young today had less time to be talked about.
    case, _ = ordinal(rng.poisson(often * (block.end - block.opened_on) / USUAL_DAYS))
    return batch(
        "case_conferences",
        case_id=take(block.ids, case),
        held_on=days(_within(rng, block, case)),
    )


def _referrals(block: Block, partners: Partners, first: int) -> pa.Table:
    rng = block.rng("referrals")
    case, _ = ordinal(rng.poisson(0.13, block.size))
    size = len(case)
    sent = _within(rng, block, case)
    accepted = sent + np.floor(rng.exponential(4.5, size)).astype(np.int32)
    is_accepted = (rng.random(size) < 0.86) & (accepted <= block.today)
    result = accepted + 3 + np.floor(rng.exponential(24.0, size)).astype(np.int32)
    has_result = is_accepted & (rng.random(size) < 0.78) & (result <= block.today)
    code = block.province.place.code
    return batch(
        "referrals",
        referral_id=identifiers("R", code, np.arange(first + 1, first + size + 1)),
        case_id=take(block.ids, case),
        to_organisation_id=take(partners.ids, partners.any(rng, size, share_missing=0.05)),
        sent_on=days(sent),
        accepted_on=days(np.where(is_accepted, accepted, NO_DAY)),
        result_on=days(np.where(has_result, result, NO_DAY)),
        result=choose(RESULTS, np.where(has_result, pick(rng, (0.78, 0.12, 0.10), size), -1)),
    )


def _screenings(block: Block) -> pa.Table:
    """The tool came in fiscal year 2568; most flags get a human decision, some another one."""
    rng = block.rng("screenings")
    taken_up = block.opened_on >= day_number(SCREENING_START)
    case = np.flatnonzero(taken_up & (rng.random(block.size) < 0.45)).astype(np.int64)
    size = len(case)
    run = np.minimum(block.opened_on[case] + rng.integers(0, 4, size), block.end[case])
    score = rng.beta(2.0, 3.0, size).round(3)
    flag = np.where(score > 0.62, 2, np.where(score > 0.33, 1, 0))
    decided = run + np.floor(rng.exponential(3.0, size)).astype(np.int32)
    is_decided = (rng.random(size) < 0.90) & (decided <= block.today)
    other = (flag + rng.integers(1, 3, size)) % 3
    decision = np.where(rng.random(size) < 0.09, other, flag)
    newer = run >= day_number(SCREENING_START) + 300
    return batch(
        "screenings",
        case_id=take(block.ids, case),
        tool=same(TOOL, size),
        version=choose(("1.0", "1.1"), newer.astype(np.int64)),
        run_on=days(run),
        flag=choose(FLAGS, flag),
        score=pa.array(score),
        decided_on=days(np.where(is_decided, decided, NO_DAY)),
        decision=choose(FLAGS, np.where(is_decided, decision, -1)),
    )
