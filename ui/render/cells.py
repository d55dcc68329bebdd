"""The cells of a table in words, the same in every medium that writes them."""

from typing import Any

from config import numbers
from config.i18n import Lang
from ui.blocks import Column


def cell_text(column: Column, value: Any, lang: Lang) -> str:
    """Give a cell in words; a dash where it is missing."""
    if column.form == "decimal":
        return numbers.decimal(value)
    if column.form not in ("text", "line") and not numbers.is_missing(value):
        return numbers.value(value, column.form, lang)
    return str(value) if isinstance(value, str) else numbers.MISSING
