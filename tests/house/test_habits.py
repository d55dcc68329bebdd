"""Small rules that keep surprises out: the clock, the environment, silence, exemptions."""

import ast
import re

from tests.house.source import application_files, dotted, name, python_files, tree

ENVIRONMENT = {"os.environ", "os.getenv", "os.putenv", "os.environb"}
THE_ONE_READER = "config/settings.py"
DAY_OF_THE_MACHINE = re.compile(r"(^|\.)(date|datetime|Timestamp)\.(today|utcnow)$")
MOMENT = re.compile(r"(^|\.)(datetime|Timestamp)\.now$")
EXEMPTION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:)(?P<rest>.*)$")
RULE_NAMES = re.compile(r"^\s*(\[[\w, -]+\]|:?\s*[A-Z]+\d+(\s*,\s*[A-Z]+\d+)*)?")
LEFT_OVER = re.compile(r"#.*\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")


def test_only_the_settings_read_the_environment() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in application_files()
        if name(path) != THE_ONE_READER
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and dotted(node) in ENVIRONMENT
    ]
    assert not found, "add a setting to config/settings.py and pass it down"


def test_nobody_asks_the_machine_for_the_day() -> None:
    found = [
        f"{name(path)}:{call.lineno}"
        for path in application_files()
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        and (
            DAY_OF_THE_MACHINE.search(dotted(call.func))
            or (MOMENT.search(dotted(call.func)) and not call.args and not call.keywords)
        )
    ]
    assert not found, "take `today` from the settings; a moment names its time zone"


def test_no_mistake_is_swallowed() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in application_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or dotted(node.type) in ("Exception", "BaseException"))
        and all(isinstance(step, ast.Pass) for step in node.body)
    ]
    assert not found


def test_nothing_is_asserted_outside_tests() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in application_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assert)
    ]
    assert not found, "raise an exception of its own kind: assertions can be switched off"


def test_each_lint_exemption_has_its_reason_on_its_line() -> None:
    found = [
        f"{name(path)}:{number}"
        for path in python_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if (match := EXEMPTION.search(line))
        and not re.search(r"\w{3}", RULE_NAMES.sub("", match["rest"]))
        and not line.startswith("EXEMPTION")
    ]
    assert not found, "write the reason after the rule: `# noqa: E501  a web address`"


def test_no_work_is_left_in_comments() -> None:
    found = [
        f"{name(path)}:{number}"
        for path in python_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if LEFT_OVER.search(line)
    ]
    assert not found, "file an issue instead"
