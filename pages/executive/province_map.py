"""Province map: any indicator by province, its table, and the explorer of districts."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.province_map import section as province_map
from ui.state import filter_bar, page_context

seen = page_context.current()
name = province_map.indicator(seen)

st.title(t("page.province_map.title", seen.lang), anchor=False)
layout.lead(province_map.sentence(seen, name))
filter_bar.bar(seen.lang)

province_map.maps_side_by_side(seen, name)
