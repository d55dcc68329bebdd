"""The columns of a table: which cells, under which heading, written in which form."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: where its cells come from, its heading, and how they are written.

    `form` is text, count, percent, ratio, per_1000, decimal or line (a list of numbers drawn
    small).
    """

    name: str
    label: str
    form: str = "text"
    help: str | None = None
    width: str | int | None = None
