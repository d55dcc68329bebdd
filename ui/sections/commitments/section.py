"""Commitments of areas: how many are on course, each with its line, and the form to write one."""

import pandas as pd

from config.i18n import t
from data_access.filters import PLACES, filters_of, not_followed_text
from data_access.journal.course import State
from data_access.journal.rights import may_read_texts
from data_access.journal.store import JournalUnreachable
from ui.blocks import Block, Blocks, Column, Page, Table, Text
from ui.queries import commitments
from ui.queries.commitments import Reading
from ui.sections.commitments import words, write
from ui.sections.shared import commitment_counts
from ui.state.page_context import View
from ui.text import area_names, provenance
from ui.text.indicator_numbers import number

NUMBERS = ("area", "indicator", "target", "now", "line", "state", "base")
TEXTS = ("actions", "owner")
ORDER: tuple[State, ...] = (
    "behind", "unknown", "on_course", "reached", "not_met", "met", "withdrawn",
)  # fmt: skip


def page(view: View) -> Page:
    """Give the page; where the journal does not answer that is said in the place of everything."""
    try:
        readings = commitments.readings(view)
        lead = commitment_counts.sentence(readings, view) if readings else _nothing(view)
        blocks = (*_table(view, readings), *write.blocks(view, readings))
    except JournalUnreachable:
        lead, blocks = t("page.commitments.about", view.lang), (_unreachable(view),)
    title = t("page.commitments.title", view.lang)
    return Page(key="commitments", title=title, lead=lead, blocks=blocks)


def _nothing(view: View) -> str:
    area = area_names.in_sentence(view.filters.narrowest, view.lang)
    return t("page.commitments.nothing", view.lang, area=area)


def _unreachable(view: View) -> Block:
    return Text(t("journal.unreachable", view.lang), "notice")


def _table(view: View, readings: tuple[Reading, ...]) -> Blocks:
    about = Text(t("page.commitments.about", view.lang))
    if not readings:
        return (about,)
    readable = any(may_read_texts(view.reader, one.entry.area_code) for one in readings)
    names = (*NUMBERS, *(TEXTS if readable else ()))
    return (
        Table(
            key="commitments",
            title=t("page.commitments.listed", view.lang),
            frame=_rows(view, readings),
            columns=[Column(n, t(f"page.commitments.column.{n}", view.lang)) for n in names],
            reading=True,
            provenance=provenance.lines(view),
            not_followed=_not_followed(view),
            caveat=t("page.commitments.caveat", view.lang),
        ),
        about,
    )


def _rows(view: View, readings: tuple[Reading, ...]) -> pd.DataFrame:
    ordered = sorted(readings, key=lambda one: ORDER.index(one.progress.state))
    return pd.DataFrame([_row(view, one) for one in ordered], columns=[*NUMBERS, *TEXTS])


def _row(view: View, one: Reading) -> dict[str, str]:
    lang, entry, progress = view.lang, one.entry, one.progress
    texts = may_read_texts(view.reader, entry.area_code)
    return {
        "area": area_names.name_with_province(entry.area_code, lang),
        "indicator": words.title(entry.indicator, lang),
        "target": words.target(entry, lang),
        "now": number(entry.indicator, progress.value, lang),
        "line": number(entry.indicator, progress.expected, lang),
        "state": words.state(progress, lang),
        "base": words.base(entry, lang),
        "actions": t("tables.joint", lang).join(entry.actions) if texts else "",
        "owner": entry.owner if texts else "",
    }


def _not_followed(view: View) -> str:
    """The period, the target group and the base change no commitment."""
    chosen = filters_of(view.filters.query())
    return not_followed_text([one for one in chosen if one not in PLACES], view.lang)
