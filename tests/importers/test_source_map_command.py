"""The command `map`: a draft that shows nothing of clients, a check that says all at once."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from config.settings import PREFIX
from data_access.command_line import BAD_ARGUMENTS, BAD_DATA, SUCCESS, main
from data_access.importers.mapping.toml_file import read_map
from data_access.schema.tables import EXCHANGE_TABLES
from data_access.source_maps import likeness
from tests.importers import sets
from tests.support.database_servers import Server

NAMES = ("สมหญิง รักดี", "สมชาย ใจงาม", "มานี มีนา")
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in English with a data directory of its own; gives exit code and output."""
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv(f"{PREFIX}TODAY", "2026-09-30")

    def one(*arguments: str, lang: str = "en", **settings: str) -> tuple[int, str]:
        monkeypatch.setenv(f"{PREFIX}LANGUAGE", lang)
        for name, text in settings.items():
            monkeypatch.setenv(f"{PREFIX}{name.upper()}", text)
        code = main(arguments)
        answer = capsys.readouterr()
        return code, answer.out + answer.err

    return one


def office(path: Path) -> str:
    """A database of an office: cases and families under its own names, the rest by the format."""
    tables = sets.right()
    cases, families = tables.pop("cases"), tables.pop("families")
    url = sets.database(f"sqlite:///{path}", tables)
    with sqlite3.connect(path) as con:
        con.execute("CREATE TABLE ครอบครัว (รหัสครอบครัว TEXT, รหัสครัวเรือน TEXT, รหัสตำบล INTEGER)")
        for family in families:
            values = (family["family_id"], family["household_id"], family["district_code"] + "01")
            con.execute("INSERT INTO ครอบครัว VALUES (?, ?, ?)", values)
        con.execute(
            "CREATE TABLE ทะเบียนกรณี (เลขที่กรณี TEXT, ชื่อผู้รับบริการ TEXT, ผู้แจ้ง TEXT, รหัสครอบครัว TEXT,"
            " กลุ่มเป้าหมาย TEXT, สถานะ TEXT, วันรับเรื่อง TEXT, วันยุติ TEXT)"
        )
        stages = {"follow_up": "ติดตาม", "closed": "ยุติการช่วยเหลือ"}
        groups = {"elder": "ผู้สูงอายุ", "child": "เด็ก"}
        for case in cases:
            con.execute(
                "INSERT INTO ทะเบียนกรณี VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    case["case_id"], NAMES[0], NAMES[1], case["family_id"],
                    groups[case["target_group"]], stages[case["stage"]],
                    case["opened_on"].replace("-", ""), (case["closed_on"] or "").replace("-", ""),
                ),
            )  # fmt: skip
        # Enough rows for texts to be shown, and a rare one that is not.
        for n in range(12):
            row = (f"X{n}", NAMES[2], NAMES[1], "F1", "ผู้สูงอายุ" if n % 2 else "เด็ก")
            stage = "ลับเฉพาะราย" if n == 11 else "ติดตาม" if n % 2 else "ยุติการช่วยเหลือ"
            con.execute(
                "INSERT INTO ทะเบียนกรณี VALUES (?, ?, ?, ?, ?, ?, '20251101', '')", (*row, stage)
            )
    con.close()
    return url


def test_a_newcomer_goes_from_a_draft_to_a_number(run: Run, tmp_path: Path) -> None:
    url, path = office(tmp_path / "office.db"), tmp_path / "my_map.toml"

    code, said = run("map", url, "--out", str(path))
    draft = path.read_text(encoding="utf-8")
    assert (code, "my_map.toml" in said) == (SUCCESS, True)
    for name in (*NAMES, "ลับเฉพาะราย"):
        assert name not in draft
    assert 'district_code = { column = "รหัสตำบล", first = 4 }' in draft
    assert '"ผู้สูงอายุ" = "elder"' in draft
    assert 'date = "yyyymmdd"' in draft
    assert "Further texts: 1," in draft

    code, said = run("map", url, "--map", str(path), "--check")
    assert code == BAD_DATA
    assert "“ลับเฉพาะราย” (1)" in said

    stages = 'stage = { column = "สถานะ", codes = { '
    assert stages in draft
    completed = draft.replace(stages, stages + '"ลับเฉพาะราย" = "intake", ')
    path.write_text(completed, encoding="utf-8")
    code, said = run("map", url, "--map", str(path), "--check")
    assert (code, said.count("Not named: cases.urgent. Would add: urgent_cases")) == (SUCCESS, 1), (
        said
    )

    code, said = run("refresh", source=url, source_map=str(path))
    assert code == SUCCESS, said
    code, said = run("show", "families_in_care", "--format", "csv")
    assert code == SUCCESS
    assert "TH" in said


def test_a_draft_is_never_written_over_a_map(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text("[source]\n", encoding="utf-8")

    code, said = run("map", office(tmp_path / "office.db"), "--out", str(path))

    assert code == BAD_ARGUMENTS
    assert "map.toml" in said
    assert path.read_text(encoding="utf-8") == "[source]\n"


def test_a_check_says_every_mismatch_of_map_and_source_at_once(run: Run, tmp_path: Path) -> None:
    url, path = office(tmp_path / "office.db"), tmp_path / "map.toml"
    with sqlite3.connect(tmp_path / "office.db") as con:
        con.execute("CREATE TABLE พื้นที่ (รหัส TEXT, ชื่อ TEXT)")
        con.execute("INSERT INTO พื้นที่ VALUES ('500101', 'ก'), ('500101', 'ข')")
    con.close()
    path.write_text(
        """
        [tables.families]
        from = "ครอบครัว"
        [[tables.families.join]]
        table = "พื้นที่"
        on = { "รหัสตำบล" = "รหัส" }
        [tables.families.columns]
        family_id = "รหัสครอบครัว"
        household_id = "รหัสครัวเรือน"
        district_code = "รหัสตำบล"
        [tables.cases]
        from = "ทะเบียนกรณี"
        [tables.cases.columns]
        case_id = "ชื่อผู้รับบริการ"
        family_id = "รหัสครอบครัวเรือน"
        target_group = { column = "กลุ่มเป้าหมาย", codes = { "เด็ก" = "child" } }
        stage = "สถานะ"
        opened_on = { column = "วันรับเรื่อง", date = "dd/mm/yyyy" }
        [tables.workers]
        from = "บุคลากร"
        columns = { worker_id = "x", sex = "y" }
        """,
        encoding="utf-8",
    )

    code, said = run("map", url, "--map", str(path), "--check")
    assert code == BAD_DATA
    for words in (
        "no table or view “บุคลากร”",
        "has no column “รหัสครอบครัวเรือน”. Nearest: รหัสครอบครัว",
        "พื้นที่ has several rows for 1 values of รหัส",
        "ครอบครัว: รหัสตำบล cannot be read here",
        "Not named: sites.",
    ):
        assert words in said, said

    text = path.read_text(encoding="utf-8").replace("รหัสครอบครัวเรือน", "รหัสครอบครัว")
    path.write_text(text, encoding="utf-8")
    code, said = run("map", url, "--map", str(path), "--check")
    for words in ("“ผู้สูงอายุ” (7)", "“20251101” (12)", "“ติดตาม” (6)", "speaks of personal data"):
        assert words in said, said
    thai = run("map", url, "--map", str(path), "--check", lang="th")[1]
    assert "ยังไม่มีรหัสสำหรับข้อความเหล่านี้" in thai


def test_a_view_of_a_read_only_account_is_mapped_and_the_account_is_told(
    run: Run, postgresql: Server, tmp_path: Path
) -> None:
    postgresql.run("postgres", "CREATE DATABASE rights")
    tables = sets.right()
    people = tables.pop("workers")
    sets.database(postgresql.url("rights"), tables | {"staff": people})
    postgresql.run(
        "rights",
        "CREATE SCHEMA open_data",
        "CREATE VIEW open_data.people AS SELECT worker_id AS no, sex FROM staff",
        "CREATE ROLE clerk LOGIN PASSWORD 'very secret'",
        "GRANT USAGE ON SCHEMA open_data TO clerk",
        "GRANT SELECT ON open_data.people TO clerk",
    )
    path = tmp_path / "map.toml"
    path.write_text(
        '[tables.workers]\nfrom = "people"\nschema = "open_data"\n'
        'columns = { worker_id = "no", sex = "sex" }\n',
        encoding="utf-8",
    )

    _, as_clerk = run(
        "map", postgresql.url("rights", "clerk:very secret"), "--map", str(path), "--check"
    )
    code, as_administrator = run("map", postgresql.url("rights"), "--map", str(path), "--check")

    assert "permission denied" in as_clerk
    assert "secret" not in as_clerk
    assert (code, "may change data" in as_administrator) == (SUCCESS, True)


def test_synonyms_name_only_tables_and_columns_of_the_format() -> None:
    columns = {column.name for table in EXCHANGE_TABLES.values() for column in table.c}
    assert likeness.synonyms("tables").keys() <= EXCHANGE_TABLES.keys()
    assert likeness.synonyms("columns").keys() <= columns


@pytest.mark.parametrize("name", ["department_thai", "legacy_register", "case_system_export"])
def test_worked_maps_are_maps(name: str) -> None:
    path = Path(__file__).parents[2] / "docs" / "source_maps" / f"{name}.toml"
    assert len(read_map(path).tables) >= 4
