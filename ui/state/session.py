"""Who is looking, in which language, at which snapshot: set once per run, read by every page.

Home.py calls `begin` on each full run; a fragment that runs alone goes on with what that run set,
so that one view never mixes two snapshots.
"""

from pathlib import Path
from typing import Literal, cast

import streamlit as st

from config.i18n import LANGS, Lang
from config.settings import Settings
from data_access import snapshot as snapshots
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from ui.prefetch import queue

# A published snapshot shows up after this many seconds; in between nobody reads the disk for it.
CHECK_EVERY_SECONDS = 3

_SETTINGS, _LANG, _SNAPSHOT = "session.settings", "session.lang", "session.snapshot"


def begin(settings: Settings) -> None:
    """Fix settings and language for this run."""
    queue.touch()
    st.session_state[_SETTINGS] = settings
    asked = st.query_params.get("lang")
    if asked in LANGS:
        st.session_state[_LANG] = asked
    st.session_state.setdefault(_LANG, settings.language)


def open_snapshot() -> None:
    """Fix the snapshot that this run reads; raises NoSnapshot before the first load."""
    st.session_state.pop(_SNAPSHOT, None)
    st.session_state[_SNAPSHOT] = _current(settings().data_dir)


def settings() -> Settings:
    """Give the settings of this installation as Home.py read them."""
    return cast(Settings, st.session_state[_SETTINGS])


def lang() -> Lang:
    """Give the visitor's language; Thai before anything is known."""
    return cast(Lang, st.session_state.get(_LANG, "th"))


def speak(language: Lang) -> None:
    """Change the visitor's language from the next run on."""
    st.session_state[_LANG] = language


def scope() -> Scope:
    """Give the rows this visitor may see.

    Until sign-in exists every visitor sees the whole country; this function is the one place that
    says so. Small client counts are hidden from everybody.
    """
    return Scope(nation=True, hide_below=settings().hide_below)


def snapshot() -> SnapshotInfo:
    """Give the snapshot that this run reads."""
    return cast(SnapshotInfo, st.session_state[_SNAPSHOT])


def theme() -> Literal["light", "dark"]:
    """Give the colour scheme of the visitor's browser; light before the browser has told."""
    return "dark" if st.context.theme.type == "dark" else "light"


@st.cache_data(ttl=CHECK_EVERY_SECONDS, show_spinner=False)
def _current(data_dir: Path) -> SnapshotInfo:
    return snapshots.current(data_dir)
