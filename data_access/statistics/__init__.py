"""What may be said of numbers: intervals, ranks, funnel limits, change, and XmR readings.

Pure: frames and plain numbers in, plain answers out; no words and no drawing, so that pages, the
command line and documents all say the same.
"""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.floating[Any]]


class Measurable(Protocol):
    """The part of an indicator's definition that statistics need."""

    @property
    def name(self) -> str:
        """Its name in the registry."""

    @property
    def unit(self) -> str:
        """A unit of config.numbers, such as "percent"."""

    @property
    def direction(self) -> str:
        """ "higher_is_better", "lower_is_better" or "neutral"."""
