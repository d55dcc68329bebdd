"""Follow-up: done, on time and overdue, and the cases that nobody plans to visit again."""

from ui.render.streamlit import page
from ui.sections.follow_up import section

page.draw(section.page)
