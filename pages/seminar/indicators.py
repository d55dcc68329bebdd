"""Indicator definitions: what each figure counts, from where, whose it is, and its formula."""

from ui.render.streamlit import page
from ui.sections.indicators import section

page.draw(section.page)
