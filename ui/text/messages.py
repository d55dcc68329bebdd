"""Sentences for what cannot be shown: nothing in the place chosen, no such table, an empty list."""

from config.i18n import Lang, t
from data_access.disclosure import single_cases_permitted
from data_access.scope import Scope
from ui.state.filter_state import FilterState
from ui.text import area_names


def nothing_here(filters: FilterState, lang: Lang) -> str:
    """Give that the chosen area and group hold nothing in the chosen period, and how to widen."""
    return _of_place("message.nothing_here", filters, lang)


def nothing_due(filters: FilterState, lang: Lang) -> str:
    """Give that no follow-up was due, which is neither zero percent nor a hundred."""
    return _of_place("message.nothing_due", filters, lang)


def table_missing(table: str, lang: Lang) -> str:
    """Give which optional table the source does not hold, and what it would show."""
    return t("message.table_missing", lang, table=table)


def nothing_to_list(lang: Lang) -> str:
    """Give that a list is empty because nothing meets its condition."""
    return t("message.nothing_to_list", lang)


def no_cases(scope: Scope, area: str, lang: Lang) -> str:
    """Give why a list of single cases is empty: they are not public, or there are none."""
    if not single_cases_permitted(scope, area):
        return t("message.rows_not_public", lang)
    return nothing_to_list(lang)


def _of_place(key: str, filters: FilterState, lang: Lang) -> str:
    return t(
        key,
        lang,
        area=area_names.full_name(filters.narrowest, lang),
        period=filters.period_text(lang),
    )
