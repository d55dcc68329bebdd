"""Figures as a table: one row per figure, aligned; one block per row on a phone."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import streamlit as st

from config.i18n import t
from config.thai_calendar import format_date
from ui.blocks import FigureTable
from ui.blocks.content import Trends
from ui.charts import spark
from ui.render.streamlit import words
from ui.render.streamlit.canvas import Canvas
from ui.render.streamlit.templating import html
from ui.state.page_context import View
from ui.text.figures import Figure


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
    Head("gap", "page.overview.gap", "num"),
    Head("mark", "column.status"),
    Head("trend", "column.trend"),
    Head("moment", "page.overview.period", "wrap"),
    Head("base", "page.overview.base_and_day"),
)
SHORT = (
    Head("title", "column.indicator"),
    Head("value", "column.value", "num"),
    Head("target", "column.target", "num"),
    Head("mark", "column.status"),
    Head("foot", "column.period", "wrap"),
)


def figure_table(block: FigureTable, canvas: Canvas) -> None:
    """Draw the table; trends that take long are put in when the rest of the page is there."""
    if block.title:
        words.heading(block.title)
    place = st.empty()
    if block.trends is None or block.waits:
        place.html(table(block, canvas.view, {}))
    else:
        place.html(table(block, canvas.view, block.trends()))
    make = block.trends
    if block.waits and make is not None:
        canvas.later.append(lambda: _again(block, canvas.view, place, make()))


def _again(block: FigureTable, view: View, place: Any, trends: Trends) -> None:
    place.html(table(block, view, trends))


def table(block: FigureTable, view: View, trends: Trends) -> str:
    """Give the HTML of the table, with the trends that are known by now."""
    heads = [
        head._replace(label=t(head.key, view.lang)) for head in (FULL if block.full else SHORT)
    ]
    parts = {
        title: [_row(view, figure, trends, full=block.full) for figure in figures]
        for title, figures in block.parts.items()
    }
    return html("figure_table", caption=block.caption, heads=heads, parts=parts, lang=view.lang)


def _row(view: View, figure: Figure, trends: Trends, *, full: bool) -> dict[str, Any]:
    lang = view.lang
    proposed = figure.target is not None and figure.target.proposed
    caveat = "" if full else t(f"indicator.{figure.name}.caveat", lang)
    trend = _trend(view, trends.get(figure.name))
    return {
        "figure": figure,
        "title": figure.title(lang),
        "made_of": " · ".join(part for part in (figure.made_of(lang), caveat) if part),
        "value": figure.text(lang),
        "unit": figure.unit(lang) if figure.status == "shown" else "",
        "target": figure.target_text(lang),
        "proposed": t("page.overview.proposed", lang) if proposed else "",
        "gap": figure.gap_text(lang),
        "trend": trend,
        "no_trend": "—" if figure.name in trends else "…",
        "moment": figure.moment(lang),
        "foot": figure.foot(lang),
        "base": figure.base_text(lang),
        "as_of": format_date(figure.as_of, lang),
    }


def _trend(view: View, series: Sequence[float | None] | None) -> str:
    return "" if series is None else spark.svg(series, theme=view.theme)
