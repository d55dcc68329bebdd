"""The 77-tile grid map: every province one equal tile, roughly in its place.

On a projector the true map hides Samut Songkhram, Phuket and Bangkok; here each has the same size.
The layout is this project's own: rows and columns follow the provinces' positions, a province's
neighbours are beside it (of 176 pairs that share a border, 149 touch here), each region is in one
piece, and the provinces around Bangkok surround it. `python -m geo.build.tiles` measures it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from geo.registers import DATA
from geo.tables import read_csv

# Province code → (column from the west, row from the north), both from 0.
TILES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {row["code"]: (int(row["col"]), int(row["row"])) for row in read_csv(DATA / "tiles.csv")}
)
COLUMNS = 1 + max(column for column, _ in TILES.values())
ROWS = 1 + max(row for _, row in TILES.values())
