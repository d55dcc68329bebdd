"""The 77 provinces as the generator sees them: households, districts, regional habits."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo import registers

DATA = Path(__file__).parent / "data"
BANGKOK = "10"


@dataclass(frozen=True)
class Region:
    """How a region differs. Yearly changes are in log-odds, except `intake` (share per year)."""

    intake: float
    completion: float
    completion_trend: float
    self_reliance: float
    caseload: float


REGIONS = {
    "north": Region(-0.02, 0.05, 0.20, 0.25, -0.10),
    "northeast": Region(0.03, 0.00, 0.07, 0.00, 0.06),
    "central": Region(0.01, 0.05, 0.00, 0.10, 0.00),
    "south": Region(0.06, -0.05, -0.18, -0.15, 0.12),
}


@dataclass(frozen=True)
class Place:
    """One province with the facts it is weighted by; `year` (Christian) dates the households."""

    code: str
    name_th: str
    name_en: str
    region: str
    districts: tuple[str, ...]
    year: int
    households: int
    population: int
    basis: str

    @property
    def habits(self) -> Region:
        """How the province's region differs from the others."""
        return REGIONS[self.region]

    @property
    def has_programme(self) -> bool:
        """Whether case managers work there: in all 76 provinces, not in Bangkok."""
        return self.code != BANGKOK


@cache
def places() -> tuple[Place, ...]:
    """All 77 provinces in order of code."""
    with (DATA / "provinces.csv").open(encoding="utf-8", newline="") as file:
        facts = {row["code"]: row for row in csv.DictReader(file)}
    return tuple(_place(province, facts[province.code]) for province in registers.provinces())


def _place(province: registers.Province, fact: dict[str, str]) -> Place:
    return Place(
        code=province.code,
        name_th=province.name_th,
        name_en=province.name_en,
        region=province.region,
        districts=tuple(d.code for d in registers.districts_of(province.code)),
        year=int(fact["year"]),
        households=int(fact["households"]),
        population=int(fact["population"]),
        basis=fact["basis"],
    )
