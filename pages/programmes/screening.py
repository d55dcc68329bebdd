"""Automated screening: flagged, decided by a person, agreed, overridden, and still undecided."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.screening import section as screening
from ui.sections.shared import beside
from ui.state import filter_bar, page_context
from ui.text import messages, narrative_programmes

seen = page_context.current()
found = screening.figures(seen)

st.title(t("page.screening.title", seen.lang), anchor=False)
least = seen.scope.hide_below
layout.lead(narrative_programmes.screening(found, seen.filters, least, seen.lang))
screening.principle(seen)
filter_bar.bar(seen.lang)

if not screening.is_absent(seen):
    if screening.is_empty(found):
        messages.nothing_here(seen.filters, seen.lang)
    else:
        screening.row(seen, found)
        screening.charts(seen)
        beside.below(seen, "screening")
