"""No signature passes six parameters: what belongs together travels as one value with a name."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import application_files, name, tree

MOST_PARAMETERS = 6

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def parameters(function: Function) -> list[str]:
    """The names that a caller fills, of all kinds; *args and **kwargs are what others fill."""
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return [each.arg for each in every if each.arg not in ("self", "cls")]


def functions(path: Path) -> Iterator[Function]:
    """Every function, method and lambda of a file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def test_no_signature_passes_six_parameters() -> None:
    long = [
        f"{name(path)}:{function.lineno}: {', '.join(parameters(function))}"
        for path in application_files()
        for function in functions(path)
        if len(parameters(function)) > MOST_PARAMETERS
    ]
    assert not long, "bundle what belongs together into a small dataclass of the field"


def test_parameters_of_all_kinds_are_counted() -> None:
    source = "class A:\n    def f(self, a, /, b, *args, c, d=1, **more): ...\n"
    function = next(node for node in ast.walk(ast.parse(source)) if isinstance(node, Function))
    assert parameters(function) == ["a", "b", "c", "d"]
