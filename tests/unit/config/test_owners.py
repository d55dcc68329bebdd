"""Units that answer for indicators have a name in both languages, and none is an address."""

from pathlib import Path

import pytest

from config import owners
from config.i18n import LANGS


def test_every_unit_has_a_name_in_both_languages() -> None:
    for code in owners.owners():
        for lang in LANGS:
            assert owners.name(code, lang).strip()
            assert "@" not in owners.name(code, lang)


def test_an_unknown_unit_is_refused_by_name() -> None:
    with pytest.raises(owners.OwnerProblem, match="got: 'nobody'"):
        owners.name("nobody", "th")


@pytest.mark.parametrize(
    "entry",
    [
        'th = "ก"',
        'th = "ก"\nen = " "',
        'th = "ก"\nen = "A"\nfr = "B"',
    ],
)
def test_a_unit_without_its_names_is_refused(tmp_path: Path, entry: str) -> None:
    path = tmp_path / "owners.toml"
    path.write_text(f"[unit]\n{entry}\n", encoding="utf-8")
    with pytest.raises(owners.OwnerProblem, match="unit"):
        owners.read(path)
