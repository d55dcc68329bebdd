"""What an operator is told of a load's warnings: per rule and column, the first rows by number."""

from itertools import groupby

from sqlalchemy import Connection, func, select

from data_access.importers.problems import Message, Note, cut
from data_access.schema.derived import quality_results

SHOWN_ROWS = 5


def notes(connection: Connection) -> tuple[Note, ...]:
    """Give one note per rule, table and column that some row breaks, with the first five rows.

    `quality.run` must have filled the results. A note words itself in either language.
    """
    result = quality_results.c
    place = (result.rule, result.table_name, result.column_name)
    number = func.row_number().over(partition_by=place, order_by=result.row_number).label("number")
    total = func.count().over(partition_by=place).label("total")
    ranked = select(*place, result.row_number, result.seen, number, total).subquery()
    rows = connection.execute(
        select(ranked)
        .where(ranked.c.number <= SHOWN_ROWS)
        .order_by(ranked.c.rule, ranked.c.table_name, ranked.c.column_name, ranked.c.number)
    ).all()
    return tuple(
        Note(
            "quality_rule",
            table,
            column,
            (first := list(group))[0].total,
            {
                "title": Message(f"quality.{rule}.title"),
                "fix": Message(f"quality.{rule}.fix"),
                "rows": "; ".join(f"{row.row_number}: {cut(row.seen)}" for row in first),
            },
        )
        for (rule, table, column), group in groupby(rows, key=lambda row: tuple(row[:3]))
    )
