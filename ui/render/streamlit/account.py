"""Who is signed in and as what, with the way out; and the page of those who are not."""

import logging

import streamlit as st

from config.access import AccessProblem
from config.i18n import LANGS, Lang, t
from data_access.roles import NoPermission
from ui.render.streamlit import words
from ui.state import audit_log, session, sign_in
from ui.state.sign_in import NotSignedIn
from ui.text.role_names import role_name

log = logging.getLogger(__name__)


def draw(lang: Lang) -> None:
    """Draw, below the menu, who is signed in and the button to sign out; or that nobody has to."""
    with st.sidebar.container(key="account"):
        if session.local():
            words.caption(t("account.local", lang))
            return
        own = session.account()
        role = role_name(own.role, lang)
        text = t("account.signed_in", lang, user=own.user, role=role)
        words.caption(text)
        st.button(t("account.sign_out", lang), key="sign_out", on_click=sign_out)


def viewed_banner(lang: Lang) -> None:
    """Draw, above every page, whose view this is and the way back; nothing in one's own view."""
    name = session.viewed_user()
    if not name or not session.account().administers:
        return
    with st.container(key="viewed", horizontal=True, vertical_alignment="center"):
        st.warning(t("account.viewed", lang, user=name), width="stretch")
        st.button(
            t("account.view_own", lang), key="view_own", on_click=session.view_as, args=(None,)
        )


def view_as_button(user: str | None, lang: Lang) -> None:
    """Draw the button that shows every page as this user sees it; nothing where there is none."""
    if user is not None:
        label = t("account.view_as", lang, user=user)
        st.button(label, key="view_as", type="primary", on_click=session.view_as, args=(user,))


def sign_out() -> None:
    """Sign out in every tab and at the provider; for the button's `on_click`."""
    audit_log.signed_out()
    sign_in.end(session.settings())
    st.logout()


def sign_in_page(wall: NotSignedIn, lang: Lang) -> None:
    """Draw what somebody reads who is not signed in: why, and the button where there is a provider.

    The address bar stays as it is: after signing in the visitor comes back to it.
    """
    st.title(t("sign_in.title", lang), anchor=False)
    st.info(t(f"sign_in.{wall.reason}", lang, contact=_contact(lang)))
    if sign_in.configured():
        st.button(t("sign_in.button", lang), key="sign_in", type="primary", on_click=st.login)


def no_permission(refusal: NoPermission, lang: Lang) -> None:
    """Draw what somebody reads who is signed in and may see nothing: why, and whom to ask."""
    st.title(t("refused.title", lang), anchor=False)
    st.warning(t(f"refused.{refusal.reason}", lang, user=refusal.user, contact=_contact(lang)))
    if session.viewed_user():
        st.button(
            t("account.view_own", lang), key="view_own", on_click=session.view_as, args=(None,)
        )
    elif sign_in.claims():
        st.button(t("account.sign_out", lang), key="sign_out", on_click=leave)


def leave() -> None:
    """Sign out somebody who was refused: the refusal itself is in the audit trail already."""
    sign_in.end(session.settings())
    st.logout()


def refused_page(lang: Lang) -> None:
    """Draw what somebody reads who opens a page for administrators only."""
    st.title(t("refused.title", lang), anchor=False)
    st.warning(t("refused.page", lang, contact=_contact(lang)))


def no_grants(problem: AccessProblem) -> None:
    """Say in both languages that the list of people cannot be used: nobody sees anything."""
    log.error("the file of grants cannot be used: %s", problem)
    for lang in LANGS:
        st.error(t("refused.access_file", lang))


def _contact(lang: Lang) -> str:
    try:
        return session.access().contact(lang)
    except AccessProblem:
        return "—"
