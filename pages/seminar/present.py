"""Present: decks of slides for a wall, frozen on one set of data, and the same as files."""

from ui.render.streamlit import page
from ui.sections.present import section

page.draw(section.page)
