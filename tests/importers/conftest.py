"""Database servers for the importers' tests, one of each kind for a worker."""

from collections.abc import Iterator

import pytest

from tests.support import database_servers
from tests.support.database_servers import Server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server of the tests' own."""
    with database_servers.postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def mariadb() -> Iterator[Server]:
    """A MariaDB server of the tests' own."""
    with database_servers.mariadb() as server:
        yield server
