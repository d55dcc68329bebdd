"""The address at the foot of an alert: a page with one button, and the button that leaves.

Opening the address changes nothing, for mail programs open addresses by themselves; sending it
(the button, or a mail program that knows RFC 8058) leaves at once, without signing in.
"""

import logging
from datetime import datetime
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from config import access as access_file
from config.access import AccessProblem
from config.i18n import LANGS, t
from config.settings import BANGKOK, Settings, SettingsError, load
from config.theme import FONT, LIGHT
from data_access import audit
from data_access.journal.pen import Pen
from data_access.journal.store import Journal, JournalProblem
from data_access.journal.subscriptions import unsubscribe
from data_access.roles import Visitor
from data_access.scope import Scope
from ui.digest import leave_links
from ui.digest.leave_links import Leaving, WrongLink
from ui.render.templates import environment

PAGE = "leave"
log = logging.getLogger(__name__)
_templates = environment(Path(leave_links.__file__).parent / "templates")


async def answer(request: Request) -> Response:
    """Show the button, or leave and say so; 404 for an address that is not ours, 503 where it
    cannot be written now."""
    return await run_in_threadpool(_answer, request.path_params["token"], request.method)


def _answer(token: str, method: str) -> Response:
    try:
        settings = load()
        leaving = leave_links.unpack(token, settings)
        if method != "POST":
            return _page("ask", asks=True)
        _leave(leaving, settings)
    except WrongLink:
        return _page("wrong", status=404)
    except (SettingsError, AccessProblem, JournalProblem, OSError) as problem:
        log.error("an alert could not be left: %s", type(problem).__name__)
        return _page("later", status=503)
    return _page("done")


def _leave(leaving: Leaving, settings: Settings) -> None:
    """End the subscriptions; twice is as good as once."""
    at = datetime.now(BANGKOK)
    months = access_file.load(settings.access).keep_months

    def note(code: str) -> None:
        event = audit.Event(leaving.user, "", "wrote", PAGE, detail=code)
        audit.record(settings.data_dir, event, at=at, keep_months=months)

    # Nobody is signed in: the signature of the address says who leaves, and nothing else is done.
    nobody = Visitor(leaving.user, "", Scope(), administers=False)
    # What is published by now may be of the other kind: whoever leaves is left alone by both.
    places = {settings.journal_at(settings.data_dir, synthetic=one) for one in (False, True)}
    for place in sorted(places):
        unsubscribe(Pen(Journal(place), nobody, at, note), leaving.entry_id)


def _page(key: str, *, asks: bool = False, status: int = 200) -> HTMLResponse:
    said = [(lang, t(f"leave.{key}", lang)) for lang in LANGS]
    page = _templates.get_template("leave.html").render(
        title=t("leave.title", "th"),
        said=said,
        button=t("leave.button", "th") if asks else "",
        ink=LIGHT,
        font=FONT,
    )
    return HTMLResponse(page, status_code=status, headers={"Cache-Control": "no-store"})
