"""Rows by address: only the page that shows them knows the name; the browser keeps them."""

import gzip
import json

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from tests.support.web import get
from ui.server import boundary_urls, chart_data_route

ROWS = [{"code": str(1001 + i), "value": i} for i in range(chart_data_route.HEAVY)]


@pytest.fixture(autouse=True)
def served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundary_urls, "_registered", True)


def name_of(rows: list[dict[str, object]]) -> str:
    return str(chart_data_route.address(rows)).rpartition("/")[2]


def test_rows_come_back_under_the_name_that_was_given() -> None:
    packed = chart_data_route.find(name_of(ROWS))
    assert packed is not None
    assert json.loads(gzip.decompress(packed)) == ROWS


def test_equal_rows_have_one_name_and_others_another() -> None:
    assert name_of(ROWS) == name_of(list(ROWS))
    assert name_of(ROWS) != name_of(ROWS[::-1])


def test_a_name_cannot_be_made_from_the_rows_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    before = name_of(ROWS)
    monkeypatch.setattr(chart_data_route, "_secret", b"another process")
    assert name_of(ROWS) != before
    assert chart_data_route.find("0" * 40 + ".json") is None


def test_few_rows_travel_inside_the_picture() -> None:
    assert chart_data_route.address(ROWS[:-1]) is None


def test_without_routes_of_our_own_all_rows_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundary_urls, "_registered", False)
    assert chart_data_route.address(ROWS) is None
    spec = {"data": {"name": "areas", "values": ROWS}}
    assert chart_data_route.by_address(spec) == spec


def test_a_drawing_names_the_address_instead_of_its_rows() -> None:
    spec = {"layer": [{"data": {"name": "areas", "values": ROWS}}, {"data": {"values": [1, 2]}}]}
    made = chart_data_route.by_address(spec)
    assert made["layer"][0]["data"]["url"].startswith(chart_data_route.ROUTE)
    assert "values" not in made["layer"][0]["data"]
    assert made["layer"][1] == spec["layer"][1]


def test_lines_between_regions_are_fetched_once_for_all_maps() -> None:
    lines = {"type": "MultiLineString", "coordinates": [[[0, 0], [1, 1]]]}
    spec = {"layer": [{"data": {"name": "region_lines", "values": lines}}]}
    first, second = (
        chart_data_route.by_address(spec),
        chart_data_route.by_address({"layer": [*spec["layer"], {}]}),
    )
    assert first["layer"][0]["data"]["url"] == second["layer"][0]["data"]["url"]
    assert "values" not in first["layer"][0]["data"]


def test_only_so_many_are_kept() -> None:
    first = name_of(ROWS)
    for number in range(chart_data_route.CACHE_SIZE):
        name_of([*ROWS, {"code": "9999", "value": number}])
    assert chart_data_route.find(first) is None


def test_the_browser_alone_keeps_them() -> None:
    app = Starlette(routes=[Route(f"{chart_data_route.ROUTE}/{{name}}", chart_data_route.answer)])
    answer = get(app, str(chart_data_route.address(ROWS)), accept_encoding="gzip")
    assert json.loads(gzip.decompress(answer.body)) == ROWS
    assert json.loads(get(app, str(chart_data_route.address(ROWS))).body) == ROWS
    assert answer.status == 200
    assert answer.headers["cache-control"].startswith("private")
    assert "immutable" in answer.headers["cache-control"]
    assert get(app, f"{chart_data_route.ROUTE}/{'0' * 40}.json").status == 404
