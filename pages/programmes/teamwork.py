"""Teams and referrals: professions on a case, conferences, partners, referrals and channels."""

import streamlit as st

from config.i18n import t
from ui import filters, messages, narrative_programmes, shell, view
from ui.sections import beside, teamwork

seen = view.current()
found = teamwork.figures(seen)
channels = teamwork.channels(seen)

st.title(t("page.teamwork.title", seen.lang), anchor=False)
shell.lead(narrative_programmes.teamwork(found, channels, seen.chosen, seen.lang))
filters.bar(seen.lang)

if teamwork.is_empty(seen, found):
    messages.nothing_here(seen.chosen, seen.lang)
else:
    teamwork.row(seen, found)
    teamwork.charts(seen)
    beside.below(seen, "teamwork")
