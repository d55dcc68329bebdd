"""Streamlit's own files leave packed and for ever; what is not one of them goes on to Streamlit."""

import gzip

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.support.web import get
from ui.server import static_gzip, streamlit_internals


def streamlit(request: Request) -> PlainTextResponse:
    return PlainTextResponse("streamlit")


APP = static_gzip.OwnFiles(Starlette(routes=[Route("/{path:path}", streamlit)]), "/oversight")
SCRIPT = min((name for name in static_gzip.files_by_path() if name.endswith(".js")), key=len)


def test_a_script_comes_packed_and_stays_for_ever() -> None:
    answer = get(APP, f"/oversight/static/{SCRIPT}", accept_encoding="gzip, br")
    assert gzip.decompress(answer.body) == (static_gzip.FOLDER / SCRIPT).read_bytes()
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")


def test_whoever_takes_no_gzip_gets_it_from_streamlit() -> None:
    assert get(APP, f"/oversight/static/{SCRIPT}").text == "streamlit"


@pytest.mark.parametrize(
    "path", ["/oversight/", "/static/js/x.js", "/oversight/static/../../../../config.toml",
             "/oversight/static/js/none.js", "/oversight/app/static/favicon.png"],
)  # fmt: skip
def test_any_other_address_goes_on_to_streamlit(path: str) -> None:
    assert get(APP, path, accept_encoding="gzip").text == "streamlit"


def test_the_files_of_a_first_visit_are_packed_before_it() -> None:
    static_gzip.gzipped_file.cache_clear()
    static_gzip.pack_ahead()
    index = next(name for name in static_gzip.files_by_path() if name.startswith("js/index."))
    before = static_gzip.gzipped_file.cache_info().misses
    assert gzip.decompress(static_gzip.gzipped_file(index))
    assert static_gzip.gzipped_file.cache_info().misses == before


def test_what_every_page_draws_with_is_among_the_files() -> None:
    found = static_gzip.drawn_first()
    assert len(found) == len(streamlit_internals.DRAWN_FIRST), "Streamlit has renamed some of them"
    assert set(found) <= static_gzip.files_by_path().keys()
