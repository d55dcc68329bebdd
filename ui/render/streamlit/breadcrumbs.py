"""The path ประเทศ › ภาค › จังหวัด › อำเภอ: where the visitor is, and one click up."""

import streamlit as st

from config.i18n import Lang, t
from geo import registers
from ui.state import filter_bar, url_state
from ui.state.filter_state import COUNTRY
from ui.text import area_names


def draw(lang: Lang) -> None:
    """Draw the path to the area chosen; each step but the last changes filter and address."""
    path = url_state.filters().path
    with st.container(key="crumbs", horizontal=True, gap=None, vertical_alignment="center"):
        for code in path[:-1]:
            st.button(
                _label(code, lang),
                key=f"crumb_{code}",
                type="tertiary",
                on_click=filter_bar.go_to,
                args=(code,),
            )
            st.markdown("›", width="content")
        st.markdown(_label(path[-1], lang), width="content")


def _label(code: str, lang: Lang) -> str:
    if code == COUNTRY:
        return t("crumbs.country", lang)
    if registers.level_of(code) == "region":
        return area_names.short_name(code, lang)
    return area_names.full_name(code, lang)
