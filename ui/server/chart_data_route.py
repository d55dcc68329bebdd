"""Rows of a picture by address: fetched gzipped and kept by the browser, not sent with every run.

A name is a keyed hash of the rows, so it can be had only from a page that shows them, as with the
files that Streamlit serves itself. The rows hold what that page shows, hidden cells already hidden.
Each process knows the names that it gave; a visitor stays with one process as long as the page is
open. Under plain `streamlit run` there is no such route and rows travel inside the picture.
"""

import gzip
import hmac
import json
import secrets
from collections import OrderedDict
from threading import Lock
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ui.server import boundary_urls

ROUTE = "/rows"
CACHE_SIZE = 256  # about 25 kB each
HEAVY = 40  # rows; fewer are not worth a request of their own

_secret = secrets.token_bytes(32)
_files: OrderedDict[str, bytes] = OrderedDict()
_lock = Lock()


def address(rows: list[Any], least: int = HEAVY) -> str | None:
    """Give the address of these rows; None where they are few, or nobody serves them."""
    if len(rows) < least or not boundary_urls.served():
        return None
    body = json.dumps(rows, separators=(",", ":"), ensure_ascii=False).encode()
    name = f"{hmac.new(_secret, body, 'sha256').hexdigest()[:40]}.json"
    with _lock:
        if name not in _files:
            _files[name] = gzip.compress(body, 9, mtime=0)
            while len(_files) > CACHE_SIZE:
                _files.popitem(last=False)
        _files.move_to_end(name)
    return f"{boundary_urls.prefix()}{ROUTE}/{name}"


def find(name: str) -> bytes | None:
    """Give the rows of a name that this process gave, gzipped; None for any other."""
    with _lock:
        return _files.get(name)


async def answer(request: Request) -> Response:
    """Give the rows of a picture that a page of this process shows; kept by that browser alone."""
    packed = find(request.path_params["name"])
    if packed is None:
        return PlainTextResponse("not found", status_code=404)
    headers = {"Cache-Control": "private, max-age=86400, immutable", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(packed, media_type="application/json", headers=headers)
    return Response(gzip.decompress(packed), media_type="application/json", headers=headers)


def by_address(part: Any) -> Any:
    """Give a Vega-Lite spec whose long rows and lines stand at addresses of their own."""
    if isinstance(part, dict):
        rows = part.get("values")
        if isinstance(rows, dict) and "coordinates" in rows and (at := address([rows], 1)):
            return {"name": part["name"], "url": at, "format": {"type": "json"}}
        if isinstance(rows, list) and rows and isinstance(rows[0], dict) and (at := address(rows)):
            others = {key: value for key, value in part.items() if key != "values"}
            return {**others, "url": at, "format": {"type": "json"}}
        return {key: by_address(value) for key, value in part.items()}
    return [by_address(one) for one in part] if isinstance(part, list) else part
