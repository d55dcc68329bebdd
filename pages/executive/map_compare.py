"""Comparing provinces: equal tiles, years side by side, two indicators at once, and chance."""

from ui.render.streamlit import page
from ui.sections.map_compare import section

page.draw(section.page)
