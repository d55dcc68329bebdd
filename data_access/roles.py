"""From a person's grant to what that person may see; everything that is not plain means nothing.

Called at every run with the grants as they stand, never with what a session remembers.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from config.access import Access, Grant, Role, normal
from data_access.scope import Scope
from geo import registers

Reason = Literal["unknown_user", "double_grant", "ended", "unknown_role", "unknown_area", "no_area"]


class NoPermission(Exception):
    """Somebody who is signed in and may see nothing: who it is and why."""

    def __init__(self, user: str, reason: Reason) -> None:
        super().__init__(f"{reason}: {user}")
        self.user, self.reason = user, reason


@dataclass(frozen=True)
class Visitor:
    """Who is looking: the name in the grants, the role, the rows, and whether it administers."""

    user: str
    role: str
    scope: Scope
    administers: bool


def visitor(user: str, access: Access, *, hide_below: int, today: date, synthetic: bool) -> Visitor:
    """Give what `user` may see today. Raises NoPermission for an unknown user, two grants of one
    user, a grant that has ended, an unknown role or area, or a role without any area."""
    grants = access.grants_of(user, synthetic=synthetic)
    if not grants:
        raise NoPermission(normal(user), "unknown_user")
    if len(grants) > 1:
        raise NoPermission(normal(user), "double_grant")
    grant = grants[0]
    if grant.until is not None and today > grant.until:
        raise NoPermission(grant.user, "ended")
    role = access.roles.get(grant.role)
    if role is None:
        raise NoPermission(grant.user, "unknown_role")
    return Visitor(grant.user, role.name, _scope(grant, role, hide_below), role.administers)


def own_areas(user: str, access: Access, *, synthetic: bool) -> tuple[str, ...]:
    """Give the codes of the areas that a user's grant names: the country, else regions, provinces
    and districts. Call `visitor` first: it refuses a grant that is not plain."""
    (grant,) = access.grants_of(user, synthetic=synthetic)
    if grant.country:
        return (registers.COUNTRY,)
    return (*sorted(grant.regions), *sorted(grant.provinces), *sorted(grant.districts))


def only_own(scope: Scope) -> Scope:
    """Give a scope that sees the rows of its own areas and nothing else, at no public level."""
    return replace(
        scope, nation=False, provinces=scope.own_provinces, districts=scope.own_districts
    )


def local_visitor(access: Access, *, hide_below: int, synthetic: bool) -> Visitor:
    """Give the one user of a machine without sign-in, and the pages of administrators where the
    file has a role for them.

    Real data are shown at the public level. Synthetic data are about nobody: all of the country is
    the user's own area, and *view as* shows what each role would see.
    """
    administers = any(role.administers for role in access.roles.values())
    scope = local_scope(hide_below=hide_below, synthetic=synthetic)
    return Visitor("local", "local", scope, administers)


def local_scope(*, hide_below: int, synthetic: bool) -> Scope:
    """Give what the one user of a machine without sign-in sees, as `local_visitor` has it."""
    every = frozenset(p.code for p in registers.provinces()) if synthetic else frozenset[str]()
    return Scope(nation=True, own_provinces=every, hide_below=hide_below)


def _scope(grant: Grant, role: Role, hide_below: int) -> Scope:
    wanted = {kind for kind in ("regions", "provinces", "districts") if getattr(grant, kind)}
    if grant.country:
        wanted.add("country")
    if wanted - role.areas:
        raise NoPermission(grant.user, "unknown_area")
    if role.areas and not wanted:
        raise NoPermission(grant.user, "no_area")
    provinces, districts = _own_provinces(grant), _own_districts(grant)
    if role.elsewhere == "public":
        return Scope(
            nation=True,
            own_provinces=provinces,
            own_districts=districts,
            hide_below=hide_below,
        )
    if not provinces and not districts:
        raise NoPermission(grant.user, "no_area")
    return Scope(
        provinces=provinces,
        districts=districts,
        own_provinces=provinces,
        own_districts=districts,
        hide_below=hide_below,
    )


def _own_provinces(grant: Grant) -> frozenset[str]:
    every = {province.code for province in registers.provinces()}
    if grant.provinces - every or grant.regions - set(registers.REGIONS):
        raise NoPermission(grant.user, "unknown_area")
    if grant.country:
        return frozenset(every)
    inside = {code for code in every if registers.region_of(code) in grant.regions}
    return frozenset(inside | grant.provinces)


def _own_districts(grant: Grant) -> frozenset[str]:
    if grant.districts - {district.code for district in registers.districts()}:
        raise NoPermission(grant.user, "unknown_area")
    return grant.districts
