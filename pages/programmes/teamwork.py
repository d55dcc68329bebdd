"""Teams and referrals: professions on a case, conferences, partners, referrals and channels."""

from ui.render.streamlit import page
from ui.sections.teamwork import section

page.draw(section.page)
