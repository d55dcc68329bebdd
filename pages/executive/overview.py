"""Overview: the one-page executive table, with the sentence that says what matters first."""

from ui.render.streamlit import page
from ui.sections.overview import section

page.draw(section.page)
