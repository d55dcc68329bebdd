"""One area: every indicator of a province or district, or of up to four areas side by side."""

from ui.render.streamlit import page
from ui.sections.area import section

page.draw(section.page)
