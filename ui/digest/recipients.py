"""Who gets a weekly sheet, and of which areas: read from the grants each time, as pages do."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from config.access import Access, normal
from config.i18n import Lang
from config.mail import is_address
from config.settings import Settings
from data_access import roles
from data_access.journal.rights import READERS, letter_scope
from data_access.roles import NoPermission
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from geo.registers import COUNTRY
from ui.state.filter_state import everything
from ui.state.page_context import View

EVERYBODY = "everybody"


@dataclass(frozen=True)
class Recipient:
    """One person with a letter: name in the grants, which is the address, role, areas, and a scope
    that sees these areas alone; the public level of the country for an executive."""

    address: str
    role: str
    areas: tuple[str, ...]
    scope: Scope

    def views(self, settings: Settings, snapshot: SnapshotInfo, lang: Lang) -> list[View]:
        """Give one view for each of their areas."""
        plain = everything(snapshot.as_of)
        return [
            View(plain.at(code), lang, "light", self.scope, snapshot, today=settings.today)
            for code in self.areas
        ]


def recipient(user: str, access: Access, settings: Settings, snapshot: SnapshotInfo) -> Recipient:
    """Give the person of a name; raises NoPermission for whoever has no area of their own and is no
    executive, has no grant, one that has ended, or a name that is no address."""
    synthetic = snapshot.synthetic
    who = roles.visitor(
        user,
        access,
        hide_below=settings.hide_below,
        today=settings.today,
        synthetic=synthetic,
    )
    # Pages show the public level beyond one's own areas; their letter has nothing beyond them.
    scope = letter_scope(who)
    areas = roles.own_areas(user, access, synthetic=synthetic) or (COUNTRY,)
    if scope is None or not is_address(who.user):
        raise NoPermission(who.user, "no_area" if scope is None else "unknown_user")
    return Recipient(who.user, who.role, areas, scope)


def users(
    names: list[str], access: Access, *, synthetic: bool, subscribers: Collection[str] = ()
) -> Iterator[str]:
    """Give the names asked for, each once; for "everybody" all whose role has own areas, and those
    executives who asked to be told something."""
    chosen: dict[str, None] = {}
    listed = (*access.grants, *access.sample_grants) if synthetic else access.grants
    for name in names:
        if name != EVERYBODY:
            chosen[normal(name)] = None
            continue
        for grant in listed:
            role = access.roles.get(grant.role)
            asks = grant.role in READERS and grant.user in subscribers
            if role is not None and (role.areas or asks):
                chosen[grant.user] = None
    yield from chosen
