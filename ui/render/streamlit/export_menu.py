"""The export menu of a page: files with the filters and the scope of the screen, and its link.

No file is made before it is asked for, and then beside the page, not in its run: whoever exports
goes on reading, and so does everybody else.
"""

from functools import partial

import streamlit as st

from config.i18n import t
from ui.blocks import Page
from ui.render import exports, links
from ui.render.about import file_name
from ui.render.streamlit import slides
from ui.render.streamlit.templating import html
from ui.state import url_state
from ui.state.page_context import View


def draw(page: Page, view: View) -> None:
    """Draw the menu; what is in it is made once it is opened."""
    lang = view.lang
    fold = st.popover(
        t("export.menu", lang),
        icon=":material/download:",
        type="tertiary",
        key="export_menu",
        on_change="rerun",
    )
    if not fold.open:
        return
    page, view = page.files() if page.files else (page, view)
    with fold:
        st.caption(t("export.help", lang))
        for kind in exports.KINDS:
            st.download_button(
                t(f"export.{kind.medium}", lang),
                data=partial(exports.content, kind, page, view),
                file_name=file_name(page, view, kind.medium),
                mime=kind.media_type,
                on_click="ignore",
                key=f"export_{kind.medium}",
                width="stretch",
            )
        if url_state.page() != "present":
            slides.add_button("", view, "page")
        address = links.address(page, view)
        picture = links.qr_data(address)
        label = t("export.link", lang)
        st.html(html("qr", label=label, address=address, picture=picture))
