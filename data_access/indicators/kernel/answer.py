"""What comes back from a question: the frame, which filters it followed, and whose area it is."""

from dataclasses import dataclass

import pandas as pd

from data_access.filters import Filter, Filters, filters_of
from data_access.indicators.kernel.query import Query
from data_access.scope import AreaLabel


@dataclass(frozen=True)
class Answer:
    """A frame with what must be said beside it.

    `applied_filters` are the filters of the question that narrowed the frame; `ignored_filters`
    those that left it as it is; `refused_filters` those for which its cells hold no number, only
    the reason.
    `area` says whose rows were counted.
    """

    frame: pd.DataFrame
    applied_filters: tuple[Filter, ...]
    ignored_filters: tuple[Filter, ...]
    refused_filters: tuple[Filter, ...]
    area: AreaLabel

    @property
    def not_followed(self) -> tuple[Filter, ...]:
        """Every filter of the question that did not narrow the frame."""
        return (*self.ignored_filters, *self.refused_filters)


def ignored_filters(
    filters: Filters, query: Query, refusals: tuple[Filter, ...] = ()
) -> tuple[Filter, ...]:
    """The filters of a question that a figure or list following `filters` leaves unused."""
    return tuple(one for one in filters_of(query) if one not in filters and one not in refusals)


def answer_of(
    frame: pd.DataFrame,
    filters: Filters,
    query: Query,
    area: AreaLabel,
    refusals: tuple[Filter, ...] = (),
) -> Answer:
    """The answer of a frame made by something that follows `filters`."""
    applied = tuple(one for one in filters_of(query) if one in filters)
    return Answer(frame, applied, ignored_filters(filters, query, refusals), refusals, area)
