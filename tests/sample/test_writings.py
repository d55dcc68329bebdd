"""What people of the sample are imagined to have written: once, about the sample, nowhere else."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from config.settings import PREFIX, load
from data_access import audit, queries, snapshot
from data_access.indicators.kernel.query import Query
from data_access.journal import course
from data_access.journal.commitments import commitments
from data_access.journal.store import Journal
from data_access.journal.tables import COMMITMENTS, METADATA, NOTES, SUBSCRIPTIONS
from data_access.scope import Scope
from sample_data import writings

NATION = Scope(nation=True)


@pytest.fixture
def home(demo_data_dir: Path, tmp_path: Path) -> Path:
    """A data directory of the test's own with the small sample in it."""
    (tmp_path / "snapshots").symlink_to(demo_data_dir / "snapshots")
    (tmp_path / "current").write_text(snapshot.current_id(demo_data_dir), encoding="utf-8")
    return tmp_path


def settings_of(home: Path, **more: str) -> Mapping[str, str]:
    return {f"{PREFIX}DATA_DIR": str(home), **{PREFIX + name: one for name, one in more.items()}}


def written(home: Path) -> dict[str, int]:
    journal = Journal(f"sqlite:///{home}/journal-sample.sqlite3")
    return {table.name: len(journal.revisions(table)) for table in METADATA.sorted_tables}


def test_it_is_written_once_and_says_that_it_is_a_sample(home: Path) -> None:
    settings, info = load(settings_of(home)), snapshot.current(home)
    assert writings.write_all(settings, info, "th") >= 6
    found = written(home)
    assert all(found.values())
    assert writings.write_all(settings, info, "th") == 0
    assert written(home) == found
    journal = Journal(settings.journal_at(home, synthetic=True))
    texts = journal.revisions(COMMITMENTS)[["action_1", "action_2", "owner"]].to_numpy().ravel()
    for text in (*texts, *journal.revisions(NOTES)["text"]):
        assert "ตัวอย่าง" in text
    assert journal.revisions(SUBSCRIPTIONS)["subscriber"].tolist() == [writings.CHIANG_MAI]
    months = audit.months(home)
    events = pd.concat([audit.read(home, month) for month in months])
    assert set(events["what"]) == {"wrote"}
    assert len(events) == sum(found.values())


def test_commitments_have_run_for_a_while_and_some_are_over(home: Path) -> None:
    info = snapshot.current(home)
    writings.write_all(load(settings_of(home)), info, "en")

    def ask(name: str, query: Query) -> pd.DataFrame:
        return queries.indicator(name, query, scope=NATION, snapshot=info)

    journal = Journal(f"sqlite:///{home}/journal-sample.sqlite3")
    entries = commitments(journal, NATION)
    assert all(one.base_on < info.as_of for one in entries)
    states = {course.progress_of(one, info.as_of, ask).state for one in entries}
    assert states & {"met", "not_met"}
    assert states & {"on_course", "behind", "reached"}


def test_nothing_is_written_about_real_data_or_into_a_database_that_was_named(home: Path) -> None:
    info = snapshot.current(home)
    assert writings.write_all(load(settings_of(home)), replace(info, synthetic=False), "th") == 0
    named = load(settings_of(home, JOURNAL=str(home / "real.sqlite3")))
    assert writings.write_all(named, info, "th") == 0
    assert sorted(one.name for one in home.iterdir()) == ["current", "snapshots"]


@pytest.mark.parametrize(
    ("day", "steps", "end"),
    [
        (date(2026, 9, 30), -1, date(2026, 6, 30)),
        (date(2026, 9, 30), 1, date(2026, 12, 31)),
        (date(2026, 10, 1), -1, date(2026, 6, 30)),
        (date(2026, 9, 29), 2, date(2026, 12, 31)),
        (date(2026, 1, 1), -2, date(2025, 6, 30)),
    ],
)
def test_days_are_ends_of_quarters(day: date, steps: int, end: date) -> None:
    assert writings._quarter_end(day, steps) == end
