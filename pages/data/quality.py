"""Data quality: rules and counts, what they do to the figures, reconciliation, the fix list."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.quality import section as quality
from ui.state import filter_bar, page_context

seen = page_context.current()
found = quality.figures(seen)

st.title(t("page.quality.title", seen.lang), anchor=False)
layout.lead(quality.sentence(seen))
filter_bar.bar(seen.lang)
quality.row(seen, found)
quality.charts(seen)
