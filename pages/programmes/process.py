"""The case-management process: from intake to closure, how many get there and how fast."""

import streamlit as st

from config.i18n import t
from ui import filters, messages, narrative_programmes, shell, view
from ui.sections import beside, process

seen = view.current()
found = process.figures(seen)
stages = process.stages(seen)

st.title(t("page.process.title", seen.lang), anchor=False)
shell.lead(narrative_programmes.process(found, stages, seen.chosen, seen.lang))
filters.bar(seen.lang)

if process.is_empty(seen, found):
    messages.nothing_here(seen.chosen, seen.lang)
else:
    process.row(seen, found)
    process.charts(seen)
    beside.below(seen, "process")
