"""Groups in words: the format's codes, the sender's own, and published figures by their day."""

import pytest

from config.i18n import Lang
from ui.text.group_words import group_word, published_parts

PUBLISHED = "volunteers 2018-03-21 S3 · press release"


@pytest.mark.parametrize(
    ("breakdown", "group", "lang", "word"),
    [
        ("sex", "F", "en", "Female"),
        ("organisation_type", "children_home", "th", "บ้านพักเด็กและครอบครัว"),
        ("organisation_type", "temple of the district", "th", "temple of the district"),
        ("organisation_type", "unknown", "th", "ไม่ระบุหน่วยงาน"),
        ("profession", "unknown", "en", "Not given"),
        ("figure", PUBLISHED, "en", "Volunteers nationwide (21 Mar 2018)"),
        ("figure", "own count 2020-01-02 us", "th", "own count (2 ม.ค. 2563)"),
    ],
)
def test_a_group_is_said_in_words_and_never_as_no_data(
    breakdown: str, group: str, lang: Lang, word: str
) -> None:
    assert group_word(breakdown, group, lang) == word


def test_a_published_figure_is_parted_at_its_day() -> None:
    assert published_parts("own count 2020-01-02 of 3 sites") == (
        "own count", "2020-01-02", "of 3 sites",
    )  # fmt: skip
