"""What visitors read when no page can be drawn: what is so, what to do. No tracebacks."""

import logging

import streamlit as st
from sqlalchemy.exc import DBAPIError

from config.i18n import LANGS, Lang, t
from config.settings import SettingsError
from data_access.importers import Unreachable

# What the store raises when its file cannot be read; everything else is a mistake of ours.
UNREACHABLE = (Unreachable, DBAPIError, OSError)

log = logging.getLogger(__name__)


def no_snapshot(lang: Lang) -> None:
    """Say that nothing has been loaded yet, and the commands that load something."""
    st.title(t("message.no_snapshot.title", lang), anchor=False)
    st.info(t("message.no_snapshot.text", lang))
    st.code(t("message.no_snapshot.commands", lang), language=None)


def wrong_settings(problem: SettingsError) -> None:
    """List every mistake in the settings, in both languages: none is known to be the reader's."""
    for lang in LANGS:
        st.error(problem.text(lang))


def unreachable(problem: Exception) -> None:
    """Say in both languages that the data cannot be reached; the reason goes to the log only."""
    log.error("the data cannot be reached", exc_info=problem)
    for lang in LANGS:
        st.error(t("message.unreachable", lang))


def failure(problem: Exception) -> None:
    """Say in both languages that something went wrong; the traceback goes to the log only."""
    log.error("a page failed", exc_info=problem)
    for lang in LANGS:
        st.error(t("message.broken", lang))


def empty_database(lang: Lang) -> None:
    """Say that a snapshot is there and holds no rows."""
    st.info(t("message.empty_database", lang))
