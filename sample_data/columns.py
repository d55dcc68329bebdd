"""Columns and batches: numpy arrays in, Arrow tables in the shape of the exchange format out.

Days travel as whole numbers since 1 January 1970; `NO_DAY` is an empty date. A batch always has
every column of its table in the register's order; columns that are not given are empty.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Boolean, Date, Integer, Numeric

from data_access.schema.codes import CODES
from data_access.schema.tables import EXCHANGE_TABLES
from sample_data.chance import Flags, Ints

Days = npt.NDArray[np.int32]
NO_DAY = np.int32(-1)
EPOCH = date(1970, 1, 1)
DIGITS = 7


class UnknownColumn(Exception):
    """A generator wrote a column that the exchange format does not have."""


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=int(number))


def days(values: npt.ArrayLike) -> pa.Array:
    """A date column; `NO_DAY` is empty."""
    numbers = np.asarray(values, dtype=np.int32)
    return pa.array(numbers, mask=numbers < 0).view(pa.date32())


def identifiers(letter: str, province: str, numbers: npt.ArrayLike) -> pa.Array:
    """Ids such as SYN50C0000123, clearly synthetic; a negative number is an empty id."""
    values = np.asarray(numbers, dtype=np.int64)
    digits = pc.utf8_lpad(pc.cast(pa.array(values, mask=values < 0), pa.string()), DIGITS, "0")
    return pc.binary_join_element_wise(f"SYN{province}{letter}", digits, "")


def choose(values: Sequence[str | None], index: npt.ArrayLike) -> pa.Array:
    """A text column from a short list; an index below zero is empty."""
    positions = np.asarray(index, dtype=np.int64)
    listed = pa.array(list(values), type=pa.string())
    return listed.take(pa.array(positions, mask=positions < 0))


def code_column(list_name: str, index: npt.ArrayLike) -> pa.Array:
    """A column of codes, by their position in a code list of the exchange format."""
    return choose(CODES[list_name], index)


def code_index(list_name: str, code: str) -> int:
    """The position of a code in its list."""
    return CODES[list_name].index(code)


def same(value: str | None, rows: int) -> pa.Array:
    """A text column holding one value throughout."""
    return pa.repeat(pa.scalar(value, type=pa.string()), rows)


def yes_no(values: Flags, missing: Flags | None = None) -> pa.Array:
    """A true/false column, empty where unknown."""
    return pa.array(values, mask=missing)


def whole(values: npt.ArrayLike) -> pa.Array:
    """A column of whole numbers; below zero is empty."""
    numbers = np.asarray(values, dtype=np.int64)
    return pa.array(numbers, mask=numbers < 0)


def take(column: pa.Array, index: Ints) -> pa.Array:
    """The chosen rows of a column; an index below zero gives an empty cell."""
    return column.take(pa.array(index, mask=index < 0))


@cache
def schema_of(table: str) -> pa.Schema:
    """The Arrow schema of an exchange table."""
    return pa.schema(
        [
            pa.field(column.name, _arrow_type(column.type))
            for column in EXCHANGE_TABLES[table].columns
        ]
    )


def _arrow_type(kind: object) -> pa.DataType:
    if isinstance(kind, Date):
        return pa.date32()
    if isinstance(kind, Boolean):
        return pa.bool_()
    if isinstance(kind, Integer):
        return pa.int64()
    if isinstance(kind, Numeric):
        return pa.float64()
    return pa.string()


def batch(table: str, **columns: pa.Array) -> pa.Table:
    """Rows of one exchange table from some of its columns; the others are empty."""
    schema = schema_of(table)
    unknown = set(columns) - set(schema.names)
    if unknown:
        raise UnknownColumn(f"{table} has the columns {schema.names}; got: {sorted(unknown)}")
    rows = len(next(iter(columns.values())))
    arrays = [
        columns[field.name].cast(field.type)
        if field.name in columns
        else pa.nulls(rows, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def from_texts(table: str, rows: Sequence[dict[str, str]]) -> pa.Table:
    """Rows of one exchange table from texts as a CSV file holds them; an empty text is empty."""
    texts = {
        name: pa.array([row.get(name) or None for row in rows], type=pa.string())
        for name in schema_of(table).names
    }
    return batch(table, **texts)
