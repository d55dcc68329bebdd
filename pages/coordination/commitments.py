"""Commitments: what each area has undertaken to reach by when, and how that is going."""

from ui.render.streamlit import page
from ui.sections.commitments import section

page.draw(section.page)
