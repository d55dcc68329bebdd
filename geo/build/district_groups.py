"""Write the groups of neighbouring districts: `python -m geo.build.district_groups`.

The districts of a province are halved along the longer side of where their points lie until no
group has more than `MOST`. It is done once: the file stays as it is when points or boundaries
change, for two divisions of one province could be set against each other. A district without a
point stands where a neighbour stands.
"""

import sys
from collections.abc import Sequence
from math import cos, radians

from geo import registers
from geo.tables import read_csv, write_csv

MOST = 6
Point = tuple[float, float]
# Districts without a point, and a district that each of them borders on.
BESIDE = {
    "1032": "1034",
    "1404": "1406",
    "1703": "1702",
    "3409": "3407",
    "4015": "4012",
    "4019": "4007",
    "4202": "4201",
    "4508": "4507",
    "4810": "4801",
    "5005": "5014",
    "5007": "5001",
    "5025": "5003",
    "5804": "5805",
    "5807": "5803",
    "6603": "6604",
    "8014": "8008",
    "8015": "8008",
    "8417": "8401",
    "8419": "8408",
}


def groups(codes: Sequence[str], point_of: dict[str, Point]) -> list[list[str]]:
    """The districts of one province in groups of neighbours, in the order of their first code."""
    if len(codes) <= MOST:
        return [sorted(codes)]
    wide, high = (_reach([point_of[c][n] for c in codes]) for n in (0, 1))
    middle = sum(point_of[c][1] for c in codes) / len(codes)
    axis = 0 if wide * cos(radians(middle)) >= high else 1
    in_order = sorted(codes, key=lambda code: (point_of[code][axis], code))
    half = len(in_order) // 2
    return sorted(groups(in_order[:half], point_of) + groups(in_order[half:], point_of))


def _reach(numbers: Sequence[float]) -> float:
    return max(numbers) - min(numbers)


def points() -> dict[str, Point]:
    """Longitude and latitude of every district, of a neighbour where unknown."""
    known = {
        row["code"]: (float(row["lon"]), float(row["lat"]))
        for row in read_csv(registers.DATA / "district_points.csv")
    }
    return {d.code: known[BESIDE.get(d.code, d.code)] for d in registers.districts()}


def main() -> int:
    """Write geo/data/district_groups.csv: code of the district, number of its group."""
    where = points()
    rows = [
        (code, str(number))
        for province in registers.provinces()
        for number, members in enumerate(
            groups([d.code for d in registers.districts_of(province.code)], where), start=1
        )
        for code in members
    ]
    path = registers.DATA / "district_groups.csv"
    write_csv(path, ("code", "group"), sorted(rows))
    sys.stdout.write(f"{len(rows)} → {path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
