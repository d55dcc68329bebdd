"""Local-government practitioners: training of staff without a degree, topics, proposals, years."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.lao import section as lao
from ui.state import filter_bar, page_context

seen = page_context.current()
found = lao.figures(seen)

st.title(t("page.lao.title", seen.lang), anchor=False)
layout.lead(lao.sentence(seen, found))
filter_bar.bar(seen.lang)
lao.row(seen, found)
lao.charts(seen)
