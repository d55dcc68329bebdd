"""The caseload norm stands in thresholds.toml only: set to 12, all that speaks of it moves."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from config import thresholds
from config.i18n import LANGS, Lang, raw, t, texts
from data_access import queries
from data_access.indicators import registry
from data_access.indicators.kernel.query import Query
from data_access.snapshot import SnapshotInfo
from data_access.targets import Target, first_to_look, norm_of
from tests.indicators.test_caseload import NATION, families_and_managers, together
from tests.support.world import make
from ui.charts import distribution
from ui.maps import classes
from ui.state.filter_state import everything
from ui.text import narrative
from ui.text.figures import figure_of

DAY = date(2026, 9, 30)
RATIO = registry.get("families_per_case_manager")
NO_TARGETS = pd.DataFrame(columns=["indicator", "scope_code", "fiscal_year", "value", "source"])
Ask = Callable[..., pd.DataFrame]


@pytest.fixture(autouse=True)
def twelve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """thresholds.toml as it is, but for a caseload norm of 12."""
    text = thresholds.TOML_PATH.read_text(encoding="utf-8")
    changed = text.replace("[caseload_norm]\nvalue = 10\n", "[caseload_norm]\nvalue = 12\n")
    assert changed != text
    path = tmp_path / "thresholds.toml"
    path.write_text(changed, encoding="utf-8")
    monkeypatch.setattr(thresholds, "TOML_PATH", path)
    thresholds.thresholds.cache_clear()
    yield
    thresholds.thresholds.cache_clear()


@pytest.fixture
def snapshot(tmp_path: Path) -> SnapshotInfo:
    """Provinces 50 with 1 : 11, 51 with 1 : 13, and one case manager in each who has them all."""
    world = together(families_and_managers("50", 11, 1), families_and_managers("51", 13, 1))
    world["case_assignments"] = [
        {"case_id": c["case_id"], "worker_id": f"W{c['case_id'][1:3]}-0", "start_on": DAY}
        for c in world["cases"]
    ]
    return make(tmp_path, world)


@pytest.fixture
def ask(snapshot: SnapshotInfo) -> Ask:
    """Asks an indicator of that world."""

    def answer(name: str, **asked: Any) -> pd.DataFrame:
        query = Query(as_of=DAY).but(**asked)
        return queries.indicator(name, query, scope=NATION, snapshot=snapshot)

    return answer


def test_the_figures_move(ask: Ask) -> None:
    one = {name: ask(name).iloc[0]["numerator"] for name in (
        "provinces_over_norm", "case_managers_over_norm", "staffing_gap"
    )}  # fmt: skip
    # Of 11 and 13 families only 13 are more than 12: 2 of them need ceil(13 / 12) = 2 people.
    assert one == {
        "provinces_over_norm": 1,
        "case_managers_over_norm": 1,
        "staffing_gap": (1 - 1) + (2 - 1),
    }


def test_the_verdict_and_the_sentence_move(ask: Ask) -> None:
    assert norm_of(RATIO) == Target(12, "caseload_norm", proposed=False)
    chosen = everything(DAY).at("50")
    found = {
        name: figure_of(name, ask(name, province="50"), chosen, NO_TARGETS)
        for name in ("families_per_case_manager", "provinces_over_norm", "staffing_gap")
    }
    assert found["families_per_case_manager"].mark == "meets"
    said = narrative.caseload(found, chosen, "th")
    assert said.endswith("อยู่ในเกณฑ์ 12 ครอบครัว")
    listed = first_to_look(ask("families_per_case_manager", area="province"), RATIO, norm_of(RATIO))
    assert listed.rows["area_code"].tolist() == ["51"]


def test_bands_and_their_picture_move(snapshot: SnapshotInfo) -> None:
    bands = queries.load_bands(Query(as_of=DAY), scope=NATION, snapshot=snapshot)
    assert bands["band"].tolist() == ["0", "1-6", "7-12", "13-18", "19-24", "25+"]
    assert bands["case_managers"].tolist() == [0, 0, 1, 1, 0, 0]
    drawn = distribution.load_bands(bands, lang="en")
    assert "1 (50.0%) hold more than 12" in drawn["description"]


def test_classes_of_the_map_move() -> None:
    edges = (12 * 0.5, 12 * 0.8, 12.0, 12 * 1.5, 12 * 2.0)
    assert classes.fixed_edges(RATIO) == pytest.approx(edges)
    assert classes.norm_between(RATIO) == 12


@pytest.mark.parametrize("lang", LANGS)
def test_titles_and_explanations_move(lang: Lang) -> None:
    for name in ("provinces_over_norm", "staffing_gap", "case_managers_over_norm"):
        title = t(f"indicator.{name}.title", lang)
        assert "12" in title
        assert "10" not in title
    for name in ("provinces_over_norm", "case_managers_over_norm"):
        assert "12" in t(f"figure.title.{name}", lang)
    for name in ("provinces_over_norm", "case_managers_over_norm", "staffing_gap"):
        assert "12" in thresholds.threshold(name).source(lang)


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_but_a_source_states_the_norm_as_a_number(lang: Lang) -> None:
    stated = re.compile(r"\b1 ?: ?10\b(?!\.)|เกิน 10(?!\d)|(?:more than|over|above) 10\b(?!\.|0)")
    others = ("importing.",)  # digits of a number, not families
    assert not [
        key
        for key in texts(lang)
        if not key.endswith(".source")
        and not key.startswith(others)
        and stated.search(raw(key, lang))
    ]
