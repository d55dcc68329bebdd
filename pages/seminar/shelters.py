"""Assistants in temporary shelters: seminars, skills gained and wanted, company on home visits."""

from ui.render.streamlit import page
from ui.sections.shelters import section

page.draw(section.page)
