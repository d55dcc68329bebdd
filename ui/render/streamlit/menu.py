"""The menu on the screen: pages under the user they are for, and links from page to page."""

import streamlit as st

from config.i18n import Lang, t
from data_access.roles import Visitor
from ui.render.pages import PAGES, PageSpec, spec
from ui.render.streamlit.templating import html, script
from ui.server.streamlit_internals import Page
from ui.state import url_state

_CLOSES_BEHIND = html("script", script=script("menu.js"))


def navigation(lang: Lang) -> tuple[Page, PageSpec]:
    """Give the page that the visitor asked for, and its entry here."""
    built = {p.key: _page(p, lang) for p in PAGES}
    asked = st.navigation(list(built.values()), position="hidden")
    return asked, next(p for p in PAGES if built[p.key] == asked)


def draw(lang: Lang, codes: dict[str, str], visitor: Visitor | None = None) -> None:
    """Draw the menu: pages under the user they are for, with links that keep the filters.

    Streamlit's own menu puts list entries where no list is, so that screen readers lose count, and
    leaves the filters to be written into the address afterwards: going back then leads nowhere.
    Pages that the visitor may not open are left out.
    """
    role, administers = (visitor.role, visitor.administers) if visitor else ("", False)
    offered = [entry for entry in PAGES if entry.open_to(role, administers=administers)]
    with st.sidebar.container(key="menu"):
        st.html(html("search", label=t("shell.search", lang), short=t("shell.search_short", lang)))
        for group in dict.fromkeys(entry.group for entry in offered):
            st.html(html("menu_group", title=t(f"menu.{group}", lang)))
            for entry in (p for p in offered if p.group == group):
                page, label = _page(entry, lang), entry.label(lang)
                st.page_link(page, label=label, query_params=codes, width="stretch")
        st.html(_CLOSES_BEHIND, unsafe_allow_javascript=True)


def link(key: str, lang: Lang, codes: dict[str, str], label: str | None = None) -> None:
    """Draw a link to another page that keeps the filters."""
    entry = spec(key)
    st.page_link(
        _page(entry, lang),
        label=label or t("menu.see_page", lang, title=entry.title(lang)),
        query_params=codes,
    )


def definition_link(name: str | None, lang: Lang, *, titled: bool = False) -> None:
    """Draw the link to an indicator's definition; nothing where a block is about none.

    `titled` names the indicator in the link, for a picture that is about more than one.
    """
    if name is None:
        return
    codes = {**url_state.codes(), "indicator": name}
    label = t("page.indicators.link", lang)
    if titled:
        label = t("page.indicators.link_to", lang, title=t(f"indicator.{name}.title", lang))
    link("indicators", lang, codes, label=label)


def _page(entry: PageSpec, lang: Lang) -> Page:
    first = entry is PAGES[0]
    return st.Page(entry.file, title=entry.label(lang), url_path=entry.key, default=first)
