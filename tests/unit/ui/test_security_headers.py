"""The server's answers: strict headers on all of them, closed doors, the page's own language."""

import gzip
from collections import Counter

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from config.i18n import t
from data_access.indicators import registry
from geo import registers
from tests.support.web import get
from ui.render.pages import PAGES
from ui.server import shell_files
from ui.server.page_frame import PageFrame
from ui.server.security_headers import DATA_HEADERS, HEADERS, SecureHeaders

PAGE = '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title></head><body></body></html>'

OPEN_TO_ALL = [page for page in PAGES if not page.roles]


def page(request: Request) -> Response:
    return Response(PAGE, media_type="text/html", headers={"ETag": "x", "Last-Modified": "y"})


def packed(request: Request) -> Response:
    headers = {"Content-Encoding": "gzip"}
    return Response(gzip.compress(PAGE.encode()), media_type="text/html", headers=headers)


def data(request: Request) -> Response:
    return JSONResponse([42])


def plain(request: Request) -> Response:
    return PlainTextResponse("42")


def nowhere(request: Request) -> Response:
    return Response(PAGE, media_type="text/html")


ROUTES = [
    Route("/", page),
    Route("/caseload", packed),
    Route("/data", data),
    Route("/_stcore/metrics", plain),
    Route("/_stcore/agent/interact", plain),
    Route("/_stcore/upload_file/a/b", plain),
    Route("/_stcore/health", plain),
    Route("/shell/{name}", shell_files.answer),
    Route("/nowhere", nowhere),
    Route("/<script>", nowhere),
]
FRAME = Middleware(PageFrame, language="th", title="ระบบ", prefix="/here")
APP = Starlette(routes=ROUTES, middleware=[Middleware(SecureHeaders), FRAME])


@pytest.mark.parametrize(
    "path", ["/", "/caseload", "/_stcore/health", "/nowhere", "/_stcore/metrics"]
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


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/upload_file/a/b"]
)
def test_counters_uploads_and_the_machine_interface_are_closed(path: str) -> None:
    assert get(APP, path).status == 404


@pytest.mark.parametrize("path", ["/", "/caseload"])
def test_the_page_speaks_the_installation_s_language(path: str) -> None:
    answer = get(APP, path)
    text = gzip.decompress(answer.body).decode() if path == "/caseload" else answer.text
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


def test_the_page_speaks_the_language_that_its_address_asks_for() -> None:
    assert '<html lang="en">' in get(APP, "/", query="lang=en").text
    assert '<html lang="th">' in get(APP, "/", query="lang=xx").text
    assert t("shell.browser.skip", "en") in get(APP, "/", query="lang=en").text


def test_an_address_that_is_no_page_is_not_found_and_says_which_pages_there_are() -> None:
    answer = get(APP, "/nowhere", query="lang=en")
    assert answer.status == 404
    assert t("not_found.title", "en") in answer.text
    assert all(f'href="/here/{page.key}?lang=en"' in answer.text for page in OPEN_TO_ALL)
    assert "<script>" not in get(APP, "/<script>").text.lower()


@pytest.mark.parametrize("what", ["style", "script", "words_th", "index_en"])
def test_the_frame_s_files_are_kept_for_good_under_a_name_of_their_content(what: str) -> None:
    name = shell_files.names()[what]
    answer = get(APP, f"/shell/{name}")
    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]
    assert get(APP, "/shell/style-000000000000.css").status == 404


def test_the_search_index_names_every_page_indicator_and_area_and_no_figure() -> None:
    index = shell_files.search_index("th")
    kinds = Counter(entry["kind"] for entry in index)
    assert kinds == {
        "page": len(OPEN_TO_ALL), "indicator": len(registry.INDICATORS),
        "region": len(registers.REGIONS),
        "province": 77, "district": len(registers.districts()),
    }  # fmt: skip
    assert {key for entry in index for key in entry} == {
        "kind", "name", "other", "page", "codes", "within",
    }  # fmt: skip


def test_areas_are_searched_in_the_order_of_a_thai_dictionary() -> None:
    names = [e["name"] for e in shell_files.search_index("th") if e["kind"] == "province"]
    # เ is written before ข and read after it: เชียงใหม่ stands with ช, not behind ห.
    assert names.index("ชุมพร") < names.index("เชียงใหม่") < names.index("ตรัง")
