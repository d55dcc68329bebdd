"""What stands around every page: who publishes it, how fresh it is, the language, the footer."""

import streamlit as st

from config.i18n import LANGS, Lang, t
from config.thai_calendar import format_date
from config.thresholds import threshold
from ui.queries import cached
from ui.render.pages import PageSpec
from ui.render.streamlit import account, breadcrumbs, problems, style
from ui.render.streamlit.templating import html
from ui.server.streamlit_internals import Page
from ui.state import audit_log, filter_bar, session, url_state
from ui.state.filter_state import COUNTRY
from ui.text import area_names
from ui.text.provenance import own_source

SIDEBAR = 256  # pixels: the longest Thai page title on one line, and no more


def configure() -> None:
    """Set what the browser window needs before anything is drawn; the menu sets the title.

    The mark of the tab is served by `ui.server.asgi`: named here, it would be sent with every run.
    """
    st.set_page_config(layout="wide", initial_sidebar_state=SIDEBAR)


def show(page: Page, entry: PageSpec, lang: Lang) -> None:
    """Draw a whole page: head, the page itself (or that there is no data at all), foot."""
    area = url_state.filters().narrowest
    named = "" if area == COUNTRY else area_names.full_name(area, lang)
    st.set_page_config(page_title=entry.tab_title(named, lang))
    head(lang)
    account.viewed_banner(lang)
    visitor = session.visitor()
    if not entry.open_to(visitor.role, administers=visitor.administers):
        audit_log.refused_page(entry.key)
        account.refused_page(lang)
        return
    audit_log.opened(entry.key)
    # Filled last: pages have codes of their own in the address, and read them while they draw.
    notes = st.container()
    if is_empty():
        st.title(entry.title(lang), anchor=False)
        problems.empty_database(lang)
    else:
        page.run()
    with notes:
        filter_bar.ignored_codes(lang)
    foot(lang)


def is_empty() -> bool:
    """Tell whether the snapshot holds no row in any table."""
    loaded = cached.whole("load_rows", session.scope(), session.snapshot())
    return not loaded["rows"].sum()


def head(lang: Lang) -> None:
    """Draw the top of a page: department, freshness, language, path."""
    style.draw(session.theme())
    with st.container(
        key="masthead",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        st.html(_brand(lang), width="content")
        _language(lang)
    with st.container(
        key="where",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        breadcrumbs.draw(lang)
        st.html(_badges(lang), width="content")


def plain_head(lang: Lang) -> None:
    """Draw the top of a page that has no data to speak of: department and language."""
    style.draw(session.theme())
    with st.container(
        key="masthead",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        st.html(_brand(lang), width="content")
        _language(lang)


def foot(lang: Lang) -> None:
    """Draw the end of every page: source, day, snapshot, hotline, and that data is synthetic."""
    info = session.snapshot()
    lines = [
        t("shell.source", lang, title=own_source(info, lang)),
        t("note.as_of", lang, date=format_date(info.as_of, lang)),
        t("shell.snapshot", lang, id=info.snapshot_id),
        t("shell.hotline", lang),
        t("note.privacy", lang),
        t("app.internal_use", lang),
    ]
    if info.synthetic:
        lines.insert(0, t("note.synthetic_long", lang))
    st.html(html("foot", lines=lines))


def _brand(lang: Lang) -> str:
    department, name = t("app.department", lang), t("app.name", lang)
    return html("brand", department=department, name=name)


def _badges(lang: Lang) -> str:
    info = session.snapshot()
    as_of = t("note.as_of", lang, date=format_date(info.as_of, lang))
    loaded_on = info.built_at.date()
    age = (session.settings().today - loaded_on).days
    stale = age > threshold("stale_days").value
    loaded = t("shell.loaded", lang, date=format_date(loaded_on, lang))
    badges = [("", as_of), ("", loaded)]
    if stale:
        badges[1] = ("watch", t("shell.stale", lang, date=format_date(loaded_on, lang), days=age))
    if info.synthetic:
        badges.append(("watch", t("note.synthetic", lang)))
    if session.local():
        badges.append(("watch", t("account.local", lang)))
    return html("badges", badges=badges)


def _language(lang: Lang) -> None:
    st.session_state["language"] = lang
    st.segmented_control(
        t("filter.language", lang),
        LANGS,
        format_func=lambda code: t(f"shell.language_{code}", lang),
        key="language",
        required=True,
        on_change=_speak,
        label_visibility="collapsed",
    )


def _speak() -> None:
    session.speak(st.session_state["language"])
    url_state.rewrite()
