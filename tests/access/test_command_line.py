"""The command line: what it writes, what it refuses, and with which exit code.

One command for each exit code runs as an operator runs it, in a process of its own; the others go
through the same `main` in this process, which is much faster.
"""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from config.i18n import LANGS, t
from config.settings import PREFIX
from data_access import queries, snapshot
from data_access.breakdowns import BREAKDOWNS
from data_access.command_line import main
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from tests.support import folder
from tests.support.commands import ROOT, TODAY, environment
from tests.support.world import drawn

COLUMNS = (
    "indicator,area_code,area_name_th,group,period_start,period_end,"
    "numerator,denominator,value,status"
)
# province → visits due in fiscal year 2569, visits done of them
VISITS = {"50": (40, 30), "51": (3, 2), "52": (20, 15)}


def rows() -> dict[str, list[dict[str, Any]]]:
    """One case per northern province with its visits, a case manager, and a quality problem."""
    visits = [
        {
            "follow_up_id": f"U{province}-{n}",
            "case_id": f"C{province}",
            "first_due_on": "2026-05-01",
            "due_on": "2026-05-01",
            "done_on": "2026-05-01" if n < done else None,
        }
        for province, (due, done) in VISITS.items()
        for n in range(due)
    ]
    return {
        **folder.SMALL,
        "families": drawn("""
            family_id household_id district_code
            F50 H1 5001
            F51 H2 5101
            F52 H3 5201
        """),
        "cases": drawn("""
            case_id family_id target_group opened_on stage closed_on
            C50 F50 elder 2025-01-01 follow_up .
            C51 F51 child 2025-01-01 follow_up .
            C52 F52 elder 2025-01-01 closed .
        """),
        "case_assignments": [{"case_id": "C50", "worker_id": "W1", "start_on": "2025-01-01"}],
        "follow_ups": visits,
    }


def run(data_dir: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """One command in a process of its own; English unless said otherwise."""
    settings = {f"{PREFIX}LANGUAGE": "en", **{PREFIX + k: v for k, v in settings.items()}}
    return subprocess.run(
        [sys.executable, "-m", "data_access", *arguments],
        cwd=ROOT,
        env=environment(data_dir, **settings),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean folder of the rows above."""
    return folder.write(tmp_path_factory.mktemp("source") / "province-north", rows())


@pytest.fixture(scope="module")
def home(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory into which the folder was imported by the command."""
    data_dir = tmp_path_factory.mktemp("home")
    done = run(data_dir, "import", str(source))
    assert done.returncode == 0, done.stderr
    assert TODAY.isoformat() in done.stdout
    return data_dir


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two problems: a district nobody knows and a day that cannot be."""
    tables = rows()
    tables["families"][0]["district_code"] = "5099"
    tables["cases"][1]["opened_on"] = "2026-02-30"
    return folder.write(tmp_path_factory.mktemp("bad") / "province-north", tables)


Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cli(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command in this process: exit code, standard output, standard error."""

    def call(*arguments: str, **settings: str) -> tuple[int, str, str]:
        own = {"DATA_DIR": str(home), "TODAY": TODAY.isoformat(), "LANGUAGE": "en", **settings}
        for name, value in own.items():
            monkeypatch.setenv(PREFIX + name, value)
        try:
            code = main(arguments)
        except SystemExit as stop:  # argparse stops by itself
            code = int(stop.code or 0)
        written = capsys.readouterr()
        return code, written.out, written.err

    return call


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def shown(cli: Cli, *arguments: str, **settings: str) -> list[dict[str, str]]:
    """Rows of `show … --format csv`."""
    code, out, err = cli("show", *arguments, "--format", "csv", **settings)
    assert (code, err) == (0, "")
    return table(out)


# --- the commands as an operator runs them: one process for each exit code -----------------------


@pytest.mark.slow
def test_show_writes_the_documented_columns_and_hides_small_counts(home: Path) -> None:
    done = run(home, "show", "follow_up_completion", "--by", "province", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    heading, *lines = done.stdout.splitlines()
    assert heading == COLUMNS
    assert len(lines) == 77
    period = "2025-10-01,2026-09-30"
    assert f"follow_up_completion,50,เชียงใหม่,,{period},30,40,75.0,shown" in lines
    assert f"follow_up_completion,51,ลำพูน,,{period},,,,hidden" in lines  # 2 of 3
    assert f"follow_up_completion,52,ลำปาง,,{period},,,,hidden" in lines  # protects the 3
    assert sum(line.endswith("no_data") for line in lines) == 77 - 3


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("show", "follow_up_completed"), 2, "follow_up_completion"),
        (("import", "BAD"), 3, "5099"),
        (("import", "NOWHERE"), 4, "NOWHERE"),
        (("show", "follow_up_completion", "--reveal"), 5, "OVERSIGHT_ALLOW_REVEAL"),
    ],
)
def test_each_failure_has_its_exit_code_and_a_plain_sentence(
    home: Path, bad: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    done = run(home, *[str(bad) if word == "BAD" else word for word in arguments])
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


# --- the same commands in this process ----------------------------------------------------------


def test_reveal_shows_the_small_counts_where_the_operator_allows_it(cli: Cli) -> None:
    found = shown(cli, "follow_up_completion", "--by", "province", "--reveal", ALLOW_REVEAL="1")
    numbers = {row["area_code"]: (row["numerator"], row["denominator"]) for row in found}
    assert (numbers["51"], numbers["52"]) == (("2", "3"), ("15", "20"))


@pytest.mark.parametrize("name", BREAKDOWNS)
def test_a_breakdown_is_shown_like_an_indicator(cli: Cli, home: Path, name: str) -> None:
    definition = BREAKDOWNS[name]
    by = definition.always_by or "country"
    info = snapshot.current(home)
    query = Query(as_of=info.as_of, breakdown=definition.always_by)
    asked = queries.breakdown(name, query, scope=Scope(nation=True), snapshot=info)
    found = shown(cli, name, "--by", by)
    assert [(row["group"], row["status"]) for row in found] == [
        (row.group, row.status) for row in asked.itertuples()
    ]
    values = ["" if pd.isna(value) else repr(float(value)) for value in asked["value"]]
    assert [row["value"] for row in found] == values
    for lang in LANGS:
        code, text, _ = cli("show", name, "--by", by, LANGUAGE=lang)
        assert (code, text.splitlines()[0].split(" [")[0]) == (0, t(f"cli.breakdown.{name}", lang))


def test_status_says_what_is_live_how_old_it_is_and_what_is_missing(cli: Cli, source: Path) -> None:
    facts = json.loads(cli("status", "--format", "json", TODAY="2026-10-10")[1])
    assert facts["source"] == str(source)
    assert (facts["as_of"], facts["age_days"]) == ("2026-09-30", 10)
    assert facts["rows"]["follow_ups"] == 40 + 3 + 20
    assert {"assessments", "province_statistics"} <= set(facts["missing_tables"])
    code, text, _ = cli("status")
    assert code == 0
    assert facts["snapshot"] in text
    assert "follow_ups: 63" in text


@pytest.mark.parametrize("extra", [(), ("--check",)], ids=["import", "check only"])
def test_bad_data_list_every_problem_and_leave_the_published_data_alone(
    cli: Cli, bad: Path, extra: tuple[str, ...]
) -> None:
    before = cli("status", "--format", "json")
    code, out, err = cli("import", str(bad), *extra)
    assert (code, out) == (3, "")
    assert "5099" in err
    assert "2026-02-30" in err
    assert cli("status", "--format", "json") == before


def test_before_the_first_import_there_is_nothing_to_show(
    cli: Cli, tmp_path: Path, source: Path
) -> None:
    empty = {"DATA_DIR": str(tmp_path)}
    code, out, err = cli("status", **empty)
    assert (code, out) == (4, "")
    assert "import" in err
    assert cli("import", str(source), "--check", **empty)[0] == 0
    assert cli("show", "follow_up_completion", **empty)[0] == 4  # checking publishes nothing
    assert cli("import", str(tmp_path / "nowhere"), **empty)[0] == 4


def test_two_data_directories_never_see_each_other(cli: Cli, tmp_path: Path) -> None:
    asked = ("show", "follow_up_completion", "--format", "csv")
    other = folder.write(tmp_path / "other", {**rows(), "follow_ups": rows()["follow_ups"][:10]})
    there = {"DATA_DIR": str(tmp_path / "data")}
    assert cli(*asked, **there)[0] == 4
    assert cli("refresh", **there, SOURCE=str(other))[0] == 0
    assert table(cli(*asked, **there)[1])[0]["denominator"] == "10"
    assert table(cli(*asked)[1])[0]["denominator"] == str(40 + 3 + 20)


@pytest.mark.parametrize(
    ("by", "expected"),
    [("country", 1), ("region", 4), ("province", 77), ("month", 12), ("quarter", 4)],
)
def test_every_area_and_period_has_its_row(cli: Cli, by: str, expected: int) -> None:
    found = shown(cli, "follow_up_completion", "--by", by)
    assert len(found) == expected


def test_breakdowns_are_rows_of_the_country(cli: Cli) -> None:
    groups = shown(cli, "follow_up_completion", "--by", "target_group")
    assert {row["area_code"] for row in groups} == {"TH"}
    assert {"elder", "displaced"} < {row["group"] for row in groups}
    roles = shown(cli, "training_coverage", "--by", "role")
    assert "case_manager" in {row["group"] for row in roles}


def test_filters_take_codes_and_names_and_the_row_bears_the_areas_code(cli: Cli) -> None:
    by_code = shown(cli, "follow_up_completion", "--province", "50")
    by_name = shown(cli, "follow_up_completion", "--province", "เชียงใหม่")
    assert by_code == by_name
    assert (by_code[0]["area_code"], by_code[0]["denominator"]) == ("50", "40")
    district = shown(cli, "follow_up_completion", "--district", "5001")
    assert (district[0]["area_code"], district[0]["denominator"]) == ("5001", "40")
    districts = shown(cli, "follow_up_completion", "--by", "district", "--province", "50")
    assert {row["area_code"][:2] for row in districts} == {"50"}
    revealed = ("--target-group", "elder", "--reveal")
    elders = shown(cli, "follow_up_completion", *revealed, ALLOW_REVEAL="1")
    assert elders[0]["denominator"] == str(40 + 20)


def test_periods_are_fiscal_years_and_quarters_cut_at_the_as_of_date(cli: Cli) -> None:
    def period(*arguments: str) -> tuple[str, str, str]:
        row = shown(cli, "follow_up_completion", *arguments)[0]
        return row["period_start"], row["period_end"], row["status"]

    assert period() == ("2025-10-01", "2026-09-30", "shown")
    quarter = ("--fiscal-year", "2569", "--quarter")
    assert period(*quarter, "4") == ("2026-07-01", "2026-09-30", "no_data")
    assert period(*quarter, "3") == ("2026-04-01", "2026-06-30", "shown")
    assert period(*quarter, "3", "--as-of", "2026-05-31")[1] == "2026-05-31"
    # The same period as known on another day would give away what came between the two days.
    assert period("--as-of", "31/05/2569") == ("2025-10-01", "2026-05-31", "hidden")
    assert period("--fiscal-year", "2568") == ("2024-10-01", "2025-09-30", "no_data")


def test_the_base_of_76_has_no_bangkok(cli: Cli) -> None:
    every = shown(cli, "staffing_gap", "--by", "province")
    without = shown(cli, "staffing_gap", "--by", "province", "--base", "76")
    gone = {row["area_code"] for row in every} - {row["area_code"] for row in without}
    assert (len(without), gone) == (76, {"10"})


def test_a_plain_count_has_its_numerator_as_value_and_no_denominator(cli: Cli) -> None:
    row = shown(cli, "staffing_gap", "--reveal", ALLOW_REVEAL="1")[0]
    gap = 0 + 1 + 1  # 1 family and 1 case manager; 1 family and nobody, twice
    assert (row["numerator"], row["denominator"], float(row["value"])) == (str(gap), "", gap)


def test_json_adds_the_reason_and_the_qualifier(cli: Cli) -> None:
    code, out, _ = cli("show", "follow_up_completion", "--by", "province", "--format", "json")
    cells = {row["area_code"]: row for row in json.loads(out)}
    assert code == 0
    assert list(cells["50"]) == [*COLUMNS.split(","), "reason", "qualifier"]
    assert (cells["50"]["value"], cells["50"]["qualifier"]) == (75.0, "exact")
    assert (cells["51"]["value"], cells["51"]["reason"]) == (None, "small_number")
    assert cells["52"]["status"] == "hidden"
    assert cells["10"]["reason"] == "nothing_due"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Follow-up completion", "Hidden", "Chiang Mai")), ("th", ("ปกปิด", "เชียงใหม่"))],
)
def test_tables_speak_the_language_of_the_settings(
    cli: Cli, language: str, words: tuple[str, ...]
) -> None:
    asked = ("show", "follow_up_completion", "--by", "province")
    code, out, _ = cli(*asked, LANGUAGE=language)
    assert code == 0
    assert all(word.lower() in out.lower() for word in words)


def test_the_registry_lists_names_ids_and_units(cli: Cli) -> None:
    code, out, _ = cli("indicators", "--format", "csv")
    listed = {row["indicator"]: row for row in table(out)}
    assert code == 0
    assert listed["families_per_case_manager"]["code"] == "CL-1"
    assert listed["follow_up_completion"]["unit"] == "percent"
    assert listed["training_attendances"]["kind"] == "flow"


def test_check_counts_the_rows_that_break_a_rule(cli: Cli) -> None:
    code, out, _ = cli("check", "--format", "csv")
    (found,) = table(out)  # C52 is at the stage closed and has no closing date
    assert code == 0
    assert (found["severity"], found["rows"]) == ("warn", "1")


WRONG = {
    "an indicator nobody knows": ("show", "follow_up_completed"),
    "a breakdown it does not have": ("show", "follow_up_completion", "--by", "moon"),
    "a province nobody knows": ("show", "follow_up_completion", "--province", "99"),
    "a day that cannot be": ("show", "follow_up_completion", "--as-of", "31/02/2569"),
    "a quarter without its year": ("show", "follow_up_completion", "--quarter", "2"),
    "a year that is not Buddhist": ("show", "follow_up_completion", "--fiscal-year", "2026"),
    "a base that does not exist": ("show", "follow_up_completion", "--base", "75"),
    "no command": (),
    "no source to refresh from": ("refresh",),
}


@pytest.mark.parametrize("arguments", WRONG.values(), ids=list(WRONG))
def test_bad_arguments_end_with_two_and_a_sentence(cli: Cli, arguments: tuple[str, ...]) -> None:
    code, out, err = cli(*arguments)
    assert (code, out) == (2, "")
    assert len(err.strip()) > 20
    assert "Traceback" not in err


def test_an_unknown_name_is_answered_with_the_nearest_ones(cli: Cli) -> None:
    _, _, err = cli("show", "follow_up_completed")
    assert "follow_up_completion" in err


@pytest.mark.parametrize("about", ["a province nobody knows", "a day that cannot be"])
def test_a_refusal_is_written_in_one_language(cli: Cli, about: str) -> None:
    _, _, english = cli(*WRONG[about], LANGUAGE="en")
    _, _, thai = cli(*WRONG[about], LANGUAGE="th")
    assert not any("ก" <= letter <= "๛" for letter in english)
    assert any("ก" <= letter <= "๛" for letter in thai)
    assert "register" not in thai
