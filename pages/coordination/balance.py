"""Balance: what if the norm or the staff were others, who could take over, whom to invite."""

from ui.render.streamlit import page
from ui.sections.balance import section

page.draw(section.page)
