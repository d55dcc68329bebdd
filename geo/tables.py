"""Small text tables: read and written the same way everywhere, every cell as text."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path


def read_csv(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table, one dict per row."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows as UTF-8 with plain line ends, so that two runs give equal files."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
