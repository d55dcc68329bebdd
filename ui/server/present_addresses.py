"""Where slides are found: the address of a deck with codes as in the address bar."""

from collections.abc import Mapping
from urllib.parse import urlencode

from ui.server import boundary_urls

ROUTE = "/slides"


def address(name: str, codes: Mapping[str, str]) -> str:
    """Give the address of a deck's slides."""
    return f"{boundary_urls.prefix()}{ROUTE}/{name}?{urlencode(codes)}"
