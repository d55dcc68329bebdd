"""Texts: both languages say the same things, and code asks only for what is there."""

import ast
import re
from collections.abc import Iterator

import pytest

from config import bands
from config.i18n import LANGS, keys, placeholders, raw, t
from config.thresholds import thresholds
from data_access.schema.codes import CODES
from tests.house.source import application_files, dotted, name, tree

THAI = re.compile("[\u0e00-\u0e7f]")
# Texts that name one language in the other, or show what a Thai cell may hold.
BOTH_SCRIPTS = re.compile(r"^(language\.|shell\.language_)")
YEARS = ("calendar.", "filters.period_year", "filters.year_option")
# These bring spaces of their own: one stands between texts, one sets a number apart in a legend.
JOINTS = {"tables.joint", "chart.class.counted"}
THAI_DIGIT = re.compile("[๐-๙]")
POLITE = re.compile("(ค่ะ|ครับ|นะคะ)")
# Words the department does not use for its clients and its work, with what it writes instead.
AVOIDED = {
    "เคสโหลด": "ปริมาณงานรายกรณี",
    "ฟอลโลว์อัป": "การติดตาม",
    "การคัฟเวอร์": "ความครอบคลุม",
    "ทาร์เก็ต": "เป้าหมาย",
    "ช่องโหว่": "ส่วนต่างจากเกณฑ์",
    "ลูกค้า": "ผู้รับบริการ",
    "เหยื่อ": "ผู้รับบริการ",
}
# Typed wrongly, looks right: ํ + า for ำ, เ twice for แ, a tone mark before an upper vowel.
MISTYPED = re.compile("(\u0e4d\u0e32|\u0e40\u0e40|[\u0e48-\u0e4b][\u0e31\u0e34-\u0e39])")


def _texts() -> Iterator[tuple[str, str, str]]:
    for lang in LANGS:
        for key in sorted(keys(lang)):
            yield lang, key, raw(key, lang)


def _asked() -> Iterator[tuple[str, ast.Call]]:
    """Each call of `t` in the application, with where it stands."""
    for path in application_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and dotted(node.func) == "t" and node.args:
                yield f"{name(path)}:{node.lineno}", node


def _pattern(key: ast.expr) -> re.Pattern[str] | None:
    """What a key written in code can become; nothing when it is only known at run time."""
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        return re.compile(re.escape(key.value))
    if isinstance(key, ast.JoinedStr):
        parts = [
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.]+"
            for part in key.values
        ]
        return re.compile("".join(parts))
    return None


def test_both_languages_have_the_same_keys() -> None:
    assert keys("th") - keys("en") == set(), "missing in English"
    assert keys("en") - keys("th") == set(), "missing in Thai"


def test_both_languages_fill_the_same_places() -> None:
    different = [
        key
        for key in sorted(keys("th") & keys("en"))
        if placeholders(raw(key, "th")) != placeholders(raw(key, "en"))
        and not key.startswith(YEARS)  # Thai writes only one count of years
    ]
    assert not different


def test_code_asks_only_for_texts_that_are_there() -> None:
    known = keys("th")
    missing = [
        f"{where}: {pattern.pattern}"
        for where, call in _asked()
        if (pattern := _pattern(call.args[0])) and not any(map(pattern.fullmatch, known))
    ]
    assert not missing


def test_code_fills_every_place_of_a_text_it_names() -> None:
    unfilled = []
    for where, call in _asked():
        key = call.args[0]
        given = {keyword.arg for keyword in call.keywords}
        if not isinstance(key, ast.Constant) or None in given or key.value not in keys("th"):
            continue  # values from a mapping are checked when they are used
        wanted = placeholders(raw(key.value, "th")) | placeholders(raw(key.value, "en"))
        wanted -= set(thresholds())  # their values are there without being given
        if wanted - given:
            unfilled.append(f"{where}: {key.value} wants {sorted(wanted - given)}")
    assert not unfilled


@pytest.mark.parametrize("codes", sorted(CODES))
def test_every_code_has_a_label_and_every_label_a_code(codes: str) -> None:
    prefix = f"code.{codes}."
    labelled = {key.removeprefix(prefix) for key in keys("th") if key.startswith(prefix)}
    assert labelled == {*CODES[codes], *bands.parts_of_joined(codes)}


def test_labels_of_one_code_list_differ() -> None:
    for codes, listed in CODES.items():
        for lang in LANGS:
            every = (*listed, *bands.parts_of_joined(codes))
            labels = [raw(f"code.{codes}.{code}", lang) for code in every]
            assert len(set(labels)) == len(labels), (codes, lang)


def test_every_unit_can_be_named_and_written_with_its_value() -> None:
    units = {key.removeprefix("unit.") for key in keys("th") if key.startswith("unit.")}
    written = {
        key.removeprefix("unit_value.") for key in keys("th") if key.startswith("unit_value.")
    }
    assert written == {f"{unit}.{number}" for unit in units for number in ("one", "many")}


def test_no_text_is_empty_or_padded() -> None:
    assert not [
        (lang, key)
        for lang, key, text in _texts()
        if not text or (text != text.strip() and key not in JOINTS)
    ]
    assert not [
        (lang, key)
        for lang, key, text in _texts()
        if re.search(r"\S  +\S", text) and key not in JOINTS
    ]


def test_english_texts_hold_no_thai_but_where_they_must() -> None:
    mixed = [
        key
        for lang, key, text in _texts()
        if lang == "en"
        and THAI.search(text)
        and not BOTH_SCRIPTS.match(key)
        # An example of a Thai cell stands between quotation marks.
        and THAI.search(re.sub("[“\"'‘].*?[”\"'’]|`.*?`", "", text))
    ]
    assert not mixed


def test_long_texts_in_thai_are_in_thai() -> None:
    foreign = [
        key
        for lang, key, text in _texts()
        if lang == "th" and len(re.sub(r"\{\w+\}", "", text)) > 40 and not THAI.search(text)
    ]
    assert not foreign


def test_thai_texts_are_typed_as_thai_is_typed() -> None:
    assert not [key for lang, key, text in _texts() if lang == "th" and MISTYPED.search(text)]


def test_thai_texts_keep_the_formal_register_and_the_departments_words() -> None:
    wrong = [
        (key, found)
        for lang, key, text in _texts()
        if lang == "th"
        for found in [*POLITE.findall(text), *(word for word in AVOIDED if word in text)]
    ]
    assert not wrong, AVOIDED


def test_texts_use_arabic_digits() -> None:
    odd = [
        (lang, key)
        for lang, key, text in _texts()
        if THAI_DIGIT.search(re.sub("[“\"'‘].*?[”\"'’]|`.*?`", "", text))
    ]
    assert not odd, "Thai digits are for printed memoranda only"


def test_titles_of_indicators_are_short_and_have_no_full_stop() -> None:
    wrong = [
        (lang, key, text)
        for lang, key, _ in _texts()
        if re.fullmatch(r"indicator\.\w+\.title", key)
        for text in [t(key, lang)]
        if len(text) > 60 or text.endswith(".")
    ]
    assert not wrong
