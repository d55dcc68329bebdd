"""Caseload: families per case manager against the norm of 1:10, and who is over it."""

from ui.render.streamlit import page
from ui.sections.caseload import section

page.draw(section.page)
