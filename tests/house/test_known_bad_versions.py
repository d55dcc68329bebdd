"""No library is locked at a version with a published hole; the list stands in the repository."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.version import Version

from tests.house.source import ROOT

LIST = Path(__file__).with_name("known_bad_versions.toml")
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", re.MULTILINE)
LOCKS = ("requirements.txt", "requirements-dev.txt")


def locked(text: str) -> dict[str, Version]:
    return {name.lower().replace("_", "-"): Version(v) for name, v in PIN.findall(text)}


def refused(versions: dict[str, Version]) -> list[str]:
    return [
        f"{bad['name']} {versions[bad['name']]}: {bad['id']}, wants {bad['below']} or newer"
        for bad in tomllib.loads(LIST.read_text(encoding="utf-8"))["bad"]
        if bad["name"] in versions and versions[bad["name"]] < Version(bad["below"])
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_no_locked_version_is_known_to_be_bad(lock: str) -> None:
    versions = locked((ROOT / lock).read_text(encoding="utf-8"))
    assert len(versions) > 40
    assert not refused(versions)


def test_a_bad_version_would_be_refused() -> None:
    assert refused(locked("starlette==0.40.0 ; python_version > '3'\nauthlib[x]==1.6.0\n")) == [
        "starlette 0.40.0: CVE-2025-62727, wants 0.49.1 or newer",
        "authlib 1.6.0: CVE-2025-61920, wants 1.6.5 or newer",
    ]
    assert not refused(locked("starlette==0.49.1\n"))
