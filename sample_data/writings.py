"""What people of the sample are imagined to have written: commitments, notes, an alert.

Run once by the launcher when it has made the sample (`python -m sample_data.writings`). It writes
about a synthetic snapshot only, into the sample's own journal, which no real data are ever read
with, and only while nothing stands in it.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial

import pandas as pd

from config import access as access_file
from config.i18n import LANGS, Lang, t
from config.settings import BANGKOK, Settings, load
from config.thai_calendar import Span, fiscal_year_of
from data_access import audit, queries, roles, snapshot
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Direction, Indicator, Unit
from data_access.indicators.kernel.query import Query
from data_access.journal import course
from data_access.journal.commitments import Draft, sign
from data_access.journal.notes import write_note
from data_access.journal.pen import DraftRefusal, Pen
from data_access.journal.store import Journal
from data_access.journal.subscriptions import Wish, subscribe
from data_access.journal.tables import METADATA
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from data_access.snapshot_problems import NoSnapshot

CHIANG_MAI, NORTH, DATA = (f"{name}@sample.invalid" for name in ("chiangmai", "north", "data"))
PAGE = "sample_data"
SHARE = 0.2  # by how much of the way to nothing, or to all, a target is better
SIGNED_AT = time(9, 0)


@dataclass(frozen=True)
class Promise:
    """A commitment to write: who, of which area and indicator, agreed and due how many ends of
    quarters from the day of the data (negative ones before it)."""

    user: str
    area: str
    indicator: str
    agreed_at: int = -2
    due: int = 2


PROMISES = (
    Promise(CHIANG_MAI, "50", "families_per_case_manager"),
    Promise(CHIANG_MAI, "50", "cases_without_next_follow_up"),
    Promise(CHIANG_MAI, "50", "unassigned_families", agreed_at=-3, due=-1),
    Promise(NORTH, "65", "families_per_case_manager"),
    Promise(DATA, "13", "families_per_case_manager", due=4),
    Promise(DATA, "11", "families_per_case_manager", due=4),
    Promise(DATA, "30", "unassigned_families"),
    Promise(DATA, "30", "training_coverage", agreed_at=-3, due=-1),
    Promise(NORTH, "57", "training_coverage"),
    Promise(DATA, "40", "plan_coverage", agreed_at=-3, due=-1),
    Promise(DATA, "31", "families_per_case_manager", agreed_at=-1, due=3),
)
NOTES = (
    (CHIANG_MAI, "50", "families_per_case_manager"),
    (CHIANG_MAI, "50", "follow_up_completion"),
    (DATA, "30", "training_coverage"),
)
ALERTS = ((CHIANG_MAI, "50"),)


@dataclass(frozen=True)
class _Desk:
    """What everything is written with."""

    settings: Settings
    info: SnapshotInfo
    journal: Journal
    access: access_file.Access

    def pen(self, user: str, day: date) -> Pen:
        """The pen of somebody of the sample on the morning of a day."""
        below = self.settings.hide_below
        person = roles.visitor(user, self.access, hide_below=below, today=day, synthetic=True)
        at = datetime.combine(day, SIGNED_AT, BANGKOK)

        def note(code: str) -> None:
            event = audit.Event(person.user, person.role, "wrote", PAGE, detail=code)
            months = self.access.keep_months
            audit.record(self.settings.data_dir, event, at=at, keep_months=months)

        return Pen(self.journal, person, at, note)

    def ask(self, name: str, query: Query) -> pd.DataFrame:
        """An indicator as everybody sees it."""
        public = Scope(nation=True, hide_below=self.settings.hide_below)
        return queries.indicator(name, query, scope=public, snapshot=self.info)


def write_all(settings: Settings, info: SnapshotInfo, lang: Lang) -> int:
    """Write them where they belong; give how many. Nothing about real data, nothing into a database
    that was named, nothing where something was written before."""
    journal = Journal(settings.journal_at(settings.data_dir, synthetic=True))
    if not info.synthetic or settings.journal is not None:
        return 0
    if any(len(journal.revisions(table)) for table in METADATA.sorted_tables):
        return 0
    desk = _Desk(settings, info, journal, access_file.load())
    acts = [partial(_promise, desk, one, lang) for one in PROMISES]
    acts += [partial(_note, desk, *note, n, lang) for n, note in enumerate(NOTES, start=1)]
    acts += [partial(_alert, desk, *one) for one in ALERTS]
    return sum(_is_kept(act) for act in acts)


def main() -> int:
    """Write what the sample's people are imagined to have written, and say how much; always 0: the
    pages work without it."""
    settings = load()
    try:
        info = snapshot.current(settings.data_dir)
    except NoSnapshot:
        return 0
    count = write_all(settings, info, settings.language)
    for lang in LANGS:
        sys.stdout.write(t("sample_data.writings.done", lang, count=count) + "\n")
    return 0


def _is_kept(act: Callable[[], None]) -> bool:
    """False for what another sample has no number for, or another list of people no person."""
    try:
        act()
    except (DraftRefusal, roles.NoPermission):
        return False
    return True


def _promise(desk: _Desk, one: Promise, lang: Lang) -> None:
    signed, due = (_quarter_end(desk.info.as_of, n) for n in (one.agreed_at, one.due))
    item = registry.get(one.indicator)
    base = course.cell_on(one.indicator, one.area, signed, signed, desk.ask).comparable
    draft = Draft(
        area_code=one.area,
        indicator=one.indicator,
        target=None if base is None else _better(item, base),
        due_on=due,
        actions=tuple(t(f"sample_data.writings.action_{n}", lang) for n in (1, 2)),
        owner=t("sample_data.writings.owner", lang),
    )
    sign(draft, desk.pen(one.user, signed), replace(desk.info, as_of=signed), desk.ask)


def _better(item: Indicator, base: float) -> float:
    lower = item.direction is Direction.LOWER_IS_BETTER
    best = 0.0 if lower else 100.0 if item.unit is Unit.PERCENT else base * 2
    better = base + (best - base) * SHARE
    return float(round(better)) if course.counts_whole(item) else round(better, 1)


def _note(desk: _Desk, user: str, area: str, indicator: str, number: int, lang: Lang) -> None:
    text = t(f"sample_data.writings.note_{number}", lang)
    as_of = desk.info.as_of
    write_note(area, indicator, text, desk.pen(user, as_of), as_of)


def _alert(desk: _Desk, user: str, area: str) -> None:
    wish = Wish(area, "families_per_case_manager", "above", 10.0)
    subscribe(wish, desk.pen(user, desk.info.as_of))


def _quarter_end(day: date, steps: int) -> date:
    """The end of a quarter so many ends after the last one on or before a day."""
    end = _end_of_quarter(day)
    if end > day:
        end = _earlier(end)
    for _ in range(abs(steps)):
        end = _end_of_quarter(end + timedelta(days=1)) if steps > 0 else _earlier(end)
    return end


def _earlier(end: date) -> date:
    start = next(q.start for q in _quarters(end) if q.end == end)
    return start - timedelta(days=1)


def _end_of_quarter(day: date) -> date:
    return next(q.end for q in _quarters(day) if q.end >= day)


def _quarters(day: date) -> list[Span]:
    return [fiscal_year_of(day).quarter(n) for n in (1, 2, 3, 4)]


if __name__ == "__main__":
    sys.exit(main())
