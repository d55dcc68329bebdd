"""The plan: how many of everything each province gets, in closed form, before a row is written.

Case managers are spread by households, then families under care so that provinces run from about
1:5 to beyond 1:25 while the country as a whole meets the size asked for. Where the size asks for
it, each province has begun in a few districts only, its capital district first.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from config.i18n import Lang, t
from config.thai_calendar import FiscalYear, fiscal_year_of, format_date
from sample_data.chance import Floats, Ints, apportion, stream
from sample_data.places import Place, places
from sample_data.size import Size

YEARS_OF_HISTORY = 5
PROGRAMME_START = date(2021, 10, 1)  # case managers took up their posts with the course of 2564–65
FIRST_AS_OF = date(2022, 10, 1)  # the last published event ended in September 2565
LAST_AS_OF = date(2090, 9, 30)
LIGHTEST, HEAVIEST = 4.8, 27.5  # families per case manager in the least and most loaded province
BLOCK = 20_000  # cases generated at a time; part of the recipe, so never change it by machine
SECOND_CASE = 0.04  # share of families under care that have two open cases
QUIET_DISTRICTS = 8  # districts with no families at all
UNCOVERED_DISTRICTS = 18  # districts no case manager serves
# Of a programme that has begun in few districts: how many have no case manager, and how many of
# the provinces and districts have sent nothing for a while.
UNCOVERED_PILOTS, LATE_PROVINCES, SILENT_PILOTS = 4, 1, 2
DAYS_LATE, DAYS_SILENT = 38, 130
CENTRAL_ROLES = ("social_worker", "social_development_officer")  # the only ones in Bangkok
Districts = dict[str, frozenset[str]]  # district codes by province code


class AsOfProblem(ValueError):
    """An as-of date that the sample's history does not reach; `text(lang)` says which it does."""

    def __init__(self, value: date) -> None:
        self.seen = value
        super().__init__(self.text("en"))

    def text(self, lang: Lang) -> str:
        """One sentence: what was seen, the first and last possible day, an example."""
        return t(
            "sample_data.as_of_problem",
            lang,
            seen=format_date(self.seen, lang),
            first=format_date(FIRST_AS_OF, lang),
            last=format_date(LAST_AS_OF, lang),
        )


@dataclass(frozen=True)
class ProvincePlan:
    """What one province gets. `staff` counts people in post on the as-of date by role.

    Districts: `quiet` have no families, `without_manager` no case manager, `outside` neither: the
    programme has not begun there; `silent` ones have sent no record for `DAYS_SILENT` days. The
    whole province's records of cases end `days_late` days before the as-of date.
    """

    place: Place
    case_managers: int
    vacancies: int
    families: int
    cases: int
    volunteers: int
    activities: int
    staff: dict[str, int]
    quiet: frozenset[str]
    without_manager: frozenset[str]
    outside: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    days_late: int = 0

    @property
    def open_cases(self) -> int:
        """Cases open on the as-of date: one per family under care and a few second ones."""
        return self.families + round(SECOND_CASE * self.families)

    @property
    def blocks(self) -> int:
        """Into how many blocks its cases are cut."""
        return -(-self.cases // BLOCK)


@dataclass(frozen=True)
class Plan:
    """A whole generation: its size, seed, dates and what each province gets, in order of code."""

    size: Size
    seed: int
    as_of: date
    provinces: tuple[ProvincePlan, ...]

    @property
    def history_start(self) -> date:
        """The first day on which a case opens: five fiscal years back, this one included."""
        return FiscalYear(fiscal_year_of(self.as_of).be - YEARS_OF_HISTORY + 1).start

    @property
    def fiscal_years(self) -> list[FiscalYear]:
        """The fiscal years of the history, oldest first."""
        last = fiscal_year_of(self.as_of).be
        return [FiscalYear(last - back) for back in range(YEARS_OF_HISTORY - 1, -1, -1)]


def make_plan(size: Size, seed: int, as_of: date) -> Plan:
    """The plan for a size and a seed. An as-of date outside the sample's reach is refused."""
    if not FIRST_AS_OF <= as_of <= LAST_AS_OF:
        raise AsOfProblem(as_of)
    rng = stream(seed, "plan")
    everywhere = places()
    households = np.array([p.households for p in everywhere], dtype=np.float64)
    served = np.array([p.has_programme for p in everywhere])
    manager_weights = np.where(served, households**0.55, 0.0)
    managers = apportion(size.case_managers, manager_weights, _least(served, size.case_managers))
    families = _families(size, rng, everywhere, managers, manager_weights)
    case_weights = families * np.exp(rng.normal(0.0, 0.12, len(everywhere)))
    least_cases = families + np.round(SECOND_CASE * families).astype(np.int64)
    cases = apportion(size.cases, case_weights, least_cases)
    vacancies = apportion(round(0.03 * size.case_managers), managers * rng.random(len(managers)))
    density = households**0.9 * np.exp(rng.normal(0.0, 0.35, len(everywhere)))
    density[~served] *= 0.35  # Bangkok has few volunteers for its households
    volunteers = apportion(size.volunteers, density)
    activities = apportion(
        size.activities, volunteers * np.exp(rng.normal(0.0, 0.4, len(everywhere)))
    )
    staff = _staff(size, rng, households, served, managers)
    odd = _districts(size, seed, rng, everywhere, families)
    late = _late_provinces(size, seed, everywhere, families)
    provinces = tuple(
        ProvincePlan(
            place=place,
            case_managers=int(managers[i]),
            vacancies=int(min(vacancies[i], managers[i] // 3)),
            families=int(families[i]),
            cases=int(cases[i]),
            volunteers=int(volunteers[i]),
            activities=int(activities[i]),
            staff={role: int(numbers[i]) for role, numbers in staff.items()},
            **{name: codes.get(place.code, frozenset()) for name, codes in odd.items()},
            days_late=DAYS_LATE if place.code in late else 0,
        )
        for i, place in enumerate(everywhere)
    )
    return Plan(size, seed, as_of, provinces)


def _least(districts: np.ndarray, total: int) -> Ints:
    """Two case managers in every served province where there are enough, else one, else none."""
    each = min(2, total // int(districts.sum()))
    return np.where(districts, each, 0).astype(np.int64)


def _families(
    size: Size,
    rng: np.random.Generator,
    everywhere: tuple[Place, ...],
    managers: Ints,
    weights: Floats,
) -> Ints:
    """Families under care: a curve of loads over the provinces' ranks, solved for the total."""
    score = rng.random(len(everywhere)) + np.array([p.habits.caseload for p in everywhere])
    score[weights <= 0] = -1.0
    rank = np.argsort(np.argsort(score)).astype(np.float64)
    place_in_row = np.clip((rank - 1) / (len(everywhere) - 2), 0.0, 1.0)
    people = np.where(managers > 0, managers, weights / weights.sum() * size.case_managers)
    low, high = 0.05, 20.0
    for _ in range(50):
        power = (low + high) / 2
        wanted = people * (LIGHTEST + (HEAVIEST - LIGHTEST) * place_in_row**power)
        low, high = (low, power) if wanted.sum() < size.families else (power, high)
    return apportion(size.families, wanted)


def _staff(
    size: Size, rng: np.random.Generator, households: Floats, districts: np.ndarray, managers: Ints
) -> dict[str, Ints]:
    numbers = {}
    for role, total in size.staff.items():
        weights = households**0.7 * np.exp(rng.normal(0.0, 0.2, len(households)))
        least = 0
        if role not in CENTRAL_ROLES:
            weights = np.where(districts, weights, 0.0)
        if role in ("destitute_centre_staff", "one_home_team"):
            least = size.least_staff
        if role == "cm_supervisor":
            weights, least = managers.astype(np.float64), min(1, size.least_staff)
        floor = np.where(weights > 0, least, 0).astype(np.int64)
        numbers[role] = apportion(total, weights, floor)
    return numbers


def _odd_districts(
    rng: np.random.Generator, everywhere: tuple[Place, ...]
) -> tuple[Districts, Districts]:
    """Districts with no families, and districts without a case manager, by province code."""
    able = [d for p in everywhere if p.has_programme and len(p.districts) >= 6 for d in p.districts]
    drawn = rng.permutation(len(able))[: QUIET_DISTRICTS + UNCOVERED_DISTRICTS]
    chosen = [able[i] for i in drawn]
    return _by_province(chosen[:QUIET_DISTRICTS]), _by_province(chosen[QUIET_DISTRICTS:])


def _districts(
    size: Size,
    seed: int,
    rng: np.random.Generator,
    everywhere: tuple[Place, ...],
    families: Ints,
) -> dict[str, Districts]:
    """The fields of a province's plan that name districts, with them by province code."""
    if not size.families_per_district:
        quiet, uncovered = _odd_districts(rng, everywhere)
        return {"quiet": quiet, "without_manager": uncovered}
    outside = _outside(size, seed, everywhere, families)
    uncovered, silent = _odd_pilots(seed, everywhere, outside)
    return {"quiet": {}, "without_manager": uncovered, "outside": outside, "silent": silent}


def _outside(size: Size, seed: int, everywhere: tuple[Place, ...], families: Ints) -> Districts:
    """Districts the programme has not reached, by province code; the capital is always reached."""
    chosen = {}
    for place, number in zip(everywhere, families, strict=True):
        most = len(place.districts)
        wanted = min(most, max(1, int(number) // size.families_per_district))
        others = stream(seed, "pilot districts", place.code).permutation(most - 1)[: wanted - 1] + 1
        reached = {place.districts[0], *(place.districts[i] for i in others)}
        chosen[place.code] = frozenset(place.districts) - reached
    return chosen


def _odd_pilots(
    seed: int, everywhere: tuple[Place, ...], outside: Districts
) -> tuple[Districts, Districts]:
    """Reached districts without a case manager, and silent ones, one at most in a province."""
    rng = stream(seed, "odd pilots")
    reached = [[d for d in p.districts if d not in outside[p.code]] for p in everywhere]
    able = [inside[-1] for inside in reached if len(inside) >= 3]
    drawn = [able[i] for i in rng.permutation(len(able))[: UNCOVERED_PILOTS + SILENT_PILOTS]]
    return _by_province(drawn[:UNCOVERED_PILOTS]), _by_province(drawn[UNCOVERED_PILOTS:])


def _late_provinces(
    size: Size, seed: int, everywhere: tuple[Place, ...], families: Ints
) -> frozenset[str]:
    """Provinces, none of the largest, that have not sent their records for more than a month."""
    if not size.with_flaws:
        return frozenset()
    middle = float(np.median(families))
    able = [p.code for p, n in zip(everywhere, families, strict=True) if 0 < n < middle]
    drawn = stream(seed, "late provinces").permutation(len(able))[:LATE_PROVINCES]
    return frozenset(able[i] for i in drawn)


def _by_province(districts: list[str]) -> Districts:
    return {
        code: frozenset(d for d in districts if d.startswith(code))
        for code in {d[:2] for d in districts}
    }
