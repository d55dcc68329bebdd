"""What visitors read when there is nothing to draw: what is so, what to do. No tracebacks."""

import logging

import streamlit as st
from sqlalchemy.exc import DBAPIError

from config.i18n import LANGS, Lang, t
from config.settings import SettingsError
from data_access.importers import Unreachable
from ui.state.filter_state import FilterState
from ui.text import area_names

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


def broken(problem: Exception) -> None:
    """Say in both languages that something went wrong; the traceback goes to the log only."""
    log.error("a page failed", exc_info=problem)
    for lang in LANGS:
        st.error(t("message.broken", lang))


def empty_database(lang: Lang) -> None:
    """Say that a snapshot is there and holds no rows."""
    st.info(t("message.empty_database", lang))


def nothing_here(chosen: FilterState, lang: Lang) -> None:
    """Say that the chosen area and group hold nothing in the chosen period, and how to widen."""
    st.info(
        t(
            "message.nothing_here",
            lang,
            area=area_names.full_name(chosen.narrowest, lang),
            period=chosen.period_text(lang),
        )
    )


def nothing_due(chosen: FilterState, lang: Lang) -> None:
    """Say that no follow-up was due, which is neither zero percent nor a hundred."""
    st.info(
        t(
            "message.nothing_due",
            lang,
            area=area_names.full_name(chosen.narrowest, lang),
            period=chosen.period_text(lang),
        )
    )


def table_missing(table: str, lang: Lang) -> None:
    """Say which optional table the source does not hold, and what it would show."""
    st.info(t("message.table_missing", lang, table=table))


def nothing_to_list(lang: Lang) -> None:
    """Say that a list is empty because nothing meets its condition."""
    st.info(t("message.nothing_to_list", lang))
