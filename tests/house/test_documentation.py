"""What the README and the operations manual promise is there, and what is there is in them."""

import re

from config.settings import NAMES, variable
from config.version import VERSION
from tests.house.source import ROOT, committed, name

README = ROOT / "README.md"
OPERATIONS = ROOT / "docs" / "OPERATIONS.md"
TARGET = re.compile(r"^([a-z]+):.*## ", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")


def read(*paths: object) -> str:
    return "\n".join((ROOT / str(path)).read_text(encoding="utf-8") for path in paths)


def targets() -> list[str]:
    return TARGET.findall(read("Makefile"))


def test_every_setting_is_explained_in_the_readme_and_the_manual() -> None:
    for manual in (README, OPERATIONS):
        text = read(manual)
        assert not [name for name in NAMES if f"`{variable(name)}`" not in text], manual.name


def test_no_document_explains_a_setting_that_is_gone() -> None:
    known = {variable(setting) for setting in NAMES}
    for manual in (README, OPERATIONS):
        assert set(re.findall(r"OVERSIGHT_[A-Z_]+", read(manual))) <= known


def test_every_make_target_is_in_the_readme() -> None:
    text = read(README)
    assert {"help", "run", "test", "check", "sample", "refresh", "bench"} <= set(targets())
    assert not [target for target in targets() if f"`make {target}`" not in text]


def test_every_make_target_is_also_written_as_plain_commands() -> None:
    text = read(README)
    for command in (
        "-m venv .venv",
        "-m pip install -r requirements.txt",
        "-m pip install -r requirements-dev.txt",
        "-m ui.server.launch",
        "-m sample_data --out",
        "-m data_access refresh",
        "-m pytest",
        "-m ruff check .",
        "-m mypy",
        "lint-imports",
        "-m tests.benchmarks.page_speed",
    ):
        assert command in text, f"the README lacks the plain command: {command}"


def test_continuous_integration_calls_the_commands_of_the_readme() -> None:
    script = read(".ci/run")
    assert re.search(r"^make check$", script, re.MULTILINE)
    assert re.search(r"^make test$", script, re.MULTILINE)
    assert "make check" in read(".pre-commit-config.yaml")


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{name(path)}: {target}"
        for path in committed()
        if path.suffix == ".md"
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert not broken


def test_every_decision_is_in_the_list_of_decisions_and_half_a_page_long() -> None:
    folder = ROOT / "docs" / "adr"
    decisions = sorted(folder.glob("[0-9]*.md"))
    listed = read("docs/adr/README.md")
    assert len(decisions) >= 5
    assert not [path.name for path in decisions if path.name not in listed]
    assert not [path.name for path in decisions if len(path.read_text().split()) > 350]


def test_the_change_log_has_a_place_for_numbers_that_change() -> None:
    assert "Numbers that change" in read("CHANGELOG.md")


def test_the_change_log_speaks_of_the_version_in_use() -> None:
    newest = re.search(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == VERSION
