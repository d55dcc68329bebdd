"""Hiding of client counts: the one place that decides what the public level shows.

What is guaranteed stands in `docs/disclosure.md`. Pages, exports, the command line and caches read
frames that have passed through `hide`, and lists that have passed `single_cases_permitted`.
"""

from data_access.disclosure.hiding import HIDDEN, SHOWN, hidden_parts, hide
from data_access.disclosure.rows import single_cases_permitted, with_permitted_rows

__all__ = [
    "HIDDEN",
    "SHOWN",
    "hidden_parts",
    "hide",
    "single_cases_permitted",
    "with_permitted_rows",
]
