"""The project's own files, as the house rules read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "geo", "data_access", "sample_data", "ui")


@cache
def committed() -> tuple[Path, ...]:
    """Every file that is, or by the next commit would be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def python_files(*folders: str) -> list[Path]:
    """The Python files below some top-level folders, or everywhere when none is named."""
    return [
        path
        for path in committed()
        if path.suffix == ".py" and (not folders or path.relative_to(ROOT).parts[0] in folders)
    ]


def pages() -> list[Path]:
    """What a visitor opens: the pages, and Home.py where it stands."""
    return [*python_files("pages"), *(path for path in committed() if path == ROOT / "Home.py")]


def application_files() -> list[Path]:
    """The Python files that run in the application: no tests."""
    return [*python_files(*PACKAGES), *pages()]


def name(path: Path) -> str:
    """A path as people write it: from the repository, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Each absolute import of a file: the full module name and its line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module, node.lineno


def dotted(node: ast.AST) -> str:
    """The dotted name of an expression like `datetime.datetime.now`, or nothing."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""
