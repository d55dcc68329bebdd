"""What a cell of an answer may be: shown, hidden, without data, or not for this visitor."""

from enum import StrEnum


class Status(StrEnum):
    """`status.<value>` words it. Only `shown` cells hold numbers.

    `hidden`: a small count is protected. `no_data`: there is nothing to count or divide by.
    `not_permitted`: the area is not, or not wholly, among those the visitor may see.
    """

    SHOWN = "shown"
    HIDDEN = "hidden"
    NO_DATA = "no_data"
    NOT_PERMITTED = "not_permitted"


OUT_OF_SCOPE = "out_of_scope"  # the reason of `not_permitted`
