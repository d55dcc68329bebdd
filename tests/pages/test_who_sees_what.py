"""Grant, look, revoke, look: each role on each page; two people at once; what ends a sign-in."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from config.access import TOML_PATH, load
from config.i18n import t
from config.settings import PREFIX
from data_access import audit, queries, sign_ins
from data_access.indicators import registry
from data_access.scope import Scope
from data_access.snapshot import current
from geo import registers
from tests.browser.provider import grants
from tests.house.source import ROOT
from tests.pages.conftest import SECONDS, words
from tests.support import world
from tests.support.commands import TODAY
from ui.render.pages import PAGES, PageSpec, spec
from ui.render.streamlit import page as screen
from ui.sections.view_as.section import ANSWERS, code_of
from ui.state import page_context, session, sign_in
from ui.state.filter_state import everything

ROWS = {
    "families": world.drawn("""
        family_id household_id district_code
        F1 H1 5001
        F2 H2 1001
        F3 H3 1002
    """),
    "cases": world.drawn("""
        case_id family_id target_group opened_on stage closed_on
        C1 F1 elder 2025-01-01 follow_up .
        C2 F2 child 2025-01-01 follow_up .
        C3 F3 child 2025-01-01 follow_up .
    """),
    "workers": [{"worker_id": "W1", "sex": "F"}, {"worker_id": "W2", "sex": "F"}],
    "worker_posts": world.drawn("""
        worker_id role province_code district_code fte start_on end_on
        W1 case_manager 50 5001 1 2020-01-01 .
        W2 case_manager 10 1001 1 2020-01-01 .
    """),
}
GRANTS: dict[str, dict[str, Any]] = {
    "executive": {},
    "regional": {"regions": ["north"]},
    "provincial_coordinator": {"provinces": ["50"]},
    "data_manager": {"country": True},
    "presenter": {},
    "administrator": {},
}
STRICT = '[roles.strict]\nelsewhere = "nothing"\nareas = ["provinces"]\nadministers = false\n'


class Person:
    """Somebody with a browser: what the provider says of them, and the pages they open."""

    def __init__(self, user: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.profile: dict[str, Any] = {
            "is_logged_in": True,
            "iss": "https://id.example.org",
            "sub": user,
            "email": user,
            "email_verified": True,
            "iat": int(time.time()) - 10,
            "exp": int(time.time()) + 3600,
        }
        self.tab: AppTest | None = None

    def look(self, key: str = "overview", **codes: str) -> AppTest:
        """A new tab on a page."""
        self.tab = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=SECONDS)
        for name, code in codes.items():
            self.tab.query_params[name] = code
        self.tab.switch_page(spec(key).file)
        return self.again()

    def again(self) -> AppTest:
        """The next run of the open tab."""
        assert self.tab is not None
        self.monkeypatch.setattr(sign_in, "claims", lambda: self.profile)
        return self.tab.run()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a few rows."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "snapshots").mkdir()
    info = world.make(folder / "snapshots", ROWS)
    (folder / "current").write_text(info.path.stem, encoding="utf-8")
    return folder


@pytest.fixture
def people(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Writes the list of people; signing in is required."""
    path = tmp_path / "access.toml"
    for name, text in (
        ("DATA_DIR", str(home)),
        ("TODAY", TODAY.isoformat()),
        ("SIGN_IN", "required"),
        ("ACCESS", str(path)),
    ):
        monkeypatch.setenv(f"{PREFIX}{name}", text)

    def write(*lines: dict[str, Any]) -> None:
        grants(path, *lines)
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{STRICT}", encoding="utf-8")

    write()
    monkeypatch.setenv(f"{PREFIX}ACCESS", str(path))
    return write


def titles(app: AppTest) -> list[str]:
    assert not app.exception
    return [title.value for title in app.title]


def closed(app: AppTest) -> bool:
    """Whether the page is only the sentence of a refusal: no filter, no card, no table, no file."""
    drawn = [*app.selectbox, *app.dataframe, *app.get("vega_lite_chart")]
    drawn += [*app.get("download_button"), *app.get("link_button"), *app.get("page_link")]
    text = words(app)
    return not drawn and 'class="ov-card"' not in text and "5001" not in text


def pairs() -> Iterator[tuple[PageSpec, str]]:
    """Each page with a role, by turns: all pages have one door. Each role on the first page, and on
    those that are not for everybody."""
    turns = cycle(GRANTS)
    for entry in PAGES:
        roles = list(GRANTS) if entry.roles or entry is PAGES[0] else [next(turns)]
        yield from ((entry, role) for role in roles)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("entry", "role"), list(pairs()), ids=lambda one: one.key if isinstance(one, PageSpec) else one
)
def test_a_grant_opens_a_page_and_its_loss_closes_it_in_the_open_tab(
    people: Callable[..., None], monkeypatch: pytest.MonkeyPatch, entry: PageSpec, role: str
) -> None:
    user = f"{role}@example.org"
    grant = {"user": user, "role": role} | GRANTS[role]
    person = Person(user, monkeypatch)
    people(grant)
    opened = person.look(entry.key)
    mine = not entry.roles or role == "administrator"
    expected = [entry.title("th")] if mine else [t("refused.title", "th")]
    assert titles(opened) == expected
    assert mine or not opened.dataframe
    people()
    gone = person.again()
    assert titles(gone) == [t("refused.title", "th")]
    assert closed(gone)
    assert load(TOML_PATH).contact("th") in words(gone)
    people(grant)
    assert titles(person.again()) == expected


@pytest.mark.slow
@pytest.mark.parametrize("role", GRANTS)
def test_the_door_of_each_page_follows_the_grant_of_each_role(
    people: Callable[..., None], monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    """Pages are left out: whether one is drawn, and for whose rows, is decided at the door."""

    def own_areas(_make: object) -> None:
        st.title(f"rows of {sorted(page_context.current().scope.own_provinces)}")

    monkeypatch.setattr(screen, "draw", own_areas)
    user, every = f"{role}@example.org", [p.code for p in registers.provinces()]
    own = {
        "regional": [code for code in every if registers.region_of(code) == "north"],
        "provincial_coordinator": ["50"],
        "data_manager": every,
    }
    grant = {"user": user, "role": role} | GRANTS[role]
    refusal = [t("refused.title", "th")]
    for entry in PAGES:
        person = Person(user, monkeypatch)
        mine = not entry.roles or role == "administrator"
        drawn = [f"rows of {sorted(own.get(role, []))}"] if mine else refusal
        people(grant)
        assert titles(person.look(entry.key)) == drawn, entry.key
        people()
        assert titles(person.again()) == refusal, entry.key
        people(grant)
        assert titles(person.again()) == drawn, entry.key


@pytest.mark.slow
def test_two_people_at_once_with_warm_caches_see_only_their_own(
    people: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    north, bangkok = (Person(f"{p}@example.org", monkeypatch) for p in ("50", "10"))
    lines = [
        {"user": f"{code}@example.org", "role": "strict", "provinces": [code]}
        for code in ("50", "10")
    ]
    people(*lines)
    pages = ("overview", "caseload", "follow_up")
    alone: dict[Person, dict[str, list[tuple[str, str]]]] = {}
    for who in (north, bangkok):
        st.cache_data.clear()
        alone[who] = {key: _figures(who.look(key)) for key in pages}
    assert alone[north] != alone[bangkok]
    st.cache_data.clear()
    for key in pages:  # in turns, so that each finds what the other has just put into the caches
        for who in (north, bangkok, north, bangkok):
            assert _figures(who.look(key)) == alone[who][key]


def _figures(app: AppTest) -> list[tuple[str, str]]:
    """The numbers on the cards; small trends come later where they have to be worked out first."""
    assert not app.exception
    bodies = " ".join(element.proto.body for element in app.get("html"))
    return re.findall(r'<div class="value">(.*?)</div>(.*?)</p>', bodies, re.DOTALL)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"exp": 1}, "expired"),
        ({"exp": None}, "expired"),
        ({"iat": int(time.time()) - 3600 * 11}, "expired"),
        ({"iat": int(time.time()) - 1900}, "idle"),
        ({"email_verified": False}, "unverified"),
        ({"email_verified": "true"}, "unverified"),
        ({"email": None}, "unverified"),
    ],
)
def test_an_open_tab_is_closed_when_its_sign_in_is_over(
    people: Callable[..., None], monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], why: str
) -> None:
    person = Person("executive@example.org", monkeypatch)
    people({"user": "executive@example.org", "role": "executive"})
    assert titles(person.look()) == [t("page.overview.title", "th")]
    person.profile |= change
    app = person.again()
    assert titles(app) == [t("sign_in.title", "th")]
    assert closed(app)
    assert t(f"sign_in.{why}", "th", contact=load(TOML_PATH).contact("th")) in words(app)


def test_real_data_are_not_shown_where_nothing_is_set_up(
    people: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = session.snapshot
    # The rows of tests are marked synthetic; the sample's own mode has to see that these are not.
    monkeypatch.setattr(session, "snapshot", lambda: replace(real(), synthetic=False))
    for mode in ("required", "sample"):
        monkeypatch.setenv(f"{PREFIX}SIGN_IN", mode)
        person = Person("nobody@example.org", monkeypatch)
        person.profile = {}
        app = person.look("caseload", province="50")
        assert titles(app) == [t("sign_in.title", "th")]
        assert t("sign_in.not_configured", "th") in words(app)
        assert closed(app)
        assert "50" in app.query_params["province"], "the wanted page stays in the address"


def test_a_machine_without_sign_in_says_so_on_every_page(
    people: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}SIGN_IN", "off")
    app = Person("nobody", monkeypatch).look("training")
    assert titles(app) == [t("page.training.title", "th")]
    assert t("account.local", "th") in words(app)


def test_view_as_shows_what_the_other_person_gets_and_is_recorded(
    people: Callable[..., None], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    admin, other = Person("admin@example.org", monkeypatch), Person("50@example.org", monkeypatch)
    strict = {"user": "50@example.org", "role": "strict", "provinces": ["50"]}
    people({"user": "admin@example.org", "role": "administrator"}, strict)
    own = other.look("caseload")
    page = admin.look("view_as", person=code_of("50@example.org"))
    page.button(key="view_as").click().run()
    assert admin.tab is not None
    viewed = admin.tab.switch_page(spec("caseload").file).run()
    said = t("account.viewed", "th", user="50@example.org")
    assert [warning.value for warning in viewed.warning] == [said]
    assert _cards(viewed) == _cards(own)
    refused = admin.tab.switch_page(spec("audit_trail").file).run()
    assert titles(refused) == [t("refused.title", "th")]
    events = audit.read(home, audit.months(home)[0])
    previewed = events[events["what"] == "previewed"].iloc[0]
    assert (previewed["user"], previewed["detail"]) == ("admin@example.org", "50@example.org")
    refused.button(key="view_own").click().run()
    assert titles(refused) == [t("page.audit_trail.title", "th")]


def test_view_as_counts_rows_and_hidden_cells(
    people: Callable[..., None], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    viewed = {"user": "executive@example.org", "role": "executive"}
    people({"user": "admin@example.org", "role": "administrator"}, viewed)
    page = Person("admin@example.org", monkeypatch).look("view_as", person=code_of(viewed["user"]))
    counted = page.dataframe[0].value.set_index("answer")
    info = current(home)
    for name in ANSWERS:
        area = "district" if registry.get(name).by_district else "province"
        query = everything(info.as_of).query(area)  # type: ignore[arg-type]  # one of the two
        frame = queries.indicator(name, query, scope=Scope(nation=True), snapshot=info)
        said = counted.loc[t(f"indicator.{name}.title", "th")]
        assert said["rows"] == len(frame)
        for state in ("shown", "hidden"):
            assert said[state] == (frame["status"] == state).sum(), (name, state)
    assert counted.loc[[t(f"indicator.{n}.title", "th") for n in ANSWERS], "hidden"].sum() > 0


@pytest.mark.parametrize(
    ("grant", "why"),
    [
        ({"role": "nobody"}, "unknown_role"),
        ({"role": "provincial_coordinator"}, "no_area"),
        ({"role": "strict", "provinces": ["99"]}, "unknown_area"),
    ],
)
def test_an_unknown_role_or_an_empty_scope_sees_nothing_and_is_recorded(
    people: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    home: Path,
    grant: dict[str, Any],
    why: str,
) -> None:
    user = f"{why}@example.org"
    people({"user": user} | grant)
    app = Person(user, monkeypatch).look("caseload", province="50")
    assert titles(app) == [t("refused.title", "th")]
    assert closed(app)
    assert load(TOML_PATH).contact("th") in words(app)
    events = audit.read(home, audit.months(home)[0])
    (event,) = events[events["user"] == user].to_dict("records")
    assert (event["what"], event["detail"]) == ("refused", why)


def test_who_is_no_administrator_any_more_does_not_go_on_viewing(
    people: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = Person("admin@example.org", monkeypatch)
    strict = {"user": "50@example.org", "role": "strict", "provinces": ["50"]}
    people({"user": "admin@example.org", "role": "administrator"}, strict)
    admin.look("view_as", person=code_of("50@example.org")).button(key="view_as").click().run()
    people({"user": "admin@example.org", "role": "strict", "provinces": ["10"]}, strict)
    assert admin.tab is not None
    mine = _cards(admin.tab.switch_page(spec("caseload").file).run())
    assert mine == _cards(Person("admin@example.org", monkeypatch).look("caseload"))


def _cards(app: AppTest) -> list[str]:
    assert not app.exception
    return [e.proto.body for e in app.get("html") if "ov-card" in e.proto.body]


def test_a_sign_in_that_was_ended_elsewhere_is_over_here(
    people: Callable[..., None], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    person = Person("executive@example.org", monkeypatch)
    people({"user": "executive@example.org", "role": "executive"})
    person.look()
    sign_ins.end(home, person.profile)
    assert titles(person.again()) == [t("sign_in.title", "th")]


def test_a_trail_that_cannot_be_written_shows_nothing(
    people: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    person = Person("executive@example.org", monkeypatch)
    people({"user": "executive@example.org", "role": "executive"})
    monkeypatch.setattr(audit, "record", full)
    app = person.look()
    assert 'class="ov-card"' not in words(app)
    assert t("message.unreachable", "th") in words(app)
