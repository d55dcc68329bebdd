"""Alerts by letter: what the reader asked to be told of an area of their own, and how to leave."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from config.i18n import t
from config.mail import is_address
from data_access.journal.rights import letter_scope, may_be_told
from data_access.journal.store import JournalUnreachable
from data_access.journal.subscriptions import (
    KINDS,
    Subscription,
    Wish,
    subscribe,
    subscriptions_of,
    unsubscribe,
)
from ui.blocks import Answer, Block, Blocks, Details, Field, Form, Text
from ui.queries.journal import journal
from ui.sections.area import parts_of_work
from ui.sections.shared.answers import answer
from ui.state import writing
from ui.state.page_context import View
from ui.text import area_names
from ui.text.indicator_numbers import number


def blocks(view: View) -> Blocks:
    """Give a fold with the form and the reader's own subscriptions; nothing for an area that their
    letters may not hold."""
    area, author = view.filters.narrowest, view.author
    if author is None or not may_be_told(letter_scope(author), area):
        return ()
    label = t("page.area.alerts", view.lang)
    return (Details(label, f"alerts_{area}", lambda: _inside(view, author.user)),)


def _inside(view: View, user: str) -> Blocks:
    if not is_address(user):
        return (Text(t("page.area.alerts_no_mail", view.lang)),)
    try:
        mine = subscriptions_of(journal(view), user)
    except JournalUnreachable:
        return (Text(t("journal.unreachable", view.lang), "notice"),)
    return (_new(view), *([_leave(view, mine)] if mine else []))


def _new(view: View) -> Block:
    lang, area = view.lang, view.filters.narrowest
    names = {
        name: t(f"indicator.{name}.title", lang)
        for every in parts_of_work.names().values()
        for name in every
    }
    kinds: dict[str, str] = {kind: t(f"page.area.alert_kind.{kind}", lang) for kind in KINDS}
    return Form(
        key=f"alert_new_{area}",
        title="",
        note=t("page.area.alerts_about", lang),
        fields=(
            Field("indicator", t("journal.field.indicator", lang), "list", None, names),
            Field("kind", t("journal.field.alert_kind", lang), "list", None, kinds),
            Field(
                "threshold",
                t("journal.field.threshold", lang),
                "number",
                help=t("page.area.alert_threshold_help", lang),
            ),
        ),
        button=t("page.area.alert_save", lang),
        save=partial(_subscribe, view),
    )


def _leave(view: View, mine: tuple[Subscription, ...]) -> Block:
    options = {one.entry_id: _words(view, one) for one in mine}
    return Form(
        key="alert_leave",
        title="",
        fields=(Field("entry", t("page.area.alerts_mine", view.lang), "list", None, options),),
        button=t("page.area.alert_leave", view.lang),
        save=partial(_unsubscribe, view),
    )


def _words(view: View, one: Subscription) -> str:
    lang = view.lang
    kind = t(f"page.area.alert_kind.{one.kind}", lang)
    if one.threshold is not None:
        kind = f"{kind} {number(one.indicator, one.threshold, lang)}"
    area = area_names.name_with_province(one.area_code, lang)
    return t("tables.joint", lang).join((area, t(f"indicator.{one.indicator}.title", lang), kind))


def _subscribe(view: View, values: Mapping[str, Any], _based_on: int) -> Answer:
    area, threshold = view.filters.narrowest, values["threshold"]
    wish = Wish(
        area,
        str(values["indicator"]),
        str(values["kind"]),
        None if threshold is None else float(threshold),
    )
    return answer(view, "alert_saved", lambda: subscribe(wish, writing.pen(journal(view))))


def _unsubscribe(view: View, values: Mapping[str, Any], _based_on: int) -> Answer:
    def act() -> None:
        unsubscribe(writing.pen(journal(view)), str(values["entry"]))

    return answer(view, "alert_left", act)
