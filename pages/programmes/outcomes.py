"""Outcomes: what changed in five dimensions, why cases were closed, and cohorts of opening."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.outcomes import section as outcomes
from ui.sections.shared import beside
from ui.state import filter_bar, page_context
from ui.text import messages, narrative_programmes

seen = page_context.current()
found = outcomes.figures(seen)

st.title(t("page.outcomes.title", seen.lang), anchor=False)
layout.lead(narrative_programmes.outcomes(found, seen.filters, seen.lang))
filter_bar.bar(seen.lang)

if outcomes.is_empty(found):
    messages.nothing_here(seen.filters, seen.lang)
else:
    outcomes.row(seen, found)
    outcomes.charts(seen)
    beside.below(seen, "outcomes")
