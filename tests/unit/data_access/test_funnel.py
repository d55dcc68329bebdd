"""Funnel limits: by chance alone exact, with over-dispersion additive; sums worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from data_access.indicators import registry
from data_access.statistics.funnel import (
    CHANCE_ALONE,
    FEWEST_AREAS,
    WINSOR_SHARE,
    Dispersion,
    dispersion,
    limits,
    verdicts,
)

DONE = registry.get("follow_up_completion")
RATIO = registry.get("families_per_case_manager")


def areas(tops: list[int], bottoms: list[int], per: float = 100) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": [f"{10 + at}" for at in range(len(tops))],
            "numerator": tops,
            "denominator": bottoms,
            "value": [per * a / b if b else None for a, b in zip(tops, bottoms, strict=True)],
            "status": "shown",
            "reason": "",
        }
    )


def test_phi_is_the_mean_square_of_winsorised_z_scores() -> None:
    tops, bottoms = [50, 60, 40, 55, 45, 70, 30, 52, 48, 50], [100] * 10
    found = dispersion(areas(tops, bottoms), DONE)
    z = [2 * 10 * (np.arcsin(np.sqrt(a / 100)) - np.arcsin(np.sqrt(0.5))) for a in tops]
    low, high = np.quantile(z, [WINSOR_SHARE, 1 - WINSOR_SHARE])
    phi = sum(min(max(x, low), high) ** 2 for x in z) / 10
    assert found.phi == pytest.approx(phi)
    # Equal weights of 4 × 100: (10 phi − 9) ÷ (4000 − 10 × 400² ÷ 4000).
    assert found.variance == pytest.approx((10 * phi - 9) / (4000 - 400))
    assert found.areas == 10


def test_areas_that_do_not_differ_beyond_chance_get_the_limits_of_chance() -> None:
    found = dispersion(areas([50, 51, 49, 50, 50, 52, 48, 50, 50, 50], [100] * 10), DONE)
    assert found.phi is not None
    assert found.phi < 1
    assert found.variance == 0


def test_nine_areas_are_too_few_to_say_how_much_they_differ_anyhow() -> None:
    wide = [10, 90] * 5
    assert dispersion(areas(wide[:9], [100] * 9), DONE) == Dispersion(None, 0.0, 9)
    assert dispersion(areas(wide, [100] * FEWEST_AREAS), DONE).phi is not None


def test_over_dispersion_takes_most_areas_back_inside() -> None:
    rng = np.random.default_rng(7)
    bottoms = [400] * 60
    tops = rng.binomial(400, np.clip(rng.normal(0.7, 0.1, 60), 0, 1)).tolist()
    frame = areas(tops, bottoms)
    by_chance = verdicts(frame, indicator=DONE, beyond_chance=CHANCE_ALONE)
    allowed = verdicts(frame, indicator=DONE)
    outside = [int(v["verdict"].isin(["better", "worse"]).sum()) for v in (by_chance, allowed)]
    assert outside[0] > 20
    assert outside[1] <= 2
    assert allowed["phi"].iloc[0] > 5


def test_limits_with_over_dispersion_are_wider_and_stay_within_a_share() -> None:
    tops, bottoms = [50, 95, 20, 55, 45, 90, 30, 52, 48, 50], [100, 400] * 5
    frame = areas(tops, bottoms)
    wide = limits(verdicts(frame, indicator=DONE), DONE, 50)
    exact = limits(verdicts(frame, indicator=DONE, beyond_chance=CHANCE_ALONE), DONE, 50)
    assert (wide["high_99_8"] > exact["high_99_8"]).all()
    assert (wide["low_99_8"] < exact["low_99_8"]).all()
    assert wide["high_99_8"].max() <= 100
    assert wide["low_99_8"].min() >= 0


def test_a_wide_limit_is_where_the_verdict_turns() -> None:
    more = Dispersion(2.0, 0.01, 40)
    judged = verdicts(areas([50], [100]), indicator=DONE, reference=50, beyond_chance=more)
    edge = float(np.sin(np.arcsin(np.sqrt(0.5)) + stats.norm.ppf(0.999) * np.sqrt(0.0125)) ** 2)
    top = int(np.ceil(edge * 100))
    assert judged["verdict"].tolist() == ["alike"]
    for numerator, verdict in ((top - 1, "maybe_better"), (top, "better")):
        one = verdicts(areas([numerator], [100]), indicator=DONE, reference=50, beyond_chance=more)
        assert one["verdict"].tolist() == [verdict]


def test_so_many_or_more_counts_the_number_itself() -> None:
    # Of 20 with a chance of one half, 15 or more have 0.0207 and so are beyond the 95 % limits;
    # 16 or more would have 0.0059. For fifteen hits the fifteen belong to the tail.
    assert stats.binom.sf(14, 20, 0.5) == pytest.approx(0.0207, abs=1e-4)
    assert stats.binom.sf(13, 20, 0.5) == pytest.approx(0.0577, abs=1e-4)
    found = [
        verdicts(areas([top], [20]), indicator=DONE, reference=50)["verdict"].iloc[0]
        for top in (14, 15)
    ]
    assert found == ["alike", "maybe_better"]
    # Per one case manager 10 families: 17 or more have 0.027, 18 or more 0.0143.
    ratio = [
        verdicts(areas([top], [1], 1), indicator=RATIO, reference=10)["verdict"].iloc[0]
        for top in (17, 18)
    ]
    assert ratio == ["alike", "maybe_worse"]


def test_a_small_base_gets_no_verdict_and_a_ratio_has_none() -> None:
    assert verdicts(areas([10], [19]), indicator=DONE, reference=50).empty
    assert len(verdicts(areas([10], [20]), indicator=DONE, reference=50)) == 1
    assert len(verdicts(areas([50], [5], 1), indicator=RATIO, reference=10)) == 1
