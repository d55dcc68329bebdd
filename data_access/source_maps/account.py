"""What an account may do and how it is connected, as far as the database tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import column, func, or_, select, table, text

from data_access.importers.connection import OpenDatabase
from data_access.importers.mapping.definition import TableMap
from data_access.importers.mapping.statements import Statement
from data_access.importers.problems import Unreachable

_CHANGES = ("INSERT", "UPDATE", "DELETE", "DROP", "CREATE", "ALTER")
_HERE = ("127.0.0.1", "::1", "localhost", "", None)


@dataclass(frozen=True)
class Account:
    """Whether a connection is encrypted and its account may change data; None where not known."""

    encrypted: bool | None = None
    writes: bool | None = None


def account_of(
    database: OpenDatabase, parts: Mapping[str, Sequence[tuple[TableMap, Statement]]]
) -> Account:
    """Give what the database tells; a database that tells nothing, or may not, is not known."""
    try:
        if database.address.backend == "postgresql":
            return _postgresql(database, parts)
        if database.address.backend in ("mysql", "mariadb"):
            return _mariadb(database)
    except Unreachable:
        return Account()
    return Account()


def _postgresql(
    database: OpenDatabase, parts: Mapping[str, Sequence[tuple[TableMap, Statement]]]
) -> Account:
    sessions = table("pg_stat_ssl", column("pid"), column("ssl"))
    own = sessions.c.pid == func.pg_backend_pid()
    encrypted = database.rows(select(sessions.c.ssl).where(own))
    names = [name for several in parts.values() for _, one in several for name in one.names()]
    rights = [func.has_table_privilege(name, "INSERT, UPDATE, DELETE") for name in names]
    writes = bool(database.rows(select(or_(*rights)))[0][0]) if rights else None
    return Account(_encrypted(database, bool(encrypted and encrypted[0][0])), writes)


def _mariadb(database: OpenDatabase) -> Account:
    cipher = database.connection.execute(text("SHOW STATUS LIKE 'Ssl_cipher'")).all()
    granted = 0
    for name in ("user_privileges", "schema_privileges", "table_privileges"):
        rights = table(name, column("privilege_type"), schema="information_schema")
        changing = rights.c.privilege_type.in_(_CHANGES)
        granted += database.scalar(select(func.count()).select_from(rights).where(changing))
    return Account(_encrypted(database, bool(cipher and cipher[0][1])), granted > 0)


def _encrypted(database: OpenDatabase, encrypted: bool) -> bool | None:
    """On this machine itself nobody can listen in, so that nothing is to be said."""
    return True if encrypted else None if database.address.url.host in _HERE else False
