"""Courses and cohorts: who still needs which course, cohorts planned and held, seats and people."""

import streamlit as st

from config.i18n import t
from ui import filters, shell, view
from ui.sections import beside, courses

seen = view.current()
found = courses.figures(seen)

st.title(t("page.courses.title", seen.lang), anchor=False)
shell.lead(courses.sentence(seen))
filters.bar(seen.lang)
courses.row(seen, found)
courses.charts(seen)
beside.below(seen, "courses")
