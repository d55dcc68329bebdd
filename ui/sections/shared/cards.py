"""The row of cards of a page, with the list behind each."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from ui.blocks import Blocks, Figures
from ui.queries import changes, page_queries
from ui.state.page_context import View
from ui.text.figures import Figure

LIST = "list"  # the parameter in the address bar
RATIO, GROUP = "families_per_case_manager", "families_in_care"
MakeList = Callable[[View], Blocks]


def row(
    view: View,
    figures: Sequence[Figure],
    lists: Mapping[str, MakeList],
    *,
    histories: bool = True,
) -> Figures:
    """Give figures as cards; `lists` says for which of them there is a list, and what is in it.

    `histories` is false for figures of one role only, whose series nobody asks for.
    """
    return Figures(
        figures=figures,
        lists={name: partial(make, view) for name, make in lists.items()},
        open_list=view.option(LIST, tuple(lists), ""),
        not_followed=not_followed(view, figures),
        histories=partial(changes.with_changes, view, figures) if histories else None,
        waits=histories and not changes.known(view, figures),
    )


def not_followed(view: View, figures: Sequence[Figure]) -> dict[str, str]:
    """Give by figure the line that says which chosen filters it does not follow; empty for none."""
    return {figure.name: page_queries.not_followed_text(view, figure.name) for figure in figures}


def for_group(view: View, names: Sequence[str]) -> tuple[str, ...]:
    """Give the names of figures; with a target group chosen its families and their share stand in
    the place of the ratio, which no group has."""
    group = view.filters.target_group is not None
    return tuple(GROUP if group and name == RATIO else name for name in names)
