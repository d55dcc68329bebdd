"""Who is looking, in which language, at which snapshot: read by every page.

Home.py calls `begin` on each full run; a fragment that runs alone goes on with the snapshot of that
run, so that one view never mixes two. Who may see what is never remembered: whoever asks gets it
from the sign-in and the grants as they stand at that moment.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, cast

import streamlit as st

from config import access as access_file
from config.access import Access
from config.i18n import LANGS, Lang
from config.settings import Settings
from data_access import roles
from data_access import snapshot as snapshots
from data_access.roles import Visitor
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from ui.state import sign_in

# A published snapshot shows up after this many seconds; in between nobody reads the disk for it.
CHECK_EVERY_SECONDS = 3

_SETTINGS, _LANG, _SNAPSHOT = "session.settings", "session.lang", "session.snapshot"
_FIRST_ID = "session.first_snapshot"
_VIEW_AS_KEY = "session.viewed"


def begin(settings: Settings) -> None:
    """Fix settings and language for this run."""
    st.session_state[_SETTINGS] = settings
    asked = st.query_params.get("lang")
    if asked in LANGS:
        st.session_state[_LANG] = asked
    st.session_state.setdefault(_LANG, settings.language)


def open_snapshot() -> None:
    """Fix the snapshot that this run reads; raises NoSnapshot before the first load."""
    st.session_state.pop(_SNAPSHOT, None)
    info = st.session_state[_SNAPSHOT] = _current(settings().data_dir)
    st.session_state.setdefault(_FIRST_ID, info.snapshot_id)


def data_changed() -> bool:
    """Tell whether another snapshot was published since this tab was opened."""
    return bool(st.session_state[_FIRST_ID] != snapshot().snapshot_id)


def settings() -> Settings:
    """Give the settings of this installation as Home.py read them."""
    return cast(Settings, st.session_state[_SETTINGS])


def lang() -> Lang:
    """Give the visitor's language; Thai before anything is known."""
    return cast(Lang, st.session_state.get(_LANG, "th"))


def speak(language: Lang) -> None:
    """Change the visitor's language from the next run on."""
    st.session_state[_LANG] = language


def access() -> Access:
    """Give the grants as they stand now; raises AccessProblem where the file cannot be used."""
    return access_file.load(settings().access)


def local() -> bool:
    """Tell whether nobody has to sign in: chosen by the operator, or because data are synthetic."""
    return settings().is_local(synthetic=snapshot().synthetic)


def account() -> Visitor:
    """Give who is signed in; raises NotSignedIn, NoPermission or AccessProblem."""
    grants = access()
    if local():
        least, synthetic = settings().hide_below, snapshot().synthetic
        return roles.local_visitor(grants, hide_below=least, synthetic=synthetic)
    return _visitor_of_grant(sign_in.user(settings(), grants))


def visitor() -> Visitor:
    """Give as whom the pages are drawn: the person signed in, or the one an administrator views.

    Raises as `account` does, and NoPermission too where the one viewed has no grant any more.
    """
    own = account()
    name = st.session_state.get(_VIEW_AS_KEY)
    return _visitor_of_grant(name) if name and own.administers else own


def view_as(user: str | None) -> None:
    """Draw pages as another user sees them, from the next run on; None for oneself again."""
    st.session_state[_VIEW_AS_KEY] = user


def viewed_user() -> str | None:
    """Give the user that an administrator views the pages as; None for oneself."""
    return cast(str | None, st.session_state.get(_VIEW_AS_KEY))


def scope() -> Scope:
    """Give the rows this visitor may see at this moment; raises as `visitor` does."""
    return visitor().scope


def still_sees(scope: Scope) -> bool:
    """Tell whether this visitor's scope is the one given; not where sign-in or grant has ended."""
    try:
        return visitor().scope == scope
    except (sign_in.NotSignedIn, roles.NoPermission, access_file.AccessProblem):
        return False


class ScopeChange(Exception):
    """The grants changed since a page was drawn: what was prepared for it is not handed out."""


def scope_check() -> Callable[[], None]:
    """Give a function for work that goes on after this run, in whatever thread: it raises where
    this visitor's scope, by the grants as they then stand, is another one.

    ScopeChange, or NoPermission where nothing is left of it.
    """
    options, info, here = settings(), snapshot(), local()
    own, name, before = account(), viewed_user(), scope()

    def check() -> None:
        if here:
            return
        now = _of_grant(own.user, options, info)
        if name and now.administers:
            now = _of_grant(name, options, info)
        if now.scope != before:
            raise ScopeChange

    return check


def _visitor_of_grant(user: str) -> Visitor:
    return _of_grant(user, settings(), snapshot())


def _of_grant(user: str, options: Settings, info: SnapshotInfo) -> Visitor:
    return roles.visitor(
        user,
        access_file.load(options.access),
        hide_below=options.hide_below,
        today=options.today,
        synthetic=info.synthetic,
    )


def snapshot() -> SnapshotInfo:
    """Give the snapshot that this run reads."""
    return cast(SnapshotInfo, st.session_state[_SNAPSHOT])


def theme() -> Literal["light", "dark"]:
    """Give the colour scheme of the visitor's browser; light before the browser has told."""
    return "dark" if st.context.theme.type == "dark" else "light"


@st.cache_data(ttl=CHECK_EVERY_SECONDS, show_spinner=False)
def _current(data_dir: Path) -> SnapshotInfo:
    return snapshots.current(data_dir)
