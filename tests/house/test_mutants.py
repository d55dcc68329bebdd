"""The sample of mutants fits the code: every line it changes is there, every test it names too."""

import tomllib

from tests.mutants.run import ROOT, SAMPLE, changed


def test_every_mutant_changes_a_line_and_names_its_tests() -> None:
    mutants = tomllib.loads(SAMPLE.read_text(encoding="utf-8"))["mutant"]
    assert len(mutants) >= 40
    for mutant in mutants:
        assert changed(mutant, ROOT) != (ROOT / mutant["file"]).read_text(encoding="utf-8")
        assert mutant["tests"]
        assert all((ROOT / path).is_file() for path in mutant["tests"])
