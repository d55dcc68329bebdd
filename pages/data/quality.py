"""Data quality: rules and counts, what they do to the figures, reconciliation, the fix list."""

from ui.render.streamlit import page
from ui.sections.quality import section

page.draw(section.page)
