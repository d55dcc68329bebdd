"""Every data-quality rule in one list, those that refuse a load included."""

from collections.abc import Mapping
from types import MappingProxyType

from data_access.quality import cases, days, ids, people
from data_access.quality.finding import Rule

WARN_RULES: tuple[Rule, ...] = (*cases.RULES, *people.RULES, *days.RULES, *ids.RULES)
# Enforced by the importers: a published snapshot breaks none of them.
STOP_RULES: tuple[Rule, ...] = tuple(
    Rule(name, "stop")
    for name in (
        "missing_column",
        "impossible_date",
        "unknown_area",
        "district_outside_province",
        "duplicate_id",
        "missing_row",
        "end_before_start",
        "done_before_opened",
    )
)
RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.name: rule for rule in (*STOP_RULES, *WARN_RULES)}
)
