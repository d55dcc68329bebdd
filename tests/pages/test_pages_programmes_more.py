"""Pages of process, outcomes, teamwork, volunteers, screening: sentences, lists, missing tables."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from config.i18n import LANGS, Lang, t
from config.settings import PREFIX
from config.thai_calendar import FiscalYear, Span
from tests.pages.conftest import SECONDS
from tests.pages.coverage_seen import Seen, opened
from tests.support.commands import ROOT, TODAY, run_module
from tests.support.folder import SMALL, write
from ui.state.filter_state import FilterState, everything
from ui.text import narrative_programmes as narrative
from ui.text.figures import Figure

DAY = date(2026, 9, 30)
YEAR = Span(date(2025, 10, 1), DAY)
PAGES = {
    "process": ("assessments", "plans", "plan_goals", "services"),
    "outcomes": ("assessments",),
    "teamwork": ("case_team", "case_conferences", "services", "referrals"),
    "volunteers": ("province_statistics", "volunteer_activities", "awards"),
    "screening": ("screenings",),
}


def figure(name: str, top: int = 30, bottom: int = 40) -> Figure:
    """A shown figure of 75 percent, 30 out of 40 unless said otherwise."""
    return Figure(name, 75.0, top, bottom, "shown", "", "exact", YEAR, DAY, 77)


def absent(name: str, status: str) -> Figure:
    """A figure that is hidden or has no data."""
    return replace(figure(name), value=None, numerator=None, denominator=None, status=status)


def chosen() -> FilterState:
    return replace(everything(DAY), year=FiscalYear(2569))


def stages(assessed: float | None, planned: float | None, status: str = "shown") -> pd.DataFrame:
    rows = [("intake", 40, 0.0), ("assessment", 40, assessed), ("planning", 40, planned)]
    frame = pd.DataFrame(rows, columns=["stage", "opened", "median_days"])
    return frame.assign(status=status)


def visit(monkeypatch: pytest.MonkeyPatch, data_dir: Path, address: str) -> Seen:
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(data_dir))
    monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
    monkeypatch.chdir(ROOT)
    return opened(AppTest.from_file(str(ROOT / "Home.py"), default_timeout=SECONDS), address)


@pytest.fixture(scope="module")
def bare_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory of the required tables alone."""
    home = tmp_path_factory.mktemp("bare")
    people = [{"volunteer_id": "V1", "sex": "F", "level": "village", "province_code": "50",
               "registered_on": "2020-01-01"}]  # fmt: skip
    write(home / "in", {**SMALL, "volunteers": people})
    run_module("data_access", "import", str(home / "in"), "--as-of", "2026-09-30", data_dir=home)
    return home


@pytest.mark.parametrize("key", PAGES)
def test_a_page_names_each_table_the_source_lacks_once(
    monkeypatch: pytest.MonkeyPatch, bare_data_dir: Path, key: str
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(bare_data_dir))
    monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=SECONDS)
    seen = opened(app, f"{key}?fy=2568")  # the year in which the small set opens a case
    said = [str(one.value) for one in app.info]
    assert seen.problems == ()
    for table in PAGES[key]:
        assert said.count(t("message.table_missing", "th", table=table)) == 1, table


def test_the_decision_of_people_stands_above_all_screenings(
    monkeypatch: pytest.MonkeyPatch, bare_data_dir: Path
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(bare_data_dir))
    monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=SECONDS)
    opened(app, "screening")
    assert t("page.screening.principle", "th") in [str(one.value) for one in app.info]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("process?list=no_improvement_no_revision", "page.programmes.case"),
        ("process?list=plan_coverage", "page.programmes.case"),
        ("outcomes?list=dimension_improved", "part.dimension_improved.numerator"),
        ("teamwork?list=referrals_closed_loop", "page.teamwork.referral"),
        ("volunteers?list=volunteers_per_1000_households", "page.volunteers.by_area"),
        ("screening?list=screening_decided", "page.programmes.since"),
        ("screening?list=screening_overridden", "page.screening.flagged"),
    ],
)
def test_behind_a_number_stands_its_list(
    monkeypatch: pytest.MonkeyPatch, small_data_dir: Path, address: str, words: str
) -> None:
    seen = visit(monkeypatch, small_data_dir, address)
    assert seen.problems == ()
    assert seen.shows(t(words, "th"))


@pytest.mark.parametrize("lang", LANGS)
def test_volunteers_are_counted_even_where_nothing_else_is_known(lang: Lang) -> None:
    found = {
        "volunteers_per_1000_households": absent("volunteers_per_1000_households", "no_data"),
        "active_volunteers": absent("active_volunteers", "no_data"),
    }
    said = narrative.volunteers(found, 131410, {}, chosen(), lang)
    assert "131,410" in said
    nobody = narrative.volunteers(found, 0, {}, chosen(), lang)
    assert "131" not in nobody


@pytest.mark.parametrize("lang", LANGS)
def test_a_hidden_change_says_hidden_and_no_number(lang: Lang) -> None:
    found = {
        "dimension_improved": absent("dimension_improved", "hidden"),
        "dimension_worse": figure("dimension_worse"),
        "closed_self_reliant": absent("closed_self_reliant", "no_data"),
    }
    said = narrative.outcomes(found, chosen(), lang)
    assert said.startswith(t("narrative.outcomes.hidden", lang, area=t("region.TH", lang))[:20])
    assert "75" not in said


@pytest.mark.parametrize(
    ("assessed", "planned", "status", "key"),
    [
        (8.0, 20.0, "shown", "both"),
        (8.0, None, "shown", "assessed_only"),
        (None, None, "shown", "opened_only"),
        (None, None, "hidden", "hidden"),
        (None, None, "no_data", "nothing_opened"),
    ],
)
def test_the_pace_of_cases_has_a_sentence_for_each_state(
    assessed: float | None, planned: float | None, status: str, key: str
) -> None:
    found = {"no_improvement_no_revision": absent("no_improvement_no_revision", "hidden")}
    said = narrative.process(found, stages(assessed, planned, status), chosen(), "th")
    words = {"period": chosen().period_text("th"), "opened": "40", "assessed": "8", "planned": "20"}
    assert said == t(f"narrative.process.{key}", "th", **words)


def test_a_stage_without_a_table_is_not_called_slow() -> None:
    frame = stages(None, None)
    frame.loc[frame["stage"] != "intake", "status"] = "no_data"
    found = {"no_improvement_no_revision": absent("no_improvement_no_revision", "no_data")}
    said = narrative.process(found, frame, chosen(), "th")
    words = {"period": chosen().period_text("th"), "opened": "40"}
    assert said == t("narrative.process.opened", "th", **words)


@pytest.mark.parametrize(
    ("decided", "overridden", "first", "second"),
    [
        ((30, 40), (5, 30), "decided", "overridden"),
        ((37, 40), (5, 37), "few_waiting", "overridden"),
        ((40, 40), (0, 40), "all_decided", "never_overridden"),
    ],
)
def test_few_that_wait_are_not_counted_out_and_never_deciding_otherwise_is_a_warning(
    decided: tuple[int, int], overridden: tuple[int, int], first: str, second: str
) -> None:
    found = {
        "screening_decided": figure("screening_decided", *decided),
        "screening_overridden": figure("screening_overridden", *overridden),
    }
    said = narrative.screening(found, chosen(), 5, "th")
    words = {"run": "40", "period": chosen().period_text("th"), "decided": "ร้อยละ 75.0",
             "waiting": str(decided[1] - decided[0]), "other": "ร้อยละ 75.0"}  # fmt: skip
    sentences = [t(f"narrative.screening.{key}", "th", **words) for key in (first, second)]
    assert said == " ".join(sentences)


@pytest.mark.parametrize("lang", LANGS)
def test_the_hotline_is_named_where_its_share_is_known(lang: Lang) -> None:
    found = {
        "team_participation": figure("team_participation"),
        "referrals_accepted": absent("referrals_accepted", "no_data"),
    }
    channels = pd.DataFrame(
        [("hotline_1300", 30.0, 40, "shown")], columns=["group", "value", "denominator", "status"]
    )
    assert "1300" in narrative.teamwork(found, channels, chosen(), lang)
    assert "1300" not in narrative.teamwork(found, channels.head(0), chosen(), lang)
