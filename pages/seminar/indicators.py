"""Indicator definitions: what each figure counts, from where, whose it is, and its formula."""

import streamlit as st

from config.i18n import t
from ui import shell, view
from ui.sections import definitions

seen = view.current()
name = definitions.indicator(seen)

st.title(t("page.indicators.title", seen.lang), anchor=False)
shell.lead(definitions.sentence(seen))
definitions.choose(seen, name)
definitions.entry(seen, name)
definitions.every_one(seen)
