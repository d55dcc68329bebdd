"""What stands around every page: who publishes it, how fresh it is, the language, the footer."""

import streamlit as st
from markupsafe import Markup

from config.i18n import LANGS, Lang, t
from config.numbers import count
from config.thai_calendar import format_date
from config.thresholds import whole
from config.version import VERSION
from ui.queries import query_cache
from ui.render.pages import PageSpec
from ui.render.streamlit import account, breadcrumbs, problems, style
from ui.render.streamlit.templating import html
from ui.server.streamlit_internals import Page
from ui.state import audit_log, filter_bar, session, url_state
from ui.state.filter_state import COUNTRY
from ui.text import area_names
from ui.text.provenance import own_source

OPTION_WORDS = (
    "options", "theme", "theme_system", "theme_light", "theme_dark", "digits", "digits_arabic",
    "digits_thai", "digits_note", "copy", "copied", "print", "guide",
)  # fmt: skip
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
    audit_log.note_page(entry.key)
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
    loaded = query_cache.whole("load_rows", session.scope(), session.snapshot())
    return not loaded["rows"].sum()


def head(lang: Lang) -> None:
    """Draw the top of a page: department, freshness, language, path."""
    _masthead(lang)
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
    _masthead(lang)


def _masthead(lang: Lang) -> None:
    style.draw(session.theme())
    # Another language is another script, so a browser runs it whenever the language changes.
    speaks = html("script", script=Markup("document.documentElement.lang='{}'").format(lang))
    with st.container(
        key="masthead",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        st.html(_brand(lang) + speaks, width="content", unsafe_allow_javascript=True)
        with st.container(key="display", horizontal=True, vertical_alignment="center"):
            _language(lang)
            st.html(html("options", words=_option_words(lang)), width="content")


def foot(lang: Lang) -> None:
    """Draw the end of every page: source and day, and, behind a fold, snapshot and version."""
    info = session.snapshot()
    day = format_date(info.as_of, lang)
    lines = [
        t("shell.source", lang, title=own_source(info, lang)),
        t("note.as_of", lang, date=day),
        t("shell.hotline", lang),
        t("note.privacy", lang),
        t("app.internal_use", lang),
    ]
    if info.synthetic:
        lines.insert(0, t("note.synthetic_long", lang))
    about = [
        t("shell.version", lang, version=VERSION),
        t("shell.snapshot", lang, id=info.snapshot_id),
        t("shell.loaded", lang, date=format_date(info.built_at.date(), lang)),
    ]
    printed = t("shell.printed", lang, line=url_state.filters().line(lang), date=day)
    fold = t("shell.about", lang)
    st.html(html("foot", lines=lines, about=about, fold=fold, printed=printed))


def _brand(lang: Lang) -> str:
    words = {name: t(f"app.{name}", lang) for name in ("department", "name", "short_name")}
    return html("brand", **words)


def _option_words(lang: Lang) -> dict[str, str]:
    return {name: t(f"shell.{name}", lang) for name in OPTION_WORDS}


def _badges(lang: Lang) -> str:
    info = session.snapshot()
    badges = [("", t("note.as_of", lang, date=format_date(info.as_of, lang)))]
    # Counted from the day that the data stand for: what was loaded this morning may be old.
    age, limit = (session.settings().today - info.as_of).days, whole("stale_days")
    if age > limit:
        days = {"limit": count(limit, lang), "days": count(age, lang)}
        badges.append(("watch stale", t("shell.stale", lang, **days)))
    if session.data_changed():
        clock = f"{info.built_at:%H:%M}"
        loaded = format_date(info.built_at.date(), lang)
        badges.append(("watch", t("shell.data_changed", lang, date=loaded, clock=clock)))
    if info.synthetic:
        badges.append(("watch", t("note.synthetic", lang)))
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
