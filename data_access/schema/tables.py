"""The tables of the exchange format as SQLAlchemy tables: one list for all who read or write them.

Each column's `info` carries what the importer must know:
`required` (never empty), `codes` (name of a code list), `example` (a right value, for messages),
`references` ("table.column" that must exist), `area` ("province" or "district"), `between` (least
and most of a number; every column of numbers has it but fiscal years, whose range is the dates').
Each table's `info` carries `required` (must be in a load), `key` (columns that are unique together)
and `grain` (what one row is). Columns added when a snapshot is built are in `derived.py`.
"""

from typing import Any

from sqlalchemy import Column, MetaData, Table

from data_access.schema.columns import (
    code,
    day,
    decimal,
    district,
    fiscal_year,
    key,
    link,
    province,
    whole,
    words,
    yes_no,
)

metadata = MetaData()


def _table(
    name: str, grain: str, key: tuple[str, ...], *columns: Column[Any], required: bool = False
) -> Table:
    return Table(name, metadata, *columns, info={"grain": grain, "key": key, "required": required})


organisations = _table(
    "organisations",
    "organisation",
    ("organisation_id",),
    key("organisation_id", "ORG-50-01"),
    words("name_th", "เทศบาลตำบลสันทราย", required=True),
    words("name_en", "San Sai Subdistrict Municipality"),
    words("type", "lao", required=True),
    province(required=False),
)
sites = _table(
    "sites",
    "service site that is not a district (a temporary shelter, a centre)",
    ("site_id",),
    key("site_id", "SITE-01"),
    words("name_th", "บ้านใหม่ในสอย", required=True),
    words("name_en", "Ban Mai Nai Soi"),
    words("type", "shelter", required=True),
    province(),
    district(),
    yes_no("sensitive", required=True),
)
workers = _table(
    "workers",
    "paid or assisting worker",
    ("worker_id",),
    key("worker_id", "W000123"),
    code("sex", "sex", "F"),
    yes_no("has_social_work_degree"),
    required=True,
)
worker_posts = _table(
    "worker_posts",
    "period in which a worker held one role in one place",
    (),
    key("worker_id", "W000123", "workers.worker_id"),
    code("role", "role", "case_manager"),
    province(),
    district(),
    link("organisation_id", "ORG-50-01", "organisations.organisation_id"),
    link("site_id", "SITE-01", "sites.site_id"),
    link("supervisor_id", "W000045", "workers.worker_id"),
    decimal("fte", "1.0", between=(0, 1), required=True),
    day("start_on"),
    day("end_on", required=False),
    required=True,
)
volunteers = _table(
    "volunteers",
    "volunteer (อพม.)",
    ("volunteer_id",),
    key("volunteer_id", "V000123"),
    code("sex", "sex", "F"),
    code("level", "level", "village"),
    province(),
    district(),
    day("registered_on"),
    day("ended_on", required=False),
    required=True,
)
volunteer_activities = _table(
    "volunteer_activities",
    "logged activity",
    (),
    key("volunteer_id", "V000123", "volunteers.volunteer_id"),
    day("done_on"),
    code("duty", "duty", "watch"),
    link("case_id", "C000123", "cases.case_id"),
)
awards = _table(
    "awards",
    "award",
    (),
    key("volunteer_id", "V000123", "volunteers.volunteer_id"),
    words("award", "outstanding", required=True),
    fiscal_year(),
)
families = _table(
    "families",
    "family (a household may hold several)",
    ("family_id",),
    key("family_id", "F000123"),
    key("household_id", "H000123"),
    district(required=True),
    words("vulnerability_level", "2"),
    required=True,
)
cases = _table(
    "cases",
    "case",
    ("case_id",),
    key("case_id", "C000123"),
    key("family_id", "F000123", "families.family_id"),
    code("target_group", "target_group", "elder"),
    code("intake_channel", "intake_channel", "hotline_1300", required=False),
    yes_no("urgent"),
    day("opened_on"),
    code("stage", "stage", "follow_up"),
    day("closed_on", required=False),
    code("closure_reason", "closure_reason", "self_reliant", required=False),
    link("site_id", "SITE-01", "sites.site_id"),
    required=True,
)
case_assignments = _table(
    "case_assignments",
    "period in which one worker was case manager of one case",
    (),
    key("case_id", "C000123", "cases.case_id"),
    key("worker_id", "W000123", "workers.worker_id"),
    day("start_on"),
    day("end_on", required=False),
    required=True,
)
assessments = _table(
    "assessments",
    "one dimension in one assessment; level 0 (no problem) to 3 (urgent)",
    ("case_id", "assessed_on", "dimension"),
    key("case_id", "C000123", "cases.case_id"),
    day("assessed_on"),
    code("dimension", "dimension", "income"),
    whole("level", "2", required=True, between=(0, 3)),
)
plans = _table(
    "plans",
    "version of a case's plan",
    ("case_id", "version"),
    key("case_id", "C000123", "cases.case_id"),
    whole("version", "1", required=True, between=(1, 9999)),
    day("made_on"),
    day("target_on", required=False),
    yes_no("family_agreed"),
    words("revision_reason", "no_improvement"),
)
plan_goals = _table(
    "plan_goals",
    "goal of a plan version",
    ("case_id", "version", "goal_no"),
    key("case_id", "C000123", "cases.case_id"),
    whole("version", "1", required=True, between=(1, 9999)),
    whole("goal_no", "1", required=True, between=(1, 9999)),
    code("dimension", "dimension", "income", required=False),
    code("term", "term", "short"),
    words("measure", "รายได้ต่อเดือนเพิ่มขึ้น"),
    day("target_on", required=False),
    day("achieved_on", required=False),
)
follow_ups = _table(
    "follow_ups",
    "planned follow-up; first_due_on stays when it is rescheduled",
    ("follow_up_id",),
    key("follow_up_id", "FU000123"),
    key("case_id", "C000123", "cases.case_id"),
    day("first_due_on"),
    day("due_on"),
    day("done_on", required=False),
    day("cancelled_on", required=False),
    words("cancel_reason", "moved"),
    code("method", "method", "home_visit", required=False),
    code("outcome", "outcome", "improved", required=False),
    link("worker_id", "W000123", "workers.worker_id"),
    link("accompanied_by_worker_id", "W000045", "workers.worker_id"),
    required=True,
)
services = _table(
    "services",
    "service given",
    (),
    key("case_id", "C000123", "cases.case_id"),
    code("service_type", "service_type", "counselling"),
    link("provider_organisation_id", "ORG-50-01", "organisations.organisation_id"),
    day("given_on"),
)
case_team = _table(
    "case_team",
    "profession taking part in a case",
    (),
    key("case_id", "C000123", "cases.case_id"),
    code("profession", "profession", "nurse"),
    link("organisation_id", "ORG-50-01", "organisations.organisation_id"),
    day("start_on"),
    day("end_on", required=False),
)
case_conferences = _table(
    "case_conferences",
    "team conference",
    (),
    key("case_id", "C000123", "cases.case_id"),
    day("held_on"),
)
referrals = _table(
    "referrals",
    "referral",
    ("referral_id",),
    key("referral_id", "R000123"),
    key("case_id", "C000123", "cases.case_id"),
    link("to_organisation_id", "ORG-50-01", "organisations.organisation_id"),
    day("sent_on"),
    day("accepted_on", required=False),
    day("result_on", required=False),
    words("result", "assisted"),
)
screenings = _table(
    "screenings",
    "automated screening and the human decision on it",
    (),
    key("case_id", "C000123", "cases.case_id"),
    words("tool", "triage", required=True),
    words("version", "1.0", required=True),
    day("run_on"),
    words("flag", "high", required=True),
    decimal("score", "0.82", between=(-1_000_000, 1_000_000)),
    day("decided_on", required=False),
    words("decision", "high"),
)
courses = _table(
    "courses",
    "course",
    ("course_id",),
    key("course_id", "CM-BASIC"),
    words("name_th", "เสริมสร้างความรู้และทักษะผู้จัดการรายกรณี", required=True),
    words("name_en", "Knowledge and skills for case managers"),
    code("target_role", "target_role", "case_manager"),
    yes_no("qualifying", required=True),
    yes_no("for_staff_without_degree"),
    required=True,
)
cohorts = _table(
    "cohorts",
    "cohort (รุ่น) or event",
    ("cohort_id",),
    key("cohort_id", "CM-2565-1"),
    key("course_id", "CM-BASIC", "courses.course_id"),
    whole("number", "1", between=(1, 9999)),
    day("start_on"),
    day("end_on"),
    code("date_precision", "date_precision", "day"),
    code("mode", "mode", "online"),
    words("venue", "Zoom"),
    province(required=False, name="held_in_province_code"),
    whole("planned_seats", "80", between=(0, 10_000_000)),
    whole("reported_attendance", "83", between=(0, 10_000_000)),
    code("reported_qualifier", "reported_qualifier", "more_than", required=False),
    whole("reported_female", "16", between=(0, 10_000_000)),
    whole("reported_male", "1", between=(0, 10_000_000)),
    words("source", "S4"),
    code("provenance", "provenance", "document", required=False),
    # The project of several cohorts, itself a row, where figures are known of the project only.
    link("part_of", "CM-2565", "cohorts.cohort_id"),
    required=True,
)
cohort_provinces = _table(
    "cohort_provinces",
    "province that a cohort is meant for",
    ("cohort_id", "province_code"),
    key("cohort_id", "CM-2565-1", "cohorts.cohort_id"),
    province(),
)
enrolments = _table(
    "enrolments",
    "seat taken",
    (),
    key("cohort_id", "CM-2565-1", "cohorts.cohort_id"),
    code("person_type", "person_type", "worker"),
    link("person_id", "W000123"),
    province(required=False),
    code("sex", "sex", "F", required=False),
    day("completed_on", required=False),
    required=True,
)
skill_reports = _table(
    "skill_reports",
    "skill that a participant reports as gained or as wanted (both may hold)",
    (),
    key("cohort_id", "SWA-2565-1", "cohorts.cohort_id"),
    link("person_id", "W000123"),
    code("skill", "skill", "recording"),
    code("status", "skill_status", "gained"),
)
peer_appreciations = _table(
    "peer_appreciations",
    "appreciation given (counts only; no text)",
    (),
    key("cohort_id", "SWA-2565-1", "cohorts.cohort_id"),
    key("receiver_id", "W000123"),
    code("skill", "skill", "listening"),
)
recommendations = _table(
    "recommendations",
    "recommendation, policy proposal or best practice from an event",
    ("recommendation_id",),
    key("recommendation_id", "REC-01"),
    key("cohort_id", "SWA-2565-1", "cohorts.cohort_id"),
    code("kind", "recommendation_kind", "recommendation"),
    words("text_th", "พัฒนาทักษะอย่างต่อเนื่อง", required=True),
    words("owner", "กองยุทธศาสตร์และแผนงาน"),
    code("status", "recommendation_status", "open", required=False),
    day("due_on", required=False),
    code("provenance", "provenance", "document", required=False),
)
province_statistics = _table(
    "province_statistics",
    "province and year (CE)",
    ("province_code", "year"),
    province(),
    whole("year", "2021", required=True, between=(1950, 2100)),
    whole("households", "579378", between=(0, 100_000_000)),
    whole("population", "1784370", between=(0, 1_000_000_000)),
    words("basis", "NSO 2564"),
)
targets = _table(
    "targets",
    "target",
    ("indicator", "scope_code", "fiscal_year"),
    words("indicator", "follow_up_completion", required=True),
    words("scope_code", "TH", required=True),
    fiscal_year(),
    # Per cent and counts alike; a difference may be negative. See importers/targets.
    decimal("value", "80", between=(-1_000_000_000, 1_000_000_000), required=True),
    words("source", "แผนปฏิบัติราชการ", required=True),
)
published_figures = _table(
    "published_figures",
    "figure quoted from a published document",
    (),
    words("figure", "volunteers", required=True),
    decimal("value", "133253", between=(0, 1_000_000_000), required=True),
    code("qualifier", "reported_qualifier", "exact"),
    day("as_of"),
    words("source", "S3", required=True),
    code("provenance", "provenance", "document", required=False),
)

# Not one of the exchange tables proper: key/value facts about the load itself
# (`as_of`, `synthetic`, `title`), so that a folder, a workbook and a database carry them alike.
manifest = _table(
    "manifest",
    "fact about the load",
    ("key",),
    words("key", "as_of", required=True),
    words("value", "2026-09-30", required=True),
)

EXCHANGE_TABLES: dict[str, Table] = dict(metadata.tables.items())
REQUIRED_TABLES: tuple[str, ...] = tuple(
    name for name, table in EXCHANGE_TABLES.items() if table.info["required"]
)
