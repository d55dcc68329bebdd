"""Comparing provinces: equal tiles, years side by side, two indicators at once, and chance."""

import streamlit as st

from config.i18n import t
from ui import filters, shell, view
from ui.sections import league, map_compare, province_map

seen = view.current()
name = province_map.indicator(seen)
picture = map_compare.picture()

st.title(t("page.map_compare.title", seen.lang), anchor=False)
shell.lead(map_compare.sentence(seen, name))
filters.bar(seen.lang)
map_compare.choose(seen, name, picture)
map_compare.draw_picture(seen, name, picture)
league.draw_table(seen, name, picture)
