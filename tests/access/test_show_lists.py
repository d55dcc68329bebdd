"""The command line answers lists and statistics too, and never takes a filter without a word."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from config.i18n import LANGS, has, t
from config.settings import PREFIX
from data_access import queries, snapshot
from data_access.command_line import main
from data_access.figure_statistics import STATISTICS
from data_access.filters import FILTERS
from data_access.listings import LISTINGS
from data_access.scope import Scope
from tests.support import folder
from tests.support.commands import TODAY
from tests.support.world import drawn

Show = Callable[..., tuple[int, str, str]]
CASELOAD = [
    "families_per_case_manager",
    "provinces_over_norm",
    "staffing_gap",
    "case_managers_over_norm",
    "overload_months",
    "case_managers_per_supervisor",
    "training_coverage",
    "active_volunteers",
    "load_bands",
    "cohorts",
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with eleven families of one case manager and two of another."""
    where = tmp_path_factory.mktemp("lists")
    families = [{"family_id": f"F{n}", "household_id": "H", "district_code": "5001"}
                for n in range(13)]  # fmt: skip
    cases = [
        {
            "case_id": f"C{n}",
            "family_id": f"F{n}",
            "target_group": "elder" if n < 6 else "child",
            "opened_on": "2026-01-05",
            "stage": "follow_up",
        }
        for n in range(13)
    ]
    tables = {
        **folder.SMALL,
        "families": families,
        "cases": cases,
        "workers": drawn("""
            worker_id sex
            W1 F
            W2 M
        """),
        "worker_posts": drawn("""
            worker_id role province_code district_code fte start_on
            W1 case_manager 50 5001 1 2020-01-01
            W2 case_manager 50 5001 1 2020-01-01
        """),
        "case_assignments": [
            {"case_id": f"C{n}", "worker_id": "W1" if n < 11 else "W2", "start_on": "2026-01-05"}
            for n in range(13)
        ],
        "follow_ups": [],
    }
    source = folder.write(where / "source", tables)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(f"{PREFIX}DATA_DIR", str(where / "data"))
        patch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
        assert main(["import", str(source), "--as-of", TODAY.isoformat()]) == 0
    return where / "data"


@pytest.fixture
def show(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Show:
    """`show …` in this process: exit code, standard output, standard error."""

    def run(*arguments: str, lang: str = "th") -> tuple[int, str, str]:
        monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(home))
        monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
        monkeypatch.setenv(f"{PREFIX}LANGUAGE", lang)
        code = main(["show", *arguments])
        written = capsys.readouterr()
        return code, written.out, written.err

    return run


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", CASELOAD)
def test_what_is_not_divided_by_target_group_is_refused_in_words(show: Show, name: str) -> None:
    code, out, err = show(name, "--target-group", "elder")
    assert (code, out) == (2, "")
    assert "ไม่จำแนกตามกลุ่มเป้าหมาย" in err
    code, _, err = show(name, "--target-group", "elder", lang="en")
    assert (code, "Not divided by target group" in err) == (2, True)


def test_the_families_of_a_group_and_their_share_stand_in_its_place(show: Show) -> None:
    code, out, _ = show("families_in_care", "--target-group", "elder", "--format", "csv")
    (row,) = rows(out)
    assert code == 0
    assert (row["numerator"], row["denominator"]) == ("6", "13")
    assert float(row["value"]) == pytest.approx(100 * 6 / (6 + 7))


def test_a_role_that_nothing_is_divided_by_is_refused(show: Show) -> None:
    code, out, err = show("follow_up_completion", "--role", "case_manager")
    assert (code, out) == (2, "")
    assert "ไม่จำแนกตามบทบาท" in err


def test_a_filter_that_rows_say_themselves_is_noted_beside_them(show: Show) -> None:
    code, out, err = show("skills_reported", "--province", "50", "--format", "csv")
    assert (code, bool(out)) == (0, True)
    assert err.strip() == "ไม่ได้กรองตามจังหวัด"


@pytest.mark.parametrize("name", LISTINGS)
def test_every_list_is_shown_in_every_form(show: Show, home: Path, name: str) -> None:
    code, out, err = show(name, "--format", "csv")
    own_only = LISTINGS[name].own_only
    assert (code, err) == (0, f"{t(own_only, 'th')}\n" if own_only else "")
    as_json = show(name, "--format", "json")[1]
    assert len(json.loads(as_json)) == len(rows(out))
    for lang in LANGS:
        code, text, _ = show(name, lang=lang)
        assert (code, text.splitlines()[0]) == (0, t(f"cli.list.{name}", lang))


def test_a_list_is_the_same_as_the_pages_read(show: Show, home: Path) -> None:
    found = rows(show("load_bands", "--format", "csv")[1])
    counts = {row["band"]: int(row["case_managers"]) for row in found}
    assert counts == {"0": 0, "1-5": 1, "6-10": 0, "11-15": 1, "16-20": 0, "21+": 0}
    info = snapshot.current(home)
    loaded = queries.load_rows(scope=Scope(nation=True), snapshot=info)
    assert len(rows(show("load_rows", "--format", "csv")[1])) == len(loaded)


@pytest.mark.parametrize("more", [("--by", "province"), ("--statistic", "rank")])
def test_a_list_has_no_other_level(show: Show, more: tuple[str, str]) -> None:
    code, out, err = show("load_bands", *more)
    assert (code, out) == (2, "")
    assert "load_bands" in err


def test_targets_and_verdicts_stand_beside_the_rows(show: Show) -> None:
    asked = ("families_per_case_manager", "--by", "province", "--statistic", "target")
    found = {row["area_code"]: row for row in rows(show(*asked, "--format", "csv")[1])}
    assert float(found["50"]["target"]) == 10
    assert found["50"]["value"] == "6.5"  # 13 families ÷ 2 case managers
    assert found["10"]["status"] == "no_data"
    assert found["10"]["mark"] == "none"
    assert json.loads(show(*asked, "--format", "json")[1])[0]["mark"] == "none"
    assert show(*asked)[0] == 0


@pytest.mark.parametrize("statistic", STATISTICS)
def test_every_statistic_keeps_the_rows_and_adds_its_columns(show: Show, statistic: str) -> None:
    asked = ("unassigned_families", "--by", "province", "--format", "csv")
    plain, more = rows(show(*asked)[1]), rows(show(*asked, "--statistic", statistic)[1])
    assert [row["area_code"] for row in more] == [row["area_code"] for row in plain]
    assert more[0].keys() > plain[0].keys()
    assert all(row.items() <= with_it.items() for row, with_it in zip(plain, more, strict=True))


def test_the_help_is_in_both_languages_thai_first(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["show", "--help"])
    text = " ".join(capsys.readouterr().out.split())
    assert end.value.code == 0
    assert "กลุ่มเป้าหมาย · target group" in text
    for one in FILTERS:
        assert f"--{one.replace('_', '-')}" in text
        assert has(f"cli.help.filter.{one}")
