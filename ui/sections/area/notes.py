"""Notes of an area beside its figures: read under the indicator's name, own_notes, and written."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from config.i18n import t
from config.thai_calendar import format_date
from data_access.journal import notes as journal_notes
from data_access.journal.notes import LONGEST_NOTE, Note
from data_access.journal.rights import may_write
from data_access.journal.store import JournalUnreachable
from ui.blocks import Answer, Blocks, Cell, Column, Details, Field, Form, Table, Text
from ui.queries.journal import journal
from ui.sections.area import parts_of_work
from ui.sections.shared.answers import answer, moment
from ui.state import writing
from ui.state.page_context import View
from ui.text import provenance

COLUMNS = ("figure", "on_day", "text", "author", "written_at")


def notes_of(view: View) -> tuple[Note, ...]:
    """Give the notes of the view's area that its reader may read; none where they are out of
    reach: the page says so below."""
    if not _has_area(view):
        return ()
    try:
        return journal_notes.notes(journal(view), view.filters.narrowest, view.reader)
    except JournalUnreachable:
        return ()


def beside(notes: tuple[Note, ...], view: View, name: str, title: Cell) -> Cell:
    """Give the cell of an indicator's name with its newest note below it."""
    mine = [one for one in notes if one.indicator == name]
    if not mine:
        return title
    said = t(
        "page.area.note_beside",
        view.lang,
        date=format_date(mine[0].on_day, view.lang),
        what=mine[0].text,
    )
    return replace(
        title, quiet=t("tables.joint", view.lang).join(filter(None, (title.quiet, said)))
    )


def blocks(view: View) -> Blocks:
    """Give the notes as a list, and the form for whoever may write of the area; nothing where the
    reader has neither."""
    if not _has_area(view):
        return ()
    area = view.filters.narrowest
    try:
        own_notes = journal_notes.notes(journal(view), area, view.reader)
    except JournalUnreachable:
        return (Text(t("journal.unreachable", view.lang), "notice"),)
    writes = may_write(view.author, area)
    made = ((_list(view, own_notes),) if own_notes else ()) + (
        _forms(view, own_notes) if writes else ()
    )
    heading = Text(t("page.area.notes", view.lang), "heading")
    return (heading, Text(t("page.area.notes_about", view.lang)), *made) if made else ()


def _has_area(view: View) -> bool:
    return view.filters.level in ("province", "district")


def _list(view: View, own_notes: tuple[Note, ...]) -> Table:
    rows = [
        {
            "figure": _title(view, one.indicator),
            "on_day": format_date(one.on_day, view.lang),
            "text": one.text,
            "author": one.author,
            "written_at": moment(one.written_at, view),
        }
        for one in own_notes
    ]
    return Table(
        key="area_notes",
        title="",
        frame=pd.DataFrame(rows, columns=[*COLUMNS]),
        columns=[Column(n, t(f"page.area.note_column.{n}", view.lang)) for n in COLUMNS],
        reading=True,
        provenance=provenance.lines(view),
    )


def _forms(view: View, own_notes: tuple[Note, ...]) -> Blocks:
    lang, area = view.lang, view.filters.narrowest
    names = {name: _title(view, name) for every in parts_of_work.names().values() for name in every}
    figure = Field("indicator", t("page.area.note_column.figure", lang), "list", None, names)
    text = Field(
        "text",
        t("journal.field.note", lang),
        "lines",
        longest=LONGEST_NOTE,
        help=t("page.area.note_help", lang),
    )
    new = Form(
        key=f"note_new_{area}",
        title="",
        fields=(figure, text),
        button=t("page.area.note_save", lang),
        save=partial(_write, view),
    )
    fold = Details(t("page.area.note_write", lang), f"note_fold_{area}", lambda: (new,))
    return (fold, *_withdrawal(view, own_notes))


def _withdrawal(view: View, own_notes: tuple[Note, ...]) -> Blocks:
    if not own_notes:
        return ()
    lang, area = view.lang, view.filters.narrowest
    options = {
        one.entry_id: f"{_title(view, one.indicator)} · {moment(one.written_at, view)}"
        for one in own_notes
    }
    form = Form(
        key=f"note_withdraw_{area}",
        title="",
        note=t("page.area.note_withdraw_about", lang),
        fields=(Field("entry", t("page.area.note", lang), "list", None, options),),
        button=t("page.area.note_withdraw", lang),
        save=partial(_withdraw, view, {one.entry_id: one for one in own_notes}),
    )
    label = t("page.area.note_withdraw", lang)
    return (Details(label, f"note_withdraw_fold_{area}", lambda: (form,)),)


def _write(view: View, values: Mapping[str, Any], _based_on: int) -> Answer:
    area, day = view.filters.narrowest, view.filters.as_of

    def act() -> None:
        pen = writing.pen(journal(view))
        journal_notes.write_note(area, values["indicator"], str(values["text"]), pen, day)

    return answer(view, "note_saved", act)


def _withdraw(
    view: View, own_notes: Mapping[str, Note], values: Mapping[str, Any], _based_on: int
) -> Answer:
    def act() -> None:
        journal_notes.withdraw_note(own_notes[values["entry"]], writing.pen(journal(view)))

    return answer(view, "note_withdrawn", act)


def _title(view: View, name: str) -> str:
    key = f"indicator.{name}.title"
    return t(key, view.lang)
