"""The server's answers: strict headers on all of them, closed doors, the page's own language."""

import gzip

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.support.web import get
from ui.server.security_headers import DATA_HEADERS, HEADERS, PageFrame, SecureHeaders

PAGE = '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title></head><body></body></html>'


def page(request: Request) -> Response:
    return Response(PAGE, media_type="text/html", headers={"ETag": "x", "Last-Modified": "y"})


def packed(request: Request) -> Response:
    headers = {"Content-Encoding": "gzip"}
    return Response(gzip.compress(PAGE.encode()), media_type="text/html", headers=headers)


def data(request: Request) -> Response:
    return JSONResponse([42])


def plain(request: Request) -> Response:
    return PlainTextResponse("42")


ROUTES = [
    Route("/", page),
    Route("/packed", packed),
    Route("/data", data),
    Route("/_stcore/metrics", plain),
    Route("/_stcore/agent/interact", plain),
    Route("/_stcore/health", plain),
]
FRAME = Middleware(PageFrame, language="th", title="ระบบ", prefix="/here")
APP = Starlette(routes=ROUTES, middleware=[Middleware(SecureHeaders), FRAME])


@pytest.mark.parametrize(
    "path", ["/", "/packed", "/_stcore/health", "/nowhere", "/_stcore/metrics"]
)
def test_every_answer_carries_every_header(path: str) -> None:
    answer = get(APP, path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_content_policy_lets_nothing_in_from_outside() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "http:" not in policy
    assert "https:" not in policy
    assert "*" not in policy
    assert "'unsafe-eval'" not in policy


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/interact"])
def test_counters_and_the_machine_interface_are_closed(path: str) -> None:
    assert get(APP, path).status == 404


@pytest.mark.parametrize("path", ["/", "/packed"])
def test_the_page_speaks_the_installation_s_language(path: str) -> None:
    answer = get(APP, path)
    text = gzip.decompress(answer.body).decode() if path == "/packed" else answer.text
    assert '<html lang="th">' in text
    assert "<title>ระบบ</title>" in text
    assert 'BACKEND_BASE_URL:location.origin+"/here"' in text
    assert answer.headers["content-length"] == str(len(answer.body))
    assert "etag" not in answer.headers


def test_other_answers_are_passed_on_as_they_are() -> None:
    assert get(APP, "/_stcore/health").text == "42"


def test_a_page_asked_for_as_an_image_is_nothing() -> None:
    answer = get(APP, "/", sec_fetch_dest="image")
    assert (answer.status, answer.body) == (204, b"")
    assert get(APP, "/", sec_fetch_dest="document").status == 200


def test_data_may_load_nothing_at_all() -> None:
    answer = get(APP, "/data")
    assert {name: answer.headers.get(name) for name in DATA_HEADERS} == DATA_HEADERS
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; frame-")
