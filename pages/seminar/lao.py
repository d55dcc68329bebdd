"""Local-government practitioners: training of staff without a degree, topics, proposals, years."""

import streamlit as st

from config.i18n import t
from ui import filters, shell, view
from ui.sections import local_staff

seen = view.current()
found = local_staff.figures(seen)

st.title(t("page.lao.title", seen.lang), anchor=False)
shell.lead(local_staff.sentence(seen, found))
filters.bar(seen.lang)
local_staff.row(seen, found)
local_staff.charts(seen)
