"""Pages and Home.py: short, and without anything that belongs on a lower floor."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import ROOT, committed, imported, name, pages, tree

MOST_LINES = 60
DRAWING_AND_STORING = {"altair", "pydeck", "duckdb", "sqlalchemy", "geopandas", "vl_convert"}
SQL = re.compile(r"\b(select|insert\s+into|delete|update)\b[\s\S]+\b(from|values|set)\b", re.I)
CHART_KEYS = {"mark", "encoding", "$schema", "layer", "hconcat", "vconcat"}
CHART_CALLS = {"encode", "transform_calculate", "transform_filter", "transform_aggregate"}


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    for page in pages():
        for node in ast.walk(tree(page)):
            yield page, node


def test_there_are_pages_to_look_at() -> None:
    assert ROOT / "Home.py" in pages()
    assert len(pages()) > 1


def test_no_python_file_stands_directly_in_the_pages_folder() -> None:
    # Streamlit would run such a file for a deep link without Home.py: see docs/adr/0005.
    directly = [path for path in committed() if path.parent == ROOT / "pages"]
    assert not [name(path) for path in directly if path.suffix == ".py"]


def test_a_page_is_short() -> None:
    sizes = {name(page): len(page.read_text(encoding="utf-8").splitlines()) for page in pages()}
    assert not {page: lines for page, lines in sizes.items() if lines > MOST_LINES}


def test_a_page_says_in_its_first_line_what_it_shows() -> None:
    assert not [name(page) for page in pages() if not ast.get_docstring(tree(page))]


def test_a_page_defines_nothing() -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    found = [f"{name(page)}:{node.lineno}" for page, node in nodes() if isinstance(node, kinds)]
    assert not found, "it belongs in ui/"


def test_a_page_imports_no_drawing_and_no_store() -> None:
    found = [
        f"{name(page)}:{line} {module}"
        for page in pages()
        for module, line in imported(page)
        if module.split(".")[0] in DRAWING_AND_STORING
    ]
    assert not found, "charts stand in ui/, questions in data_access/"


def test_a_page_holds_no_sql() -> None:
    found = [
        f"{name(page)}:{node.lineno}"
        for page, node in nodes()
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.lineno > (tree(page).body[0].end_lineno or 0)  # the docstring is prose
        and SQL.search(node.value)
    ]
    assert not found


def test_a_page_holds_no_chart_grammar() -> None:
    found = []
    for page, node in nodes():
        if isinstance(node, ast.Attribute):
            draws = node.attr.startswith("mark_") or node.attr in CHART_CALLS
        elif isinstance(node, ast.Dict):
            keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            draws = bool(CHART_KEYS & keys)
        else:
            continue
        if draws:
            found.append(f"{name(page)}:{node.lineno}")
    assert not found, "use ui/charts"
