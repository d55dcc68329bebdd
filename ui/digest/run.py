"""One run of the digests: for each person asked for a letter made, noted and handed over once a
week."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from email.message import EmailMessage
from typing import Literal

from config.access import Access
from config.settings import Settings
from data_access import audit
from data_access.audit import Event, What
from data_access.roles import NoPermission
from data_access.snapshot import SnapshotInfo
from ui.digest.letter import Letter, letter, message
from ui.digest.letter_notices import subscribers_of
from ui.digest.post import NotHandedOver
from ui.digest.recipients import Recipient, recipient, users

PAGE = "weekly"
log = logging.getLogger(__name__)
State = Literal["mailed", "written", "again_needed", "refused", "failed"]
Deliver = Callable[[EmailMessage], object]


@dataclass(frozen=True)
class Outcome:
    """What became of one name: mailed, written to a file, mailed before this week, refused, or not
    taken by the server; with the reason as a code."""

    user: str
    state: State
    reason: str = ""


@dataclass(frozen=True)
class Run:
    """What one run works with; `again` mails those who had this week's sheet too."""

    access: Access
    settings: Settings
    snapshot: SnapshotInfo
    at: datetime
    again: bool = False
    had_it: frozenset[str] = field(default_factory=frozenset)

    @property
    def week(self) -> str:
        """The week that sheets are of: "2569-W40" as "2026-W40", by the calendar of ISO."""
        return week_of(self.at.date())


def week_of(day: date) -> str:
    """Give the ISO week of a day, "2026-W40"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def had_this_week(settings: Settings, at: datetime) -> frozenset[str]:
    """Give who was mailed in this week, as the audit trail has it: it outlives the process."""
    events = [audit.read(settings.data_dir, month) for month in audit.months(settings.data_dir)[:2]]
    latest: dict[str, str] = {}
    for frame in events:
        own = frame[(frame["page"] == PAGE) & (frame["detail"].str.startswith(week_of(at.date())))]
        for row in own.itertuples():
            latest.setdefault(str(row.user), str(row.what))  # newest first
    return frozenset(user for user, what in latest.items() if what == "mailed")


def mail_all(run: Run, names: list[str], sender: str, deliver: Deliver) -> Iterator[Outcome]:
    """Mail each name asked for its own letter; give what became of it, one after the other."""
    for user, person in _people(run, names):
        if isinstance(person, NoPermission):
            _note(run, Event(user, "", "refused", PAGE, detail=person.reason))
            yield Outcome(user, "refused", person.reason)
        elif user in run.had_it and not run.again:
            yield Outcome(user, "again_needed", run.week)
        else:
            yield _make_and_mail(run, person, sender, deliver)


def _make_and_mail(run: Run, person: Recipient, sender: str, deliver: Deliver) -> Outcome:
    """Mail one letter; where it cannot be made that is noted, and the others get theirs."""
    try:
        made = message(letter(person, run.settings, run.snapshot), sender, run.week, run.at)
    except Exception as problem:  # its words could be those of a row: only the kind is logged
        log.error("a weekly sheet could not be made: %s", type(problem).__name__)
        _note(run, _event(run, person, "not_mailed", ".not_made"))
        return Outcome(person.address, "failed", "not_made")
    return _mail(run, person, made, deliver)


def letters(run: Run, names: list[str]) -> Iterator[Letter | Outcome]:
    """Give the letters that would be mailed, and who is refused one; nothing is noted."""
    for user, person in _people(run, names):
        if isinstance(person, NoPermission):
            yield Outcome(user, "refused", person.reason)
        else:
            yield letter(person, run.settings, run.snapshot)


def _people(run: Run, names: list[str]) -> Iterator[tuple[str, Recipient | NoPermission]]:
    synthetic, asking = run.snapshot.synthetic, subscribers_of(run.settings, run.snapshot)
    for user in users(names, run.access, synthetic=synthetic, subscribers=asking):
        try:
            yield user, recipient(user, run.access, run.settings, run.snapshot)
        except NoPermission as refusal:
            yield user, refusal


def _mail(run: Run, person: Recipient, mail: EmailMessage, deliver: Deliver) -> Outcome:
    # Noted first: if the process dies in between, nobody gets the sheet twice without asking.
    _note(run, _event(run, person, "mailed"))
    try:
        deliver(mail)
    except NotHandedOver as problem:
        _note(run, _event(run, person, "not_mailed", f".{problem}"))
        return Outcome(person.address, "failed", str(problem))
    return Outcome(person.address, "mailed")


def _event(run: Run, person: Recipient, what: What, reason: str = "") -> Event:
    areas = audit.codes({"areas": ",".join(person.areas)})
    return Event(person.address, person.role, what, PAGE, areas, f"{run.week}{reason}")


def _note(run: Run, event: Event) -> None:
    months = run.access.keep_months
    audit.record(run.settings.data_dir, event, at=run.at, keep_months=months)
