"""Assistants in temporary shelters: seminars, skills gained and wanted, company on home visits."""

import streamlit as st

from config.i18n import t
from ui import filters, shell, view
from ui.sections import shelters

seen = view.current()
found = shelters.figures(seen)

st.title(t("page.shelters.title", seen.lang), anchor=False)
shell.lead(shelters.sentence(seen, found))
filters.bar(seen.lang)
shelters.row(seen, found)
shelters.charts(seen)
