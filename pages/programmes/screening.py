"""Automated screening: flagged, decided by a person, agreed, overridden, and still undecided."""

import streamlit as st

from config.i18n import t
from ui import filters, messages, narrative_programmes, shell, view
from ui.sections import beside, screening

seen = view.current()
found = screening.figures(seen)

st.title(t("page.screening.title", seen.lang), anchor=False)
least = seen.scope.hide_below
shell.lead(narrative_programmes.screening(found, seen.chosen, least, seen.lang))
screening.principle(seen)
filters.bar(seen.lang)

if not screening.is_absent(seen):
    if screening.is_empty(found):
        messages.nothing_here(seen.chosen, seen.lang)
    else:
        screening.row(seen, found)
        screening.charts(seen)
        beside.below(seen, "screening")
