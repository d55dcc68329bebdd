"""The whole generation: plan, published events, then one province after another, block by block.

Rows go to a folder beside the final one, which takes its place only when everything is written; so
a generation that was stopped half-way leaves nothing that looks complete.
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pyarrow as pa

from config.i18n import Lang, t
from sample_data.assignments import assign, assignment_rows
from sample_data.cases import Block, BlockPlan, block_sizes, case_rows, family_rows, make_block
from sample_data.casework import make_casework
from sample_data.columns import batch, day_number
from sample_data.enrolments import Rooms, rooms_of, staff_tables, volunteer_enrolments
from sample_data.faults import plant_warnings
from sample_data.flaws import WithFlaws
from sample_data.follow_ups import follow_up_rows
from sample_data.intake import intake_of
from sample_data.organisations import Partners, organisation_rows, partners_of, site_rows
from sample_data.plan import Plan, ProvincePlan
from sample_data.published_figures import published_tables, statistics_rows, target_rows
from sample_data.seats import FAR, Seats, make_seats
from sample_data.sinks import SHEET_ROWS, CsvFolder, ExcelWorkbook, SheetFull, Sink
from sample_data.staff import Staff, make_staff
from sample_data.stop_faults import FaultySink, plant_stops
from sample_data.teamwork import teamwork_tables
from sample_data.training import cohort_tables, make_cohorts
from sample_data.volunteers import (
    activity_rows,
    award_rows,
    linkable,
    make_volunteers,
    volunteer_rows,
)

Progress = Callable[[int, int], None]  # steps done, steps in all
Rows = Iterator[tuple[str, pa.Table | None]]
FORMATS = ("csv", "xlsx")
WARN, STOP = "warn", "stop"
TITLE = "ข้อมูลสังเคราะห์เพื่อทดลองใช้ · synthetic sample data"


class NotSampleData(Exception):
    """The target folder holds something that this generator did not write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(self.text("en"))

    def text(self, lang: Lang) -> str:
        """One sentence: which folder, and what to do."""
        return t("sample_data.not_sample_data", lang, folder=self.folder)


def generate(
    out: Path,
    plan: Plan,
    *,
    file_format: str = "csv",
    faults: str | None = None,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Write a whole data set to `out` and give the number of rows of each table.

    `faults` is None, "warn" or "stop". A folder that holds anything but earlier sample data is
    never replaced: NotSampleData.
    """
    size = plan.size
    refuse_foreign(out)
    if file_format == "xlsx" and size.longest_table >= SHEET_ROWS:
        raise SheetFull("assessments", size.longest_table)
    partial = out.with_name(f"{out.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    plain: Sink = CsvFolder(partial) if file_format == "csv" else ExcelWorkbook(partial)
    sink: Sink = FaultySink(plain) if faults == STOP else plain
    write_all(plan, WithFlaws(sink, plan) if size.with_flaws and not faults else sink, progress)
    if faults == WARN:
        plant_warnings(plan, sink, partial)
    if faults == STOP:
        plant_stops(plan, sink, partial)
    sink.write("manifest", manifest_rows(plan))
    sink.close()
    if out.exists():
        shutil.rmtree(out)
    partial.rename(out)
    return sink.rows


def refuse_foreign(out: Path) -> None:
    """Raise NotSampleData unless the folder is missing, empty, or earlier sample data."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    marker = out / "manifest.csv"
    earlier = marker.exists() and "synthetic,true\n" in marker.read_text(encoding="utf-8")
    if not earlier and [path.name for path in out.glob("*.xlsx")] != ["sample.xlsx"]:
        raise NotSampleData(out)


def manifest_rows(plan: Plan) -> pa.Table:
    """What the application must know about the load: its date, and that it is synthetic."""
    facts = {"as_of": plan.as_of.isoformat(), "synthetic": "true", "title": TITLE}
    return batch("manifest", key=pa.array(list(facts)), value=pa.array(list(facts.values())))


def write_all(plan: Plan, sink: Sink, progress: Progress | None = None) -> None:
    """Send every row of every table to a sink, province by province."""
    steps = sum(p.blocks + 1 for p in plan.provinces)
    done = 0
    for table, rows in _national(plan):
        _put(sink, table, rows)
    rooms = rooms_of(plan, make_cohorts(plan))
    for province in plan.provinces:
        for part in _province(plan, province, rooms):
            for table, rows in part:
                _put(sink, table, rows)
            done += 1
            if progress:
                progress(done, steps)


def _put(sink: Sink, table: str, rows: pa.Table | None) -> None:
    if rows is not None and rows.num_rows:
        sink.write(table, rows)


def _national(plan: Plan) -> Rows:
    yield from published_tables().items()
    yield from cohort_tables(plan, make_cohorts(plan)).items()
    yield "province_statistics", statistics_rows()
    yield "targets", target_rows(plan)


def _province(plan: Plan, province: ProvincePlan, rooms: Rooms) -> Iterator[Rows]:
    """The rows of one province in parts: one for each block of cases, then staff and volunteers."""
    seats = make_seats(province, plan.seed, plan.as_of)
    partners = partners_of(province.place)
    staff = make_staff(province, seats, partners, plan.seed, plan.as_of)
    first: Block | None = None
    counts = {"families": 0, "cases": 0, "follow_ups": 0, "referrals": 0}
    if province.cases:
        share = province.open_cases / province.cases
        last = plan.as_of - timedelta(days=province.days_late)
        intake = intake_of(province.place, plan.seed, plan.history_start, last, share)
        per_case = plan.size.follow_ups / plan.size.cases
        for part, sizes in enumerate(block_sizes(province)):
            block_plan = BlockPlan(part, sizes, counts["families"], counts["cases"])
            block = make_block(plan, province, block_plan, seats, intake)
            first = first or block
            yield _block(block, seats, staff, partners, counts, round(per_case * sizes["cases"]))
    yield _people(plan, province, staff, rooms, first)


def _block(
    block: Block,
    seats: Seats,
    staff: Staff,
    partners: Partners,
    counts: dict[str, int],
    follow_ups: int,
) -> Rows:
    """The rows of one block; `counts` moves on by what it wrote, so that ids go on."""
    assigned = assign(block, seats)
    casework = make_casework(block)
    yield "families", family_rows(block)
    yield "cases", case_rows(block, casework.stage(block, block.rng("stages")))
    yield "case_assignments", assignment_rows(assigned, staff.names)
    yield from casework.tables.items()
    worker, start, end = staff.in_role("social_worker_assistant")
    throughout = worker[(start <= day_number(block.plan.history_start)) & (end == FAR)]
    rows = follow_up_rows(
        block, assigned, staff.names, throughout, follow_ups, counts["follow_ups"]
    )
    yield "follow_ups", rows
    teamwork = teamwork_tables(block, partners, counts["referrals"])
    yield from teamwork.items()
    counts["families"] += len(block.district)
    counts["cases"] += block.size
    counts["follow_ups"] += rows.num_rows
    counts["referrals"] += teamwork["referrals"].num_rows


def _people(
    plan: Plan, province: ProvincePlan, staff: Staff, rooms: Rooms, block: Block | None
) -> Rows:
    """Staff, volunteers, organisations and seats of one province."""
    yield "organisations", organisation_rows(province.place)
    yield "sites", site_rows(province.place)
    yield from staff.tables().items()
    yield from staff_tables(rooms, staff).items()
    people = make_volunteers(plan, province)
    yield "volunteers", volunteer_rows(people)
    yield "volunteer_activities", activity_rows(people, linkable(block))
    yield "awards", award_rows(people)
    yield "enrolments", volunteer_enrolments(rooms, people)
