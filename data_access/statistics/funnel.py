"""Which areas differ from a reference by more than chance, and by more than areas differ anyhow.

A small province jumps about. Limits of chance are exact: binomial for shares, Poisson for counts
per something. But areas also differ for reasons that no definition knows (over-dispersion), and
limits of chance alone then leave half of them outside. How much more they differ is measured by
phi, the mean of the squared z-scores; z-scores are winsorised, so that the areas which the plot is
to find do not widen its limits. Where phi is above 1, a variance between areas is added to that of
chance (additive, DerSimonian–Laird), on the scale where the variance of chance depends on size
alone: the arcsine of the root of a share, the root of a rate.

Source: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in
Medicine 24 (2005), 1185–1202; D. Spiegelhalter et al., "Statistical methods for healthcare
regulation: rating, screening and surveillance", J. R. Statist. Soc. A 175 (2012), 1–47.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy  # it loads its parts when they are first used: commands start a third quicker

from data_access.disclosure import SHOWN
from data_access.small_base import large_enough
from data_access.statistics import Measurable, Numbers
from data_access.statistics.intervals import is_share, per_of

LEVELS = (0.95, 0.998)
BETTER, WORSE, ALIKE, MAYBE_BETTER, MAYBE_WORSE = (
    "better", "worse", "alike", "maybe_better", "maybe_worse",
)  # fmt: skip
WINSOR_SHARE = 0.1  # share of z-scores pulled in at either end
FEWEST_AREAS = 10  # too few say nothing about how much areas differ anyhow
_POINTS = 60  # points of a limit line


@dataclass(frozen=True)
class Dispersion:
    """How much areas differ beyond chance: phi (1 is chance alone) and the variance added.

    `variance` is on the transformed scale and 0 where limits are those of chance alone; `areas`
    are those that phi was worked out from, and `phi` is None where they are too few.
    """

    phi: float | None
    variance: float
    areas: int


CHANCE_ALONE = Dispersion(None, 0.0, 0)


def judged_areas(frame: pd.DataFrame, indicator: Measurable) -> pd.DataFrame:
    """Give the rows that can be judged: shown, with both counts, on a base that is not small."""
    numbers = frame.assign(
        numerator=pd.to_numeric(frame["numerator"], errors="coerce"),
        denominator=pd.to_numeric(frame["denominator"], errors="coerce"),
    )
    there = (numbers["status"] == SHOWN) & (numbers["denominator"].fillna(0) > 0)
    there &= numbers["numerator"].notna() & numbers["value"].notna()
    return numbers[there & large_enough(numbers, indicator)].reset_index(drop=True)


def dispersion(frame: pd.DataFrame, indicator: Measurable) -> Dispersion:
    """Give how much the areas of a frame differ from their common mean beyond chance."""
    areas = judged_areas(frame, indicator)
    if len(areas) < FEWEST_AREAS:
        return Dispersion(None, 0.0, len(areas))
    top, bottom = _counts(areas)
    centre = _transform(np.array([top.sum() / bottom.sum()]), share=is_share(indicator))[0]
    rate = _transform(top / bottom, share=is_share(indicator))
    z = (rate - centre) * 2 * np.sqrt(bottom)
    low, high = np.quantile(z, [WINSOR_SHARE, 1 - WINSOR_SHARE])
    phi = float(np.mean(np.clip(z, low, high) ** 2))
    weights = 4 * bottom  # one over the variance of chance
    spread = weights.sum() - (weights**2).sum() / weights.sum()
    variance = max(0.0, (len(areas) * phi - (len(areas) - 1)) / spread)
    return Dispersion(phi, float(variance), len(areas))


def verdicts(
    frame: pd.DataFrame,
    *,
    indicator: Measurable,
    reference: float | None = None,
    beyond_chance: Dispersion | None = None,
) -> pd.DataFrame:
    """Give the areas that can be judged: the frame plus `reference`, `verdict`, `phi`, `variance`.

    `verdict` is "better" or "worse" beyond the 99.8 % limits, "maybe_better" or "maybe_worse"
    between the limits, else "alike": it cannot be told apart from the reference. For a neutral
    indicator better means higher. The reference, in the indicator's unit, is the mean of all
    areas unless given. Over-dispersion is worked out from the frame unless `beyond_chance` is
    given.
    """
    areas = judged_areas(frame, indicator)
    if areas.empty:
        return areas.assign(reference=[], verdict=[], phi=[], variance=[])
    more = dispersion(frame, indicator) if beyond_chance is None else beyond_chance
    top, bottom = _counts(areas)
    per = per_of(indicator)
    rate = top.sum() / bottom.sum() if reference is None else reference / per
    low, high = _tails(top, bottom, rate, more.variance, share=is_share(indicator))
    good_is_low = str(indicator.direction) == "lower_is_better"
    words = []
    for p_low, p_high in zip(low, high, strict=True):
        p = min(p_low, p_high)
        good = (p_low < p_high) == good_is_low
        sure, likely = p < (1 - LEVELS[1]) / 2, p < (1 - LEVELS[0]) / 2
        word = (BETTER, WORSE) if sure else (MAYBE_BETTER, MAYBE_WORSE)
        words.append((word[0] if good else word[1]) if likely else ALIKE)
    return areas.assign(reference=rate * per, verdict=words, phi=more.phi, variance=more.variance)


def limits(areas: pd.DataFrame, indicator: Measurable, centre: float) -> pd.DataFrame:
    """Give the limit lines of judged areas: size `n`, and both levels' ends in the value's unit."""
    per, share = per_of(indicator), is_share(indicator)
    sizes = np.unique(np.round(np.geomspace(*sizes_of(areas), _POINTS)))
    variance = float(areas["variance"].iloc[0])
    lines: dict[str, Any] = {"n": sizes}
    for level in LEVELS:
        tail = (1 - level) / 2
        name = f"{level * 100:g}".replace(".", "_")
        for end, p in (("low", tail), ("high", 1 - tail)):
            line = (
                _wide_limit(p, sizes, centre / per, variance, share=share)
                if variance
                else _exact_limit(p, sizes, centre / per, share=share)
            )
            lines[f"{end}_{name}"] = np.clip(line, 0, 1 if share else None) * per
    return pd.DataFrame(lines)


def sizes_of(areas: pd.DataFrame) -> tuple[float, float]:
    """Give the least and the greatest size that limits are drawn for."""
    bottom = areas["denominator"].astype(float)
    return max(float(bottom.min()) / 1.3, 1.0), float(bottom.max()) * 1.1


def _counts(areas: pd.DataFrame) -> tuple[Numbers, Numbers]:
    return areas["numerator"].astype(float).to_numpy(), areas["denominator"].astype(
        float
    ).to_numpy()


def _transform(rate: Numbers, *, share: bool) -> Numbers:
    """A rate on the scale where chance has the variance 1 ÷ (4 × size)."""
    root = np.sqrt(rate)
    return np.arcsin(root) if share else root


def _exact_limit(p: float, sizes: Numbers, rate: float, *, share: bool) -> Numbers:
    """The rate that chance reaches with probability p, smoothed between whole numerators."""
    law = scipy.stats.binom(sizes, rate) if share else scipy.stats.poisson(sizes * rate)
    count = law.ppf(p)
    step = np.maximum(law.cdf(count) - law.cdf(count - 1), 1e-12)
    limit: Numbers = (count - (law.cdf(count) - p) / step) / sizes
    return limit


def _wide_limit(p: float, sizes: Numbers, rate: float, variance: float, *, share: bool) -> Numbers:
    """The rate that chance and the variance between areas reach with probability p."""
    centre = _transform(np.array([rate]), share=share)
    reach = centre + scipy.stats.norm.ppf(p) * np.sqrt(1 / (4 * sizes) + variance)
    if share:
        return np.sin(np.clip(reach, 0, np.pi / 2)) ** 2
    return np.maximum(reach, 0) ** 2


def _tails(
    top: Numbers, bottom: Numbers, rate: float, variance: float, *, share: bool
) -> tuple[Numbers, Numbers]:
    """Chance of so few or fewer, and of so many or more, if the rate were the reference."""
    if variance:
        centre = _transform(np.array([rate]), share=share)
        z = (_transform(top / bottom, share=share) - centre) / np.sqrt(1 / (4 * bottom) + variance)
        return scipy.stats.norm.cdf(z), scipy.stats.norm.sf(z)
    if share:
        return scipy.stats.binom.cdf(top, bottom, rate), scipy.stats.binom.sf(top - 1, bottom, rate)
    law = scipy.stats.poisson(bottom * rate)
    return law.cdf(top), law.sf(top - 1)
