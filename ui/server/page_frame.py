"""The HTML page that everything is drawn into: language, name, style, scripts, and "not found".

Streamlit ships one page in English; here it gets the reader's language before anything is drawn,
and the style sheet, fonts and words that would otherwise arrive after the first picture and move
it.
"""

import gzip
import html
import json
import re
from functools import lru_cache
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.i18n import LANGS, Lang, t
from ui.render.pages import PAGES
from ui.render.streamlit.templating import html as template
from ui.server import shell_files, static_gzip

FONTS = [f"{script}-{weight}" for weight in (400, 600, 700) for script in ("thai", "latin")]

# Documents of their own: slides, and the page on which an alert is left.
WITHOUT_FRAME = ("/slides/", "/leave/")


class PageFrame:
    """Gives Streamlit's one HTML page the reader's language, this application's name and address.

    Screen readers choose their voice by the language; without this they read Thai as English.
    Told where its server is, a deep link does not first ask below its own path, twice in vain.
    Who asks for a page as an image gets nothing: stripes in charts are named by the page's address,
    and a browser whose address has just changed would fetch the old one to look for them.
    An address that is no page is answered 404, with the pages there are.
    """

    def __init__(self, app: ASGIApp, language: Lang, title: str, prefix: str) -> None:
        self.app, self.language, self.title, self.prefix = app, language, title, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"].removeprefix(self.prefix).startswith(WITHOUT_FRAME):
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
                    await self._send(scope, start[0], b"".join(parts), send)

        await self.app(scope, receive, send_frame)

    async def _send(self, scope: Scope, start: Message, body: bytes, send: Send) -> None:
        headers = MutableHeaders(scope=start)
        packed = headers.get("content-encoding") == "gzip"
        lang = self._language(scope)
        key = scope["path"].removeprefix(self.prefix).strip("/")
        if key and key not in {page.key for page in PAGES}:
            start["status"] = 404
            body = _not_found(key, lang, self.prefix)
            body = gzip.compress(body, mtime=0) if packed else body
        else:
            body = _with_frame(body, packed, lang, self.title, self.prefix)
        headers["content-length"] = str(len(body))
        # They name the file as Streamlit ships it, not what is sent here.
        del headers["etag"], headers["last-modified"]
        await send(start)
        await send({"type": "http.response.body", "body": body})

    def _language(self, scope: Scope) -> Lang:
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0]
        return next((lang for lang in LANGS if lang == asked), self.language)


@lru_cache(maxsize=8)
def _with_frame(body: bytes, packed: bool, language: Lang, title: str, prefix: str) -> bytes:
    page = gzip.decompress(body) if packed else body
    page = page.replace(b'<html lang="en">', f'<html lang="{language}">'.encode(), 1)
    page = page.replace(b"<title>Streamlit</title>", f"<title>{title}</title>".encode(), 1)
    page = page.replace(b"</head>", _head(language, prefix).encode() + b"</head>", 1)
    page = page.replace(b"</body>", _end(prefix).encode() + b"</body>", 1)
    skip = t("shell.browser.skip", language)
    link = f'<a class="ov-skip" href="#main-content">{html.escape(skip)}</a>'
    page = re.sub(rb"<body[^>]*>", lambda body: body[0] + link.encode(), page, count=1)
    # A font this application never draws with; fetching it first would cost the first view.
    page = re.sub(rb'<link\s+rel="preload"[^>]*SourceSans[^>]*>', b"", page, count=1)
    return gzip.compress(page, mtime=0) if packed else page


def _head(language: Lang, prefix: str) -> str:
    files = shell_files.names()
    below = f"{prefix}{shell_files.ROUTE}"
    kept = {
        kind: {lang: f"{below}/{files[f'{kind}_{lang}']}" for lang in LANGS}
        for kind in ("words", "index")
    }
    ours = json.dumps({"prefix": prefix, "language": language, **kept})
    first = (
        f'window.__streamlit={{BACKEND_BASE_URL:location.origin+"{prefix}"}};'
        f"window.oversight={ours};"
    )
    fonts = "".join(
        f'<link rel="preload" as="font" type="font/woff2" crossorigin '
        f'href="{prefix}/app/static/fonts/sarabun-{font}-normal.woff2">'
        for font in FONTS
    )
    ahead = "".join(
        f'<link rel="modulepreload" crossorigin href="{prefix}/static/{name}">'
        for name in static_gzip.drawn_first()
    )
    script = f'<script src="{below}/{files["script"]}"></script>'
    return f"<script>{first}</script>{script}{fonts}{ahead}"


def _end(prefix: str) -> str:
    """Give what stands last: our sheet is read after Streamlit's own, which it speaks against."""
    name = shell_files.names()["style"]
    return f'<link rel="stylesheet" href="{prefix}{shell_files.ROUTE}/{name}">'


def _not_found(path: str, lang: Lang, prefix: str) -> bytes:
    query = f"?lang={lang}"
    offered = [page for page in PAGES if page.open_to("", administers=False)]
    pages = [(f"{prefix}/{page.key}{query}", page.label(lang)) for page in offered]
    words = {name: t(f"not_found.{name}", lang) for name in ("title", "home", "pages")}
    page = template(
        "not_found",
        lang=lang,
        name=t("app.name", lang),
        text=t("not_found.text", lang, path=path[:60]),
        first=f"{prefix}/{query}",
        style=f"{prefix}{shell_files.ROUTE}/{shell_files.names()['style']}",
        links=pages,
        **words,
    )
    return page.encode()


def _is_page(message: Message) -> bool:
    headers = MutableHeaders(scope=message)
    is_page = headers.get("content-type", "").startswith("text/html")
    return is_page and message["status"] == 200


async def _nothing(send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})
