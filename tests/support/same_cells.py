"""Whether two engines give the same cells for a statement that counts a cube."""

from collections import Counter
from typing import Any

import pyarrow as pa

from data_access.indicators.kernel.rollups import LABELS

WORDS = (*LABELS, "level")


def cells(table: pa.Table) -> Counter[tuple[Any, ...]]:
    """The rows of an answer, whatever their order and the types of their numbers."""
    columns = [
        [_value(name in WORDS, value) for value in table[name].to_pylist()]
        for name in sorted(table.column_names)
    ]
    return Counter(zip(*columns, strict=True))


def _value(is_word: bool, value: Any) -> Any:
    if value is None:
        return None
    return str(value) if is_word else int(value)
