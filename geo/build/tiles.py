"""Measure the tile grid against the true map: `python -m geo.build.tiles`.

Writes nothing: the layout in geo/data/tiles.csv was drawn by hand. This tells how many neighbours
it keeps together, how many an optimal assignment of centroids to the same cells would keep, and
which exchange of two tiles within a region would still improve it (none, at the time of writing).
"""

import itertools
import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from geo import boundaries, registers
from geo.tiles import TILES

Cells = Mapping[str, tuple[int, int]]
# Longer than a corner where four provinces almost meet: 0.005° is about 500 m.
SHARED_BORDER_DEGREES = 0.005
# The bridge to Phuket is a neighbourhood that polygons do not show.
BRIDGES = (("82", "83"),)


@dataclass(frozen=True, slots=True)
class Score:
    """How true a layout is. `cost` falls as it improves; `beside` share an edge, `touch` a corner.

    `false_edges` are tiles side by side whose provinces share no border.
    """

    cost: float
    pairs: int
    beside: int
    touch: int
    false_edges: int


def neighbours(shapes: Any) -> list[tuple[str, str]]:
    """Pairs of provinces that share a border on the true map."""
    found = [
        (a, b)
        for a, b in itertools.combinations(shapes.index, 2)
        if shapes[a].intersection(shapes[b]).length > SHARED_BORDER_DEGREES
    ]
    return sorted({*found, *BRIDGES})


def centroids(shapes: Any) -> dict[str, tuple[float, float]]:
    """Where each province lies: degrees east, degrees south."""
    return {code: (point.x, -point.y) for code, point in shapes.representative_point().items()}


def score(cells: Cells, pairs: list[tuple[str, str]], where: Mapping[str, Any]) -> Score:
    """Distance between true neighbours, their direction, and false neighbours, added up."""
    beside = touch = 0
    cost = 0.0
    for a, b in pairs:
        across, down = cells[b][0] - cells[a][0], cells[b][1] - cells[a][1]
        far = max(abs(across), abs(down))
        beside += abs(across) + abs(down) == 1
        touch += far == 1
        cost += (
            far - 1 + (0.4 if across and down else 0.0) + _turn(where[a], where[b], across, down)
        )
    by_cell = {cell: code for code, cell in cells.items()}
    true = {frozenset(pair) for pair in pairs}
    false_edges = sum(
        cell in by_cell and frozenset((code, by_cell[cell])) not in true
        for code, (column, row) in cells.items()
        for cell in ((column + 1, row), (column, row + 1))
    )
    return Score(cost + 0.3 * false_edges, len(pairs), beside, touch, false_edges)


def _turn(a: tuple[float, float], b: tuple[float, float], across: int, down: int) -> float:
    """0 where the direction from a to b is kept, 2 where it is opposite."""
    east, south = b[0] - a[0], b[1] - a[1]
    return 1 - (east * across + south * down) / math.hypot(east, south) / math.hypot(across, down)


def assignment(where: Mapping[str, tuple[float, float]]) -> dict[str, tuple[int, int]]:
    """The cells of the layout given to provinces so that all move as little as possible."""
    codes, cells = list(TILES), list(TILES.values())
    true = _z_scores(np.array([where[code] for code in codes]))
    grid = _z_scores(np.array(cells, dtype=float))
    distance = ((true[:, None, :] - grid[None, :, :]) ** 2).sum(axis=2)
    _, chosen = linear_sum_assignment(distance)
    return {code: cells[position] for code, position in zip(codes, chosen, strict=True)}


def _z_scores(points: Any) -> Any:
    return (points - points.mean(axis=0)) / points.std(axis=0)


def better_swaps(pairs: list[tuple[str, str]], where: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Pairs of tiles of one region whose exchange would lower the cost."""
    now = score(TILES, pairs, where).cost
    found = []
    for a, b in itertools.combinations(TILES, 2):
        if registers.region_of(a) == registers.region_of(b):
            swapped = {**TILES, a: TILES[b], b: TILES[a]}
            if score(swapped, pairs, where).cost < now - 1e-9:
                found.append((a, b))
    return found


def main() -> int:
    """Print the measures; 0 always, since a layout is a matter of taste."""
    shapes = boundaries.provinces().geometry
    pairs, where = neighbours(shapes), centroids(shapes)
    sys.stdout.write(f"drawn by hand: {score(TILES, pairs, where)}\n")
    sys.stdout.write(f"assignment only: {score(assignment(where), pairs, where)}\n")
    sys.stdout.write(f"swaps that would help: {better_swaps(pairs, where)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
