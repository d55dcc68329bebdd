"""Texts by key: fallbacks do not exist."""

from pathlib import Path

import pytest

from config import i18n
from config.i18n import LocaleProblem, MissingText, has, keys, placeholders, raw, read_folder, t


def test_a_text_is_given_in_the_language_asked_for() -> None:
    assert t("region.north", "th") == "ภาคเหนือ"
    assert t("region.north", "en") == "North"


def test_placeholders_are_filled_and_further_values_ignored() -> None:
    assert t("note.as_of", "en", date="30 Sep 2026", unused=1) == "Data as of 30 Sep 2026"
    assert raw("note.as_of", "en") == "Data as of {date}"


def test_a_missing_key_placeholder_or_language_raises() -> None:
    with pytest.raises(MissingText, match=r"no\.such\.key"):
        t("no.such.key", "th")
    with pytest.raises(MissingText, match="wants a value for 'date'"):
        t("note.as_of", "th")
    with pytest.raises(MissingText, match="'fr'"):
        t("note.as_of", "fr", date="x")  # type: ignore[arg-type]  # a wrong language on purpose


def test_a_key_is_there_only_when_both_languages_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"th": {"a": "ก", "b": "ข"}, "en": {"a": "a"}}
    monkeypatch.setattr(i18n, "texts", found.__getitem__)
    assert has("a")
    assert not has("b")
    assert keys("th") == {"a", "b"}


def test_a_key_in_two_files_is_an_error_that_names_both(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text('[page.x]\ntitle = "a"', encoding="utf-8")
    (tmp_path / "two.toml").write_text('[page]\nx.title = "b"', encoding="utf-8")
    with pytest.raises(LocaleProblem, match=r"'page\.x\.title' stands in both one\.toml and two"):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("a = 1", "must be a string"),
        ('a = ["x"]', "must be a string"),
        ('a = "', "not valid TOML"),
        ('a = "{x.y}"', "plain name"),
        ('a = "{0}"', "plain name"),
        ('a = "{}"', "plain name"),
        ('a = "{n:,}"', "plain name"),
        ('a = "{n!r}"', "plain name"),
        ('a = "{n"', "braces do not match"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "area.toml").write_text(content, encoding="utf-8")
    with pytest.raises(LocaleProblem, match=says):
        read_folder(tmp_path)


def test_bytes_that_are_not_utf_8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "area.toml").write_bytes('a = "ก"'.encode("cp874"))
    with pytest.raises(LocaleProblem, match=r"area\.toml is not valid TOML"):
        read_folder(tmp_path)


def test_doubled_braces_are_one_brace_and_no_placeholder() -> None:
    assert placeholders("{{a}} {b}") == {"b"}
