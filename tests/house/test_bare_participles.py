"""No public thing is named by a bare past participle: `found` is the type of nothing.

A name says what a thing is: a frame, rows, figures, filters, a label. Not counted is what says of a
thing that it is so: a flag or a mask of type bool. Local variables are their function's own.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import application_files, name, tree

PARTICIPLE = re.compile(
    "[a-z]+ed"
    "|become|begun|borne|bought|bound|broken|brought|built|caught|chosen|dealt|done|drawn"
    "|driven|eaten|fallen|fed|felt|forgotten|fought|found|given|gone|gotten|grown|heard|held"
    "|hewn|hidden|hung|hurt|kept|known|laid|lain|led|left|lent|lit|lost|made|meant|met"
    "|overdrawn|overridden|paid|proven|redrawn|rewritten|ridden|risen|said|seen|sent|sewn"
    "|shaken|shot|shown|sold|sought|spent|spoken|spun|stolen|stood|struck|stuck|sung|sunk"
    "|swept|sworn|taken|taught|thought|thrown|told|torn|undone|understood|unknown|unmade"
    "|unseen|upheld|withheld|woken|won|worn|wound|written"
)
# Ends in -ed and is none.
NO_PARTICIPLES = {"bed", "feed", "need", "seed", "shed", "speed"}
# Where the word is the standard one.
TERMS = {
    "closed": "the closed side of an interval, as every statistics library calls it",
    "derived": "a measure, or a table, worked out from others: the glossary's word",
    "expected": "what a test or a check holds the outcome against",
    "hidden": "the status of a suppressed cell, in the glossary and the data",
    "left": "a side of the screen or of a join",
    "muted": "the quieter ink of a theme, as design systems call it",
    "required": "a column that must have a value, as schemas call it",
    "selected": "what is chosen on the screen, as every toolkit calls it",
    "shared": "the package of what several siblings use",
}
FLAGS = {"bool", "bool | None", "Flags"}

Name = tuple[str, int]


def is_bare(word: str) -> bool:
    """Whether a whole name is one past participle."""
    word = word.strip("_")
    if not word.islower() and not word.isupper() and not re.fullmatch("[A-Z][a-z]+", word):
        return False  # several words, of which the participle is one
    word = word.lower()
    if word in NO_PARTICIPLES or word in TERMS:
        return False
    return bool(PARTICIPLE.fullmatch(word))


def is_flag(annotation: ast.expr | None) -> bool:
    """Whether a type says only that something is so."""
    return annotation is not None and ast.unparse(annotation) in FLAGS


def codes_and_flags(target: ast.expr, value: ast.expr) -> set[str]:
    """The names of an assignment that are a flag, or a code of the data by its own word."""
    several = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
    pairs = zip(target.elts, value.elts, strict=True) if several else [(target, value)]  # type: ignore[attr-defined] # both are tuples
    fine = set()
    for one, of in pairs:
        if not isinstance(one, ast.Name):
            continue
        word = one.id.strip("_").lower()
        if isinstance(of, ast.Constant) and (of.value == word or isinstance(of.value, bool)):
            fine.add(one.id)
        if ast.unparse(of) == f"Status.{one.id}.value":
            fine.add(one.id)
    return fine


def assigned(body: list[ast.stmt]) -> Iterator[Name]:
    """Variables of a module, or fields of a class."""
    for statement in body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            if not is_flag(statement.annotation):
                yield statement.target.id, statement.lineno
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                fine = codes_and_flags(target, statement.value)
                for node in ast.walk(target):
                    if isinstance(node, ast.Name) and node.id not in fine:
                        yield node.id, node.lineno


def names(module: ast.Module) -> Iterator[Name]:
    """Every name that others than its function read: classes, functions, parameters, fields."""
    yield from assigned(module.body)
    for node in ast.walk(module):
        if isinstance(node, ast.ClassDef):
            yield node.name, node.lineno
            yield from assigned(node.body)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not is_flag(node.returns):
            yield node.name, node.lineno
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            every = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            yield from ((each.arg, each.lineno) for each in every if not is_flag(each.annotation))


def test_no_name_is_a_bare_past_participle() -> None:
    bare = [
        f"{name(path)}:{line}: {word}"
        for path in application_files()
        for word, line in (*names(tree(path)), (module_name(path), 1))
        if is_bare(word)
    ]
    assert not bare, "name it by what it is: see docs/GLOSSARY.md"


def module_name(path: Path) -> str:
    """The name that others import; of a package that of its folder."""
    return path.parent.name if path.stem == "__init__" else path.stem


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("found = 1", ["found"]),
        ("def kept(shown, *, told: str, wide: int) -> int: ...", ["kept", "shown", "told"]),
        ("class Ignored:\n    seen: str\n    done: bool = True", ["Ignored", "seen"]),
        ("REFUSED, _DONE = 'refused', 3", ["_DONE"]),
        (
            "def known() -> bool: ...\nclass NotAllowed: ...\nis_done = f(lambda held: held)",
            ["held"],
        ),
        ("ready = True\nhidden_rows = speed = seed = rows", []),
    ],
)
def test_bare_participles_are_told_from_other_names(source: str, found: list[str]) -> None:
    assert sorted(word for word, _ in names(ast.parse(source)) if is_bare(word)) == sorted(found)


def test_every_term_has_a_reason() -> None:
    assert all(reason.strip() for reason in TERMS.values())
