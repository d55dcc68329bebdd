"""Every door of Streamlit that is not part of its documented interface, in one place.

`tests/unit/ui/test_streamlit_internals.py` opens each of them, so that an upgrade says which one
has moved instead of failing somewhere in a page. The style sheet and our scripts also aim at the
test ids listed here; .streamlit/config.toml says everything that it can say.
"""

from pathlib import Path

import streamlit
import streamlit.logger
from streamlit.dataframe_util import convert_anything_to_arrow_bytes
from streamlit.navigation.page import Page
from streamlit.runtime.pages_manager import PagesManager

__all__ = ["Page", "arrow_bytes", "ignore_pages_folder", "quiet", "static_files"]

# Scripts of every first page by the start of their name. Streamlit asks for these when their first
# element comes, a few at a time, each wave after the one before: half a second of waiting.
DRAWN_FIRST = (
    "Html", "purify.es", "PageLink", "ButtonGroup", "WidgetLabel", "WidgetLabelHelpIconInline",
    "WidgetLabelHelpIcon", "useBasicWidgetState", "Selectbox", "useMenuTrigger", "Autocomplete",
    "useLoadMoreSentinel", "useCollator", "Input", "useSyncComboBoxEnterTargetFocus", "sortBy",
    "_baseMap", "useFormValidation", "useFormReset", "useTextField", "useField", "useFilter",
    "ErrorOutline.esm", "Cancel.esm", "requiredField", "styled-components", "Button",
)  # fmt: skip
# What the style sheet and the scripts aim at.
TEST_IDS = (
    "stApp",
    "stAppDeployButton",
    "stAppViewContainer",
    "stButton",
    "stButtonGroup",
    "stColumn",
    "stDataFrame",
    "stDataFrameColumnMenu",
    "stDownloadButton",
    "stElementContainer",
    "stElementToolbar",
    "stExpandSidebarButton",
    "stExpander",
    "stHeader",
    "stHeading",
    "stHorizontalBlock",
    "stHtml",
    "stLayoutWrapper",
    "stMain",
    "stMainBlockContainer",
    "stMainMenu",
    "stMarkdownContainer",
    "stPageLink",
    "stPopover",
    "stSelectbox",
    "stSidebar",
    "stSidebarCollapseButton",
    "stSidebarHeader",
    "stSidebarUserContent",
    "stSkeleton",
    "stSkipToContent",
    "stStatusWidget",
    "stTabs",
    "stTextInput",
    "stTooltipContent",
    "stVegaLiteChart",
    "stVerticalBlock",
)


def static_files() -> Path:
    """Give the folder of Streamlit's own scripts and styles."""
    return Path(streamlit.__file__).parent / "static" / "static"


def arrow_bytes(rows: object) -> bytes:
    """Give rows as Streamlit sends them: turning them into Arrow takes longest of all."""
    return convert_anything_to_arrow_bytes(rows)


def ignore_pages_folder() -> None:
    """Keep Streamlit from taking the folder pages/ for its older kind of pages.

    Until some session has called st.navigation it would otherwise greet the first deep link after a
    restart with "page not found".
    """
    PagesManager.uses_pages_directory = False


def quiet() -> None:
    """Let Streamlit say nothing but errors in this process, for commands without a server."""
    streamlit.logger.set_log_level("ERROR")
