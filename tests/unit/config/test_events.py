"""The file of events: read, checked, and asked for by period and indicator."""

from datetime import date
from typing import Any

import pytest

from config.events import EventProblem, events, events_between, read
from data_access.indicators import registry

GOOD: dict[str, Any] = {
    "on": date(2026, 1, 15), "kind": "policy", "text_th": "ก", "text_en": "a", "source": "S0",
}  # fmt: skip


def test_the_file_names_only_indicators_of_the_registry_and_cites_its_sources() -> None:
    assert events()
    for one in events():
        assert set(one.indicators) <= set(registry.INDICATORS)
        assert one.source[0] in "SW"
        assert one.source[1].isdigit()
    assert [one.on for one in events()] == sorted(one.on for one in events())


def test_volunteers_before_and_after_their_new_register_are_not_compared() -> None:
    (broken,) = [one for one in events() if one.breaks_series]
    assert broken.on == date(2019, 9, 13)
    around = (date(2019, 9, 13), date(2019, 9, 13))
    assert events_between(*around, ["active_volunteers"]) == (broken,)
    assert events_between(*around, ["plan_coverage"]) == ()


def test_both_ends_of_a_period_belong_to_it() -> None:
    (one,) = [event for event in events() if event.name == "family_first"]
    for first, last, found in (
        (one.on, one.on, (one,)),
        (date(2025, 10, 30), date(2026, 9, 30), ()),
        (date(2025, 10, 1), date(2025, 10, 28), ()),
    ):
        assert events_between(first, last, ["plan_coverage"]) == found


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"on": "2026-01-15"}, "on must be a day"),
        ({"kind": "rumour"}, "kind is one of"),
        ({"text_th": " "}, "text_th must be a text"),
        ({"indicators": "plan_coverage"}, "indicators is a list"),
        ({"break": "yes"}, "break must be true or false"),
        ({"colour": "red"}, "colour is not known"),
    ],
)
def test_a_wrong_file_says_every_mistake(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(EventProblem, match=said):
        read({"one": GOOD | changes})
    with pytest.raises(EventProblem, match="source is missing"):
        read({"one": {key: value for key, value in GOOD.items() if key != "source"}})
    assert read({"one": GOOD})[0].text("th") == "ก"
