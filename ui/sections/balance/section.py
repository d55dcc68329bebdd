"""Balance of work: what if, the fewest families to move, invitations to courses. Advice only."""

from config.i18n import t
from ui.blocks import Blocks, Lazy, Page, Row, Text
from ui.sections.balance import course_invitations, family_moves, scenario
from ui.sections.balance.scenario import Scenario
from ui.state.page_context import View


def page(view: View) -> Page:
    """Give the page: choices of what if and their outcome, then the two proposals."""
    outcome = scenario.scenario(view)
    return Page(
        key="balance",
        title=t("page.balance.title", view.lang),
        lead=scenario.lead(view, outcome),
        blocks=_blocks(view, outcome),
    )


def _blocks(view: View, outcome: Scenario) -> Blocks:
    return (
        Row(scenario.choices(view, outcome), "balance_choices"),
        *scenario.tables(view, outcome),
        Text(t("page.balance.limits", view.lang)),
        Lazy(lambda: family_moves.blocks(view, outcome.norm)),
        Lazy(lambda: course_invitations.blocks(view)),
    )
