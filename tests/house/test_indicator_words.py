"""Every indicator says in both languages what it counts, what it does not, and its source."""

import ast
from datetime import date, timedelta

import pytest

from config import owners
from config.i18n import LANGS, Lang, has, keys, raw, t
from config.thresholds import threshold
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Indicator
from data_access.indicators.registry import INDICATORS
from data_access.schema.tables import EXCHANGE_TABLES
from tests.house.source import application_files, dotted, name, tree
from tests.support.commands import TODAY
from ui.sections.indicators import section as indicators

WORDS = (
    "title",
    "short",
    "definition",
    "numerator",
    "denominator",
    "exclusions",
    "caveat",
    "why",
    "source",
)
LONGEST_TITLE = 60
# Reviewed at least once a year; moved forward with each release.
LOOKED_AT = max(TODAY, date(2026, 11, 22))
every_indicator = pytest.mark.parametrize("indicator", INDICATORS.values(), ids=list(INDICATORS))
# Words that state a threshold as a number: the indicator, the threshold, and the words.
STATED = [
    ("families_per_case_manager", "caseload_norm", ("title", "short")),
    ("team_participation", "team_size", ("short", "definition", "numerator")),
    ("active_volunteers", "active_days", ("title", "short", "numerator")),
    ("referrals_accepted", "referral_days", ("title", "short", "numerator")),
]


def test_no_two_indicators_share_a_code_but_the_parts_of_one_entry() -> None:
    # Entries of the catalogue that are several indicators: skills, changes, waiting times.
    parts = {"SK-1", "OC-1…5", "TM-1"}
    codes = [i.code for i in INDICATORS.values() if i.code not in parts]
    shared = {code for code in codes if codes.count(code) > 1}
    assert not shared


@every_indicator
def test_every_indicator_has_all_its_words_in_both_languages(indicator: Indicator) -> None:
    missing = [word for word in WORDS if not has(f"indicator.{indicator.name}.{word}")]
    assert not missing
    empty = [
        (lang, word)
        for lang in LANGS
        for word in WORDS
        if not raw(f"indicator.{indicator.name}.{word}", lang).strip()
    ]
    assert not empty


@every_indicator
@pytest.mark.parametrize("lang", LANGS)
def test_what_is_left_out_is_said_once(indicator: Indicator, lang: Lang) -> None:
    said = {word: raw(f"indicator.{indicator.name}.{word}", lang) for word in WORDS}
    left_out = said.pop("exclusions")
    assert left_out not in said.values()


def test_the_page_of_definitions_shows_every_word_below_the_title() -> None:
    assert ("title", *indicators.WORDS) == WORDS


@every_indicator
@pytest.mark.parametrize("lang", LANGS)
def test_a_title_is_short_and_no_sentence(indicator: Indicator, lang: Lang) -> None:
    title = t(f"indicator.{indicator.name}.title", lang)
    assert len(title) <= LONGEST_TITLE
    assert not title.endswith((".", "。")) or title.endswith("อพม.")


@every_indicator
def test_what_is_said_where_there_is_nothing_to_show_has_words(indicator: Indicator) -> None:
    assert has(f"reason.{indicator.empty_reason}")
    assert has(f"unit.{indicator.unit}")
    assert has(f"unit_value.{indicator.unit}.many")


@every_indicator
def test_no_definition_is_older_than_a_year(indicator: Indicator) -> None:
    reviewed = date.fromisoformat(indicator.reviewed_on)
    assert reviewed <= LOOKED_AT
    assert LOOKED_AT - reviewed <= timedelta(days=366)


@every_indicator
def test_a_real_unit_answers_for_each_definition_and_another_checks_it(
    indicator: Indicator,
) -> None:
    assert owners.name(indicator.owner, "th").strip()
    assert owners.name(indicator.checked_by, "en").strip()
    assert indicator.checked_by != indicator.owner
    assert date.fromisoformat(indicator.next_review) > date.fromisoformat(indicator.reviewed_on)
    assert date.fromisoformat(indicator.next_review) >= LOOKED_AT, "it is due for review"


def test_where_indicators_are_shown_is_not_inherited_by_accident() -> None:
    assert registry.on_map() == (
        "families_per_case_manager", "staffing_gap", "case_managers_over_norm",
        "unassigned_families", "training_coverage", "follow_up_completion", "follow_up_on_time",
        "follow_up_overdue", "cases_without_next_follow_up", "volunteers_per_1000_households",
    )  # fmt: skip
    assert set(registry.executive_parts()) == {"caseload", "follow_up", "training", "volunteers"}


@every_indicator
def test_an_indicator_needs_optional_tables_of_the_format_only(indicator: Indicator) -> None:
    for table in indicator.needs:
        assert not EXCHANGE_TABLES[table].info["required"]


def test_no_words_are_left_of_an_indicator_that_is_gone() -> None:
    named = {key.split(".")[1] for key in keys("th") if key.startswith("indicator.")}
    assert named == set(INDICATORS)


@pytest.mark.parametrize(("name", "limit", "words"), STATED)
@pytest.mark.parametrize("lang", LANGS)
def test_words_that_state_a_threshold_agree_with_it(
    name: str, limit: str, words: tuple[str, ...], lang: Lang
) -> None:
    written = " ".join(raw(f"indicator.{name}.{word}", lang) for word in words)
    assert f"{{{limit}}}" in written, "name the threshold in braces, so that its value moves too"
    assert str(int(threshold(limit).value)) in t(f"indicator.{name}.{words[-1]}", lang)


def test_every_chart_leads_to_a_definition() -> None:
    # Channels of intake are counts of cases and no indicator: there is nothing to link to.
    bare = [
        f"{name(path)}:{call.lineno}"
        for path in application_files()
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and dotted(call.func) == "draw.block"
        for given in call.keywords
        if given.arg == "provenance"
        and isinstance(given.value, ast.Call)
        and dotted(given.value.func) == "provenance.lines"
        and len(given.value.args) + len(given.value.keywords) < 2
    ]
    assert not bare, 'name the indicator, or the nearest one with near="…"'
