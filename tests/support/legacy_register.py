"""The same data as a register of twenty years ago keeps them in MariaDB."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Integer, Numeric, String, create_engine, text

from config.thai_calendar import be_year
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
    letter_of,
    text_of,
    write,
    yes_of,
)


def legacy_register(url: str, tables: Tables, mapping: Mapping[str, Any]) -> None:
    """A MariaDB database with numbers for codes, Buddhist years as text, and deleted rows."""
    sex = codes(mapping, "workers", "sex")
    person, case = (String(40), text_of("worker_id")), (String(40), text_of("case_id"))
    secrets: dict[str, Made] = {
        "fname": (String(60), always(SECRET_NAME)),
        "lname": (String(60), always(SECRET_NAME)),
        "cid": (String(13), always(SECRET_NUMBER)),
    }
    visit: dict[str, Made] = {
        "visit_no": (String(40), text_of("follow_up_id")),
        "case_no": case,
        "first_due": (Date(), day_of("first_due_on")),
        "due": (Date(), day_of("due_on")),
        "how_cd": (String(1), codes(mapping, "follow_ups", "method")),
        "result_cd": (String(1), codes(mapping, "follow_ups", "outcome")),
        "staff_no": person,
        "with_no": (String(40), text_of("accompanied_by_worker_id")),
    }
    deleted = [
        row | {"case_id": f"DEL{n}", "deleted": "Y"} for n, row in enumerate(tables["cases"][:40])
    ]
    written: dict[str, tuple[Mapping[str, Made], Iterable[Row]]] = {
        "tb_org": (
            {
                "org_no": (String(40), text_of("organisation_id")),
                "org_pre": (String(80), lambda row: _split_name(row["name_th"])[0]),
                "org_name": (String(200), lambda row: _split_name(row["name_th"])[1]),
                "org_eng": (String(200), text_of("name_en")),
                "org_type": (String(40), text_of("type")),
                "prov_cd": (String(2), text_of("province_code")),
            },
            tables["organisations"],
        ),
        "tb_staff": (
            {
                "staff_no": person,
                "sex_cd": (String(1), sex),
                "sw_degree": (String(1), letter_of("has_social_work_degree", "Y", "N")),
            },
            tables["workers"],
        ),
        "tb_position": (
            {
                "staff_no": person,
                "pos_cd": (String(2), codes(mapping, "worker_posts", "role")),
                "prov_cd": (String(2), text_of("province_code")),
                "amp_cd": (String(4), lambda row: row["district_code"] or "0000"),
                "org_no": (String(40), text_of("organisation_id")),
                "plc_no": (String(40), text_of("site_id")),
                "boss_no": (String(40), text_of("supervisor_id")),
                "work_part": (Numeric(6, 4), lambda row: Decimal(row["fte"])),
                **_three_columns("st", "start_on"),
                **_three_columns("en", "end_on"),
            },
            tables["worker_posts"],
        ),
        "tb_vol": (
            {
                "vol_no": (String(40), text_of("volunteer_id")),
                **secrets,
                "sex_cd": (String(1), sex),
                "vol_lv": (Integer(), lambda row: int(codes(mapping, "volunteers", "level")(row))),
                "prov_cd": (String(2), text_of("province_code")),
                "amp_cd": (String(4), lambda row: row["district_code"] or "0"),
                "reg_dt": (String(8), _thai_day("registered_on", "", "")),
                "out_dt": (String(8), _thai_day("ended_on", "", "-")),
            },
            tables["volunteers"],
        ),
        "tb_family": (
            {
                "fam_no": (String(40), text_of("family_id")),
                "hh_no": (String(40), text_of("household_id")),
                "tambon_cd": (Integer(), lambda row: int(row["district_code"] + "07")),
                "vul_lv": (String(2), lambda row: row["vulnerability_level"] or "-"),
            },
            tables["families"],
        ),
        "tb_case": (
            {
                "case_no": case,
                **secrets,
                "fam_no": (String(40), text_of("family_id")),
                "grp_cd": (String(2), codes(mapping, "cases", "target_group")),
                "chan_cd": (String(1), codes(mapping, "cases", "intake_channel")),
                "urgent_yn": (Boolean(), yes_of("urgent")),
                "open_dt": (String(10), _thai_day("opened_on", "/", "")),
                "stat_cd": (Integer(), lambda row: int(codes(mapping, "cases", "stage")(row))),
                "close_dt": (String(10), _thai_day("closed_on", "/", "-")),
                "close_cd": (
                    String(1),
                    lambda row: codes(mapping, "cases", "closure_reason")(row) or "0",
                ),
                "plc_no": (String(40), text_of("site_id")),
                "del_flag": (String(1), lambda row: row.get("deleted", "N")),
            },
            [*tables["cases"], *deleted],
        ),
        "tb_case_cm": (
            {
                "case_no": case,
                "staff_no": person,
                "st_dt": (Integer(), lambda row: int(row["start_on"].replace("-", ""))),
                "en_dt": (Integer(), lambda row: int(row["end_on"].replace("-", "") or 0)),
            },
            tables["case_assignments"],
        ),
        "tb_visit_done": (
            visit | {"visit_dt": (DateTime(), day_of("done_on"))},
            [row for row in tables["follow_ups"] if row["done_on"]],
        ),
        "tb_visit_wait": (
            visit
            | {
                "cancel_dt": (String(10), lambda row: row["cancelled_on"] or "0000-00-00"),
                "cancel_why": (String(60), text_of("cancel_reason")),
            },
            [row for row in tables["follow_ups"] if not row["done_on"]],
        ),
    }
    rest = [name for name in tables if name not in mapping["tables"]]
    write(url, None, written | as_they_are(rest, tables))
    engine = create_engine(url)
    with engine.begin() as connection:
        narrow = "VARCHAR(200) CHARACTER SET tis620"
        connection.execute(text(f"ALTER TABLE tb_org MODIFY org_pre {narrow}"))
        connection.execute(text(f"ALTER TABLE tb_org MODIFY org_name {narrow}"))
    engine.dispose()


_PREFIXES = ("สำนักงาน", "ศูนย์", "บ้านพัก", "โรงพยาบาล", "โรงเรียน", "มูลนิธิ", "เทศบาล", "สมาคม")


def _split_name(name: str) -> tuple[str, str]:
    prefix = next((p for p in _PREFIXES if name.startswith(p)), "")
    return prefix, name.removeprefix(prefix)


def _thai_day(key: str, between: str, none: str) -> Callable[[Row], str]:
    def made(row: Row) -> str:
        if not row[key]:
            return none
        day = date.fromisoformat(row[key])
        return between.join((f"{day.day:02d}", f"{day.month:02d}", str(be_year(day.year))))

    return made


def _three_columns(prefix: str, key: str) -> dict[str, Made]:
    def part(place: int) -> Callable[[Row], str | None]:
        return lambda row: (_thai_day(key, "/", "")(row) or "//").split("/")[place] or None

    return {f"{prefix}_{c}": (String(4), part(n)) for n, c in enumerate("dmy")}
