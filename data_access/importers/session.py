"""What is said first in a database session, and what its failures mean.

Every session only reads, sees all tables as they were at one moment, gets dates in one order and
in Thai time, and has a limit for each statement.
"""

from typing import Any

import adbc_driver_manager
from sqlalchemy import Dialect, Executable, bindparam, func, select, text
from sqlalchemy.exc import DBAPIError

from data_access.importers.limits import Limits

# PostgreSQL: connection lost, server stops or starts, too many connections, deadlock.
_PASSING_STATES = ("08", "57P01", "57P02", "57P03", "53300", "40001", "40P01")
# PostgreSQL refuses a connection without a code; these words mean that it will not for long.
_PASSING_WORDS = ("starting up", "shutting down", "recovery", "too many", "connection slots")
_REFUSAL = "FATAL"
# MariaDB and MySQL: too many connections, shutdown, network, locks, nobody there, broken off.
_PASSING_CODES = frozenset(
    {1040, 1053, 1158, 1159, 1160, 1161, 1205, 1213, 2002, 2003, 2006, 2013, 2055}
)
_TOO_SLOW_STATE = "57014"
_TOO_SLOW_CODES = frozenset({1969, 3024})


def first_statements(dialect: Dialect, limits: Limits) -> list[Executable]:
    """Give the statements that begin a session of one kind of database."""
    seconds = limits.statement_seconds
    if dialect.name == "postgresql":
        # 10/05/2021 would be read as 10 May and may be meant as 5 October.
        settings = {
            "DateStyle": "ISO, YMD",
            "TimeZone": "Asia/Bangkok",
            "statement_timeout": f"{seconds}s",
            "extra_float_digits": "1",
        }
        return [
            text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"),
            *(select(func.set_config(name, value, True)) for name, value in settings.items()),
        ]
    if dialect.name in ("mysql", "mariadb"):
        limit = "SET SESSION max_statement_time = :limit"
        if not getattr(dialect, "is_mariadb", False):
            limit, seconds = "SET SESSION max_execution_time = :limit", seconds * 1000
        return [
            text(limit).bindparams(bindparam("limit", seconds)),
            text("SET SESSION time_zone = '+07:00'"),
            text("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"),
            text("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"),
        ]
    return []


def as_text(statement: Executable, dialect: Dialect) -> str:
    """Give a statement as the driver below SQLAlchemy takes it, its values written out."""
    # The paramstyle keeps a % in a column's name from being doubled.
    make_dialect: Any = type(dialect)
    plain = make_dialect(paramstyle="named")
    return str(statement.compile(dialect=plain, compile_kwargs={"literal_binds": True}))  # type: ignore[attr-defined] # every statement here is an element that compiles


def is_passing(problem: BaseException) -> bool:
    """Tell whether asking again may help: nobody there yet, broken off, starting, full, locked."""
    inner = getattr(problem, "orig", None) or problem
    code = inner.args[0] if inner.args else None
    if isinstance(code, int):
        return code in _PASSING_CODES
    state = str(getattr(inner, "sqlstate", None) or "")
    if state.strip("\0"):
        return state.startswith(_PASSING_STATES)
    words = str(inner)
    if _REFUSAL in words:
        return any(word in words for word in _PASSING_WORDS)
    if isinstance(problem, DBAPIError) and problem.connection_invalidated:
        return True
    return isinstance(inner, ConnectionError | TimeoutError) or _is_operational(inner)


def _is_operational(problem: BaseException) -> bool:
    """Tell whether a driver of a server says that the way to it is broken."""
    if isinstance(problem, adbc_driver_manager.Error):
        return problem.status_code is adbc_driver_manager.AdbcStatusCode.IO
    kind = type(problem)
    return kind.__name__ == "OperationalError" and kind.__module__.startswith("psycopg")


def is_too_slow(problem: BaseException) -> bool:
    """Tell whether a statement was ended because it took longer than its limit."""
    inner = getattr(problem, "orig", None) or problem
    code = inner.args[0] if inner.args else None
    return code in _TOO_SLOW_CODES or getattr(inner, "sqlstate", None) == _TOO_SLOW_STATE
