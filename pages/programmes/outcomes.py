"""Outcomes: what changed in five dimensions, why cases were closed, and cohorts of opening."""

import streamlit as st

from config.i18n import t
from ui import filters, messages, narrative_programmes, shell, view
from ui.sections import beside, outcomes

seen = view.current()
found = outcomes.figures(seen)

st.title(t("page.outcomes.title", seen.lang), anchor=False)
shell.lead(narrative_programmes.outcomes(found, seen.chosen, seen.lang))
filters.bar(seen.lang)

if outcomes.is_empty(found):
    messages.nothing_here(seen.chosen, seen.lang)
else:
    outcomes.row(seen, found)
    outcomes.charts(seen)
    beside.below(seen, "outcomes")
