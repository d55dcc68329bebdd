"""How the text of each setting becomes its value: a path, a word, a number, an address."""

from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from config.mail import MailServer, is_address, server_of

T = TypeVar("T", bound=str)
DATABASES = ("sqlite", "postgresql", "mysql", "mariadb")


class WrongValue(Exception):
    """A value that its setting cannot take; the reason is a text key."""


def data_dir(text: str, base: Path) -> Path:
    """Give a folder that need not be there yet; refused where a file lies in its place."""
    path = base / Path(text).expanduser()
    if path.exists() and not path.is_dir():
        raise WrongValue("folder")
    return path


def source(text: str, base: Path) -> str:
    """Give an address as it is, or a path."""
    return text if "://" in text else str(base / Path(text).expanduser())


def one_of(text: str, words: tuple[T, ...], reason: str) -> T:
    """Give the word that a text is, in lower case; refused with `reason` where it is none."""
    for word in words:
        if text.lower() == word:
            return word
    raise WrongValue(reason)


def whole(text: str, lowest: int, highest: int, reason: str) -> int:
    """Give a whole number within both limits; refused with `reason`."""
    if not (text.isascii() and text.isdecimal() and lowest <= int(text) <= highest):
        raise WrongValue(reason)
    return int(text)


def yes_no(text: str, _base: Path) -> bool:
    """Give the truth of a word such as true, 0 or ใช่."""
    if text.lower() in ("true", "1", "yes", "ใช่"):
        return True
    if text.lower() in ("false", "0", "no", "ไม่ใช่"):
        return False
    raise WrongValue("yes_no")


def file(text: str, base: Path, reason: str) -> Path:
    """Give the path of a file that is there; refused with `reason`."""
    if not (path := base / Path(text).expanduser()).is_file():
        raise WrongValue(reason)
    return path


def public_url(text: str, _base: Path) -> str:
    """Give a whole web address without a slash at its end."""
    parts = urlsplit(text)
    plain = parts.scheme in ("http", "https") and parts.hostname and not parts.query
    if not plain or any(character.isspace() for character in text):
        raise WrongValue("public_url")
    return text.rstrip("/")


def mail(text: str, _base: Path) -> MailServer:
    """Give the mail server of an address."""
    server = server_of(text)
    if server is None:
        raise WrongValue("mail")
    return server


def mail_from(text: str, _base: Path) -> str:
    """Give a plain mail address."""
    if not is_address(text):
        raise WrongValue("mail_from")
    return text


def address(text: str, _base: Path) -> str:
    """Give a host name or network address without a path."""
    if "/" in text or any(character.isspace() for character in text):
        raise WrongValue("address")
    return text


def journal(text: str, base: Path) -> str:
    """Give the address of the database for what people write; a path names an SQLite file."""
    if "://" not in text:
        return sqlite_url(base / Path(text).expanduser())
    scheme, _, rest = text.partition("://")
    if scheme.split("+")[0] not in DATABASES or not rest.strip("/"):
        raise WrongValue("journal")
    return text


def sqlite_url(path: Path) -> str:
    """Give the address of an SQLite file."""
    return f"sqlite:///{path}"
