"""Which indicators share a count, which are decided together, and which groups are sensitive.

A count that two indicators show must be hidden for both or for neither. `tests/disclosure` finds
counts shared by indicators that this table does not link.
"""

from data_access.breakdowns import BREAKDOWNS
from data_access.indicators.kernel.definition import Indicator
from data_access.indicators.registry import INDICATORS

# Denominators that are one and the same count: (the indicators it is read from, all that show it).
# Two counts in one entry are hidden together: opened and closed cases differ by two stocks.
BASES: tuple[tuple[tuple[str, ...], frozenset[str]], ...] = (
    (
        ("families_per_case_manager",),
        frozenset({"families_per_case_manager", "unassigned_families", "families_per_volunteer"}),
    ),
    (
        ("urgent_cases",),
        frozenset(
            {
                "urgent_cases",
                "cases_without_next_follow_up",
                "team_participation",
                "case_conferences_held",
                "team_professions",
            }
        ),
    ),
    (("follow_up_completion",), frozenset({"follow_up_completion", "follow_up_on_time"})),
    (
        ("days_to_assessment", "closed_self_reliant"),
        frozenset(
            {
                "days_to_assessment",
                "days_to_assessment_p90",
                "days_to_plan",
                "days_to_plan_p90",
                "cases_by_channel",
                "opening_cohorts",
                "closed_self_reliant",
            }
        ),
    ),
    (
        ("assessed_within_15_days",),
        frozenset({"assessed_within_15_days", "planned_within_15_days"}),
    ),
    (
        ("assessed_within_30_days",),
        frozenset({"assessed_within_30_days", "planned_within_30_days"}),
    ),
    (
        ("dimension_improved",),
        frozenset({"dimension_improved", "dimension_same", "dimension_worse"}),
    ),
)

# Numerators that add up to the denominator, or are the same: hidden together.
TOGETHER: tuple[tuple[str, ...], ...] = (
    ("dimension_improved", "dimension_same", "dimension_worse"),
    ("days_to_assessment", "days_to_assessment_p90"),
    ("days_to_plan", "days_to_plan_p90"),
)

# The denominator of the first is the numerator of the second.
DENOMINATOR_IS_NUMERATOR_OF = {
    "plan_revision": "plan_coverage",
    "plan_agreement": "plan_coverage",
    "screening_overridden": "screening_decided",
}

# A period's numerator over the stock on its last day: asked for quarter by quarter and for the
# year, one denominator would stand in tables that are hidden differently. Whole years only.
YEARS_ONLY = frozenset({"case_conferences_held", "plan_revision"})

# Of rare events: a quarter of a province counts fewer than five of them or of the others as a rule,
# and hidden quarters would hide the year. By quarter they are for the country and the regions.
RARE = frozenset(
    {
        "accompanied_visits",
        "follow_ups_left_at_closure",
        "referrals_accepted",
        "referrals_closed_loop",
        "screening_decided",
        "screening_overridden",
    }
)

# Open on the first and last day, opened and closed between: three of the four give the other one.
STOCK_OF_FLOW = {"days_to_assessment": "urgent_cases"}

SENSITIVE_GROUPS = frozenset({"violence", "displaced"})


def definition_of(name: str) -> Indicator:
    """The indicator or breakdown of that name; raises KeyError."""
    return BREAKDOWNS[name] if name in BREAKDOWNS else INDICATORS[name]


def base_of(name: str, breakdown: str | None) -> tuple[str, ...]:
    """The indicators whose denominators are the base count of `name` in such a table."""
    for read_from, shown_by in BASES:
        if name in shown_by:
            fit = [n for n in (*read_from, *sorted(shown_by)) if _has(n, breakdown)]
            return tuple(n for n in read_from if n in fit) or tuple(fit[:1])
    return (name,)


def shown_over(base: tuple[str, ...], breakdown: str | None) -> tuple[str, ...]:
    """The indicators that are shown over a base count in tables of that breakdown."""
    shown = set(base)
    for _, shown_by in BASES:
        if shown & shown_by:
            shown |= shown_by
    return tuple(sorted(name for name in shown if _has(name, breakdown)))


def unit_of(name: str) -> tuple[str, ...]:
    """The indicators whose numerators are decided together with that of `name`."""
    return next((unit for unit in TOGETHER if name in unit), (name,))


def _has(name: str, breakdown: str | None) -> bool:
    return breakdown is None or breakdown in definition_of(name).breakdowns
