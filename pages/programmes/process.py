"""The case-management process: from intake to closure, how many get there and how fast."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.process import section as process
from ui.sections.shared import beside
from ui.state import filter_bar, page_context
from ui.text import messages, narrative_programmes

seen = page_context.current()
found = process.figures(seen)
stages = process.stages(seen)

st.title(t("page.process.title", seen.lang), anchor=False)
layout.lead(narrative_programmes.process(found, stages, seen.filters, seen.lang))
filter_bar.bar(seen.lang)

if process.is_empty(seen, found):
    messages.nothing_here(seen.filters, seen.lang)
else:
    process.row(seen, found)
    process.charts(seen)
    beside.below(seen, "process")
