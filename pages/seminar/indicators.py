"""Indicator definitions: what each figure counts, from where, whose it is, and its formula."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.indicators import section as indicators
from ui.state import page_context

seen = page_context.current()
name = indicators.indicator(seen)

st.title(t("page.indicators.title", seen.lang), anchor=False)
layout.lead(indicators.sentence(seen))
indicators.choose(seen, name)
indicators.entry(seen, name)
indicators.every_one(seen)
