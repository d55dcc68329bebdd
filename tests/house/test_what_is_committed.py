"""What must never reach the repository: places of one machine, registries, snapshots."""

import re
from pathlib import Path

from tests.house.source import committed, name

# Written with brackets so that this file does not trip over itself.
PLACES = re.compile(r"(?<![\w.])/(wor[k]|tm[p]|roo[t]|hom[e]|User[s])/[A-Za-z]")
HOSTS = re.compile(r"pyp[i]\.org|pythonhos[t]ed\.org|npmj[s]\.(org|com)|deb\.debia[n]\.org")
LARGEST_BYTES = 3_000_000


def text_of(path: Path) -> str:
    """The text of a file, or nothing for a picture, a font or other binary content."""
    content = path.read_bytes()
    return "" if b"\0" in content[:8192] else content.decode("utf-8")


def test_no_file_names_a_place_of_one_machine() -> None:
    found = {name(path): PLACES.search(text_of(path)) for path in committed()}
    assert not {path: match[0] for path, match in found.items() if match}


def test_no_file_names_a_package_registry() -> None:
    found = {name(path): HOSTS.search(text_of(path)) for path in committed()}
    assert not {path: match[0] for path, match in found.items() if match}


def test_no_snapshot_and_no_large_file_is_committed() -> None:
    heavy = [name(path) for path in committed() if path.stat().st_size > LARGEST_BYTES]
    stores = [name(path) for path in committed() if path.suffix in (".duckdb", ".db", ".sqlite")]
    assert not heavy + stores
