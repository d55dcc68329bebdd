"""Local-government practitioners: training of staff without a degree, topics, proposals, years."""

from ui.render.streamlit import page
from ui.sections.lao import section

page.draw(section.page)
