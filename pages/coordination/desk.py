"""Desk: what waits in the reader's own area, each with reason, since when and who answers."""

from ui.render.streamlit import page
from ui.sections.desk import section

page.draw(section.page)
