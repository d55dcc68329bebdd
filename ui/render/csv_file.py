"""A table as CSV: opens in spreadsheets with Thai intact and runs nothing there."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from config import numbers

# A cell that starts with one of these could be run as a formula by a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_bytes(frame: pd.DataFrame, labels: Mapping[str, str], provenance: Sequence[str]) -> bytes:
    """Give a CSV with headings in words, then an empty line and the source lines.

    UTF-8 with a byte-order mark, so that Excel shows Thai. A text that could be run as a formula
    gets an apostrophe in front; numbers stay as they are, with empty for missing.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([neutralise_formula(label) for label in labels.values()])
    for row in frame[list(labels)].itertuples(index=False):
        writer.writerow([neutralise_formula(cell) for cell in row])
    writer.writerow([])
    for line in provenance:
        writer.writerow([neutralise_formula(line)])
    return out.getvalue().encode("utf-8-sig")


def neutralise_formula(cell: Any) -> Any:
    """Give a cell that no spreadsheet takes for a formula; missing becomes empty."""
    if isinstance(cell, (list, tuple)):
        return " ".join("" if numbers.is_missing(n) else str(n) for n in cell)
    if numbers.is_missing(cell):
        return ""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
