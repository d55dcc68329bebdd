"""Small boundary layers for the tests, made from the shipped provinces."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely

from tests.support import layers

Layer = geopandas.GeoDataFrame


@pytest.fixture(scope="session")
def provinces() -> Layer:
    """All provinces with few points, a code column and Thai names; still a coverage."""
    return layers.provinces()


@pytest.fixture(scope="session")
def districts(provinces: Layer) -> Layer:
    """928 made-up districts: each province cut into as many cells as it has districts."""
    return layers.districts(provinces)


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    """Write a layer under a file name; the ending tells the kind."""

    def save(layer: Layer, name: str = "layer.gpkg") -> Path:
        path = tmp_path / name
        if path.suffix == ".parquet":
            layer.to_parquet(path)
        else:
            layer.to_file(path)
        return path

    return save


@pytest.fixture
def decoded() -> Callable[[bytes], dict[str, shapely.MultiPolygon]]:
    """Read TopoJSON back into shapes, by the rules of its specification: code → polygons."""
    return _decoded


def _decoded(body: bytes) -> dict[str, shapely.MultiPolygon]:
    topology = json.loads(body)
    scale, start = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + start for arc in topology["arcs"]]

    def ring(numbers: list[int]) -> list[Any]:
        points: list[Any] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points.extend(arc[1:] if points else arc)
        return points

    found = {}
    for area in topology["objects"]["areas"]["geometries"]:
        parts = [area["arcs"]] if area["type"] == "Polygon" else area["arcs"]
        found[area["id"]] = shapely.MultiPolygon(
            [shapely.Polygon(ring(part[0]), [ring(hole) for hole in part[1:]]) for part in parts]
        )
    return found
