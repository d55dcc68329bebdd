"""Grants become scopes: each role, and everything that must mean nothing."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from config import access as module
from config.access import TOML_PATH, Access, AccessProblem, load, read
from data_access.roles import NoPermission, Visitor, local_visitor, visitor
from geo import registers

TODAY = date(2026, 9, 30)
WHO = "someone@example.org"


def access_with(*grants: dict[str, Any], **roles: dict[str, Any]) -> Access:
    table = tomllib.loads(TOML_PATH.read_text(encoding="utf-8"))
    table["grants"] = list(grants)
    table["roles"] |= roles
    return read(table)


def seen_by(user: str = WHO, *, synthetic: bool = False, **grant: Any) -> Visitor:
    access = access_with({"user": WHO} | grant)
    return visitor(user, access, hide_below=5, today=TODAY, synthetic=synthetic)


def reason(user: str = WHO, **grant: Any) -> str:
    with pytest.raises(NoPermission) as refusal:
        seen_by(user, **grant)
    return refusal.value.reason


@pytest.mark.parametrize("role", ["executive", "presenter", "administrator"])
def test_a_role_without_areas_sees_the_country_at_the_public_level(role: str) -> None:
    scope = seen_by(role=role).scope
    assert scope.nation
    assert not scope.reveal
    assert scope.hide_below == 5
    assert not scope.own_provinces | scope.own_districts


def test_only_administrators_administer() -> None:
    roles = load().roles
    assert [name for name, role in roles.items() if role.administers] == ["administrator"]


def test_a_region_owns_its_provinces() -> None:
    scope = seen_by(role="regional", regions=["north"]).scope
    assert scope.own_provinces == {p.code for p in registers.provinces_of("north")}
    assert scope.owns_district("5001")
    assert not scope.owns_province("10")


def test_a_coordinator_owns_provinces_or_districts_and_nothing_beside_them() -> None:
    scope = seen_by(role="provincial_coordinator", provinces=["50"], districts=["5101"]).scope
    assert scope.owns_province("50")
    assert scope.owns_district("5101")
    assert not scope.owns_district("5102")
    assert not scope.owns_province("51")


def test_a_data_manager_of_the_country_owns_all_provinces() -> None:
    scope = seen_by(role="data_manager", country=True).scope
    assert scope.own_provinces == {p.code for p in registers.provinces()}


def test_a_role_may_see_nothing_outside_its_areas() -> None:
    strict = {"elsewhere": "nothing", "areas": ["provinces"], "administers": False}
    access = access_with({"user": WHO, "role": "strict", "provinces": ["50"]}, strict=strict)
    scope = visitor(WHO, access, hide_below=5, today=TODAY, synthetic=False).scope
    assert not scope.nation
    assert scope.sees_province("50")
    assert scope.owns_province("50")
    assert not scope.sees_province("51")


@pytest.mark.parametrize(
    ("grant", "why"),
    [
        ({"role": "nobody"}, "unknown_role"),
        ({"role": "Executive"}, "unknown_role"),
        ({"role": "regional"}, "no_area"),
        ({"role": "provincial_coordinator", "provinces": []}, "no_area"),
        ({"role": "provincial_coordinator", "provinces": ["99"]}, "unknown_area"),
        ({"role": "provincial_coordinator", "districts": ["5099"]}, "unknown_area"),
        ({"role": "provincial_coordinator", "provinces": ["50", ""]}, "unknown_area"),
        ({"role": "provincial_coordinator", "country": True}, "unknown_area"),
        ({"role": "regional", "regions": ["west"]}, "unknown_area"),
        ({"role": "executive", "provinces": ["50"]}, "unknown_area"),
        ({"role": "executive", "until": date(2026, 9, 29)}, "ended"),
    ],
)
def test_a_grant_that_is_not_plain_means_nothing(grant: dict[str, Any], why: str) -> None:
    assert reason(**grant) == why


def test_the_last_day_of_a_grant_still_counts() -> None:
    assert seen_by(role="executive", until=TODAY).scope.nation


@pytest.mark.parametrize("user", ["", " ", "other@example.org", "someone@example.org.evil.example"])
def test_an_unknown_user_sees_nothing(user: str) -> None:
    assert reason(user, role="executive") == "unknown_user"


def test_names_are_compared_without_regard_to_case_and_spaces() -> None:
    assert seen_by(" Someone@Example.ORG ", role="executive").user == WHO


def test_two_grants_of_one_user_mean_nothing() -> None:
    access = access_with(
        {"user": WHO, "role": "executive"}, {"user": WHO.upper(), "role": "administrator"}
    )
    with pytest.raises(NoPermission, match="double_grant"):
        visitor(WHO, access, hide_below=5, today=TODAY, synthetic=False)


def test_people_of_the_sample_open_nothing_where_data_are_real() -> None:
    for grant in load().sample_grants:
        assert grant.user.endswith(".invalid")
        visitor(grant.user, load(), hide_below=5, today=TODAY, synthetic=True)
        with pytest.raises(NoPermission, match="unknown_user"):
            visitor(grant.user, load(), hide_below=5, today=TODAY, synthetic=False)


def test_the_file_in_the_repository_lets_nobody_in() -> None:
    assert not load().grants


def test_the_local_user_sees_synthetic_data_whole() -> None:
    local = local_visitor(load(), hide_below=7, synthetic=True)
    assert all(local.scope.owns_province(code) for code in ("10", "50", "96"))
    assert local.scope.owns_district("5001")
    assert not local.scope.reveal
    assert local.administers


def test_the_local_user_sees_real_data_at_the_public_level() -> None:
    local = local_visitor(load(), hide_below=7, synthetic=False)
    assert local.scope.nation
    assert not local.scope.reveal | bool(local.scope.own_provinces)
    assert local.scope.hide_below == 7


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[roles]",
        "grants = 5",
        "not toml",
        '[[grants]]\nuser = ""\nrole = "executive"',
        '[[grants]]\nuser = "a"\nrole = "executive"\nprovinces = [50]',
        '[[grants]]\nuser = "a"\nrole = "executive"\nprovince = ["50"]',
        '[[grants]]\nuser = "a"\nrole = "executive"\nuntil = "2027-01-01"',
        "[session]\nidle_minutes = 0",
        "[session]\nidle_minutes = true",
    ],
)
def test_a_file_with_mistakes_lets_nobody_in(tmp_path: Path, written: str) -> None:
    path = tmp_path / "access.toml"
    whole = TOML_PATH.read_text(encoding="utf-8")
    section = written.split("\n")[0]
    path.write_text(
        whole + written if section.startswith("[[") else whole.replace("[roles.", "x", 1) + written,
        encoding="utf-8",
    )
    with pytest.raises(AccessProblem):
        load(path)


def test_a_missing_file_lets_nobody_in(tmp_path: Path) -> None:
    with pytest.raises(AccessProblem):
        load(tmp_path / "none.toml")


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "access.toml"
    whole = TOML_PATH.read_text(encoding="utf-8")
    path.write_text(whole, encoding="utf-8")
    assert not load(path).grants_of(WHO, synthetic=True)
    path.write_text(f'{whole}\n[[grants]]\nuser = "{WHO}"\nrole = "executive"\n', encoding="utf-8")
    assert load(path).grants_of(WHO, synthetic=False)
    assert module.load(path) is module.load(path)
