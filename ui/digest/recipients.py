"""Who gets a weekly sheet, and of which areas: read from the grants each time, as pages do."""

from collections.abc import Iterator
from dataclasses import dataclass

from config.access import Access, normal
from config.i18n import Lang
from config.mail import is_address
from config.settings import Settings
from data_access import roles
from data_access.roles import NoPermission
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from ui.state.filter_state import everything
from ui.state.page_context import View

EVERYBODY = "everybody"


@dataclass(frozen=True)
class Recipient:
    """One person with a sheet: name in the grants, which is the address, role, areas, and a scope
    that sees these areas alone."""

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
    """Give the person of a name; raises NoPermission for whoever has no area of their own, no
    grant, one that has ended, or a name that is no address."""
    synthetic = snapshot.synthetic
    who = roles.visitor(
        user,
        access,
        hide_below=settings.hide_below,
        today=settings.today,
        synthetic=synthetic,
    )
    areas = roles.own_areas(user, access, synthetic=synthetic)
    if not areas or not is_address(who.user):
        raise NoPermission(who.user, "no_area" if not areas else "unknown_user")
    # Pages show the public level beyond one's own areas; a letter has nothing beyond them.
    return Recipient(who.user, who.role, areas, roles.only_own(who.scope))


def users(names: list[str], access: Access, *, synthetic: bool) -> Iterator[str]:
    """Give the names asked for, each once; for "everybody" all whose role has own areas."""
    chosen: dict[str, None] = {}
    listed = (*access.grants, *access.sample_grants) if synthetic else access.grants
    for name in names:
        if name != EVERYBODY:
            chosen[normal(name)] = None
            continue
        for grant in listed:
            role = access.roles.get(grant.role)
            if role is not None and role.areas:
                chosen[grant.user] = None
    yield from chosen
