"""Streamlit's scripts and styles from memory, packed once.

A first visit asks for more than a hundred of them. Streamlit reads each from disk in a thread and
sends it as it lies there: 11 ms of processor time each, and 3 MB; from here it is a tenth of the
time and a third of the bytes. Their names hold a hash of their content, so they never change.
"""

import gzip
from functools import cache
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.streamlit_internals import DRAWN_FIRST, static_files

FOLDER = static_files()
KINDS = {".js": b"text/javascript; charset=utf-8", ".css": b"text/css; charset=utf-8"}
FOREVER = b"public, immutable, max-age=31536000"
_LEVEL = 6
# What pages draw with; the rest of Streamlit is packed when somebody asks for it.
_NEVER_DRAWN = ("Plotly", "ECharts", "elk", "Bokeh", "GraphViz", "mermaid", "cytoscape", "katex")


@cache
def files_by_path() -> dict[str, Path]:
    """Give the files by their path below `static/`; only these are ever opened."""
    found = (path for path in FOLDER.rglob("*") if path.suffix in KINDS)
    return {path.relative_to(FOLDER).as_posix(): path for path in found}


@cache
def drawn_first() -> tuple[str, ...]:
    """Give the scripts that every page draws with; those that this Streamlit lacks are left out."""
    named = {name.removeprefix("js/").rsplit(".", 2)[0]: name for name in files_by_path()}
    return tuple(named[stem] for stem in DRAWN_FIRST if stem in named)


@cache
def gzipped_file(name: str) -> bytes:
    """Give a file gzipped; KeyError for one that is not there."""
    return gzip.compress(files_by_path()[name].read_bytes(), _LEVEL, mtime=0)


def pack_ahead() -> None:
    """Pack what a first visit will ask for, so that the first visitor does not wait for it."""
    for name in files_by_path():
        if not Path(name).name.startswith(_NEVER_DRAWN):
            gzipped_file(name)


class OwnFiles:
    """Answers for these files; everything else, and whoever takes no gzip, goes on to Streamlit."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app, self.below = app, f"{prefix}/static/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = self._file_of(scope)
        if name is None:
            await self.app(scope, receive, send)
            return
        body = gzipped_file(name)
        headers = [
            (b"content-type", KINDS[files_by_path()[name].suffix]),
            (b"content-encoding", b"gzip"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", FOREVER),
            (b"vary", b"accept-encoding"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _file_of(self, scope: Scope) -> str | None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        path: str = scope["path"]
        if not path.startswith(self.below):
            return None
        name = path.removeprefix(self.below)
        takes = next((v for k, v in scope["headers"] if k == b"accept-encoding"), b"")
        return name if b"gzip" in takes and name in files_by_path() else None
