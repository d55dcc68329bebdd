"""Overview: the one-page executive table, with the sentence that says what matters first."""

import streamlit as st

from config.i18n import t
from ui import filters, messages, narrative, shell, view
from ui.sections import overview

seen = view.current()
found = overview.figures(seen)

st.title(t("page.overview.title", seen.lang), anchor=False)
shell.lead(narrative.overview(found, seen.chosen, seen.lang))
filters.bar(seen.lang)

if overview.is_empty(found):
    messages.nothing_here(seen.chosen, seen.lang)
else:
    overview.row(seen, found)
    table = overview.table(seen, found)
    overview.links(seen)
    overview.download(seen, found)
    overview.add_trends(seen, found, table)
