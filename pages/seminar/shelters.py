"""Assistants in temporary shelters: seminars, skills gained and wanted, company on home visits."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.shelters import section as shelters
from ui.state import filter_bar, page_context

seen = page_context.current()
found = shelters.figures(seen)

st.title(t("page.shelters.title", seen.lang), anchor=False)
layout.lead(shelters.sentence(seen, found))
filter_bar.bar(seen.lang)
shelters.row(seen, found)
shelters.charts(seen)
