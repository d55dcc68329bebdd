"""One request to an ASGI application, without a server and without a socket."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Answer:
    """What an application answered."""

    status: int
    headers: Headers
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def get(app: ASGIApp, path: str, query: str = "", **headers: str) -> Answer:
    """The answer to a GET; header names are written with underscores for dashes."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": path, "raw_path": path.encode(), "root_path": "",
        "query_string": query.encode(), "headers": [(b"host", b"localhost"), *raw],
        "server": ("localhost", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    # In a thread of its own: browser tests leave an event loop running in this one.
    with ThreadPoolExecutor(max_workers=1) as own:
        own.submit(lambda: asyncio.run(app(scope, receive, send))).result()  # type: ignore[arg-type]  # an application is a coroutine function
    start = next(message for message in sent if message["type"] == "http.response.start")
    body = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    return Answer(start["status"], Headers(raw=start["headers"]), body)
