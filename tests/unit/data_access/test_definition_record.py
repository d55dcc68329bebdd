"""What a snapshot records of the definitions: the same for the same rule, another for another."""

from dataclasses import replace
from pathlib import Path

from data_access import snapshot
from data_access.definition_record import print_in, print_of, prints
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Count, Derived, Ratio, Share


def test_a_new_snapshot_records_every_definition(small_data_dir: Path) -> None:
    info = snapshot.current(small_data_dir)
    with snapshot.engine(info).connect() as connection:
        for name, now in prints().items():
            assert print_in(connection, name) == now
        assert print_in(connection, "no_such_indicator") is None


def test_any_change_of_the_counting_is_another_print() -> None:
    for item in registry.INDICATORS.values():
        match item.measure:
            case Ratio() | Share():
                other = replace(item, measure=replace(item.measure, per=item.measure.per * 10))
                assert not print_of(other).counts_like(print_of(item))
            case Count(rows=rows):
                other = replace(item, measure=Share(rows))
                assert not print_of(other).counts_like(print_of(item))
            case Derived(of=of) if of:
                other = replace(item, measure=replace(item.measure, of=()))
                assert not print_of(other).counts_like(print_of(item))


def test_words_and_places_on_pages_are_no_part_of_it() -> None:
    item = registry.get("families_per_case_manager")
    assert print_of(replace(item, on_map=not item.on_map)) == print_of(item)
    assert not print_of(replace(item, version="2")).counts_like(print_of(item))


def test_no_two_indicators_of_different_rows_have_one_print() -> None:
    found = {one.fingerprint for one in prints().values()}
    assert len(found) > len(prints()) * 0.9
