"""Follow-up: done, on time and overdue, and the cases that nobody plans to visit again."""

import streamlit as st

from config.i18n import t
from ui import filters, messages, narrative, shell, view
from ui.sections import beside, follow_up

seen = view.current()
found = follow_up.figures(seen)

st.title(t("page.follow_up.title", seen.lang), anchor=False)
shell.lead(narrative.follow_up(found, seen.chosen, seen.lang))
filters.bar(seen.lang)

if follow_up.is_empty(found):
    messages.nothing_here(seen.chosen, seen.lang)
else:
    if follow_up.nothing_due(found):
        messages.nothing_due(seen.chosen, seen.lang)
    follow_up.row(seen, found)
    follow_up.charts(seen, found)
    beside.below(seen, "follow_up")
