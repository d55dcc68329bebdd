"""Caseload: families per case manager against the norm of 1:10, and who is over it."""

import streamlit as st

from config.i18n import t
from ui import filters, messages, narrative, shell, view
from ui.sections import beside, caseload

seen = view.current()
found = caseload.figures(seen)

st.title(t("page.caseload.title", seen.lang), anchor=False)
shell.lead(narrative.caseload(found, seen.chosen, seen.lang))
filters.bar(seen.lang)

if caseload.is_empty(found):
    messages.nothing_here(seen.chosen, seen.lang)
else:
    caseload.row(seen, found)
    caseload.charts(seen, found)
    beside.below(seen, "caseload")
