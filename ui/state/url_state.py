"""The address bar: codes in, codes out, kept while a visitor moves from page to page.

Streamlit drops the query string when another page is opened from the menu; the codes are then
written again from the session. Everything read here is checked against lists before it is used,
and nothing here decides what a visitor may see.
"""

from collections.abc import Iterable
from typing import cast

import streamlit as st

from config.i18n import LANGS
from ui.queries import query_cache
from ui.state import session
from ui.state.filter_state import PARAMS, FilterState, IgnoredCode, everything, from_params

_PAGE, _CHOICE_KEY, _IGNORED_KEY = "address.page", "address.chosen", "address.ignored"


def sync(page: str) -> None:
    """Read the address into the session, or the session into the address after a change of page."""
    state = st.session_state
    snapshot = session.snapshot()
    given = {name: code for name, code in st.query_params.items() if name in PARAMS}
    moved = state.get(_PAGE) != page
    if moved and not given and _CHOICE_KEY in state:
        given = cast(FilterState, state[_CHOICE_KEY]).params()
    chosen, ignored = from_params(given, snapshot.as_of, years())
    asked = st.query_params.get("lang")
    if asked and asked not in LANGS:
        ignored = (*ignored, IgnoredCode("lang", asked))
    state[_PAGE], state[_CHOICE_KEY], state[_IGNORED_KEY] = page, chosen, ignored
    write(chosen)


def page() -> str:
    """Give the key of the page that this run draws."""
    return str(st.session_state.get(_PAGE, ""))


def years() -> list[int]:
    """Give the fiscal years (Buddhist) that this snapshot holds anything of, newest first."""
    return query_cache.fiscal_years(session.scope(), session.snapshot())


def filters() -> FilterState:
    """Give what the visitor chose; the plain view before anything was read."""
    found = st.session_state.get(_CHOICE_KEY)
    return cast(FilterState, found) if found else everything(session.snapshot().as_of)


def ignored_codes() -> tuple[IgnoredCode, ...]:
    """Give the codes of the address bar that this run did not use."""
    return cast(tuple[IgnoredCode, ...], st.session_state.get(_IGNORED_KEY, ()))


def choose(new: FilterState) -> None:
    """Take over a new choice; called from the callbacks of filters, crumbs and maps."""
    st.session_state[_CHOICE_KEY] = new
    write(new)


def write(new: FilterState) -> None:
    """Put a choice and the language into the address bar, leaving other parameters as they are."""
    others = {k: v for k, v in st.query_params.items() if k not in (*PARAMS, "lang")}
    wanted = {**new.params(), **_language(), **others}
    if wanted != st.query_params.to_dict():
        st.query_params.from_dict(wanted)


def rewrite() -> None:
    """Write what is chosen once more, after the language changed."""
    if _CHOICE_KEY in st.session_state:
        write(filters())
    else:
        st.query_params.from_dict({**st.query_params.to_dict(), "lang": session.lang()})


def codes(new: FilterState | None = None) -> dict[str, str]:
    """Give the codes for a link to another page: the choice and, where not the usual, language."""
    return {**(new or filters()).params(), **_language()}


def options() -> dict[str, str]:
    """Give the codes in the address bar that are neither filters nor the language."""
    return {k: v for k, v in st.query_params.items() if k not in (*PARAMS, "lang")}


def note_ignored(more: Iterable[IgnoredCode]) -> None:
    """Add codes that a page did not use to the list of ignored ones."""
    st.session_state[_IGNORED_KEY] = (*ignored_codes(), *dict.fromkeys(more))


def keep_option(name: str, code: str, usual: str) -> None:
    """Write a page's own code to the address bar, or take it out where it is the usual one."""
    if code != usual:
        st.query_params[name] = code
    elif name in st.query_params:
        del st.query_params[name]


def _language() -> dict[str, str]:
    usual = session.settings().language
    return {} if session.lang() == usual else {"lang": session.lang()}
