"""Synthetic cohorts after the published ones: what is planned for whom, from fiscal year 2566 on.

Each role has its own course and yearly rate, so coverage differs by role; in some provinces nobody
of a role ever goes. Cohorts of the fiscal year after the as-of date, and those of this one not yet
held, are planned: they have seats and nobody in them.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from config.thai_calendar import FiscalYear
from sample_data.chance import Floats, Ints, apportion, stream
from sample_data.columns import batch, choose, day_number, days, same, whole
from sample_data.places import Place, places
from sample_data.plan import Plan

LAST_PUBLISHED = 2565  # the fiscal year of the last published events
MOST_COHORTS = 8
REGION_ORDER = ("north", "northeast", "central", "south")
IN_POST = 0.85  # share of today's staff who were in post when the average cohort met
VOLUNTEER = "volunteer"
SYNTHETIC = "synthetic"


@dataclass(frozen=True)
class Track:
    """How a role is trained: the share taking part each year, and the share of absent provinces."""

    role: str
    course: str
    prefix: str
    rate: float
    absent: float
    seats: int
    mode: str


TRACKS = (
    Track("case_manager", "CM-BASIC", "CM", 0.36, 0.00, 60, "online"),
    Track("cm_supervisor", "CM-SUPERVISION", "SUP", 0.20, 0.12, 30, "onsite"),
    Track("social_worker", "SW-PRACTICE", "SW", 0.17, 0.05, 40, "hybrid"),
    Track("social_worker_assistant", "SWA-COURSE", "SWA", 0.14, 0.15, 30, "onsite"),
    Track("social_development_officer", "SDO-CASE", "SDO", 0.09, 0.20, 40, "online"),
    Track("lao_practitioner", "LAO-WELFARE", "LAO", 0.07, 0.18, 40, "onsite"),
    Track("destitute_centre_staff", "CENTRE-CASE", "CTR", 0.15, 0.10, 40, "onsite"),
    Track("one_home_team", "ONEHOME-CASE", "OH", 0.11, 0.10, 40, "onsite"),
)
VOLUNTEERS = Track(VOLUNTEER, "VOL-SKILLS", "VOL", 0.0, 0.0, 200, "self_study")
VENUES = {"online": "Zoom", "self_study": "ระบบเรียนรู้ออนไลน์", "hybrid": "Zoom และสถานที่ตัวอย่าง"}
LASTS = {"online": 3, "onsite": 2, "hybrid": 4, "workshop": 1, "self_study": 45}
IDEAS = (
    ("best_practice", "ใช้เวทีประชุมประจำเดือนของอำเภอทบทวนรายที่เกินกำหนดติดตาม (ตัวอย่าง)"),
    ("recommendation", "จัดพี่เลี้ยงให้ผู้จัดการรายกรณีใหม่ในสามเดือนแรก (ตัวอย่าง)"),
    ("policy_proposal", "กำหนดผู้ประสานงานจัดการรายกรณีประจำ อปท. ทุกแห่ง (ตัวอย่าง)"),
    ("recommendation", "เพิ่มการฝึกบันทึกข้อมูลและรายงานในทุกรุ่น (ตัวอย่าง)"),
    ("policy_proposal", "นับเวลาเดินทางในพื้นที่ห่างไกลเป็นภาระงาน (ตัวอย่าง)"),
    ("best_practice", "นัดครั้งต่อไปก่อนจบการเยี่ยมบ้านทุกครั้ง (ตัวอย่าง)"),
    ("recommendation", "ให้ผู้เข้าอบรมนำกรณีจริงที่ปิดบังตัวตนมาฝึกวิเคราะห์ (ตัวอย่าง)"),
)
IDEAS_FROM = ("CM", "SWA", "LAO", "OH")
HOLIDAYS = {(4, 13), (4, 14), (4, 15), (12, 31), (1, 1)}
STATUSES = ("done", "done", "doing", "open")  # of ideas three, two, one and no years old


@dataclass(frozen=True)
class Cohort:
    """One synthetic cohort; `region` is None where it is for the whole country."""

    id: str
    track: Track
    year: FiscalYear
    number: int
    of: int
    region: str | None
    start: date
    end: date
    planned_seats: int
    expected: float
    held_in: str | None

    def is_for(self, place: Place) -> bool:
        """Whether a province is meant to send people; Bangkok has volunteers only."""
        there = place.has_programme or self.track.role == VOLUNTEER
        return there and self.region in (None, place.region)

    def cohorts_beside(self) -> int:
        """How many cohorts of its role and year a province can choose among."""
        if self.region is None:
            return self.of
        mine = REGION_ORDER.index(self.region)
        return sum(1 for n in range(self.of) if n % len(REGION_ORDER) == mine)


def make_cohorts(plan: Plan) -> list[Cohort]:
    """All synthetic cohorts in order of course, year and number."""
    years = [year for year in plan.fiscal_years if year.be > LAST_PUBLISHED]
    staff = {t: _people(plan, t) * t.rate * (1.0 - t.absent) * IN_POST for t in TRACKS}
    left = plan.size.enrolments - sum(staff.values()) * len(years)
    expected = staff | {VOLUNTEERS: max(0.0, left / len(years))}
    rng = stream(plan.seed, "cohorts")
    return [
        cohort
        for track, number in expected.items()
        for year in [*years, years[-1].next()]
        for cohort in _cohorts_of_year(rng, track, year, number)
    ]


def _people(plan: Plan, track: Track) -> int:
    if track.role == "case_manager":
        return plan.size.case_managers
    return plan.size.staff[track.role]


def _cohorts_of_year(
    rng: np.random.Generator, track: Track, year: FiscalYear, expected: float
) -> list[Cohort]:
    number = min(MOST_COHORTS, max(1, round(expected / track.seats)))
    found = []
    regional = number >= len(REGION_ORDER)
    regions = [REGION_ORDER[n % len(REGION_ORDER)] if regional else None for n in range(number)]
    parts = rng.uniform(0.8, 1.2, number) * [_households(region) for region in regions]
    parts *= expected / parts.sum()
    for n, region in enumerate(regions):
        within = (n + rng.uniform(0.15, 0.85)) / number
        start = _first_day(year.start + timedelta(days=30 + int(within * 265)))
        hosts = [p.code for p in places() if p.has_programme and region in (None, p.region)]
        host = hosts[int(rng.integers(len(hosts)))]
        seats = parts[n] * rng.uniform(0.85, 1.4)
        found.append(
            Cohort(
                id=f"{track.prefix}-{year.be}-{n + 1}",
                track=track,
                year=year,
                number=n + 1,
                of=number,
                region=region,
                start=start,
                end=start + timedelta(days=LASTS[track.mode]),
                planned_seats=max(5, 5 * round(seats / 5)),
                expected=float(parts[n]),
                held_in=host if track.mode in ("onsite", "workshop", "hybrid") else None,
            )
        )
    return found


def _households(region: str | None) -> float:
    """Households of a region, by which its cohorts are larger or smaller."""
    return float(sum(p.households for p in places() if region in (None, p.region)))


def _first_day(day: date) -> date:
    """The Monday of a day's week, or of the next where it holds New Year or Songkran."""
    monday = day - timedelta(days=day.weekday())
    week = {(monday + timedelta(days=n)).timetuple()[1:3] for n in range(5)}
    return monday + timedelta(days=7) if week & HOLIDAYS else monday


def cohort_tables(plan: Plan, cohorts: list[Cohort]) -> dict[str, pa.Table]:
    """The rows of `cohorts`, `cohort_provinces` and `recommendations` of the synthetic cohorts."""
    modes = sorted({c.track.mode for c in cohorts})
    rows = batch(
        "cohorts",
        cohort_id=pa.array([c.id for c in cohorts]),
        course_id=pa.array([c.track.course for c in cohorts]),
        number=whole([c.number for c in cohorts]),
        start_on=days([day_number(c.start) for c in cohorts]),
        end_on=days([day_number(c.end) for c in cohorts]),
        date_precision=same("day", len(cohorts)),
        mode=choose(modes, [modes.index(c.track.mode) for c in cohorts]),
        venue=pa.array([VENUES.get(c.track.mode, "สถานที่ตัวอย่าง") for c in cohorts]),
        held_in_province_code=pa.array([c.held_in for c in cohorts], type=pa.string()),
        planned_seats=whole([c.planned_seats for c in cohorts]),
        source=same(SYNTHETIC, len(cohorts)),
        provenance=same(SYNTHETIC, len(cohorts)),
    )
    meant = [(c.id, place.code) for c in cohorts for place in places() if c.is_for(place)]
    ids, codes = zip(*meant, strict=True)
    provinces = batch("cohort_provinces", cohort_id=pa.array(ids), province_code=pa.array(codes))
    return {"cohorts": rows, "cohort_provinces": provinces, **_ideas(plan, cohorts)}


def _ideas(plan: Plan, cohorts: list[Cohort]) -> dict[str, pa.Table]:
    """One idea from the first cohort of some roles in each year held; the older ones are done."""
    first = [c for c in cohorts if c.number == 1 and c.track.prefix in IDEAS_FROM]
    sources = [c for c in first if c.end <= plan.as_of]
    if not sources:
        return {}
    ideas = [IDEAS[n % len(IDEAS)] for n in range(len(sources))]
    ages = [min(3, max(0, plan.fiscal_years[-1].be - c.year.be)) for c in sources]
    rows = batch(
        "recommendations",
        recommendation_id=pa.array([f"REC-{c.id}" for c in sources]),
        cohort_id=pa.array([c.id for c in sources]),
        kind=pa.array([kind for kind, _ in ideas]),
        text_th=pa.array([text for _, text in ideas]),
        owner=same("กองพัฒนาบุคลากร (ตัวอย่าง)", len(sources)),
        status=pa.array([STATUSES[3 - age] for age in ages]),
        due_on=days([day_number(c.end) + 180 for c in sources]),
        provenance=same(SYNTHETIC, len(sources)),
    )
    return {"recommendations": rows}


def factor(plan: Plan, track: Track, code: str) -> float:
    """How eagerly a province sends people of a role: 0 where it sends nobody, 1 on average."""
    rng = stream(plan.seed, f"training {track.role}", code)
    absent, eager = rng.random() < track.absent, rng.gamma(5.0, 1 / 5.0)
    return 0.0 if absent else float(eager)


def volunteer_seats(plan: Plan, cohort: Cohort) -> dict[str, int]:
    """How many volunteers each province sends to a cohort."""
    chosen = [p for p in plan.provinces if cohort.is_for(p.place)]
    weights: Floats = np.array(
        [p.volunteers * factor(plan, cohort.track, p.place.code) ** 0.5 for p in chosen]
    )
    numbers: Ints = apportion(round(cohort.expected), weights)
    return {p.place.code: int(n) for p, n in zip(chosen, numbers, strict=True)}
