"""Teams and referrals: professions on a case, conferences, partners, referrals and channels."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.shared import beside
from ui.sections.teamwork import section as teamwork
from ui.state import filter_bar, page_context
from ui.text import messages, narrative_programmes

seen = page_context.current()
found = teamwork.figures(seen)
channels = teamwork.channels(seen)

st.title(t("page.teamwork.title", seen.lang), anchor=False)
layout.lead(narrative_programmes.teamwork(found, channels, seen.filters, seen.lang))
filter_bar.bar(seen.lang)

if teamwork.is_empty(seen, found):
    messages.nothing_here(seen.filters, seen.lang)
else:
    teamwork.row(seen, found)
    teamwork.charts(seen)
    beside.below(seen, "teamwork")
