"""Files and functions stay small enough to read in one sitting."""

import ast
from pathlib import Path

from tests.house.source import application_files, name, python_files, tree

MODULE_LINES = 300
TEST_LINES = 400
CONFTEST_LINES = 200
FUNCTION_LINES = 40
DRAWERS = {"utils.py", "util.py", "helpers.py", "helper.py", "misc.py", "common.py"}

# Exemptions: a file, or "file:function", and why it may be longer.
LONGER: dict[str, str] = {
    "data_access/schema/tables.py": "the exchange format: 31 tables as one list, without logic",
    "data_access/derive.py:_enrolments": "one SELECT, which is read as a whole",
    "data_access/indicators/definitions/training.py:attendances": "one SELECT, read as a whole",
    "data_access/lists.py:cohort_rows": "one SELECT, which is read as a whole",
    "geo/layers.py:install": "the steps of one installation, in their order",
}


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_a_module_fits_in_three_hundred_lines() -> None:
    sizes = {name(path): lines_of(path) for path in application_files()}
    long = {path: lines for path, lines in sizes.items() if lines > MODULE_LINES}
    assert not long.keys() - LONGER.keys(), "split it by subject"


def test_a_test_file_fits_in_four_hundred_lines() -> None:
    long = [
        f"{name(path)}: {lines_of(path)}"
        for path in python_files("tests")
        if lines_of(path) > (CONFTEST_LINES if path.name == "conftest.py" else TEST_LINES)
    ]
    assert not long, "split it by subject"


def lines_without_docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function; a long docstring is wanted and does not count."""
    first = node.body[0]
    said = ast.get_docstring(node) is not None
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if said else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring


def test_a_function_fits_in_forty_lines() -> None:
    # Tests may be longer: a table drawn by hand is data, and their files are limited as a whole.
    long = [
        f"{name(path)}:{node.name}: {lines}"
        for path in application_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := lines_without_docstring(node)) > FUNCTION_LINES
        and f"{name(path)}:{node.name}" not in LONGER
    ]
    assert not long, "take a step out of it and give it a name"


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert not [name(path) for path in python_files() if path.name in DRAWERS]


def test_no_exemption_outlives_its_file() -> None:
    files = {name(path) for path in python_files()}
    assert not [entry for entry in LONGER if entry.split(":")[0] not in files]
