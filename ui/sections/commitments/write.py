"""Writing commitments: a new one, the next revision of one, its withdrawal, and its history."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from config.i18n import t
from config.thai_calendar import format_date
from data_access.indicators import registry
from data_access.journal import commitments as journal_commitments
from data_access.journal import course
from data_access.journal.commitments import LONGEST_TEXT, MOST_ACTIONS, Commitment, Draft
from data_access.journal.rights import may_read_texts, may_write
from ui.blocks import Answer, Block, Blocks, Choice, Column, Details, Field, Form, Table, Text
from ui.queries.commitments import Reading, public_number
from ui.queries.journal import journal
from ui.sections.commitments import words
from ui.sections.shared.answers import answer, moment
from ui.state import writing
from ui.state.page_context import View
from ui.text import area_names, provenance
from ui.text.indicator_numbers import number

ENTRY, INDICATOR, NEW = "entry", "indicator", "new"  # parameters in the address bar, a code
HISTORY = ("revision", "written_at", "author", "target", "actions", "owner", "state")


def blocks(view: View, readings: tuple[Reading, ...]) -> Blocks:
    """Give what the author of the view may write, and the history of the commitment chosen."""
    mine = {
        one.entry.entry_id: one.entry
        for one in readings
        if may_write(view.author, one.entry.area_code)
        or may_read_texts(view.reader, one.entry.area_code)
    }
    area = _own_area(view)
    codes = (*([NEW] if area else []), *mine)
    if not codes:
        key = "choose_area" if _may_write_anywhere(view) else "not_entitled"
        return (Text(t(f"page.commitments.{key}", view.lang)),)
    chosen = view.option(ENTRY, codes, codes[0])
    options = {NEW: t("page.commitments.new", view.lang)} | {
        code: _label(view, entry) for code, entry in mine.items()
    }
    choice = Choice(
        param=ENTRY,
        label=t("page.commitments.choose", view.lang),
        options={code: options[code] for code in codes},
        now=chosen,
        usual=codes[0],
        form="list",
    )
    heading = Text(t("page.commitments.write", view.lang), "heading")
    body = _new(view, area) if chosen == NEW else _existing(view, mine[chosen])
    return (heading, choice, *body)


def _own_area(view: View) -> str:
    """The area chosen where it may be written of, or the only one that is the author's own."""
    chosen = view.filters.narrowest
    if may_write(view.author, chosen):
        return chosen
    scope = view.scope
    own = (*scope.own_provinces, *scope.own_districts)
    alone = own[0] if len(own) == 1 and view.filters.untouched else ""
    return alone if alone and may_write(view.author, alone) else ""


def _may_write_anywhere(view: View) -> bool:
    author = view.author
    owns = bool(view.scope.own_provinces or view.scope.own_districts)
    return author is not None and (author.administers or owns)


def _label(view: View, entry: Commitment) -> str:
    area = area_names.name_with_province(entry.area_code, view.lang)
    said = (area, words.title(entry.indicator, view.lang), format_date(entry.due_on, view.lang))
    return t("tables.joint", view.lang).join(said)


def _new(view: View, area: str) -> Blocks:
    lang, as_of = view.lang, view.filters.as_of
    offered = course.offered_indicators()
    name = view.option(INDICATOR, offered, "follow_up_completion")
    choice = Choice(
        param=INDICATOR,
        label=t("journal.field.indicator", lang),
        options={code: words.title(code, lang) for code in offered},
        now=name,
        usual="follow_up_completion",
        form="list",
    )
    ask = partial(public_number, view)
    value = course.cell_on(name, area, as_of, as_of, ask).comparable
    where, now = area_names.in_sentence(area, lang), number(name, value, lang)
    form = Form(
        key=f"commitment_new_{area}_{name}",
        title=t("page.commitments.new_of", lang, area=where),
        note=t("page.commitments.now", lang, value=now, date=format_date(as_of, lang)),
        fields=_fields(view, name, None),
        button=t("page.commitments.sign", lang),
        save=partial(_sign, view, area, name),
    )
    return (choice, form)


def _existing(view: View, entry: Commitment) -> Blocks:
    history = _history(view, entry)
    if not may_write(view.author, entry.area_code):
        return (history,)
    if not entry.is_open(view.filters.as_of):
        return (Text(t("page.commitments.over", view.lang), "notice"), history)
    key = entry.entry_id.replace(".", "_")
    return (
        Form(
            key=f"commitment_{key}",
            title=_label(view, entry),
            note=t("page.commitments.revision", view.lang, number=entry.revision),
            fields=_fields(view, entry.indicator, entry),
            button=t("page.commitments.save", view.lang),
            save=partial(_revise, view, entry),
            revision=entry.revision,
        ),
        Details(
            t("page.commitments.withdraw", view.lang),
            f"commitment_{key}_end",
            lambda: (
                Form(
                    key=f"commitment_{key}_withdraw",
                    title="",
                    note=t("page.commitments.withdraw_about", view.lang),
                    button=t("page.commitments.withdraw", view.lang),
                    save=partial(_withdraw, view, entry),
                    revision=entry.revision,
                ),
            ),
        ),
        history,
    )


def _fields(view: View, name: str, entry: Commitment | None) -> tuple[Field, ...]:
    lang = view.lang
    item = registry.get(name)
    days = course.last_days(item, view.filters.as_of)
    unit = item.count_unit if item.headline == "count" else item.unit
    actions = [*(entry.actions if entry else ()), *[""] * MOST_ACTIONS][:MOST_ACTIONS]
    return (
        Field(
            "target",
            t("journal.field.target_in", lang, unit=t(f"unit.{unit}", lang)),
            "number",
            entry.target if entry else None,
            help=t(f"page.commitments.better.{item.direction}", lang),
        ),
        Field(
            "due_on",
            t("journal.field.due_on", lang),
            "list",
            entry.due_on.isoformat() if entry else None,
            {day.isoformat(): format_date(day, lang, "long") for day in days},
        ),
        *[
            Field(
                f"action_{n}", t(f"journal.field.action_{n}", lang), "text", text, {}, LONGEST_TEXT
            )
            for n, text in enumerate(actions, start=1)
        ],
        Field(
            "owner",
            t("journal.field.owner", lang),
            "text",
            entry.owner if entry else "",
            longest=LONGEST_TEXT,
            help=t("page.commitments.owner_help", lang),
        ),
    )


def _draft(area: str, name: str, values: Mapping[str, Any]) -> Draft:
    target = values["target"]
    return Draft(
        area_code=area,
        indicator=name,
        target=None if target is None else float(target),
        due_on=date.fromisoformat(values["due_on"]),
        actions=tuple(str(values[f"action_{n}"]) for n in range(1, MOST_ACTIONS + 1)),
        owner=str(values["owner"]),
    )


def _sign(view: View, area: str, name: str, values: Mapping[str, Any], _based_on: int) -> Answer:
    ask = partial(public_number, view)
    draft = _draft(area, name, values)
    return answer(
        view,
        "signed",
        lambda: journal_commitments.sign(draft, writing.pen(journal(view)), view.snapshot, ask),
    )


def _revise(view: View, entry: Commitment, values: Mapping[str, Any], based_on: int) -> Answer:
    before, draft = (
        replace(entry, revision=based_on),
        _draft(entry.area_code, entry.indicator, values),
    )
    pen, as_of = partial(writing.pen, journal(view)), view.filters.as_of
    return answer(view, "saved", lambda: journal_commitments.revise(before, draft, pen(), as_of))


def _withdraw(view: View, entry: Commitment, _values: Mapping[str, Any], based_on: int) -> Answer:
    before, pen = replace(entry, revision=based_on), partial(writing.pen, journal(view))
    as_of = view.filters.as_of
    return answer(view, "ended", lambda: journal_commitments.withdraw(before, pen(), as_of))


def _history(view: View, entry: Commitment) -> Block:
    return Details(
        t("page.commitments.history", view.lang),
        f"commitment_history_{entry.entry_id.replace('.', '_')}",
        lambda: (_history_table(view, entry),),
    )


def _history_table(view: View, entry: Commitment) -> Table:
    lang = view.lang
    revisions = journal_commitments.history(journal(view), view.scope, entry.entry_id)
    rows = [
        {
            "revision": one.revision,
            "written_at": moment(one.written_at, view),
            "author": one.author,
            "target": words.target(one, lang),
            "actions": t("tables.joint", lang).join(one.actions),
            "owner": one.owner,
            "state": t(f"commitments.revision_state.{one.state}", lang),
        }
        for one in reversed(revisions)
    ]
    return Table(
        key="commitment_history",
        title="",
        frame=pd.DataFrame(rows, columns=[*HISTORY]),
        columns=[
            Column(
                n,
                t(f"page.commitments.history_column.{n}", lang),
                "count" if n == "revision" else "text",
            )
            for n in HISTORY
        ],
        reading=True,
        provenance=provenance.lines(view),
    )
