"""What is checked at the server's edge: files for those signed in only, sign-in with its way back.

Pages check for themselves who is looking (`ui.state.session`). Rows of pictures, slides and files
to download leave by addresses of their own, which somebody may have kept: they ask here. Every file
that leaves is in the audit trail, whichever button it came from.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import parse_qsl, unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config import access as access_file
from config.access import AccessProblem
from config.settings import BANGKOK, Settings, SettingsError, load
from data_access import audit, roles, sign_ins
from data_access import snapshot as snapshots
from data_access.roles import NoPermission, Visitor
from data_access.snapshot import NoSnapshot
from ui.server import deep_links, identity_cookie
from ui.state import sign_in
from ui.state.sign_in import NotSignedIn

FILES = ("/media/", "/rows/", "/slides/")
LOGIN, CALLBACK, LOGOUT = "/auth/login", "/oauth2callback", "/auth/logout"
ATTACHMENT = "attachment"
NOBODY = (SettingsError, NoSnapshot, NotSignedIn, NoPermission, AccessProblem)
Changing = Callable[[MutableHeaders], None]

log = logging.getLogger(__name__)


class Admission:
    """Answers 403 where nobody may have the file, and knows the way back after signing in."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app, self.prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(self.prefix) if scope["type"] == "http" else ""
        if path.startswith(FILES):
            await self._file(path, scope, receive, send)
        elif path == LOGIN:
            await self.app(scope, receive, _on_start(send, lambda to: self._keep(scope, to)))
        elif path == CALLBACK:
            await self.app(scope, receive, _on_start(send, lambda to: self._go_back(scope, to)))
        elif path == LOGOUT:
            await self._sign_out(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _file(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        cookies = HTTPConnection(scope).cookies
        try:
            who = await run_in_threadpool(visitor, cookies)
        except NOBODY:
            await _refuse(send)
            return
        if not path.startswith("/media/") or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        start: Message = {}
        looks = _only_looks(scope)

        async def send_and_record(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                if looks and _is_download(message):
                    message["headers"] = [
                        (name, b"0" if name.lower() == b"content-length" else value)
                        for name, value in message["headers"]
                    ]
                else:
                    headers = Headers(raw=message["headers"])
                    await run_in_threadpool(self._export, who, scope, headers)
            elif looks and _is_download(start):
                message = {**message, "body": b""}
            await send(message)

        try:
            await self.app(scope, receive, send_and_record)
        except OSError:
            if start:
                log.exception("the audit trail cannot be written: the file was not sent")
                await _refuse(send)
            else:
                raise

    def _export(self, who: Visitor, scope: Scope, headers: Headers) -> None:
        """Record a file that leaves; a picture that a page shows is no export."""
        disposition = headers.get("content-disposition", "")
        if ATTACHMENT not in disposition:
            return
        page, codes = self._came_from(scope)
        event = audit.Event(
            who.user, who.role, "exported", page, audit.codes(codes), _file_name(disposition)
        )
        settings = load()
        months = access_file.load(settings.access).keep_months
        audit.record(settings.data_dir, event, at=datetime.now(BANGKOK), keep_months=months)

    def _came_from(self, scope: Scope) -> tuple[str, dict[str, str]]:
        link = self._link_of(scope)
        path, _, query = (link or "/").partition("?")
        return path.strip("/"), dict(parse_qsl(query))

    def _link_of(self, scope: Scope) -> str | None:
        headers = Headers(scope=scope)
        return deep_links.link_of(headers.get("referer", ""), headers.get("host", ""), self.prefix)

    def _keep(self, scope: Scope, headers: MutableHeaders) -> None:
        """Leave with the browser where it wants to go, while it is at the provider."""
        link = self._link_of(scope)
        if link is not None:
            headers.append("set-cookie", self._cookie(deep_links.pack(link), deep_links.SECONDS))

    def _go_back(self, scope: Scope, headers: MutableHeaders) -> None:
        """Send a browser that has been to the provider to where it wanted to go."""
        content = HTTPConnection(scope).cookies.get(deep_links.COOKIE)
        if content is None:
            return
        headers.append("set-cookie", self._cookie("", 0))
        link = deep_links.unpack(content)
        if link is not None and urlsplit(headers.get("location", "")).netloc == "":
            headers["location"] = f"{self.prefix}{link}"

    def _cookie(self, content: str, seconds: int) -> str:
        path = self.prefix or "/"
        name = f"{deep_links.COOKIE}={content}"
        return f"{name}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax"

    async def _sign_out(self, scope: Scope, receive: Receive, send: Send) -> None:
        """End the sign-in everywhere, however the address was reached from our own pages."""
        if Headers(scope=scope).get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            await _refuse(send)
            return
        await run_in_threadpool(_end, HTTPConnection(scope).cookies)

        def forget(headers: MutableHeaders) -> None:
            headers["clear-site-data"] = '"cache"'

        await self.app(scope, receive, _on_start(send, forget))


def visitor(cookies: Mapping[str, str]) -> Visitor:
    """Give who asks for a file, checked as a page would; raises one of `NOBODY`."""
    settings = load()
    info = snapshots.current(settings.data_dir)
    grants = access_file.load(settings.access)
    if _local(settings, info.synthetic):
        least = settings.hide_below
        return roles.local_visitor(grants, hide_below=least, synthetic=info.synthetic)
    profile = identity_cookie.claims(cookies)
    if not profile:
        raise NotSignedIn("first")
    return roles.visitor(
        sign_in.name_of(profile, settings, grants),
        grants,
        hide_below=settings.hide_below,
        today=settings.today,
        synthetic=info.synthetic,
    )


def _end(cookies: Mapping[str, str]) -> None:
    """End a sign-in; it is recorded where our own button has not done so a moment before."""
    profile = identity_cookie.claims(cookies)
    if not profile:
        return
    try:
        who: Visitor | None = visitor(cookies)
    except NOBODY:
        who = None
    settings = load()
    if not sign_ins.end(settings.sign_in_dir, profile) or who is None:
        return
    months = access_file.load(settings.access).keep_months
    event = audit.Event(who.user, who.role, "signed_out")
    audit.record(settings.data_dir, event, at=datetime.now(BANGKOK), keep_months=months)


def _local(settings: Settings, synthetic: bool) -> bool:
    return settings.sign_in == "off" or (settings.sign_in == "sample" and synthetic)


def _only_looks(scope: Scope) -> bool:
    """Whether a script asks, as Streamlit does to see that a file is there: a file that somebody
    saves is asked for by the browser itself. What only looks gets no content."""
    return Headers(scope=scope).get("sec-fetch-mode") in ("cors", "same-origin")


def _is_download(start: Message) -> bool:
    return ATTACHMENT in Headers(raw=start["headers"]).get("content-disposition", "")


def _file_name(disposition: str) -> str:
    name = disposition.rsplit("filename", 1)[-1].lstrip("*=").strip('"; ')
    return unquote(name.removeprefix("UTF-8''"))[:100]


def _on_start(send: Send, change: Changing) -> Send:
    async def send_changed(message: Message) -> None:
        if message["type"] == "http.response.start":
            change(MutableHeaders(scope=message))
        await send(message)

    return send_changed


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": b"not permitted"})
