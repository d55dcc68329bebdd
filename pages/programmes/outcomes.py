"""Outcomes: what changed in five dimensions, why cases were closed, and cohorts of opening."""

from ui.render.streamlit import page
from ui.sections.outcomes import section

page.draw(section.page)
