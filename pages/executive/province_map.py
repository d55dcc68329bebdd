"""Province map: any indicator by province, its table, and the explorer of districts."""

from ui.render.streamlit import page
from ui.sections.province_map import section

page.draw(section.page)
