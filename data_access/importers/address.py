"""The address of a database: how it may be shown, and what in it must never be."""

import re
from dataclasses import dataclass

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from data_access.importers.problems import Unreachable

# Parameters that hold a password, or a whole connection string with one in it.
_SECRET = re.compile("pass|pwd|secret|token|odbc_connect", re.IGNORECASE)
_HIDDEN = "***"
# Drivers that come with the application, for addresses that name none.
_DRIVERS = {"mysql": "mysql+pymysql", "mariadb": "mariadb+pymysql"}
_WAIT_SECONDS = {"postgresql": "10", "mysql": "10", "mariadb": "10"}


@dataclass(frozen=True, slots=True)
class Address:
    """A database address; `label` and everything that went through `scrub` may be shown."""

    url: URL

    @property
    def driver_url(self) -> URL:
        """The address with a driver that is installed, and a time to wait for the server."""
        url = self.url.set(drivername=_DRIVERS.get(self.url.drivername, self.url.drivername))
        wait = _WAIT_SECONDS.get(self.backend)
        if wait and "connect_timeout" not in url.query:
            url = url.update_query_dict({"connect_timeout": wait})
        return url

    @property
    def label(self) -> str:
        """The address without its password and without parameters that hold one."""
        secrets = [name for name in self.url.query if _SECRET.search(name)]
        return self.url.difference_update_query(secrets).render_as_string(hide_password=True)

    @property
    def backend(self) -> str:
        """The kind of database, like "postgresql"."""
        return self.url.get_backend_name()

    def scrub(self, text: str) -> str:
        """Give a text, such as an answer of the server, without any password of this address."""
        secrets = [str(self.url.password or "")]
        for name, value in self.url.query.items():
            if _SECRET.search(name):
                secrets += [value] if isinstance(value, str) else list(value)
        for secret in sorted(filter(None, secrets), key=len, reverse=True):
            text = text.replace(secret, _HIDDEN)
        return text


def address_of(text: str) -> Address:
    """Give a database address; raises Unreachable where it is none."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # The cause is not kept: it may repeat the address with its password.
        raise Unreachable(text.split("://")[0] + "://…", "not_a_url") from None
    return Address(url)
