"""The way back after signing in: our own origin, our pages, our codes, and nothing else."""

import ast
from pathlib import Path

import pytest

from tests.house.source import python_files, tree
from ui.server import deep_links

HOST = "oversight.example.go.th"


@pytest.mark.parametrize(
    ("referer", "link"),
    [
        (f"https://{HOST}/o/caseload?province=50&fy=2569", "/caseload?province=50&fy=2569"),
        (
            f"https://{HOST}/o/caseload?next=https://evil.example&province=50",
            "/caseload?province=50",
        ),
        (f"https://{HOST}/o/caseload?province=<script>&lang=xx", "/caseload"),
        (
            f"https://{HOST}/o/follow_up?work=post&late_by=missing",
            "/follow_up?work=post&late_by=missing",
        ),
        (f"https://{HOST}/o/nowhere?province=50", None),
        (f"https://{HOST}/other/caseload", None),
        (f"https://{HOST}.evil.example/o/caseload", None),
        (f"https://evil.example/o/caseload?at={HOST}", None),
        (f"https://{HOST}@evil.example/o/caseload", None),
        (f"javascript://{HOST}/o/caseload", None),
        (f"https://{HOST}/o//evil.example", None),
        ("", None),
    ],
)
def test_only_a_page_of_ours_with_codes_of_ours_is_kept(referer: str, link: str | None) -> None:
    assert deep_links.link_of(referer, HOST, "/o") == link


@pytest.mark.parametrize(
    ("cookie", "link"),
    [
        (deep_links.pack("/caseload?province=50"), "/caseload?province=50"),
        ("//evil.example", None),
        ("https%3A%2F%2Fevil.example", None),
        ("%2Fcaseload%3Fprovince%3D50%0d%0aSet-Cookie%3Ax", "/caseload"),
    ],
)
def test_a_cookie_is_read_as_strictly_as_an_address(cookie: str, link: str | None) -> None:
    assert deep_links.unpack(cookie) == link


def test_every_code_that_a_page_asks_for_survives_signing_in() -> None:
    asked = set(_asked())
    assert {"work", "list", "indicator", "person"} <= asked
    assert {name for name in asked if not deep_links.is_known(name)} == set()


def _asked() -> list[str]:
    """The names that sections read from the address by `view.option`."""
    files = [path for path in python_files("ui") if "sections" in path.parts]
    everywhere = {name: text for path in files for name, text in _constants(path).items()}
    found = []
    for path in files:
        constants = everywhere | _constants(path)
        for call in ast.walk(tree(path)):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "option":
                found += _texts(call.args[0], constants)
    return found


def _constants(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree(path).body:
        if not isinstance(node, ast.Assign):
            continue
        target, value = node.targets[0], node.value
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            pairs = list(zip(target.elts, value.elts, strict=True))
        else:
            pairs = [(target, value)]
        for name, text in pairs:
            if isinstance(name, ast.Name) and isinstance(text, ast.Constant):
                found[name.id] = str(text.value)
    return found


def _texts(node: ast.expr, constants: dict[str, str]) -> list[str]:
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr):  # "{key}_by": any key
        parts = [p.value if isinstance(p, ast.Constant) else "key" for p in node.values]
        return ["".join(map(str, parts))]
    if isinstance(node, ast.Name) and node.id in constants:
        return [constants[node.id]]
    return []
