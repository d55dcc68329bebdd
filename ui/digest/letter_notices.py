"""What a letter says before its sheet: open tasks of the area, and alerts that were asked for."""

from dataclasses import dataclass

from config import numbers
from config.i18n import t
from config.settings import Settings
from config.thai_calendar import format_date
from data_access.journal.alerts import Alert, alerts
from data_access.journal.store import Journal, JournalUnreachable
from data_access.journal.subscriptions import subscribers, subscriptions_of
from data_access.snapshot import SnapshotInfo
from geo import levels
from ui.digest import leave_links
from ui.digest.recipients import Recipient
from ui.queries import page_queries
from ui.state.page_context import View
from ui.text import area_names
from ui.text.indicator_numbers import number


@dataclass(frozen=True)
class Notice:
    """One alert in words, and the address by which it is left."""

    text: str
    address: str


@dataclass(frozen=True)
class Notices:
    """All alerts of a person; where they could not be read that is said."""

    alerts: tuple[Alert, ...] = ()
    unreachable: bool = False

    def of(self, view: View, settings: Settings) -> tuple[Notice, ...]:
        """Give those of a view's area in its language."""
        mine = [
            one
            for one in self.alerts
            if levels.lies_in(one.subscription.area_code, view.filters.narrowest)
        ]
        return tuple(Notice(_sentence(one, view), leave_links.one(one, settings)) for one in mine)


def notices(person: Recipient, settings: Settings, snapshot: SnapshotInfo) -> Notices:
    """Give what a person asked to be told, by the scope that their grant gives now."""
    journal = Journal(settings.journal_at(settings.data_dir, synthetic=snapshot.synthetic))
    try:
        listed = subscriptions_of(journal, person.address)
    except JournalUnreachable:
        return Notices(unreachable=True)
    return Notices(alerts(listed, scope=person.scope, snapshot=snapshot))


def subscribers_of(settings: Settings, snapshot: SnapshotInfo) -> frozenset[str]:
    """Give who asked to be told something; nobody where that cannot be read, for their letters
    would say no more."""
    try:
        place = settings.journal_at(settings.data_dir, synthetic=snapshot.synthetic)
        return subscribers(Journal(place))
    except JournalUnreachable:
        return frozenset()


def tasks_line(view: View) -> str:
    """Give how many tasks of the view's area are open on the desk."""
    count = len(page_queries.listing(view, "tasks"))
    return t("paper.mail.tasks", view.lang, count=numbers.count(count, view.lang))


def _sentence(alert: Alert, view: View) -> str:
    lang, one = view.lang, alert.subscription
    words = {
        "area": area_names.name_with_province(one.area_code, lang),
        "title": t(f"indicator.{one.indicator}.title", lang),
        "value": number(one.indicator, alert.value, lang),
        "date": format_date(alert.day, lang),
    }
    if one.kind == "signal":
        mean = number(one.indicator, alert.mean, lang)
        return t(f"paper.mail.alert.{alert.variation}", lang, mean=mean, **words)
    against = number(one.indicator, one.threshold, lang)
    return t(f"paper.mail.alert.{one.kind}", lang, against=against, **words)
