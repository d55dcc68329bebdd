"""Papers keep the terms of the list whole by word joiners between syllables, and nowhere else."""

import pytest

from ui.text.line_breaks import terms, together, with_joiners

JOINER = "\N{WORD JOINER}"


def test_a_term_is_joined_between_its_syllables_and_reads_the_same() -> None:
    syllables = JOINER.join(("ร้", "อ", "ย", "ละ"))
    assert with_joiners("ค่าร้อยละ 88.7") == f"ค่า{syllables}\N{NO-BREAK SPACE}88.7"


def test_words_outside_the_list_stay_as_they_are() -> None:
    assert JOINER not in with_joiners("ของการ 12 คน")


@pytest.mark.parametrize("term", terms()[:40])
def test_no_mark_or_vowel_is_parted_from_its_consonant(term: str) -> None:
    joined = with_joiners(term)
    assert joined.replace(JOINER, "") == term
    for part in joined.split(JOINER):
        assert part[0] in "เแโใไ" or "ก" <= part[0] <= "ฮ" or not "\u0e00" < part[0] < "\u0e7f"
        assert part[-1] not in "เแโใไ"


def test_a_span_of_days_may_end_a_line_behind_its_dash_but_begins_none_with_a_space() -> None:
    assert "– 30" in together("1 Oct 2025 – 30 Sep 2026")
    assert "\N{NO-BREAK SPACE}–" in together("1 Oct 2025 – 30 Sep 2026")
