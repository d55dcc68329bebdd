"""Security headers on every answer.

The content policy makes the browser itself refuse anything that is not served by this machine.
Measured with Streamlit 1.67: 'unsafe-inline' is needed for its own styles and Vega's loader,
'wasm-unsafe-eval' and blob: for its workers.
"""

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
# Slides have one script, a file of ours, and ask only whether there are newer data.
SLIDES_HEADERS = HEADERS | {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'unsafe-inline'",
            "img-src data:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
}
SLIDES = re.compile(r"/slides/[^/]+$")
# Counters of the server and the machine interface of Streamlit are not for visitors; and nothing
# here is ever uploaded, so nobody can fill memory with files.
CLOSED_PATHS = re.compile(r"/_stcore/(metrics|agent|upload_file)(/|$)")


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
                kind = headers.get("content-type", "")
                for name, content in _headers(scope["path"], kind).items():
                    headers[name] = content
                if scope["scheme"] == "https":
                    _secure_cookies(message)
            await send(message)

        if CLOSED_PATHS.search(scope["path"]):
            await _not_found(send_with_headers)
            return
        await self.app(scope, receive, send_with_headers)


def _headers(path: str, kind: str) -> dict[str, str]:
    if kind.startswith("application/json"):
        return DATA_HEADERS
    return SLIDES_HEADERS if SLIDES.search(path) else HEADERS


def _secure_cookies(start: Message) -> None:
    """Keep cookies that were set over TLS off plain connections; Streamlit leaves that out."""
    start["headers"] = [
        (name, content + b"; Secure" if _is_plain(name, content) else content)
        for name, content in start["headers"]
    ]


def _is_plain(name: bytes, content: bytes) -> bool:
    return name.lower() == b"set-cookie" and b"; secure" not in content.lower()


async def _not_found(send: Send) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": 404,
            "headers": [(b"content-type", b"text/plain; charset=utf-8")],
        }
    )
    await send({"type": "http.response.body", "body": b"not found"})
