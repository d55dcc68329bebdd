"""Every reason why a cell has no value is worded in both languages, wherever it comes from."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.i18n import LANGS, Lang, has, t
from data_access.breakdowns import BREAKDOWNS
from data_access.indicators.kernel.engine import NOT_BY
from data_access.indicators.registry import INDICATORS

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"^[a-z]+(_[a-z0-9]+)+$")
WITHOUT_VALUE = ("no_data", "hidden", "not_permitted")


def declared() -> set[str]:
    """Codes that definitions name."""
    definitions = (*INDICATORS.values(), *BREAKDOWNS.values())
    neither = {item.neither_reason for item in definitions if item.neither_reason}
    return {item.empty_reason for item in definitions} | neither | set(NOT_BY.values())


def emitted() -> set[str]:
    """Codes that stand in the source where a reason is given."""
    files = [*(ROOT / "data_access").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    found = {code for path in files for code in codes_in(path.read_text(encoding="utf-8"))}
    return found - set(WITHOUT_VALUE)


def codes_in(source: str) -> Iterator[str]:
    """Codes given to anything called `reason`, returned by `why_not`, or told after a status."""
    tree = ast.parse(source)
    names = constants(tree)
    for node in ast.walk(tree):
        for given in reasons(node):
            yield from (code for code in texts(given, names) if CODE.match(code))


def constants(tree: ast.Module) -> dict[str, str]:
    """Texts that the module gives a name."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }


def reasons(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions whose value becomes a reason."""
    match node:
        case ast.Assign(targets=[ast.Name(id="reason")], value=given):
            yield given
        case ast.Assign(targets=[ast.Subscript(slice=where)], value=given) if _about(where):
            yield given
        case ast.keyword(arg="reason", value=given):
            yield given
        case ast.FunctionDef(name="why_not", body=body):
            for inner in (n for line in body for n in ast.walk(line)):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    yield inner.value
        case ast.Tuple(elts=cells):
            for status, after in zip(cells, cells[1:], strict=False):
                if isinstance(status, ast.Constant) and status.value in WITHOUT_VALUE:
                    yield after


def _about(where: ast.expr) -> bool:
    """True for `frame["reason"]` and `frame.loc[rows, "reason"]`."""
    last = where.elts[-1] if isinstance(where, ast.Tuple) and where.elts else where
    return isinstance(last, ast.Constant) and last.value == "reason"


def texts(node: ast.AST, names: dict[str, str]) -> Iterator[str]:
    """Texts within an expression, spelt out or by name; the names of columns are none."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Name(id=name) if name in names:
            yield names[name]
        case ast.Subscript(value=of):
            yield from texts(of, names)
        case ast.Call(func=ast.Name(id="t" | "has")):
            return  # a text key, not a code
        case _:
            for inner in ast.iter_child_nodes(node):
                yield from texts(inner, names)


@pytest.mark.parametrize("lang", LANGS)
def test_every_reason_has_its_words(lang: Lang) -> None:
    codes = declared() | emitted()
    # Why a change is not known has words of its own, beside those of a cell.
    keys = {code: [f"reason.{code}", f"change.reason.{code}"] for code in codes}
    missing = sorted(code for code, places in keys.items() if not any(map(has, places)))
    assert not missing, f"write reason.<code> in both languages: {missing}"
    assert all(t(key, lang) for places in keys.values() for key in places if has(key))


def test_the_codes_are_found_where_they_stand() -> None:
    known = {"not_begun", "not_by_district", "table_missing", "no_households"}
    known |= {"no_volunteers", "no_cases_opened", "not_in_both"}
    assert known <= declared() | emitted()
    drawn = """
OUTSIDE = "far_away"
frame.loc[rows, "reason"] = "first_code"
frame["reason"] = frame["why_text"].fillna("second_code")
row = ("stage_name", None, "no_data", "third_code")
frame = frame.assign(reason=OUTSIDE)
def why_not(query):
    if query:
        return "fourth_code"
"""
    assert set(codes_in(drawn)) == {
        "first_code", "second_code", "third_code", "fourth_code", "far_away",
    }  # fmt: skip
