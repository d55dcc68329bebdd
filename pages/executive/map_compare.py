"""Comparing provinces: equal tiles, years side by side, two indicators at once, and chance."""

import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout
from ui.sections.map_compare import league_table
from ui.sections.map_compare import section as map_compare
from ui.sections.province_map import section as province_map
from ui.state import filter_bar, page_context

seen = page_context.current()
name = province_map.indicator(seen)
picture = map_compare.picture()

st.title(t("page.map_compare.title", seen.lang), anchor=False)
layout.lead(map_compare.sentence(seen, name))
filter_bar.bar(seen.lang)
map_compare.choose(seen, name, picture)
map_compare.draw_picture(seen, name, picture)
league_table.draw_table(seen, name, picture)
