"""The pages: one line each, grouped by the user they are for. Add a page here and nowhere else."""

from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from config.i18n import Lang, has, t

_CLOSES_BEHIND = Path(__file__).with_name("menu.js").read_text("utf-8")
GROUPS = ("executive", "programmes", "seminar")


@dataclass(frozen=True)
class PageSpec:
    """One page: its key (address and text keys), its group, its file below the repository."""

    key: str
    group: str
    file: str

    def title(self, lang: Lang) -> str:
        """Give the title above the page."""
        return t(f"page.{self.key}.title", lang)

    def label(self, lang: Lang) -> str:
        """Give the title in the menu and on the tab: shorter where it has one that fits a line."""
        short = f"page.{self.key}.menu"
        return t(short, lang) if has(short) else self.title(lang)


PAGES = (
    PageSpec("overview", "executive", "pages/executive/overview.py"),
    PageSpec("province_map", "executive", "pages/executive/province_map.py"),
    PageSpec("map_compare", "executive", "pages/executive/map_compare.py"),
    PageSpec("caseload", "programmes", "pages/programmes/caseload.py"),
    PageSpec("training", "programmes", "pages/programmes/training.py"),
    PageSpec("follow_up", "programmes", "pages/programmes/follow_up.py"),
    PageSpec("process", "programmes", "pages/programmes/process.py"),
    PageSpec("outcomes", "programmes", "pages/programmes/outcomes.py"),
    PageSpec("teamwork", "programmes", "pages/programmes/teamwork.py"),
    PageSpec("volunteers", "programmes", "pages/programmes/volunteers.py"),
    PageSpec("screening", "programmes", "pages/programmes/screening.py"),
    PageSpec("quality", "programmes", "pages/data/quality.py"),
    PageSpec("courses", "seminar", "pages/seminar/courses.py"),
    PageSpec("shelters", "seminar", "pages/seminar/shelters.py"),
    PageSpec("lao", "seminar", "pages/seminar/lao.py"),
    PageSpec("indicators", "seminar", "pages/seminar/indicators.py"),
)


def spec(key: str) -> PageSpec:
    """Give the page with this key; KeyError for one that does not exist."""
    return next(iter([p for p in PAGES if p.key == key] or _unknown(key)))


def navigation(lang: Lang) -> tuple[Page, PageSpec]:
    """Give the page that the visitor asked for, and its entry here."""
    built = {p.key: _built(p, lang) for p in PAGES}
    asked = st.navigation(list(built.values()), position="hidden")
    return asked, next(p for p in PAGES if built[p.key] == asked)


def draw(lang: Lang, codes: dict[str, str]) -> None:
    """Draw the menu: pages under the user they are for, with links that keep the filters.

    Streamlit's own menu puts list entries where no list is, so that screen readers lose count, and
    leaves the filters to be written into the address afterwards: going back then leads nowhere.
    """
    with st.sidebar.container(key="menu"):
        for group in GROUPS:
            st.html(f'<p class="ov-group">{escape(t(f"menu.{group}", lang))}</p>')
            for entry in (p for p in PAGES if p.group == group):
                page, label = _built(entry, lang), entry.label(lang)
                st.page_link(page, label=label, query_params=codes, width="stretch")
        st.html(f"<script>{_CLOSES_BEHIND}</script>", unsafe_allow_javascript=True)


def link(key: str, lang: Lang, codes: dict[str, str], label: str | None = None) -> None:
    """Draw a link to another page that keeps the filters."""
    entry = spec(key)
    st.page_link(
        _built(entry, lang),
        label=label or t("menu.see_page", lang, title=entry.title(lang)),
        query_params=codes,
    )


def _built(entry: PageSpec, lang: Lang) -> Page:
    page = partial(st.Page, entry.file, title=entry.label(lang), url_path=entry.key)
    return page(default=entry is PAGES[0])


def _unknown(key: str) -> list[PageSpec]:
    raise KeyError(f"a page is one of {[p.key for p in PAGES]}; got: {key!r}")
