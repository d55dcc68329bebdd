"""Volunteers (อพม.): how many for the households, who is active, duties, levels and awards."""

import streamlit as st

from config.i18n import t
from ui import filters, messages, narrative_programmes, shell, view
from ui.sections import beside, volunteers

seen = view.current()
found = volunteers.figures(seen)
states = volunteers.states(seen)
how_many = volunteers.registered(seen)

st.title(t("page.volunteers.title", seen.lang), anchor=False)
sentence = narrative_programmes.volunteers(found, how_many, states, seen.chosen, seen.lang)
shell.lead(sentence)
filters.bar(seen.lang)

if not how_many:
    messages.nothing_here(seen.chosen, seen.lang)
else:
    volunteers.row(seen, found)
    volunteers.charts(seen)
    beside.below(seen, "volunteers")
