"""The table of `docs/coverage.md`: one row per item of the sources, as its readers see it."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.house.source import ROOT

TABLE = ROOT / "docs" / "coverage.md"
# The sources' own list, where it lies beside the project; it is no part of the repository.
SOURCES = ROOT.parent / "shared" / "domain" / "source_extraction.md"
ITEM = re.compile(r"^\|\s*(S\d-\d\d)\s*\|", re.MULTILINE)
LAST = {"S0": 23, "S1": 27, "S2": 18, "S3": 21, "S4": 24}
ITEMS = tuple(f"{source}-{n:02}" for source, last in LAST.items() for n in range(1, last + 1))

NOT_SHOWN = "not shown, because "
# The reasons that a department accepts for leaving out what a source says.
ACCEPTED = (
    "it is somebody's own words or feelings, which are private",
    "it names a person and measures nothing",
    "it is a slogan and says nothing about work done",
    "nobody has verified that the app exists and what it holds",
)


@dataclass(frozen=True)
class Row:
    """One item: what is owed, the page's address, the words looked for, the test behind them."""

    item: str
    owed: str
    page: str
    seen: tuple[str, ...]
    test: str

    @property
    def is_shown(self) -> bool:
        return not self.page.startswith("not shown")

    @property
    def reason(self) -> str:
        """Why the item is not shown; empty where it is."""
        return "" if self.is_shown else self.page.removeprefix(NOT_SHOWN)

    @property
    def key(self) -> str:
        """The page's key, without codes of the address bar."""
        return self.page.partition("?")[0]


def read(path: Path = TABLE) -> list[Row]:
    """The rows of the table, in its order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_row(line) for line in lines if ITEM.match(line)]


def items_of_the_sources() -> list[str]:
    """The items that the sources' own list names; none where that list is not there."""
    return ITEM.findall(SOURCES.read_text(encoding="utf-8")) if SOURCES.is_file() else []


def _row(line: str) -> Row:
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    item, owed, page, seen, test = (cells + [""] * 5)[:5]
    phrases = tuple(phrase.strip() for phrase in seen.split("<br>"))
    return Row(
        item=item,
        owed=owed,
        page=page.strip("`"),
        seen=tuple(phrase for phrase in phrases if phrase not in ("", "—")),
        test="" if test == "—" else test.strip("`"),
    )
