"""Volunteers (อพม.): how many for the households, who is active, duties, levels and awards."""

from ui.render.streamlit import page
from ui.sections.volunteers import section

page.draw(section.page)
