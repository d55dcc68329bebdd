"""A page is a document: every kind of block is drawn on every medium, and HTML is in templates."""

import ast
import re
from importlib import import_module

from config.i18n import has
from tests.house.source import ROOT, name, python_files, tree
from ui import blocks
from ui.blocks import Block
from ui.render import outline, text
from ui.render.media import RENDERERS
from ui.render.pages import PAGES
from ui.render.streamlit.drawers import DRAWERS

# What others are made from, and no page holds by itself.
ABSTRACT = {blocks.Block, blocks.Content, blocks.Tabular}
KINDS = {
    kind
    for kind in vars(blocks).values()
    if isinstance(kind, type) and issubclass(kind, Block) and kind not in ABSTRACT
}
TAG = re.compile(r"</?[a-z][a-z0-9]*[ >]")
# Pictures are data for a chart or an image, not HTML of a page; the frame is Streamlit's own file.
NO_PAGE = {
    "ui/charts/spark.py",
    "ui/charts/icons.py",
    "ui/maps/rows.py",
    "ui/server/page_frame.py",
}


def test_every_kind_of_block_is_drawn_on_the_screen_and_written_into_files() -> None:
    assert set(DRAWERS) == KINDS
    assert set(text.WRITERS) == KINDS
    assert set(outline.OPENERS) == KINDS


def test_every_medium_of_the_table_has_its_module() -> None:
    for module in RENDERERS.values():
        assert callable(import_module(module).render)


def test_every_page_of_the_table_has_its_file_and_its_section() -> None:
    for page in PAGES:
        assert (ROOT / page.file).is_file()
        assert has(f"menu.{page.group}")
        assert callable(import_module(page.section).page)
    assert {page.file for page in PAGES} == {name(path) for path in python_files("pages")}


def test_no_html_is_written_in_python() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in python_files("ui")
        if name(path) not in NO_PAGE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.JoinedStr)
        and any(
            isinstance(part, ast.Constant) and TAG.search(str(part.value)) for part in node.values
        )
    ]
    assert not found, "put it in a template below ui/render"


def test_no_module_is_loose_in_ui() -> None:
    loose = [path for path in python_files("ui") if path.parent == ROOT / "ui"]
    assert [path.name for path in loose] == ["__init__.py"]
