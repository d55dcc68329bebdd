"""Who may write of an area, and who may read what was typed: from grants, at every question."""

from data_access.roles import Visitor, only_own
from data_access.scope import Scope
from geo import levels

# Beside whoever may write: those whom the department answers to. They see no client anywhere.
READERS = ("executive",)


class NotEntitled(Exception):
    """Somebody tried to write of an area that is not theirs; nothing was written."""


def owns(scope: Scope, area: str) -> bool:
    """Tell whether an area (a province or a district) is somebody's own as a whole."""
    if levels.level_of(area).name == "district":
        return scope.owns_district(area)
    return scope.owns_province(area)


def letter_scope(visitor: Visitor) -> Scope | None:
    """Give what somebody's letters may hold: the rows of their own areas and nothing else; for an
    executive, who has none, the public level; None for whoever gets no letter."""
    scope = visitor.scope
    if scope.own_provinces or scope.own_districts:
        return only_own(scope)
    return scope if visitor.role in READERS and scope.nation else None


def may_be_told(scope: Scope | None, area: str) -> bool:
    """Tell whether a letter of this scope may hold a number of an area: provinces and districts
    that are its own; a region or the country that it sees whole."""
    if scope is None:
        return False
    level = levels.level_of(area).name
    if level in ("province", "district"):
        return owns(scope, area)
    parts = levels.members(area, "region") if level == "country" else (area,)
    return scope.sees(area) or all(scope.sees(one) for one in parts)


def may_write(visitor: Visitor | None, area: str) -> bool:
    """Tell whether somebody may write of a province or district: it is their own, or they
    administer and it is within what they see."""
    if visitor is None or levels.level_of(area).name not in ("province", "district"):
        return False
    return visitor.scope.sees(area) and (visitor.administers or owns(visitor.scope, area))


def may_read_texts(visitor: Visitor | None, area: str) -> bool:
    """Tell whether somebody may read what was typed about an area; numbers are for all who see it.

    A file or command without a person behind it reads no text.
    """
    if visitor is None or not visitor.scope.sees(area):
        return False
    return visitor.role in READERS or may_write(visitor, area)
