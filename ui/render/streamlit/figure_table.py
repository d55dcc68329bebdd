"""Figures as a table: one row per figure, aligned; one block per row on a phone."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

from config import numbers
from config.i18n import t
from ui.blocks import FigureTable
from ui.charts import spark
from ui.render.streamlit import readings, slides, why_links
from ui.render.streamlit import words as drawn
from ui.render.streamlit.canvas import Canvas
from ui.render.streamlit.templating import html
from ui.state.page_context import View
from ui.text import changes
from ui.text.figures import Figure

Parts = Mapping[str, Sequence[Figure]]


class Head(NamedTuple):
    """One column: what its cells show, its heading, and whether it holds numbers or long words."""

    cell: str
    key: str
    kind: str = ""
    label: str = ""

    @property
    def right(self) -> bool:
        """Whether its cells are aligned at the right."""
        return self.kind == "num"


FULL = (
    Head("title", "page.overview.measure"),
    Head("value", "page.overview.value", "num"),
    Head("target", "column.target", "num"),
    Head("mark", "column.status"),
    Head("previous", "page.overview.previous", "wrap"),
    Head("year_before", "page.overview.year_before", "wrap"),
    Head("trend", "column.trend"),
    Head("moment", "page.overview.period", "wrap"),
)
SHORT = (
    Head("title", "column.indicator"),
    Head("value", "column.value", "num"),
    Head("target", "column.target", "num"),
    Head("mark", "column.status"),
    Head("foot", "column.period", "wrap"),
)


def figure_table(block: FigureTable, canvas: Canvas) -> None:
    """Draw the table; changes that take long are put in when the rest of the page is there."""
    if block.title:
        drawn.heading(block.title)
    place = st.empty()
    waits = block.histories is not None and block.waits
    shown = block.parts if waits else block.complete()
    place.html(table(block, canvas.view, shown, waits=waits))
    slides.add_button(block.key, canvas.view, "table")
    if waits:

        def complete() -> None:
            place.html(table(block, canvas.view, block.complete()))

        canvas.later.append(complete)


def table(block: FigureTable, view: View, parts_: Parts, *, waits: bool = False) -> str:
    """Give the HTML of the table with its parts; dots where changes will stand while it `waits`."""
    heads = [
        head._replace(label=t(head.key, view.lang)) for head in (FULL if block.full else SHORT)
    ]
    parts = {
        title: [_row(view, figure, block) for figure in figures]
        for title, figures in parts_.items()
    }
    words = {"caption": block.caption, "unread": "…" if waits else numbers.MISSING}
    words["why"] = t("explain.link", view.lang)
    return html("figure_table", heads=heads, parts=parts, lang=view.lang, **words)


def _row(view: View, figure: Figure, block: FigureTable) -> dict[str, Any]:
    lang = view.lang
    proposed = figure.target is not None and figure.target.proposed
    caveat = "" if block.full else t(f"indicator.{figure.name}.caveat", lang)
    marked = figure.sparkline
    previous, year_before = changes.cells(figure, lang)
    return {
        "figure": figure,
        "title": figure.title(lang),
        "made_of": " · ".join(part for part in (figure.made_of(lang), caveat) if part),
        "not_followed": block.not_followed_by.get(figure.name, ""),
        "value": figure.text(lang),
        "unit": figure.unit(lang) if figure.status == "shown" else "",
        "provisional": changes.provisional_text(figure, lang),
        "provisional_mark": t("provisional.mark", lang),
        "target": figure.target_text(lang),
        "proposed": t("page.overview.proposed", lang) if proposed and not figure.is_refused else "",
        "gap": t("figure.gap", lang, gap=figure.gap_text(lang)) if figure.says_gap else "",
        "previous": previous,
        "year_before": year_before,
        "why": why_links.address(view, figure, block.causes_of),
        "moment": figure.moment(lang),
        "trend": spark.svg(marked.values, theme=view.theme) if marked else "",
        "trend_words": changes.sparkline_text(figure, lang) if marked else "",
        "ends": [line for line in changes.ends_text(figure, lang) if line],
        "icons": readings.icons(figure, lang, view.theme),
        "foot": figure.foot(lang),
    }
