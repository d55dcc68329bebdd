"""The same data as a department keeps them in PostgreSQL, with Thai names and labels."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Integer, Numeric, String, Text, create_engine, text

from geo.registers import area_name
from tests.support.foreign_cells import (
    SECRET_NAME,
    SECRET_NUMBER,
    Made,
    Row,
    Tables,
    always,
    as_they_are,
    codes,
    day_of,
    number_of,
    text_of,
    write,
    yes_of,
)

DIMENSIONS = {
    "income": "ระดับรายได้",
    "housing": "ระดับที่อยู่อาศัย",
    "health": "ระดับสุขภาพ",
    "education": "ระดับการศึกษา",
    "access": "ระดับการเข้าถึงบริการ",
}


def thai_department(url: str, tables: Tables, mapping: Mapping[str, Any]) -> None:
    """A PostgreSQL database with Thai names, labels for codes, and real types."""
    schema = "สวัสดิการ"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text('CREATE SCHEMA "สวัสดิการ"'))
    sex = codes(mapping, "workers", "sex")
    roles = list(mapping["tables"]["worker_posts"]["columns"]["role"]["codes"].items())
    role_number = {ours: n for n, (_, ours) in enumerate(roles, 1)}
    label = {name: codes(mapping, "cases", name) for name in (
        "target_group", "intake_channel", "stage", "closure_reason"
    )}  # fmt: skip
    person = (String(40), text_of("worker_id"))
    case = (String(40), text_of("case_id"))
    written: dict[str, tuple[Mapping[str, Made], Iterable[Row]]] = {
        "บุคลากร": (
            {
                "รหัสบุคลากร": person,
                "เพศ": (Text(), sex),
                "วุฒิสังคมสงเคราะห์": (Boolean(), yes_of("has_social_work_degree")),
            },
            tables["workers"],
        ),
        "ประเภทตำแหน่ง": (
            {
                "รหัส": (Integer(), lambda row: int(row["n"])),
                "ชื่อตำแหน่ง": (Text(), text_of("label")),
            },
            [{"n": str(n), "label": label} for n, (label, _) in enumerate(roles, 1)],
        ),
        "ตำแหน่งงาน": (
            {
                "รหัสบุคลากร": person,
                "รหัสประเภท": (Integer(), lambda row: role_number[row["role"]]),
                "จังหวัด": (Text(), lambda row: area_name(row["province_code"], "th")),
                "รหัสอำเภอ": (Integer(), number_of("district_code")),
                "หน่วยงาน": (Text(), text_of("organisation_id")),
                "สถานที่": (Text(), text_of("site_id")),
                "หัวหน้างาน": (Text(), text_of("supervisor_id")),
                "สัดส่วนเวลา": (Numeric(6, 4), lambda row: Decimal(row["fte"])),
                "วันเริ่มปฏิบัติงาน": (Date(), day_of("start_on")),
                "วันสิ้นสุดปฏิบัติงาน": (Date(), day_of("end_on")),
            },
            tables["worker_posts"],
        ),
        "ทะเบียนอาสาสมัคร": (
            {
                "รหัสอาสาสมัคร": (Text(), text_of("volunteer_id")),
                "ชื่อ-สกุล": (Text(), always(SECRET_NAME)),
                "เพศ": (Text(), sex),
                "ระดับ": (Text(), codes(mapping, "volunteers", "level")),
                "จังหวัด": (Text(), lambda row: area_name(row["province_code"], "th")),
                "รหัสอำเภอ": (Integer(), number_of("district_code")),
                "วันขึ้นทะเบียน": (Date(), day_of("registered_on")),
                "วันพ้นสภาพ": (Date(), day_of("ended_on")),
            },
            tables["volunteers"],
        ),
        "ครอบครัว": (
            {
                "รหัสครอบครัว": (String(40), text_of("family_id")),
                "รหัสครัวเรือน": (Text(), text_of("household_id")),
                "หัวหน้าครอบครัว": (Text(), always(SECRET_NAME)),
                "เลขประจำตัวประชาชน": (Text(), always(SECRET_NUMBER)),
                "รหัสตำบล": (String(6), lambda row: row["district_code"] + "02"),
                "ระดับความเปราะบาง": (Text(), text_of("vulnerability_level")),
            },
            tables["families"],
        ),
        "ทะเบียนกรณี": (
            {
                "เลขที่กรณี": case,
                "รหัสครอบครัว": (String(40), text_of("family_id")),
                "กลุ่มเป้าหมาย": (Text(), label["target_group"]),
                "ช่องทางรับเรื่อง": (Text(), label["intake_channel"]),
                "เร่งด่วน": (Boolean(), yes_of("urgent")),
                "วันรับเรื่อง": (DateTime(), day_of("opened_on")),
                "ขั้นตอน": (Text(), label["stage"]),
                "วันยุติ": (Date(), day_of("closed_on")),
                "เหตุยุติ": (Text(), label["closure_reason"]),
                "สถานที่": (Text(), text_of("site_id")),
                "บันทึก": (Text(), always(f"{SECRET_NAME} โทร 081")),
            },
            tables["cases"],
        ),
        "ผู้รับผิดชอบกรณี": (
            {
                "เลขที่กรณี": case,
                "รหัสบุคลากร": person,
                "ตั้งแต่วันที่": (Date(), day_of("start_on")),
                "ถึงวันที่": (Date(), day_of("end_on")),
            },
            tables["case_assignments"],
        ),
        "แบบประเมิน": (
            {
                "เลขที่กรณี": case,
                "วันที่ประเมิน": (Date(), day_of("assessed_on")),
                **{theirs: (Integer(), number_of(ours)) for ours, theirs in DIMENSIONS.items()},
            },
            _wide_assessments(tables["assessments"]),
        ),
        "การติดตาม": (
            {
                "รหัสการติดตาม": (Text(), text_of("follow_up_id")),
                "เลขที่กรณี": case,
                "กำหนดแรก": (Date(), day_of("first_due_on")),
                "กำหนด": (Date(), day_of("due_on")),
                "วันที่ติดตามจริง": (Date(), day_of("done_on")),
                "วันที่ยกเลิก": (Date(), day_of("cancelled_on")),
                "เหตุที่ยกเลิก": (Text(), text_of("cancel_reason")),
                "วิธีติดตาม": (Text(), codes(mapping, "follow_ups", "method")),
                "ผลการติดตาม": (Text(), codes(mapping, "follow_ups", "outcome")),
                "ผู้ติดตาม": (Text(), text_of("worker_id")),
                "ผู้ร่วมติดตาม": (Text(), text_of("accompanied_by_worker_id")),
            },
            tables["follow_ups"],
        ),
        "ผู้เข้าอบรม": (
            {
                "รหัสรุ่น": (Text(), text_of("cohort_id")),
                "ประเภทผู้เข้าอบรม": (Text(), codes(mapping, "enrolments", "person_type")),
                "รหัสบุคคล": (Text(), text_of("person_id")),
                "จังหวัด": (Text(), text_of("province_code")),
                "เพศ": (Text(), sex),
                "วันสำเร็จ": (Date(), day_of("completed_on")),
            },
            tables["enrolments"],
        ),
    }
    rest = [name for name in tables if name not in mapping["tables"]]
    write(url, schema, written | as_they_are(rest, tables))
    with engine.begin() as connection:
        view = 'CREATE VIEW "สวัสดิการ"."วิวการติดตาม" AS SELECT * FROM "สวัสดิการ"."การติดตาม"'
        connection.execute(text(view))
    engine.dispose()


def _wide_assessments(rows: list[Row]) -> list[Row]:
    wide: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = (row["case_id"], row["assessed_on"])
        one = wide.setdefault(key, {"case_id": key[0], "assessed_on": key[1]})
        one[row["dimension"]] = row["level"]
    return list(wide.values())
