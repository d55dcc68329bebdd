"""The private doors of Streamlit: an upgrade that moves one is told which one."""

import inspect
from pathlib import Path

import pytest
import streamlit as st
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from tests.house.source import ROOT, imported, name, python_files
from ui.server import streamlit_internals as doors

MOVED = "Streamlit has changed this: see ui/server/streamlit_internals.py and docs/DEVELOPERS.md"
SCRIPTS = "\n".join(
    path.read_text(encoding="utf-8", errors="ignore") for path in doors.static_files().rglob("*.js")
)
# What Streamlit documents, and doors that stand with the one module that needs them.
DOCUMENTED = {"streamlit", "streamlit.config", "streamlit.errors", "streamlit.testing.v1"}


def test_rows_go_to_the_browser_as_arrow() -> None:
    sent = doors.arrow_bytes([{"a": 1}, {"a": 2}])
    assert convert_arrow_bytes_to_pandas_df(sent)["a"].tolist() == [1, 2], MOVED


def test_the_folder_of_pages_can_be_left_alone() -> None:
    assert isinstance(inspect.getattr_static(PagesManager, "uses_pages_directory"), bool | None), (
        MOVED
    )
    doors.ignore_pages_folder()
    assert PagesManager.uses_pages_directory is False, MOVED


def test_a_page_of_the_navigation_is_what_st_page_makes() -> None:
    assert isinstance(st.Page(lambda: None, title="x", url_path="x"), doors.Page), MOVED


def test_every_script_of_a_first_page_is_among_streamlits_files() -> None:
    stems = {path.name.rsplit(".", 2)[0] for path in doors.static_files().rglob("*.js")}
    assert not set(doors.DRAWN_FIRST) - stems, MOVED


@pytest.mark.parametrize("test_id", doors.TEST_IDS)
def test_what_our_styles_aim_at_is_still_called_so(test_id: str) -> None:
    assert test_id in SCRIPTS, f"{test_id}: {MOVED}"


def test_styles_and_scripts_aim_at_nothing_else() -> None:
    folder = ROOT / "ui"
    files = [*folder.rglob("*.css"), *folder.rglob("*.js")]
    aimed = {
        part.split('"')[0]
        for path in files
        for part in Path(path).read_text(encoding="utf-8").split('data-testid="')[1:]
    }
    assert aimed <= set(doors.TEST_IDS), "name it in ui/server/streamlit_internals.py"


def test_no_run_of_a_page_walks_through_everything_that_is_kept() -> None:
    # The script runner reads the option after each run; under another name it would be on again.
    source = inspect.getsource(ScriptRunner._on_script_finished)
    assert 'get_option("runner.postScriptGC")' in source, MOVED
    assert st.get_option("runner.postScriptGC") is False


def test_a_class_of_charts_is_still_set_by_the_browser() -> None:
    # The style sheet gives a picture its room until it is drawn: `:not(.vega-embed)`.
    assert "vega-embed" in SCRIPTS, MOVED


def test_private_doors_stand_in_one_module() -> None:
    found = [
        f"{name(path)}:{line} {module}"
        for path in python_files("ui", "pages")
        if name(path) not in ("ui/server/streamlit_internals.py", "ui/server/identity_cookie.py")
        for module, line in imported(path)
        if module.split(".")[0] == "streamlit" and module not in DOCUMENTED
    ]
    assert not found, "take it from ui.server.streamlit_internals"
