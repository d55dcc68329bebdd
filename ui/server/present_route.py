"""Slides at an address: a deck with filters, language and snapshot, for whoever may see pages.

The scope is that of the person who asks, at the public level; nothing in the address can widen it.
While slides are made the answer is a short page that asks again.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Literal
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from config import access as access_file
from config.i18n import LANGS, Lang, t
from config.settings import BANGKOK, Settings, load
from data_access import audit, queries
from data_access import snapshot as snapshots
from data_access.roles import Visitor
from data_access.snapshot import SnapshotInfo
from ui.render import wall
from ui.seminar import visitor_decks, wall_documents
from ui.seminar.deck import Deck
from ui.seminar.slide_content import shown_to_a_room
from ui.server import admission, boundary_urls, shell_files
from ui.state.filter_state import PARAMS, from_params
from ui.state.page_context import View

WAIT_SECONDS = 0.4  # a deck that is ready shortly is shown without the page in between
HEADERS = {"Cache-Control": "private, no-store"}


async def answer(request: Request) -> Response:
    """Give the slides, the page that stands while they are made, or why there are none."""
    return await run_in_threadpool(_answer, request)


def _answer(request: Request) -> Response:
    codes = dict(request.query_params)
    try:
        settings = load()
        who = admission.visitor(request.cookies)
        lang = next((one for one in LANGS if one == codes.get("lang")), settings.language)
        deck = visitor_decks.find(request.path_params["name"])
        info = _snapshot(settings, codes.get("snapshot", ""))
    except admission.NOBODY:
        return PlainTextResponse("not permitted", status_code=403, headers=HEADERS)
    if deck is None or info is None:
        gone = "no_deck" if deck is None else "no_snapshot"
        return _message(wall.refusal_page(t("deck.gone", lang), t(f"deck.{gone}", lang), lang), 404)
    view = _view(settings, who, info, codes, lang)
    make = partial(wall.render, deck, view, around(deck, codes))
    job = wall_documents.ask(deck, view, make, wait=WAIT_SECONDS)
    if job.state == "failed":
        return _message(wall.refusal_page(t("deck.gone", lang), t("deck.failed", lang), lang), 500)
    if job.state == "making":
        return _message(wall.waiting(deck, lang, job.step, job.of), 200)
    _note(settings, who, deck, view)
    return _message(job.content, 200)


def _message(page: bytes, status: int) -> Response:
    return Response(page, status_code=status, media_type="text/html", headers=HEADERS)


def _snapshot(settings: Settings, name: str) -> SnapshotInfo | None:
    """The snapshot asked for, the live one where none is; None for one that is not kept."""
    kept = snapshots.snapshots(settings.data_dir)
    return next((one for one in kept if not name or one.snapshot_id == name), None)


def _view(
    settings: Settings, who: Visitor, info: SnapshotInfo, codes: Mapping[str, str], lang: Lang
) -> View:
    years = queries.fiscal_years(scope=who.scope, snapshot=info)
    given = {name: codes[name] for name in PARAMS if name in codes}
    filters, _ = from_params(given, info.as_of, years)
    theme: Literal["light", "dark"] = "dark" if codes.get("theme") == "dark" else "light"
    view = View(filters, lang, theme, who.scope, info, today=settings.today)
    return shown_to_a_room(view)


def around(deck: Deck, codes: Mapping[str, str]) -> wall.Surroundings:
    """Give where files are and where leaving leads: the page that slides are started from."""
    prefix = boundary_urls.prefix()
    kept = {name: code for name, code in codes.items() if name in (*PARAMS, "lang", "snapshot")}
    return wall.Surroundings(
        fonts=f"{prefix}/app/static/fonts/",
        script=f"{prefix}{shell_files.ROUTE}/{shell_files.names()['slides']}",
        back=f"{prefix}/present?{urlencode({**kept, 'deck': deck.name})}",
        ready=f"{prefix}/ready",
    )


def _note(settings: Settings, who: Visitor, deck: Deck, view: View) -> None:
    """Write into the audit trail who opened which slides; nothing is shown where that fails."""
    filters = audit.codes(view.filters.params())
    event = audit.Event(who.user, who.role, "opened", "present", filters, deck.name)
    months = access_file.load(settings.access).keep_months
    audit.record(settings.data_dir, event, at=datetime.now(BANGKOK), keep_months=months)
