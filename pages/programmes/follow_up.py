"""Follow-up: done, on time and overdue, and the cases that nobody plans to visit again."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.follow_up import section as follow_up
from ui.sections.shared import beside
from ui.state import filter_bar, page_context
from ui.text import messages, narrative

seen = page_context.current()
found = follow_up.figures(seen)

st.title(t("page.follow_up.title", seen.lang), anchor=False)
layout.lead(narrative.follow_up(found, seen.filters, seen.lang))
filter_bar.bar(seen.lang)

if follow_up.is_empty(found):
    messages.nothing_here(seen.filters, seen.lang)
else:
    if follow_up.nothing_due(found):
        messages.nothing_due(seen.filters, seen.lang)
    follow_up.row(seen, found)
    follow_up.charts(seen, found)
    beside.below(seen, "follow_up")
