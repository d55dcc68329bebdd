"""The row of cards of a page, with the list behind each."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from ui.blocks import Blocks, Figures
from ui.queries import changes, page_queries
from ui.state.page_context import View
from ui.text.figures import Figure

LIST = "list"  # the parameter in the address bar
MakeList = Callable[[View], Blocks]


def row(view: View, figures: Sequence[Figure], lists: Mapping[str, MakeList]) -> Figures:
    """Give figures as cards; `lists` says for which of them there is a list, and what is in it."""
    return Figures(
        figures=changes.where_known(view, figures),
        lists={name: partial(make, view) for name, make in lists.items()},
        opened=view.option(LIST, tuple(lists), ""),
        not_followed={figure.name: not_followed(view, figure.name) for figure in figures},
    )


def not_followed(view: View, name: str) -> str:
    """Give the line that says which chosen filters a number does not follow; empty where none."""
    return page_queries.filters_not_followed_text(page_queries.not_followed(view, name), view.lang)
