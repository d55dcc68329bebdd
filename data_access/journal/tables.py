"""The tables of what people write: one row for each revision, keyed by what it is a revision of.

`entry_id` names the thing and `revision` counts from 1, so that a second revision 4 of one thing
cannot be written: whoever comes second is refused by the database itself, whichever it is.
Moments are ISO texts of Bangkok time: SQLite has no type that keeps a time zone.
"""

from sqlalchemy import DDL, Column, Date, Double, Integer, MetaData, String, Table, Text, event

METADATA = MetaData()
LONGEST_ID, LONGEST_NAME = 120, 200
_NEVER = ("UPDATE", "DELETE")
# A database of MariaDB or MySQL may be one of Latin letters, or compare words without their case.
_ENGINE, _LETTERS, _ORDER = "InnoDB", "utf8mb4", "utf8mb4_bin"


def _table(name: str, *columns: Column) -> Table:
    return Table(
        name,
        METADATA,
        Column("entry_id", String(LONGEST_ID), primary_key=True),
        Column("revision", Integer, primary_key=True, autoincrement=False),
        *columns,
        Column("state", String(20), nullable=False),
        Column("author", String(LONGEST_NAME), nullable=False),
        Column("written_at", String(40), nullable=False),
        mysql_engine=_ENGINE, mysql_charset=_LETTERS, mysql_collate=_ORDER,
        mariadb_engine=_ENGINE, mariadb_charset=_LETTERS, mariadb_collate=_ORDER,
    )  # fmt: skip


COMMITMENTS = _table(
    "commitments",
    Column("area_code", String(10), nullable=False),
    Column("indicator", String(80), nullable=False),
    Column("target", Double, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("action_1", Text, nullable=False),
    Column("action_2", Text, nullable=False),
    Column("action_3", Text, nullable=False),
    Column("owner", String(LONGEST_NAME), nullable=False),
    # What the public level said when it was agreed upon: the number, its day, its snapshot, and
    # the version of the definition it was counted by.
    Column("base_value", Double, nullable=False),
    Column("base_on", Date, nullable=False),
    Column("base_snapshot", String(80), nullable=False),
    Column("base_version", String(20), nullable=False),
)
NOTES = _table(
    "notes",
    Column("area_code", String(10), nullable=False),
    Column("indicator", String(80), nullable=False),
    Column("on_day", Date, nullable=False),  # the day of the data that its author had before them
    Column("text", Text, nullable=False),
)
SUBSCRIPTIONS = _table(
    "subscriptions",
    Column("subscriber", String(LONGEST_NAME), nullable=False),
    Column("area_code", String(10), nullable=False),
    Column("indicator", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("threshold", Double),  # empty for a signal
)


def _only_appended(table: Table) -> None:
    """SQLite refuses changes by itself; a server is told by the rights of its account."""
    for act in _NEVER:
        rule = DDL(
            "CREATE TRIGGER IF NOT EXISTS %(table)s_never_" + act.lower() + f" BEFORE {act} ON "
            "%(table)s BEGIN SELECT RAISE(ABORT, 'rows are only appended'); END"
        )
        event.listen(table, "after_create", rule.execute_if(dialect="sqlite"))


for _each in METADATA.sorted_tables:
    _only_appended(_each)
