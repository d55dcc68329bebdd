"""Addresses by which a letter's alerts are left: signed, so that nobody can leave another's.

The key lies in the folder that servers share, and is made when a first link is. A link says who
leaves what; it does nothing else, and works as long as the key is there.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from config.settings import Settings
from data_access.journal.alerts import Alert

KEY_FILE = "letters.key"
ROUTE = "/leave"
LONGEST = 2_000


class WrongLink(Exception):
    """An address that was not made here, or was changed."""


@dataclass(frozen=True)
class Leaving:
    """Who leaves which subscription; all of them where `entry_id` is empty."""

    user: str
    entry_id: str = ""


def one(alert: Alert, settings: Settings) -> str:
    """Give the address that leaves the subscription behind an alert."""
    mine = alert.subscription
    return address(Leaving(mine.subscriber, mine.entry_id), settings)


def address(leaving: Leaving, settings: Settings) -> str:
    """Give the whole address of a leaving."""
    host = (settings.public_url or f"http://localhost:{settings.port}").rstrip("/")
    return f"{host}{ROUTE}/{pack(leaving, settings)}"


def pack(leaving: Leaving, settings: Settings) -> str:
    """Give a leaving as text for an address, with its signature."""
    body = _text_of(json.dumps([leaving.user, leaving.entry_id]).encode())
    return f"{body}.{_signature(body, settings)}"


def unpack(text: str, settings: Settings) -> Leaving:
    """Give the leaving of an address; raises WrongLink where the signature is not ours."""
    body, _, signature = text.partition(".")
    if len(text) > LONGEST or not hmac.compare_digest(
        signature.encode(), _signature(body, settings).encode()
    ):
        raise WrongLink
    try:
        user, entry_id = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (ValueError, binascii.Error) as problem:
        raise WrongLink from problem
    return Leaving(str(user), str(entry_id))


def _signature(body: str, settings: Settings) -> str:
    digest = hmac.new(_key(settings.sign_in_dir), body.encode(), hashlib.sha256).digest()
    return _text_of(digest)


def _text_of(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _key(folder: Path) -> bytes:
    """The key, made once: whoever comes second takes the first one's."""
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"{KEY_FILE}.{secrets.token_hex(8)}"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(32).encode())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # another process was quicker: its key counts
        finally:
            fresh.unlink()
    return path.read_bytes()
