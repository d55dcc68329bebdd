"""Volunteers (อพม.): how many for the households, who is active, duties, levels and awards."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.shared import beside
from ui.sections.volunteers import section as volunteers
from ui.state import filter_bar, page_context
from ui.text import messages, narrative_programmes

seen = page_context.current()
found = volunteers.figures(seen)
states = volunteers.states(seen)
how_many = volunteers.registered(seen)

st.title(t("page.volunteers.title", seen.lang), anchor=False)
sentence = narrative_programmes.volunteers(found, how_many, states, seen.filters, seen.lang)
layout.lead(sentence)
filter_bar.bar(seen.lang)

if not how_many:
    messages.nothing_here(seen.filters, seen.lang)
else:
    volunteers.row(seen, found)
    volunteers.charts(seen)
    beside.below(seen, "volunteers")
