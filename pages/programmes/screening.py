"""Automated screening: flagged, decided by a person, agreed, overridden, and still undecided."""

from ui.render.streamlit import page
from ui.sections.screening import section

page.draw(section.page)
