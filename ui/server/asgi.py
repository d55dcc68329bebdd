"""The server's entry: Streamlit as an ASGI application with our routes, headers and warm-up.

Run by `python -m ui.server.launch`, or by any ASGI server: `uvicorn ui.server.asgi:app`.
"""

import gc
import importlib
import logging
import secrets
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from config.i18n import Lang, t
from config.settings import SettingsError, load
from config.version import VERSION
from data_access import snapshot as snapshots
from data_access.snapshot import NoSnapshot
from geo import web
from geo.web import NoLayer
from ui.digest import leave_links
from ui.render.pages import PAGES
from ui.server import (
    boundary_urls,
    chart_data_route,
    leave_route,
    present_addresses,
    present_route,
    public_address,
    secrets_file,
    shell_files,
)
from ui.server.admission import Admission
from ui.server.page_frame import PageFrame
from ui.server.security_headers import SecureHeaders
from ui.server.static_gzip import OwnFiles
from ui.server.streamlit_internals import ignore_pages_folder

HOME = Path(__file__).resolve().parents[2] / "Home.py"
FAVICON = HOME.parent / "static" / "favicon.png"
FOREVER = "public, max-age=31536000, immutable"
STOPPED_WITHIN_SECONDS = 10
PROCESS = secrets.token_hex(8)

log = logging.getLogger(__name__)


async def boundary(request: Request) -> Response:
    """Give one layer of shapes; its name holds a hash of its content, so it never changes."""
    try:
        layer = web.find(load().data_dir, request.path_params["name"])
    except (NoLayer, SettingsError):
        return PlainTextResponse("not found", status_code=404)
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(layer.gzip, media_type="application/json", headers=headers)
    return Response(layer.body, media_type="application/json", headers=headers)


async def favicon(request: Request) -> Response:
    """Give the mark of the tab where the page's frame asks for it, to be kept for a day."""
    return Response(
        FAVICON.read_bytes(), media_type="image/png", headers={"Cache-Control": "max-age=86400"}
    )


async def ready(request: Request) -> Response:
    """Tell a load balancer whether pages can be shown: 200 with its version, or 503 and why.

    `warm` says whether the answers that nobody should wait for are worked out already; `process` is
    another word after each start, by which a page notices that it has come to another server.
    """
    try:
        info = snapshots.current(load().data_dir)
    except (SettingsError, NoSnapshot) as problem:
        return JSONResponse({"ready": False, "why": type(problem).__name__}, status_code=503)
    warm = importlib.import_module("ui.prefetch.worker").finished(info.snapshot_id)
    return JSONResponse(
        {
            "ready": True,
            "version": VERSION,
            "snapshot": info.snapshot_id,
            "warm": warm,
            "process": PROCESS,
        }
    )


async def first_page(request: Request) -> Response:
    """Send the first page's own name to "/", where Streamlit shows it; filters stay in the link."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{boundary_urls.prefix()}/{query}")


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, object]]:
    """Warm up before the first visitor, then spare the garbage collector what will stay anyway."""
    started = perf_counter()
    # Imported here: caches want the running server, which does not exist when this module loads.
    stop, beside = threading.Event(), threading.Thread()
    try:
        warm = importlib.import_module("ui.prefetch.worker")
        warm.up()
        beside = threading.Thread(target=warm.watch, args=(stop,), daemon=True, name="warm")
        beside.start()
    except Exception:  # a cold server is slower, no server is worse; visitors read what is wrong
        log.exception("the warm-up failed")
    # Measured: a rerun walks through all imported objects otherwise (113 ms against 43 ms).
    gc.collect()
    gc.freeze()
    log.info("warm after %.1f s", perf_counter() - started)
    yield {}
    stop.set()
    if beside.is_alive():
        # Python aborts when it ends while a thread is inside the database.
        beside.join(STOPPED_WITHIN_SECONDS)


def _language() -> Lang:
    try:
        return load().language
    except SettingsError:
        return "th"  # Home.py shows the mistakes themselves


secrets_file.use()
public_address.use()
ignore_pages_folder()
boundary_urls.serve()
app = st.App(
    HOME,
    routes=[
        Route(f"{boundary_urls.prefix()}{boundary_urls.ROUTE}/{{name}}", boundary),
        Route(
            f"{boundary_urls.prefix()}{chart_data_route.ROUTE}/{{name}}", chart_data_route.answer
        ),
        Route(f"{boundary_urls.prefix()}{present_addresses.ROUTE}/{{name}}", present_route.answer),
        Route(f"{boundary_urls.prefix()}{shell_files.ROUTE}/{{name}}", shell_files.answer),
        Route(
            f"{boundary_urls.prefix()}{leave_links.ROUTE}/{{token}}",
            leave_route.answer,
            methods=["GET", "POST"],
        ),
        Route(f"{boundary_urls.prefix()}/ready", ready),
        Route(f"{boundary_urls.prefix()}/favicon.png", favicon),
        Route(f"{boundary_urls.prefix()}/{PAGES[0].key}", first_page),
    ],
    middleware=[
        Middleware(SecureHeaders),
        Middleware(Admission, prefix=boundary_urls.prefix()),
        Middleware(OwnFiles, prefix=boundary_urls.prefix()),
        Middleware(
            PageFrame,
            language=_language(),
            title=t("app.name", "th"),
            prefix=boundary_urls.prefix(),
        ),
    ],
    lifespan=lifespan,
)
