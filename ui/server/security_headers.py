"""Security headers on every answer, and the page frame in the reader's language.

The content policy makes the browser itself refuse anything that is not served by this machine.
Measured with Streamlit 1.67: 'unsafe-inline' is needed for its own styles and Vega's loader,
'wasm-unsafe-eval' and blob: for its workers.
"""

import gzip
import re
from functools import lru_cache

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server import static_gzip

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# Data may load nothing at all; and a filter change asks for a few such files.
DATA_HEADERS = HEADERS | {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
# Counters of the server and the machine interface of Streamlit are not for visitors; and nothing
# here is ever uploaded, so nobody can fill memory with files.
CLOSED = re.compile(r"/_stcore/(metrics|agent|upload_file)(/|$)")


class SecureHeaders:
    """Adds the headers to every answer, and answers 404 for addresses that are closed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                is_data = headers.get("content-type", "").startswith("application/json")
                for name, content in (DATA_HEADERS if is_data else HEADERS).items():
                    headers[name] = content
                if scope["scheme"] == "https":
                    _secure_cookies(message)
            await send(message)

        if CLOSED.search(scope["path"]):
            await _not_found(send_with_headers)
            return
        await self.app(scope, receive, send_with_headers)


class PageFrame:
    """Gives Streamlit's one HTML page this application's language, name and address.

    Screen readers choose their voice by the language; without this they read Thai as English.
    Told where its server is, a deep link does not first ask below its own path, twice in vain.
    Who asks for a page as an image gets nothing: stripes in charts are named by the page's address,
    and a browser whose address has just changed would fetch the old one to look for them.
    """

    def __init__(self, app: ASGIApp, language: str, title: str, prefix: str) -> None:
        self.app, self.language, self.title, self.prefix = app, language, title, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if (b"sec-fetch-dest", b"image") in scope["headers"] and "." not in scope["path"]:
            await _nothing(send)
            return
        start: list[Message] = []
        parts: list[bytes] = []

        async def send_frame(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                start.append(message)
            elif not start:
                await send(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))
                if not message.get("more_body"):
                    headers = MutableHeaders(scope=start[0])
                    packed = headers.get("content-encoding") == "gzip"
                    body = _framed(b"".join(parts), packed, self.language, self.title, self.prefix)
                    headers["content-length"] = str(len(body))
                    # They name the file as Streamlit ships it, not what is sent here.
                    del headers["etag"], headers["last-modified"]
                    await send(start[0])
                    await send({"type": "http.response.body", "body": body})

        await self.app(scope, receive, send_frame)


def _secure_cookies(start: Message) -> None:
    """Keep cookies that were set over TLS off plain connections; Streamlit leaves that out."""
    start["headers"] = [
        (name, content + b"; Secure" if _is_plain(name, content) else content)
        for name, content in start["headers"]
    ]


def _is_plain(name: bytes, content: bytes) -> bool:
    return name.lower() == b"set-cookie" and b"; secure" not in content.lower()


@lru_cache(maxsize=8)
def _framed(body: bytes, packed: bool, language: str, title: str, prefix: str) -> bytes:
    page = gzip.decompress(body) if packed else body
    page = page.replace(b'<html lang="en">', f'<html lang="{language}">'.encode(), 1)
    page = page.replace(b"<title>Streamlit</title>", f"<title>{title}</title>".encode(), 1)
    server = f'<script>window.__streamlit={{BACKEND_BASE_URL:location.origin+"{prefix}"}}</script>'
    ahead = "".join(
        f'<link rel="modulepreload" crossorigin href="{prefix}/static/{name}">'
        for name in static_gzip.drawn_first()
    )
    page = page.replace(b"</head>", (server + ahead).encode() + b"</head>", 1)
    # A font this application never draws with; fetching it first would cost the first view.
    page = re.sub(rb'<link\s+rel="preload"[^>]*SourceSans[^>]*>', b"", page, count=1)
    return gzip.compress(page, mtime=0) if packed else page


def _is_page(message: Message) -> bool:
    headers = MutableHeaders(scope=message)
    is_page = headers.get("content-type", "").startswith("text/html")
    return is_page and message["status"] == 200


async def _nothing(send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def _not_found(send: Send) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": 404,
            "headers": [(b"content-type", b"text/plain; charset=utf-8")],
        }
    )
    await send({"type": "http.response.body", "body": b"not found"})
