"""Events on trends: where their lines stand, which share a number, what is said below."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import vl_convert

from config import events as config_events
from config.events import Event
from data_access import snapshot
from data_access.scope import Scope
from data_access.statistics.change import Change
from tests.support.commands import TODAY
from tests.support.reading import as_read
from ui.charts.event_marks import marks, with_marks
from ui.charts.look import Look
from ui.queries import changes
from ui.sections.shared import parts, trend_events
from ui.state.filter_state import everything
from ui.state.page_context import View

MONTHS = [date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)]


def event(on: date, name: str = "one", *, breaks: bool = False) -> Event:
    return Event(name, on, "policy", f"เหตุ{name}", f"event {name}", "S0", (), breaks)


def test_a_line_stands_where_its_day_lies_between_the_middles_of_months() -> None:
    # A month's point stands in its middle: the first of November lies half a step before it.
    (first,) = marks([event(date(2025, 11, 1))], MONTHS)
    assert (first.number, first.at) == (1, 0.5)
    (late,) = marks([event(date(2025, 11, 17))], MONTHS)
    assert late.at == pytest.approx(1 - 0.5 + 16 / 31, abs=1e-3)


def test_events_outside_the_points_have_no_mark() -> None:
    assert marks([event(date(2025, 10, 2)), event(date(2026, 1, 31))], MONTHS) == ()
    assert marks([event(date(2025, 11, 1))], []) == ()


def test_events_less_than_a_month_apart_share_a_number_and_none_lies_on_another() -> None:
    days = (date(2025, 12, 20), date(2025, 11, 1), date(2025, 11, 20))
    listed = marks([event(day, str(n)) for n, day in enumerate(days)], MONTHS)
    assert [(one.number, [e.name for e in one.events]) for one in listed] == [
        (1, ["1", "2"]), (2, ["0"]),
    ]  # fmt: skip
    gaps = [after.at - before.at for before, after in zip(listed, listed[1:], strict=False)]
    assert all(gap >= 1 for gap in gaps)
    words = as_read(listed[0].words(Look("th")))
    assert words == "1 = 1 พ.ย. 2568 เหตุ1 · 20 พ.ย. 2568 เหตุ2"


def view_of(home: Path) -> View:
    info = snapshot.current(home)
    return View(everything(info.as_of), "th", "light", Scope(nation=True), info, today=TODAY)


NAME = "families_per_case_manager"


def chart(view: View) -> Any:
    return parts.over_time(view, parts.Series((NAME,), 10), key="trend", title="")


def test_a_trend_has_a_line_a_number_and_its_key(
    small_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = (date(2024, 11, 5), date(2026, 8, 20))
    listed = tuple(event(day, str(n)) for n, day in enumerate(days))
    monkeypatch.setattr(config_events, "events", lambda: listed)
    view = view_of(small_data_dir)
    months = trend_events.marks_of(view, (NAME,))
    assert [one.number for one in months] == [1, 2]
    block = chart(view)
    for one in months:
        assert one.words(view.look) in block.caveat
    # Past the cache: what it holds is another test's.
    drawn = parts._monthly_spec.__wrapped__(view, parts.Series((NAME,), 10))  # type: ignore[attr-defined] # wrapped twice
    assert [row["number"] for row in drawn["datasets"]["events"]] == ["1", "2"]
    # The first stands near the unit above the axis and is raised, the second is not.
    assert [row["raised"] for row in drawn["datasets"]["events"]] == [True, False]
    assert "เหตุ1" in drawn["description"]
    datasets = drawn["datasets"]
    assert all(isinstance(rows, list) for rows in datasets.values())
    svg = vl_convert.vegalite_to_svg(drawn | {"width": 300})
    assert svg.count("stroke-dasharray") >= 2


def test_a_statement_stands_under_a_trend_that_crosses_a_break(
    small_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = view_of(small_data_dir)
    for breaks in (False, True):
        one = event(date(2026, 3, 1), breaks=breaks)
        monkeypatch.setattr(config_events, "events", lambda one=one: (one,))
        assert ("เปรียบเทียบกันไม่ได้" in chart(view).caveat) is breaks


def test_no_line_is_drawn_across_a_break(
    small_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = view_of(small_data_dir)
    paths = {}
    for breaks in (False, True):
        one = event(date(2026, 3, 1), breaks=breaks)
        monkeypatch.setattr(config_events, "events", lambda one=one: (one,))
        drawn = parts._monthly_spec.__wrapped__(view, parts.Series((NAME,), 10))  # type: ignore[attr-defined] # wrapped twice
        svg = vl_convert.vegalite_to_svg(drawn | {"width": 300})
        paths[breaks] = svg.count('aria-roledescription="line mark"')
        pieces = [row.get("piece") for row in drawn["datasets"]["rows"]]
        # 1 March lies before the middle of March, the sixth month before the last of 24.
        assert pieces == ([0] * 17 + [1] * 7 if breaks else [None] * 24)
    assert paths[True] == paths[False] + 1


def test_marks_stand_on_quarters_and_years_too() -> None:
    quarters = [date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1)]
    middle, edge = marks([event(date(2025, 11, 20)), event(date(2026, 4, 1))], quarters)
    assert middle.at == pytest.approx(0, abs=0.05)  # the middle of the first quarter
    assert edge.at == 1.5  # between the second and the third
    years = [date(2024, 10, 1), date(2025, 10, 1)]
    (one,) = marks([event(date(2025, 10, 1))], years)
    assert one.at == 0.5


def test_nothing_is_compared_over_a_break(
    small_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = view_of(small_data_dir)
    told = changes.history.__wrapped__(view, NAME, None)  # type: ignore[attr-defined] # past the cache
    one = event(date(2026, 3, 1), breaks=True)
    monkeypatch.setattr(config_events, "events", lambda: (one,))
    broken = changes.history.__wrapped__(view, NAME, None)  # type: ignore[attr-defined] # likewise
    # The quarter that ends on 30 June lies after it, that of the year before does not.
    assert broken.previous == told.previous
    assert broken.year_before == Change("unknown", reason="series_broken")
    assert len(broken.sparkline.values) == 2 < len(told.sparkline.values)
    assert broken.sparkline.first.end == date(2026, 6, 30)
    assert broken.reading.variation == "too_few"


def test_a_trend_without_events_is_as_it_was() -> None:
    spec = {"layer": [], "description": "as it was"}
    assert with_marks(spec, (), Look("th")) is spec
