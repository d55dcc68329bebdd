"""Subscriptions: somebody wants to be told of an indicator of an area that letters may hold.

One person has one subscription for each indicator of an area; changing it and leaving it are
revisions. Whether something is told is decided when a letter is made, with the scope that the
grants then give.
"""

import hashlib
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any, Literal

from config import numbers
from data_access.indicators import registry
from data_access.journal.pen import DraftProblem, DraftRefusal, Pen
from data_access.journal.rights import NotEntitled, letter_scope, may_be_told
from data_access.journal.store import Journal
from data_access.journal.tables import SUBSCRIPTIONS

# signal: the latest month is special by the rules of an XmR chart. above, below: a threshold.
Kind = Literal["signal", "above", "below"]
KINDS: tuple[Kind, ...] = ("signal", "above", "below")
MOST = 50  # subscriptions of one person


@dataclass(frozen=True)
class Subscription:
    """One subscription in its newest revision; `threshold` is empty for a signal."""

    entry_id: str
    revision: int
    subscriber: str
    area_code: str
    indicator: str
    kind: Kind
    threshold: float | None
    state: Literal["running", "withdrawn"]
    author: str
    written_at: str


@dataclass(frozen=True)
class Wish:
    """What a form asks for; the threshold is None where it is no number."""

    area_code: str
    indicator: str
    kind: str
    threshold: float | None = None


def subscriptions_of(journal: Journal, user: str) -> tuple[Subscription, ...]:
    """Give what somebody is subscribed to, in order of area and indicator."""
    return tuple(one for one in _all_of(journal, user) if one.state == "running")


def subscribe(wish: Wish, pen: Pen) -> None:
    """Write a subscription of the pen's person, or change the one there is.

    Raises NotEntitled for an area that their letters may not hold;
    DraftRefusal with everything that is wrong; OldRevision where the same person wrote meanwhile.
    """
    if not may_be_told(letter_scope(pen.visitor), wish.area_code):
        raise NotEntitled(wish.area_code)
    mine = {one.entry_id: one for one in _all_of(pen.journal, pen.visitor.user)}
    key = _entry_id(pen.visitor.user, wish)
    problems = _problems(wish)
    running = sum(one.state == "running" for one in mine.values())
    if running >= MOST and not (key in mine and mine[key].state == "running"):
        problems.append(DraftProblem("too_many_alerts", values={"most": MOST}))
    if problems:
        raise DraftRefusal(problems)
    pen.write(SUBSCRIPTIONS, {
        "entry_id": key,
        "revision": mine[key].revision + 1 if key in mine else 1,
        "subscriber": pen.visitor.user,
        "area_code": wish.area_code,
        "indicator": wish.indicator,
        "kind": wish.kind,
        "threshold": None if wish.kind == "signal" else wish.threshold,
        "state": "running",
    })  # fmt: skip


def unsubscribe(pen: Pen, entry_id: str = "") -> int:
    """Write that the pen's person leaves one subscription, or all of them; give how many ended."""
    ending = [
        one
        for one in subscriptions_of(pen.journal, pen.visitor.user)
        if entry_id in ("", one.entry_id)
    ]
    for one in ending:
        row = asdict(one) | {"revision": one.revision + 1, "state": "withdrawn"}
        kept = {name: value for name, value in row.items() if name not in ("author", "written_at")}
        pen.write(SUBSCRIPTIONS, kept)
    return len(ending)


def subscribers(journal: Journal) -> frozenset[str]:
    """Give everybody with a subscription that runs."""
    rows = journal.newest(SUBSCRIPTIONS)
    return frozenset(rows.loc[rows["state"] == "running", "subscriber"])


def _all_of(journal: Journal, user: str) -> list[Subscription]:
    rows = journal.newest(SUBSCRIPTIONS)
    mine = rows[rows["subscriber"] == user]
    listed = [Subscription(**_without_nan(row)) for row in mine.to_dict("records")]
    return sorted(listed, key=lambda one: (one.area_code, one.indicator))


def _without_nan(row: dict[Any, Any]) -> dict[str, Any]:
    """A row as it was written: pandas has no empty number but one that is none."""
    none = numbers.is_missing(row["threshold"])
    return row | {"threshold": None if none else float(row["threshold"])}


def _entry_id(user: str, wish: Wish) -> str:
    """One name for a person, area and indicator; who it is cannot be read from it."""
    who = hashlib.sha256(user.encode()).hexdigest()[:16]
    return f"{wish.area_code}.{wish.indicator}.{who}"


def _problems(wish: Wish) -> list[DraftProblem]:
    problems = []
    if wish.indicator not in registry.INDICATORS:
        problems.append(DraftProblem("figure", "indicator"))
    if wish.kind not in KINDS:
        problems.append(DraftProblem("alert_kind", "alert_kind"))
    known = wish.threshold is not None and isfinite(wish.threshold) and wish.threshold >= 0
    if wish.kind != "signal" and not known:
        problems.append(DraftProblem("threshold", "threshold"))
    return problems
