"""What leaves as a file is recorded once; whoever only looks whether it is there gets nothing."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message

from data_access.roles import Visitor
from data_access.scope import Scope
from tests.support.web import get
from ui.server import admission

ROWS = b"\xef\xbb\xbfcode,rows\r\n50,12\r\n"


async def file(request: Request) -> Response:
    name = request.path_params["name"]
    kind = (
        {} if name.endswith(".png") else {"content-disposition": f'attachment; filename="{name}"'}
    )
    return Response(ROWS, headers=kind)


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    def note(_home: object, event: Any, **_more: object) -> None:
        found.append((event.what, event.detail))

    monkeypatch.setattr(admission.audit, "record", note)
    monkeypatch.setattr(
        admission, "visitor", lambda _cookies: Visitor("a@b.c", "executive", Scope(), False)
    )
    return found


def fetched(name: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """The status, headers and content that a browser gets for a file."""
    inner = Starlette(routes=[Route("/media/{name}", file)])
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    said = [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()]
    scope = {
        "type": "http", "method": "GET", "path": f"/media/{name}", "raw_path": b"", "root_path": "",
        "query_string": b"", "headers": said, "http_version": "1.1", "scheme": "http",
    }  # fmt: skip
    asked = admission.Admission(inner, "")(scope, receive, send)
    with ThreadPoolExecutor(1) as aside:  # browser tests may have left a loop running in this one
        aside.submit(asyncio.run, asked).result()
    start, *bodies = sent
    got = {key.decode(): value.decode() for key, value in start["headers"]}
    return start["status"], got, b"".join(body["body"] for body in bodies)


def test_a_file_that_is_saved_is_recorded(recorded: list[tuple[str, str]]) -> None:
    assert fetched("rows.csv", sec_fetch_mode="navigate")[2] == ROWS
    assert recorded == [("exported", "rows.csv")]
    assert fetched("rows.csv")[2] == ROWS  # a browser that says nothing of itself
    assert len(recorded) == 2


def test_whoever_only_looks_gets_no_content_and_is_no_export(
    recorded: list[tuple[str, str]],
) -> None:
    status, headers, content = fetched("rows.csv", sec_fetch_mode="cors")
    assert (status, content, headers["content-length"]) == (200, b"", "0")
    # A picture that a page shows is no download, whoever asks.
    assert fetched("map.png", sec_fetch_mode="cors")[2] == ROWS
    assert recorded == []


def signing_out() -> admission.Admission:
    """The way out at the edge, before a server that says goodbye."""

    async def goodbye(_request: Request) -> Response:
        return Response("goodbye")

    return admission.Admission(Starlette(routes=[Route(admission.LOGOUT, goodbye)]), "")


def test_signing_out_by_the_address_alone_is_recorded_once(
    recorded: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = iter([True, False])  # the second time it is over already, as after our own button
    monkeypatch.setattr(admission.sign_ins, "end", lambda *_: next(first))
    monkeypatch.setattr(admission.identity_cookie, "claims", lambda _cookies: {"sub": "a"})
    for _ in range(2):
        assert get(signing_out(), admission.LOGOUT).status == 200
    assert recorded == [("signed_out", "")]


def test_another_site_cannot_sign_a_visitor_out(
    recorded: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[object] = []
    monkeypatch.setattr(admission.sign_ins, "end", lambda *claims: ended.append(claims))
    monkeypatch.setattr(admission.identity_cookie, "claims", lambda _cookies: {"sub": "a"})
    answer = get(signing_out(), admission.LOGOUT, sec_fetch_site="cross-site")
    assert answer.status == 403
    assert not ended
    assert not recorded
