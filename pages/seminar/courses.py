"""Courses and cohorts: who still needs which course, cohorts planned and held, seats and people."""

from ui.render.streamlit import page
from ui.sections.courses import section

page.draw(section.page)
