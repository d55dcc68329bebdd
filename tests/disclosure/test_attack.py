"""No hidden count of a small country can be fewer than three numbers, whoever does the sums."""

from pathlib import Path

import numpy as np
import pytest

from tests.disclosure.attacker import collect
from tests.disclosure.countries import country
from tests.disclosure.optimum import hidden_of, optimum
from tests.disclosure.solver import weak

pytestmark = pytest.mark.slow

# Indicators that share denominators, numerators or both, stocks and flows.
LINKED = {
    "follow_ups": ("follow_up_completion", "follow_up_on_time"),
    "open_cases": ("urgent_cases", "cases_without_next_follow_up"),
    "overdue": ("follow_up_overdue", "no_contact_90_days"),
    "visits": ("home_visit_share", "monthly_contact"),
    "closed": ("closed_self_reliant", "cases_by_channel"),
    "families": ("families_per_case_manager", "unassigned_families"),
    "screenings": ("screening_decided", "screening_overridden"),
    "plans": ("plan_coverage", "plan_revision"),
    "stock_and_flow": ("urgent_cases", "days_to_assessment", "closed_self_reliant"),
}


QUICK = "follow_ups"  # flows with quarters, groups and a shared denominator; `make attack` has all


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(names, id=family, marks=() if family == QUICK else pytest.mark.slow)
        for family, names in LINKED.items()
    ],
)
def test_a_solver_gets_no_hidden_count_below_three_values(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    answers = collect(names, country(tmp_path, seed=1))
    assert answers.hidden, "nothing is hidden: the country is no test"
    found, tried = weak(answers, most=25)
    assert tried
    assert found == []


def test_hardly_more_is_hidden_than_an_optimum_would() -> None:
    rng = np.random.default_rng(0)
    sums = [rng.poisson(rng.choice([3, 8, 20, 60], size=12)) for _ in range(40)]
    ours, best = sum(int(hidden_of(s).sum()) for s in sums), sum(optimum(s) for s in sums)
    assert best <= ours <= 1.2 * best


def test_the_optimum_of_a_sum_worked_by_hand() -> None:
    assert optimum(np.array([3, 20, 30])) == 1 + 1
    assert optimum(np.array([3, 2, 30])) == 2
    assert optimum(np.array([0, 6, 30])) == 0
