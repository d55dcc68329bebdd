"""What lies ahead: estimates of open cases and of case managers needed, with their errors."""

from ui.render.streamlit import page
from ui.sections.ahead import section

page.draw(section.page)
