"""The case-management process: from intake to closure, how many get there and how fast."""

from ui.render.streamlit import page
from ui.sections.process import section

page.draw(section.page)
