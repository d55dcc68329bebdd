"""Data quality: rules and counts, what they do to the figures, reconciliation, the fix list."""

import streamlit as st

from config.i18n import t
from ui import filters, shell, view
from ui.sections import quality

seen = view.current()
found = quality.figures(seen)

st.title(t("page.quality.title", seen.lang), anchor=False)
shell.lead(quality.sentence(seen))
filters.bar(seen.lang)
quality.row(seen, found)
quality.charts(seen)
