"""Hiding of client counts: the one place that decides what the public level shows.

What is guaranteed stands in `docs/disclosure.md`. Pages, exports, the command line and caches read
frames that have passed through `hide`, and lists that have passed `with_permitted_rows`.
"""

from data_access.disclosure.hiding import DECISION_REASONS, HIDDEN, SHOWN, hide
from data_access.disclosure.prepare import prepare
from data_access.disclosure.rows import (
    clients_permitted,
    every_client_permitted,
    is_own,
    single_cases_permitted,
    tables_permitted,
    with_permitted_loads,
    with_permitted_rows,
)
from data_access.disclosure.tables import hidden_cells

__all__ = [
    "DECISION_REASONS",
    "HIDDEN",
    "SHOWN",
    "clients_permitted",
    "every_client_permitted",
    "hidden_cells",
    "hide",
    "is_own",
    "prepare",
    "single_cases_permitted",
    "tables_permitted",
    "with_permitted_loads",
    "with_permitted_rows",
]
