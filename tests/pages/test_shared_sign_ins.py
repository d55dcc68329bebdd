"""Servers on several machines: a sign-in that ended on one is over on all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.i18n import t
from data_access import sign_ins
from tests.pages.test_who_sees_what import Person, home, people, titles

__all__ = ["home", "people"]


def test_a_sign_in_that_was_ended_on_another_machine_is_over_here(
    people: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    monkeypatch.setenv("OVERSIGHT_SHARED_DIR", str(shared))
    person = Person("executive@example.org", monkeypatch)
    people({"user": "executive@example.org", "role": "executive"})
    person.look()
    assert list((shared / sign_ins.FOLDER).iterdir()), "activity is noted where all servers read it"
    sign_ins.end(shared, person.profile)
    assert titles(person.again()) == [t("sign_in.title", "th")]
