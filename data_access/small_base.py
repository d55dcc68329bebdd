"""When a number stands on too few to say anything by: one rule for marks, sentences and ranks.

Under `small_base` (thresholds.toml) one case moves a share by five points or more: there is no
verdict, no percentage and no rank. A ratio of two counts, such as families per case manager, is
left out of the rule: it says how many there are of each, and a province of five case managers
has as many as it has.
"""

from typing import Any

import pandas as pd

from config import numbers
from config.thresholds import whole
from data_access.statistics import Measurable

_TWO_COUNTS = "ratio"


def least() -> int:
    """Give the least base that a verdict, a percentage or a rank may stand on."""
    return whole("small_base")


def is_small(denominator: Any, indicator: Measurable) -> bool:
    """Tell whether a number has a base, and it is too small; a plain count has none."""
    if str(indicator.unit) == _TWO_COUNTS or numbers.is_missing(denominator):
        return False
    return bool(denominator < least())


def large_enough(frame: pd.DataFrame, indicator: Measurable) -> pd.Series:
    """Give for each row of a frame with `denominator` whether its base is not too small."""
    small = [is_small(denominator, indicator) for denominator in frame["denominator"]]
    return ~pd.Series(small, index=frame.index, dtype=bool)
