"""Own areas of a scope: never wider than what it sees, and part of every cache key."""

from dataclasses import fields

from config.i18n import LANGS, t
from data_access.scope import Scope
from ui.queries import query_cache
from ui.text import messages

NORTH = frozenset({"50", "51"})


def test_an_area_is_owned_only_where_it_is_seen() -> None:
    owned_unseen = Scope(own_provinces=NORTH, own_districts=frozenset({"1001"}))
    assert not owned_unseen.owns_province("50")
    assert not owned_unseen.owns_district("5001")
    assert not owned_unseen.owns_district("1001")


def test_a_province_owns_its_districts_and_a_district_nothing_else() -> None:
    scope = Scope(nation=True, own_provinces=frozenset({"50"}), own_districts=frozenset({"1001"}))
    assert scope.owns_province("50")
    assert scope.owns_district("5001")
    assert scope.owns_district("1001")
    assert not scope.owns_province("10")
    assert not scope.owns_district("1002")


def test_every_field_of_a_scope_tells_two_cache_entries_apart() -> None:
    plain = Scope()
    other = {
        "nation": True,
        "provinces": NORTH,
        "districts": frozenset({"5001"}),
        "own_provinces": NORTH,
        "own_districts": frozenset({"5001"}),
        "hide_below": 7,
        "reveal": True,
    }
    for field in fields(Scope):
        changed = Scope(**{field.name: other[field.name]})  # type: ignore[arg-type]  # by name
        assert query_cache.scope_key(changed) != query_cache.scope_key(plain), field.name


def test_an_empty_list_of_cases_says_none_only_where_they_would_be_shown() -> None:
    scope = Scope(nation=True, own_provinces=NORTH)
    for lang in LANGS:
        assert messages.no_cases(scope, "50", lang) == t("message.nothing_to_list", lang)
        for area in ("10", "TH"):
            said = messages.no_cases(Scope(nation=True), area, lang)
            assert said == t("message.rows_not_public", lang)
