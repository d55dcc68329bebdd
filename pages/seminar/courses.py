"""Courses and cohorts: who still needs which course, cohorts planned and held, seats and people."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.courses import section as courses
from ui.sections.shared import beside
from ui.state import filter_bar, page_context

seen = page_context.current()
found = courses.figures(seen)

st.title(t("page.courses.title", seen.lang), anchor=False)
layout.lead(courses.sentence(seen))
filter_bar.bar(seen.lang)
courses.row(seen, found)
courses.charts(seen)
beside.below(seen, "courses")
