"""Training: people trained by role, cohorts held, provinces reached, women and men."""

from ui.render.streamlit import page
from ui.sections.training import section

page.draw(section.page)
