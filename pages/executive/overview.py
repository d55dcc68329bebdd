"""Overview: the one-page executive table, with the sentence that says what matters first."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.overview import section as overview
from ui.state import filter_bar, page_context
from ui.text import messages, narrative

seen = page_context.current()
found = overview.figures(seen)

st.title(t("page.overview.title", seen.lang), anchor=False)
layout.lead(narrative.overview(found, seen.filters, seen.lang, overview.news(seen, found)))
filter_bar.bar(seen.lang)

if overview.is_empty(found):
    messages.nothing_here(seen.filters, seen.lang)
else:
    overview.row(seen, found)
    table = overview.table(seen, found)
    overview.links(seen)
    overview.download(seen, found)
    overview.add_trends(seen, found, table)
