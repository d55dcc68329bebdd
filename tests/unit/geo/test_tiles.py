"""The 77-tile grid: one cell each, neighbours together, regions in one piece."""

from geo import boundaries, registers
from geo.build import tiles as measure
from geo.tiles import COLUMNS, ROWS, TILES


def test_each_province_has_one_cell_of_its_own() -> None:
    assert set(TILES) == set(registers.provinces_by_code())
    assert len(set(TILES.values())) == 77


def test_the_grid_is_taller_than_wide_and_starts_at_zero() -> None:
    assert (COLUMNS, ROWS) == (10, 17)
    assert min(column for column, _ in TILES.values()) == 0
    assert min(row for _, row in TILES.values()) == 0


def test_most_neighbours_on_the_true_map_touch_on_the_grid() -> None:
    shapes = boundaries.provinces().geometry
    pairs = measure.neighbours(shapes)
    where = measure.centroids(shapes)
    found = measure.score(TILES, pairs, where)
    assert found.touch / found.pairs > 0.8
    assert found.beside / found.pairs > 0.55
    assert found.cost < measure.score(measure.assignment(where), pairs, where).cost
    assert measure.better_swaps(pairs, where) == []


def test_each_region_is_in_one_piece() -> None:
    for region in registers.REGIONS:
        cells = {TILES[p.code] for p in registers.provinces_of(region)}
        reached = {min(cells)}
        while True:
            near = {
                (c + dc, r + dr) for c, r in reached for dc in (-1, 0, 1) for dr in (-1, 0, 1)
            } & cells
            if near == reached:
                break
            reached = near
        assert reached == cells, region


def test_regions_lie_where_they_lie_in_the_country() -> None:
    def middle(region: str) -> tuple[float, float]:
        cells = [TILES[p.code] for p in registers.provinces_of(region)]
        return sum(c for c, _ in cells) / len(cells), sum(r for _, r in cells) / len(cells)

    north, northeast = middle("north"), middle("northeast")
    central, south = middle("central"), middle("south")
    assert north[1] < central[1] < south[1]
    assert northeast[0] > north[0]
    assert northeast[0] > central[0]


def test_bangkok_touches_the_five_provinces_around_it() -> None:
    column, row = TILES["10"]
    for code in registers.BANGKOK_AND_VICINITY:
        across, down = TILES[code]
        assert max(abs(across - column), abs(down - row)) <= 1, code
