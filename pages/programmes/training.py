"""Training: people trained by role, cohorts held, provinces reached, women and men."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.shared import beside
from ui.sections.training import section as training
from ui.state import filter_bar, page_context
from ui.text import messages, narrative

seen = page_context.current()
found = training.figures(seen)
untrained = training.untrained_areas(seen)

st.title(t("page.training.title", seen.lang), anchor=False)
layout.lead(narrative.training(found, seen.filters, untrained, seen.lang))
filter_bar.bar(seen.lang)

if training.is_empty(seen, found):
    messages.nothing_here(seen.filters, seen.lang)
else:
    training.row(seen, found)
    training.charts(seen, found)
    beside.below(seen, "training")
