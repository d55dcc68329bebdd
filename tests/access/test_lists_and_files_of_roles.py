"""Grant, look, revoke, look, grant, look: each role on each list and each kind of file.

Scopes come from the file of grants as pages ask for them; no page and no file is drawn. Pictures
(PNG, SVG) are saved by the browser from what it already shows.
"""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from config import access
from config.settings import Settings
from data_access import listings
from data_access.indicators.kernel.query import Query
from data_access.listings import LISTINGS
from data_access.roles import NoPermission, visitor
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, current
from geo import registers
from tests.browser.provider import grants
from tests.support.commands import TODAY
from ui.render import export_jobs, exports
from ui.render.export_jobs import Job
from ui.render.exports import KINDS, Kind
from ui.state import session, sign_in
from ui.state.session import ScopeChange

GRANTS: dict[str, dict[str, Any]] = {
    "executive": {},
    "regional": {"regions": ["north"]},
    "provincial_coordinator": {"provinces": ["50"], "districts": ["1101"]},
    "data_manager": {"country": True},
    "presenter": {},
    "administrator": {},
}
OWN = {role for role, grant in GRANTS.items() if grant}
# Lists with a row for each single case; the others count, or are about staff, courses and areas.
OF_CASES = {
    *("overdue_visits", "due_in_7_days", "due_in_30_days", "without_contact", "left_at_closure"),
    *("undecided_screenings", "waiting_referrals", "stuck_cases", "cases_without_plan"),
}
# Lists of work in the reader's own area: empty for whoever has none.
OF_OWN_AREA = {"desk_rows", "quiet_districts", "tasks", "supervision", "invitations"}
PLACES = ("district_code", "area_code")
SECONDS = 30


class Door:
    """A file of grants, and the scope of one person by it."""

    def __init__(self, path: Path, role: str) -> None:
        self.path, self.user = path, f"{role}@example.org"
        self.line = {"user": self.user, "role": role} | GRANTS[role]

    def grant(self, **changes: Any) -> None:
        """Let the person in."""
        grants(self.path, {**self.line, **changes})

    def revoke(self) -> None:
        """Let nobody in."""
        grants(self.path)

    def scope(self) -> Scope:
        """The scope as it stands now; raises NoPermission."""
        people = access.load(self.path)
        return visitor(self.user, people, hide_below=5, today=TODAY, synthetic=True).scope


@pytest.fixture
def info(small_data_dir: Path) -> SnapshotInfo:
    return current(small_data_dir)


def lists(scope: Scope, info: SnapshotInfo) -> dict[str, pd.DataFrame]:
    """Every list of the product as somebody with this scope gets it."""
    query = Query(info.as_of)
    return {
        name: listings.frame(name, query, scope=scope, snapshot=info)
        for name in LISTINGS
        if name != "quality_effects"  # counts of records, seconds long
    }


@pytest.mark.parametrize("role", GRANTS)
def test_lists_follow_the_grant(role: str, tmp_path: Path, info: SnapshotInfo) -> None:
    door = Door(tmp_path / "access.toml", role)
    door.revoke()
    with pytest.raises(NoPermission):
        door.scope()
    door.grant()
    scope = door.scope()
    before = lists(scope, info)
    cases = {name: rows for name, rows in before.items() if name in OF_CASES | OF_OWN_AREA}
    assert set(cases) == OF_CASES | OF_OWN_AREA
    for name, rows in cases.items():
        assert all(_own(scope, row) for row in rows.to_dict("records")), name
    assert any(len(rows) for rows in cases.values()) == (role in OWN)
    assert any(len(rows) for name, rows in before.items() if name not in cases)
    door.revoke()
    with pytest.raises(NoPermission):
        lists(door.scope(), info)
    door.grant()
    for name, rows in lists(door.scope(), info).items():
        pd.testing.assert_frame_equal(rows, before[name])


def _own(scope: Scope, row: dict[str, Any]) -> bool:
    # Of a task: the code of a district or a province. Of some people: the province only.
    district = next((c for n in PLACES if isinstance(c := row.get(n), str)), "")
    province = row.get("province_code", district[:2])
    if scope.owns_province(province) or scope.owns_district(district):
        return True
    return not district and any(d.startswith(province) for d in scope.own_districts)


def test_nobody_without_an_area_sees_a_list_that_those_with_one_see(info: SnapshotInfo) -> None:
    """The lists named above are those that differ: none of single cases is missing among them."""
    everywhere = Scope(nation=True, own_provinces=frozenset(registers.provinces_by_code()))
    ours, public = lists(everywhere, info), lists(Scope(nation=True), info)
    withheld = {name for name in ours if len(ours[name]) and not len(public[name])}
    assert withheld
    assert withheld <= OF_CASES | OF_OWN_AREA | {"case_stage_curves"}


@pytest.fixture
def check_of(
    tmp_path: Path, info: SnapshotInfo, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], tuple[Door, Callable[[], None]]]:
    """The door of a role and the check that an open export menu holds."""

    def make(role: str) -> tuple[Door, Callable[[], None]]:
        door = Door(tmp_path / "access.toml", role)
        door.grant()
        options: Settings | SimpleNamespace = SimpleNamespace(
            access=door.path, hide_below=5, today=TODAY
        )
        monkeypatch.setattr(session, "settings", lambda: options)
        monkeypatch.setattr(session, "snapshot", lambda: info)
        monkeypatch.setattr(session, "local", lambda: False)
        monkeypatch.setattr(session, "viewed_user", lambda: None)
        monkeypatch.setattr(sign_in, "user", lambda *_: door.user)
        monkeypatch.setattr(exports, "renderer", lambda medium: lambda page, view: b"file")
        return door, session.scope_check()

    return make


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.medium)
@pytest.mark.parametrize("role", GRANTS)
def test_no_kind_of_file_is_made_from_an_open_menu_after_the_grant(
    role: str, kind: Kind, check_of: Callable[[str], tuple[Door, Callable[[], None]]]
) -> None:
    nothing: Any = None
    door, check = check_of(role)

    def job() -> Job:
        one = export_jobs.start(Job("key", "file", kind), lambda: (nothing, nothing), check)
        assert one.end.wait(SECONDS)
        return one

    assert exports.content(kind, nothing, nothing, check) == b"file"
    assert (job().state, job().content) == ("ready", b"file")
    door.revoke()
    with pytest.raises(NoPermission):
        exports.content(kind, nothing, nothing, check)
    assert (job().state, job().content) == ("failed", b"")
    other = {"role": "provincial_coordinator", "provinces": ["51"]}
    grants(door.path, {"user": door.user, **other})
    with pytest.raises(ScopeChange):
        exports.content(kind, nothing, nothing, check)
    assert (job().state, job().content) == ("failed", b"")
    door.grant()
    assert exports.content(kind, nothing, nothing, check) == b"file"


def test_what_plays_by_itself_stops_with_the_grant_and_with_the_sign_in(
    check_of: Callable[[str], tuple[Door, Callable[[], None]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    door, _ = check_of("regional")
    before = door.scope()
    assert session.still_sees(before)
    door.grant(regions=["south"])
    assert not session.still_sees(before)
    door.revoke()
    assert not session.still_sees(before)
    door.grant()
    assert session.still_sees(before)

    def over(*_: object) -> str:
        raise sign_in.NotSignedIn("idle")

    monkeypatch.setattr(sign_in, "user", over)
    assert not session.still_sees(before)
