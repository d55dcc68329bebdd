"""What visitors do, for the audit trail: which page with which filters, which file, which refusal.

Recorded before anything is shown: where the trail cannot be written, nothing is shown.
"""

from datetime import datetime

import streamlit as st

from config.settings import BANGKOK
from data_access import audit
from data_access.audit import Event, What
from data_access.roles import NoPermission
from ui.state import session, sign_in, url_state
from ui.state.sign_in import NotSignedIn

_LATEST, _REFUSAL_KEY, _PAGE = "audit.latest", "audit.refused", "audit.page"


def admit() -> None:
    """Let somebody in who may be here, noting the first run after signing in and every refusal.

    Raises NotSignedIn, NoPermission or AccessProblem as `session.visitor` does.
    """
    try:
        own = session.account()
        session.visitor()
    except NoPermission as refusal:
        _note_refusal(refusal.user, refusal.reason)
        raise
    except NotSignedIn as wall:
        if wall.reason != "first":
            _note_refusal("", wall.reason)
        raise
    st.session_state.pop(_REFUSAL_KEY, None)
    if not session.local() and sign_in.touch(session.settings()):
        _write(Event(own.user, own.role, "signed_in"))


def note_page(page: str) -> None:
    """Note that a page is opened or its filters changed; a run that changes neither is no event."""
    st.session_state[_PAGE] = page
    filters = audit.codes(url_state.filters().params())
    event = (page, filters, session.viewed_user())
    if st.session_state.get(_LATEST) != event:
        st.session_state[_LATEST] = event
        record(
            "previewed" if session.viewed_user() else "opened", detail=session.viewed_user() or ""
        )


def refused_page(page: str) -> None:
    """Note that somebody asked for a page that is not for them."""
    st.session_state[_PAGE] = page
    if st.session_state.get(_LATEST) != (page, "refused", None):
        st.session_state[_LATEST] = (page, "refused", None)
        record("refused", detail="page")


def signed_out() -> None:
    """Note that somebody signs out."""
    record("signed_out")


def record(what: What, *, detail: str = "") -> None:
    """Write one event of the person signed in, on the page of this run."""
    own = session.account()
    page = str(st.session_state.get(_PAGE, ""))
    filters = audit.codes(url_state.filters().params())
    _write(Event(own.user, own.role, what, page=page, filters=filters, detail=detail))


def _note_refusal(user: str, reason: str) -> None:
    if st.session_state.get(_REFUSAL_KEY) != (user, reason):
        st.session_state[_REFUSAL_KEY] = (user, reason)
        _write(Event(user, "", "refused", detail=reason))


def _write(event: Event) -> None:
    months = session.access().keep_months
    home = session.settings().data_dir
    audit.record(home, event, at=datetime.now(BANGKOK), keep_months=months)
