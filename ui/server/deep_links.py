"""The way back after signing in: a page of ours with codes of ours, and nothing else.

The browser itself says where it comes from when it goes to sign in (`Referer`, which our policy
keeps whole on our own origin). Only a known page and known parameters with plain codes are taken
over; they wait in a cookie while the provider is visited and are read as strictly when it is used.
"""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from config.i18n import LANGS
from ui.render.pages import PAGES
from ui.state.filter_state import PARAMS

COOKIE = "oversight_wanted"
SECONDS = 600
# Codes that pages have of their own, beside the filters and the language.
OWN = (
    "areas", "classes", "deck", "digits", "entry", "event", "indicator", "list", "measure",
    "month", "norm", "order", "part", "people", "person", "picture", "place", "shape", "show",
    "snapshot", "who", "why", "work",
)  # fmt: skip
# The order of a ranking and what it is set against: its key comes first.
_RANKING = re.compile(r"[a-z_]{1,40}_(by|mark)")
_CODE = re.compile(r"[A-Za-z0-9_.,-]{1,64}")
_LONGEST = 600


def link_of(referer: str, host: str, prefix: str) -> str | None:
    """Give path and codes of a page of ours from the address a browser comes from; None where it
    is another origin, no page of ours, or the first page without any code."""
    parts = urlsplit(referer)
    if parts.scheme not in ("http", "https") or not host or parts.netloc != host:
        return None
    if not parts.path.startswith(f"{prefix}/"):
        return None
    return clean(parts.path.removeprefix(prefix), parts.query)


def clean(path: str, query: str) -> str | None:
    """Give path and query with what is not known left out; None where nothing is left."""
    key = path.strip("/")
    if key and key not in {page.key for page in PAGES}:
        return None
    codes = [
        (name, code)
        for name, code in parse_qsl(query[:_LONGEST])
        if (is_known(name) and _CODE.fullmatch(code)) or (name == "lang" and code in LANGS)
    ]
    link = f"/{key}" + (f"?{urlencode(codes)}" if codes else "")
    return link if link != "/" and len(link) <= _LONGEST else None


def is_known(name: str) -> bool:
    """Tell whether a parameter is one of ours: a filter, or a page's own."""
    return name in PARAMS or name in OWN or _RANKING.fullmatch(name) is not None


def pack(link: str) -> str:
    """Give a link as a cookie can hold it."""
    return quote(link, safe="")


def unpack(cookie: str) -> str | None:
    """Give the link of a cookie, checked as strictly as at first; None for any other content."""
    path, _, query = unquote(cookie)[:_LONGEST].partition("?")
    if not path.startswith("/") or path.startswith("//"):
        return None
    return clean(path, query)
