"""Every rule that an import can break has its words, and every word has its rule."""

import re
from pathlib import Path

import pytest

from config.i18n import keys
from data_access import importers, source_maps

SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for package in (importers, source_maps)
    for path in Path(package.__path__[0]).rglob("*.py")
)
NAMED = set(re.findall(r'"([a-z][a-z0-9_]+)"', SOURCE))
# Rules that are composed, not named: the cell's own problems word themselves.
PREFIXES = ("importing.problem.", "importing.note.", "importing.unreachable.")


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_text_of_an_import_is_asked_for_somewhere(prefix: str) -> None:
    texts = {key.removeprefix(prefix) for key in keys("th") if key.startswith(prefix)}

    assert texts
    assert texts - NAMED - {"unreadable", "quality_rule"} == set()


@pytest.mark.parametrize(
    ("call", "prefix"),
    [
        (r'(?:log|self\._log)\.add\(\s*"(\w+)"', "importing.problem."),
        (r'ValueProblem\(\s*"(\w+)"', "importing.problem."),
        (r'Check\(\s*"(\w+)"', "importing.problem."),
        (r'(?:log|self\._log)\.note\(\s*"(\w+)"', "importing.note."),
        (r'Reading\([^()]*, "(\w+)"\)', "importing.note."),
        (r'Unreachable\([^"]*"(\w+)"', "importing.unreachable."),
    ],
)
def test_every_rule_that_is_named_has_its_words(call: str, prefix: str) -> None:
    rules = set(re.findall(call, SOURCE))

    assert rules
    assert {prefix + rule for rule in rules} <= keys("th")
