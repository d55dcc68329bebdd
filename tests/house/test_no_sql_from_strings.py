"""Statements are SQLAlchemy expressions; where text has to be SQL, every part of it is ours."""

import ast
import re

from tests.house.source import application_files, dotted, name, tree

RUNS = re.compile(r"(^|\.)(execute|executemany|exec_driver_sql|sql|query|text|from_query)$")
STATEMENT = re.compile(
    r"^\s*(select|insert|update|delete|create|drop|alter|attach|detach|copy|with|pragma|set)\b",
    re.I,
)

# Where text is filled into statements, and what it is: never a choice of a visitor.
OURS = {
    "data_access/importers/": "checks over staging tables: names of tables and columns, quoted",
    "data_access/quality_effects.py": "names of our own tables and rules, compiled expressions",
    "data_access/snapshot.py": "paths made here, names of our own tables, compiled expressions",
}


def built(node: ast.expr) -> bool:
    """Whether a text is put together: an f-string with parts, +, %, or .format()."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add | ast.Mod)
    return isinstance(node, ast.Call) and dotted(node.func).endswith(".format")


def written(node: ast.expr) -> str:
    """The fixed beginning of a text."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            return part.value
    return ""


def places() -> dict[str, list[str]]:
    """Files in which a statement is put together from text, with their lines."""
    found: dict[str, list[str]] = {}
    for path in application_files():
        for call in ast.walk(tree(path)):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            first = call.args[0]
            if RUNS.search(dotted(call.func)) and built(first) and STATEMENT.match(written(first)):
                found.setdefault(name(path), []).append(f"{call.lineno}")
    return found


def test_no_statement_is_put_together_from_text() -> None:
    others = {p: lines for p, lines in places().items() if not p.startswith(tuple(OURS))}
    assert not others


def test_no_exemption_is_left_over() -> None:
    assert all(any(path.startswith(one) for path in places()) for one in OURS)
