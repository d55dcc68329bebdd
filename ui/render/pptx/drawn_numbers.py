"""Which numbers a picture draws: an editable chart may only stand for the same ones."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from config import numbers
from ui.blocks import Spec

# How the modules of `ui.charts` call the number that a mark's length or height stands for.
FIELDS = ("value", "count", "sum")
MARK = "mark"  # what a ranking's areas are set against: an editable chart would lose it


def drawn_numbers(spec: Spec) -> list[float]:
    """Give the numbers of the data set that a chart of one series is drawn from; empty for a chart
    that stacks, spreads or compares."""
    fields = set(_quantities(spec))
    if MARK in fields:
        return []
    held = [_numbers(rows, field) for rows in _rows(spec) for field in FIELDS if field in fields]
    return max(held, key=len, default=[])


def _numbers(rows: list[dict[str, Any]], field: str) -> list[float]:
    return [float(row[field]) for row in rows if not numbers.is_missing(row.get(field))]


def _quantities(part: Any) -> Iterator[str]:
    """The fields of all quantitative places and lengths."""
    if isinstance(part, dict):
        encoding = part.get("encoding")
        for channel in ("x", "y"):
            place = encoding.get(channel) if isinstance(encoding, dict) else None
            if isinstance(place, dict) and place.get("type") == "quantitative" and "field" in place:
                yield str(place["field"])
        for name, inner in part.items():
            if name != "datasets":
                yield from _quantities(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _quantities(inner)


def _rows(spec: Spec) -> Iterator[list[dict[str, Any]]]:
    for data in spec.get("datasets", {}).values():
        # Kept charts hold their rows as Streamlit sends them.
        yield pa.ipc.open_stream(data).read_all().to_pylist() if isinstance(data, bytes) else data
