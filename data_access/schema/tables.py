"""The tables of the exchange format as SQLAlchemy tables: one list for all who read or write them.

Each column's `info` carries what the importer must know:
`required` (never empty), `codes` (name of a code list), `example` (a right value, for messages),
`references` ("table.column" that must exist), `area` ("province" or "district").
Each table's `info` carries `required` (must be in a load), `key` (columns that are unique together)
and `grain` (what one row is). Columns added when a snapshot is built are in `derived.py`.
"""

from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, MetaData, Numeric, String, Table

metadata = MetaData()


def _text(name: str, example: str, **info: Any) -> Column[str]:
    return Column(name, String, info={"example": example, **info})


def _key(name: str, example: str, references: str | None = None) -> Column[str]:
    return _text(name, example, required=True, references=references)


def _link(name: str, example: str, references: str | None = None) -> Column[str]:
    return _text(name, example, references=references)


def _code(name: str, codes: str, example: str, required: bool = True) -> Column[str]:
    return _text(name, example, required=required, codes=codes)


def _date(name: str, required: bool = True) -> Column[Any]:
    return Column(name, Date, info={"example": "2026-03-31", "required": required})


def _whole(name: str, example: str, required: bool = False, **info: Any) -> Column[int]:
    return Column(name, Integer, info={"example": example, "required": required, **info})


def _decimal(name: str, example: str, required: bool = False) -> Column[Any]:
    return Column(name, Numeric(14, 4), info={"example": example, "required": required})


def _yes_no(name: str, required: bool = False) -> Column[bool]:
    return Column(name, Boolean, info={"example": "true", "required": required})


def _province(required: bool = True, name: str = "province_code") -> Column[str]:
    return _text(name, "50", required=required, area="province")


def _district(required: bool = False) -> Column[str]:
    return _text("district_code", "5001", required=required, area="district")


def _table(
    name: str, grain: str, key: tuple[str, ...], *columns: Column[Any], required: bool = False
) -> Table:
    return Table(name, metadata, *columns, info={"grain": grain, "key": key, "required": required})


organisations = _table(
    "organisations",
    "organisation",
    ("organisation_id",),
    _key("organisation_id", "ORG-50-01"),
    _text("name_th", "เทศบาลตำบลสันทราย", required=True),
    _text("name_en", "San Sai Subdistrict Municipality"),
    _text("type", "lao", required=True),
    _province(required=False),
)
sites = _table(
    "sites",
    "service site that is not a district (a temporary shelter, a centre)",
    ("site_id",),
    _key("site_id", "SITE-01"),
    _text("name_th", "บ้านใหม่ในสอย", required=True),
    _text("name_en", "Ban Mai Nai Soi"),
    _text("type", "shelter", required=True),
    _province(),
    _district(),
    _yes_no("sensitive", required=True),
)
workers = _table(
    "workers",
    "paid or assisting worker",
    ("worker_id",),
    _key("worker_id", "W000123"),
    _code("sex", "sex", "F"),
    _yes_no("has_social_work_degree"),
    required=True,
)
worker_posts = _table(
    "worker_posts",
    "period in which a worker held one role in one place",
    (),
    _key("worker_id", "W000123", "workers.worker_id"),
    _code("role", "role", "case_manager"),
    _province(),
    _district(),
    _link("organisation_id", "ORG-50-01", "organisations.organisation_id"),
    _link("site_id", "SITE-01", "sites.site_id"),
    _link("supervisor_id", "W000045", "workers.worker_id"),
    _decimal("fte", "1.0", required=True),
    _date("start_on"),
    _date("end_on", required=False),
    required=True,
)
volunteers = _table(
    "volunteers",
    "volunteer (อพม.)",
    ("volunteer_id",),
    _key("volunteer_id", "V000123"),
    _code("sex", "sex", "F"),
    _code("level", "level", "village"),
    _province(),
    _district(),
    _date("registered_on"),
    _date("ended_on", required=False),
    required=True,
)
volunteer_activities = _table(
    "volunteer_activities",
    "logged activity",
    (),
    _key("volunteer_id", "V000123", "volunteers.volunteer_id"),
    _date("done_on"),
    _code("duty", "duty", "watch"),
    _link("case_id", "C000123", "cases.case_id"),
)
awards = _table(
    "awards",
    "award",
    (),
    _key("volunteer_id", "V000123", "volunteers.volunteer_id"),
    _text("award", "outstanding", required=True),
    _whole("fiscal_year", "2569", required=True, fiscal_year=True),
)
families = _table(
    "families",
    "family (a household may hold several)",
    ("family_id",),
    _key("family_id", "F000123"),
    _key("household_id", "H000123"),
    _district(required=True),
    _text("vulnerability_level", "2"),
    required=True,
)
cases = _table(
    "cases",
    "case",
    ("case_id",),
    _key("case_id", "C000123"),
    _key("family_id", "F000123", "families.family_id"),
    _code("target_group", "target_group", "elder"),
    _code("intake_channel", "intake_channel", "hotline_1300", required=False),
    _yes_no("urgent"),
    _date("opened_on"),
    _code("stage", "stage", "follow_up"),
    _date("closed_on", required=False),
    _code("closure_reason", "closure_reason", "self_reliant", required=False),
    _link("site_id", "SITE-01", "sites.site_id"),
    required=True,
)
case_assignments = _table(
    "case_assignments",
    "period in which one worker was case manager of one case",
    (),
    _key("case_id", "C000123", "cases.case_id"),
    _key("worker_id", "W000123", "workers.worker_id"),
    _date("start_on"),
    _date("end_on", required=False),
    required=True,
)
assessments = _table(
    "assessments",
    "one dimension in one assessment; level 0 (no problem) to 3 (urgent)",
    ("case_id", "assessed_on", "dimension"),
    _key("case_id", "C000123", "cases.case_id"),
    _date("assessed_on"),
    _code("dimension", "dimension", "income"),
    _whole("level", "2", required=True, between=(0, 3)),
)
plans = _table(
    "plans",
    "version of a case's plan",
    ("case_id", "version"),
    _key("case_id", "C000123", "cases.case_id"),
    _whole("version", "1", required=True, between=(1, 9999)),
    _date("made_on"),
    _date("target_on", required=False),
    _yes_no("family_agreed"),
    _text("revision_reason", "no_improvement"),
)
plan_goals = _table(
    "plan_goals",
    "goal of a plan version",
    ("case_id", "version", "goal_no"),
    _key("case_id", "C000123", "cases.case_id"),
    _whole("version", "1", required=True, between=(1, 9999)),
    _whole("goal_no", "1", required=True, between=(1, 9999)),
    _code("dimension", "dimension", "income", required=False),
    _code("term", "term", "short"),
    _text("measure", "รายได้ต่อเดือนเพิ่มขึ้น"),
    _date("target_on", required=False),
    _date("achieved_on", required=False),
)
follow_ups = _table(
    "follow_ups",
    "planned follow-up; first_due_on stays when it is rescheduled",
    ("follow_up_id",),
    _key("follow_up_id", "FU000123"),
    _key("case_id", "C000123", "cases.case_id"),
    _date("first_due_on"),
    _date("due_on"),
    _date("done_on", required=False),
    _date("cancelled_on", required=False),
    _text("cancel_reason", "moved"),
    _code("method", "method", "home_visit", required=False),
    _code("outcome", "outcome", "improved", required=False),
    _link("worker_id", "W000123", "workers.worker_id"),
    _link("accompanied_by_worker_id", "W000045", "workers.worker_id"),
    required=True,
)
services = _table(
    "services",
    "service given",
    (),
    _key("case_id", "C000123", "cases.case_id"),
    _code("service_type", "service_type", "counselling"),
    _link("provider_organisation_id", "ORG-50-01", "organisations.organisation_id"),
    _date("given_on"),
)
case_team = _table(
    "case_team",
    "profession taking part in a case",
    (),
    _key("case_id", "C000123", "cases.case_id"),
    _code("profession", "profession", "nurse"),
    _link("organisation_id", "ORG-50-01", "organisations.organisation_id"),
    _date("start_on"),
    _date("end_on", required=False),
)
case_conferences = _table(
    "case_conferences",
    "team conference",
    (),
    _key("case_id", "C000123", "cases.case_id"),
    _date("held_on"),
)
referrals = _table(
    "referrals",
    "referral",
    ("referral_id",),
    _key("referral_id", "R000123"),
    _key("case_id", "C000123", "cases.case_id"),
    _link("to_organisation_id", "ORG-50-01", "organisations.organisation_id"),
    _date("sent_on"),
    _date("accepted_on", required=False),
    _date("result_on", required=False),
    _text("result", "assisted"),
)
screenings = _table(
    "screenings",
    "automated screening and the human decision on it",
    (),
    _key("case_id", "C000123", "cases.case_id"),
    _text("tool", "triage", required=True),
    _text("version", "1.0", required=True),
    _date("run_on"),
    _text("flag", "high", required=True),
    _decimal("score", "0.82"),
    _date("decided_on", required=False),
    _text("decision", "high"),
)
courses = _table(
    "courses",
    "course",
    ("course_id",),
    _key("course_id", "CM-BASIC"),
    _text("name_th", "เสริมสร้างความรู้และทักษะผู้จัดการรายกรณี", required=True),
    _text("name_en", "Knowledge and skills for case managers"),
    _code("target_role", "target_role", "case_manager"),
    _yes_no("qualifying", required=True),
    _yes_no("for_staff_without_degree"),
    required=True,
)
cohorts = _table(
    "cohorts",
    "cohort (รุ่น) or event",
    ("cohort_id",),
    _key("cohort_id", "CM-2565-1"),
    _key("course_id", "CM-BASIC", "courses.course_id"),
    _whole("number", "1"),
    _date("start_on"),
    _date("end_on"),
    _code("date_precision", "date_precision", "day"),
    _code("mode", "mode", "online"),
    _text("venue", "Zoom"),
    _province(required=False, name="held_in_province_code"),
    _whole("planned_seats", "80", between=(0, 10_000_000)),
    _whole("reported_attendance", "83", between=(0, 10_000_000)),
    _code("reported_qualifier", "reported_qualifier", "more_than", required=False),
    _whole("reported_female", "16", between=(0, 10_000_000)),
    _whole("reported_male", "1", between=(0, 10_000_000)),
    _text("source", "S4"),
    required=True,
)
cohort_provinces = _table(
    "cohort_provinces",
    "province that a cohort is meant for",
    ("cohort_id", "province_code"),
    _key("cohort_id", "CM-2565-1", "cohorts.cohort_id"),
    _province(),
)
enrolments = _table(
    "enrolments",
    "seat taken",
    (),
    _key("cohort_id", "CM-2565-1", "cohorts.cohort_id"),
    _code("person_type", "person_type", "worker"),
    _link("person_id", "W000123"),
    _province(required=False),
    _code("sex", "sex", "F", required=False),
    _date("completed_on", required=False),
    required=True,
)
skill_reports = _table(
    "skill_reports",
    "skill that a participant reports as gained or as wanted (both may hold)",
    (),
    _key("cohort_id", "SWA-2565-1", "cohorts.cohort_id"),
    _link("person_id", "W000123"),
    _code("skill", "skill", "recording"),
    _code("status", "skill_status", "gained"),
)
peer_appreciations = _table(
    "peer_appreciations",
    "appreciation given (counts only; no text)",
    (),
    _key("cohort_id", "SWA-2565-1", "cohorts.cohort_id"),
    _key("receiver_id", "W000123"),
    _code("skill", "skill", "listening"),
)
recommendations = _table(
    "recommendations",
    "recommendation, policy proposal or best practice from an event",
    ("recommendation_id",),
    _key("recommendation_id", "REC-01"),
    _key("cohort_id", "SWA-2565-1", "cohorts.cohort_id"),
    _code("kind", "recommendation_kind", "recommendation"),
    _text("text_th", "พัฒนาทักษะอย่างต่อเนื่อง", required=True),
    _text("owner", "กองยุทธศาสตร์และแผนงาน"),
    _code("status", "recommendation_status", "open"),
    _date("due_on", required=False),
)
province_statistics = _table(
    "province_statistics",
    "province and year (CE)",
    ("province_code", "year"),
    _province(),
    _whole("year", "2021", required=True, between=(1950, 2100)),
    _whole("households", "579378", between=(0, 100_000_000)),
    _whole("population", "1784370", between=(0, 1_000_000_000)),
    _text("basis", "NSO 2564"),
)
targets = _table(
    "targets",
    "target",
    ("indicator", "scope_code", "fiscal_year"),
    _text("indicator", "follow_up_completion", required=True),
    _text("scope_code", "TH", required=True),
    _whole("fiscal_year", "2569", required=True, fiscal_year=True),
    _decimal("value", "80", required=True),
    _text("source", "แผนปฏิบัติราชการ", required=True),
)
published_figures = _table(
    "published_figures",
    "figure quoted from a published document",
    (),
    _text("figure", "volunteers", required=True),
    _decimal("value", "133253", required=True),
    _code("qualifier", "reported_qualifier", "exact"),
    _date("as_of"),
    _text("source", "S3", required=True),
)

# Not one of the exchange tables proper: key/value facts about the load itself
# (`as_of`, `synthetic`, `title`), so that a folder, a workbook and a database carry them alike.
manifest = _table(
    "manifest",
    "fact about the load",
    ("key",),
    _text("key", "as_of", required=True),
    _text("value", "2026-09-30", required=True),
)

EXCHANGE_TABLES: dict[str, Table] = dict(metadata.tables.items())
REQUIRED_TABLES: tuple[str, ...] = tuple(
    name for name, table in EXCHANGE_TABLES.items() if table.info["required"]
)
