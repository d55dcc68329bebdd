"""Training: people trained by role, cohorts held, provinces reached, women and men."""

import streamlit as st

from config.i18n import t
from ui import filters, messages, narrative, shell, view
from ui.sections import beside, training

seen = view.current()
found = training.figures(seen)
untrained = training.untrained_areas(seen)

st.title(t("page.training.title", seen.lang), anchor=False)
shell.lead(narrative.training(found, seen.chosen, untrained, seen.lang))
filters.bar(seen.lang)

if training.is_empty(seen, found):
    messages.nothing_here(seen.chosen, seen.lang)
else:
    training.row(seen, found)
    training.charts(seen, found)
    beside.below(seen, "training")
