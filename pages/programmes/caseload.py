"""Caseload: families per case manager against the norm of 1:10, and who is over it."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.caseload import section as caseload
from ui.sections.shared import beside
from ui.state import filter_bar, page_context
from ui.text import messages, narrative

seen = page_context.current()
found = caseload.figures(seen)

st.title(t("page.caseload.title", seen.lang), anchor=False)
layout.lead(narrative.caseload(found, seen.filters, seen.lang))
filter_bar.bar(seen.lang)

if caseload.is_empty(found):
    messages.nothing_here(seen.filters, seen.lang)
else:
    caseload.row(seen, found)
    caseload.charts(seen, found)
    beside.below(seen, "caseload")
