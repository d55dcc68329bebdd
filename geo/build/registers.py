"""Write the committed registers of provinces and districts: `python -m geo.build.registers`.

Source: the PyPI package geothai (codes and names of the Department of Provincial Administration,
data CC BY 4.0). Running it again gives the same files byte for byte.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import geothai
from geothai.abolished import abolished_areas

from geo.tables import write_csv

# DOPA numbers its provinces so that the first digit tells the part of the country.
REGION_BY_FIRST_DIGIT = {
    "1": "central",
    "2": "central",
    "3": "northeast",
    "4": "northeast",
    "5": "north",
    "6": "north",
    "7": "central",
    "8": "south",
    "9": "south",
}
# HASC has no rule that derives it from the DOPA code, so the pairs are written out. It is the only
# key of the province polygons that is right for every province; Nong Khai is NK there.
HASC_PAIRS = """
10:BM 11:SP 12:NO 13:PT 14:PA 15:AT 16:LB 17:SB 18:CN 19:SR 20:CB 21:RY 22:CT
23:TT 24:CC 25:PB 26:NN 27:SK 30:NR 31:BR 32:SU 33:SI 34:UR 35:YS 36:CY 37:AC
38:BK 39:NB 40:KK 41:UN 42:LE 43:NK 44:MS 45:RE 46:KL 47:SN 48:NF 49:MD 50:CM
51:LN 52:LG 53:UD 54:PR 55:NA 56:PY 57:CR 58:MH 60:NS 61:UT 62:KP 63:TK 64:SO
65:PS 66:PC 67:PH 70:RT 71:KN 72:SH 73:NP 74:SS 75:SM 76:PE 77:PK 80:NT 81:KR
82:PG 83:PU 84:ST 85:RN 86:CP 90:SG 91:SA 92:TG 93:PL 94:PI 95:YL 96:NW
"""
HASC = {pair[:2]: f"TH.{pair[3:]}" for pair in HASC_PAIRS.split()}
PROVINCES, DISTRICTS = 77, 928


def province_rows() -> list[tuple[str, ...]]:
    """All provinces in order of code: code, iso, hasc, name_th, name_en, region."""
    return [
        (
            p.code,
            f"TH-{p.code}",
            HASC[p.code],
            p.name_th,
            p.name_en,
            REGION_BY_FIRST_DIGIT[p.code[0]],
        )
        for p in sorted(geothai.provinces(), key=lambda p: p.code)
    ]


def district_rows() -> list[tuple[str, ...]]:
    """All districts in order of code: code, province_code, name_th, name_en."""
    every = sorted(
        (d for p in geothai.provinces() for d in geothai.districts(p.code)), key=lambda d: d.code
    )
    return [
        (d.code, d.province_code, d.name_th, d.name_en) for d in sorted(every, key=lambda d: d.code)
    ]


def abolished_rows() -> list[tuple[str, ...]]:
    """Districts no longer in use: code, successors (by space), abolished_on, name_th, name_en.

    Successors are empty where the source names none: such a code is then refused, not guessed.
    """
    return [
        (a.code, " ".join(a.successors), a.abolished_on or "", a.name_th, a.name_en or "")
        for a in abolished_areas()
        if a.level == "district"
    ]


def build(folder: Path) -> str:
    """Write the three registers into the folder and tell what was written."""
    provinces, districts, abolished = province_rows(), district_rows(), abolished_rows()
    if (len(provinces), len(districts)) != (PROVINCES, DISTRICTS):
        raise ValueError(
            f"wanted {PROVINCES} provinces and {DISTRICTS} districts, "
            f"got: {len(provinces)} and {len(districts)} from geothai {geothai.DATA_VERSION}"
        )
    write_csv(
        folder / "provinces.csv",
        ("code", "iso", "hasc", "name_th", "name_en", "region"),
        provinces,
    )
    write_csv(folder / "districts.csv", ("code", "province_code", "name_th", "name_en"), districts)
    write_csv(
        folder / "abolished_districts.csv",
        ("code", "successors", "abolished_on", "name_th", "name_en"),
        abolished,
    )
    return (
        f"{len(provinces)} provinces, {len(districts)} districts, {len(abolished)} abolished "
        f"codes from geothai data {geothai.DATA_VERSION}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the builder; 0 when the files were written."""
    parser = argparse.ArgumentParser(prog="python -m geo.build.registers", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "data")
    sys.stdout.write(build(parser.parse_args(arguments).out) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
