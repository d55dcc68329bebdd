"""The mail server of an installation, read from one address; nothing here says its password."""

import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

# starttls: encrypted before anything is said. tls: encrypted from the start. none: not encrypted,
# which is for a server on this machine alone.
Tls = Literal["starttls", "tls", "none"]
SCHEMES: dict[str, tuple[Tls, int]] = {
    "smtp": ("starttls", 587),
    "smtps": ("tls", 465),
    "smtp+plain": ("none", 25),
}
LOOPBACK = ("127.0.0.1", "::1", "localhost")
_ADDRESS = re.compile(r"[^@\s,;:<>()\"\\]+@[^@\s,;:<>()\"\\]+", re.ASCII)


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over, how it is encrypted, and who says so; `str` leaves the password
    out."""

    host: str
    port: int
    tls: Tls
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        """Give the address without its password."""
        scheme = next(name for name, (tls, _) in SCHEMES.items() if tls == self.tls)
        who = f"{self.user}@" if self.user else ""
        return f"{scheme}://{who}{self.host}:{self.port}"


def server_of(text: str) -> MailServer | None:
    """Give the server of an address, None for one that names none or would send in the clear."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in SCHEMES or not parts.hostname or parts.query or parts.path.strip("/"):
        return None
    tls, usual = SCHEMES[parts.scheme]
    if tls == "none" and parts.hostname not in LOOPBACK:
        return None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port or usual, tls, user, password)


def with_secret(server: MailServer, secrets: Path | None) -> MailServer:
    """Give the server with the password of `[mail]` in the secrets file, where it has none yet."""
    if server.password or secrets is None:
        return server
    section = tomllib.loads(secrets.read_text(encoding="utf-8")).get("mail")
    password = section.get("password") if isinstance(section, dict) else None
    return replace(server, password=password) if isinstance(password, str) else server


def is_address(text: str) -> bool:
    """Tell whether a text is one plain address: no list, no name, nothing that ends a header."""
    return bool(_ADDRESS.fullmatch(text))
