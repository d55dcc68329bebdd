"""Where shapes lie, and what a map may ask to be worked out beside its visitors."""

from pathlib import Path
from queue import Queue

import pandas as pd
import pytest

from config.settings import Settings
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.support import world
from ui.prefetch import map_sparklines
from ui.queries import page_queries
from ui.server import boundary_urls
from ui.state.filter_state import everything
from ui.state.page_context import View


@pytest.fixture
def view(tmp_path: Path) -> View:
    info: SnapshotInfo = world.make(tmp_path, {})
    return View(everything(info.as_of), "th", "light", Scope(nation=True), info)


def test_the_box_of_some_provinces_holds_each_of_them(settings: Settings) -> None:
    one = boundary_urls.bounds_of(settings.data_dir, ["50"])
    both = boundary_urls.bounds_of(settings.data_dir, ["50", "96"])
    assert one[0] >= both[0]
    assert one[3] <= both[3]
    assert 97 < one[0] < 99 < one[2] < 100  # Chiang Mai in degrees east
    assert both[1] < 7  # Narathiwat in the far south


def test_borders_between_regions_are_lines(settings: Settings) -> None:
    found = boundary_urls.borders(settings.data_dir)
    assert found["type"] == "MultiLineString"
    assert found["coordinates"]


def test_installed_layers_change_the_key_of_finished_pictures(settings: Settings) -> None:
    assert "province-TH-national" in boundary_urls.layers_key(settings.data_dir)


def test_courses_are_asked_for_first_and_known_later(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        map_sparklines, "_requests", Queue()
    )  # other tests of pages ask for some too
    monkeypatch.setattr(map_sparklines, "_ready", set())
    name = "follow_up_completion"
    assert not map_sparklines.known(view, name)
    assert map_sparklines.next_wanted(0.01) == (view, name)
    map_sparklines.work_out(view, name)
    assert map_sparklines.known(view, name)
    assert map_sparklines.next_wanted(0.01) is None


def test_a_course_has_eight_quarters_and_gaps_where_nothing_is_shown(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten quarters of 1, 2 … 10; the seventh is hidden; the last two lie after the day chosen."""
    ends = pd.date_range("2024-06-30", periods=11, freq="QE").date
    rows = pd.DataFrame(
        {
            "area_code": "50",
            "period_end": ends,
            "value": range(1, 12),
            "numerator": 3,
            "status": ["shown"] * 6 + ["hidden"] + ["shown"] * 4,
        }
    )
    monkeypatch.setattr(page_queries, "frame", lambda *_: rows)
    shown = [end for end in ends if end <= view.filters.day]
    (line,) = map_sparklines.lines(view, "follow_up_completion").values()
    assert len(line) == min(8, len(shown))
    assert line.count("_") == 1
    assert set(map_sparklines.lines(view, "follow_up_completion", "numerator")["50"]) == {"f", "_"}


def test_a_server_that_has_the_route_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundary_urls, "_registered", False)
    assert not boundary_urls.served()
    boundary_urls.serve()
    assert boundary_urls.served()
