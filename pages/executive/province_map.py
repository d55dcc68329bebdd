"""Province map: any indicator by province, its table, and the explorer of districts."""

import streamlit as st

from config.i18n import t
from ui import filters, shell, view
from ui.sections import province_map

seen = view.current()
name = province_map.indicator(seen)

st.title(t("page.province_map.title", seen.lang), anchor=False)
shell.lead(province_map.sentence(seen, name))
filters.bar(seen.lang)

province_map.maps_side_by_side(seen, name)
