"""The path ประเทศ › ภาค › จังหวัด › อำเภอ: where the visitor is, and one click up."""

import streamlit as st

from config.i18n import Lang, t
from geo import registers
from ui import address, areas, filters
from ui.chosen import COUNTRY


def draw(lang: Lang) -> None:
    """Draw the path to the area chosen; each step but the last changes filter and address."""
    path = address.chosen().path
    with st.container(key="crumbs", horizontal=True, gap=None, vertical_alignment="center"):
        for code in path[:-1]:
            st.button(
                _label(code, lang),
                key=f"crumb_{code}",
                type="tertiary",
                on_click=filters.go_to,
                args=(code,),
            )
            st.markdown("›", width="content")
        st.markdown(_label(path[-1], lang), width="content")


def _label(code: str, lang: Lang) -> str:
    if code == COUNTRY:
        return t("crumbs.country", lang)
    if registers.level_of(code) == "region":
        return areas.short_name(code, lang)
    return areas.full_name(code, lang)
