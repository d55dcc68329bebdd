"""The published figures beside what the database holds for them."""

from datetime import date
from typing import Any

import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.thai_calendar import format_date
from data_access.indicators.kernel.query import Query
from ui.blocks import Column, Table
from ui.charts import titles
from ui.charts.indicator_frame import day
from ui.queries import page_queries
from ui.state.page_context import View
from ui.text import messages, provenance
from ui.text.group_words import published_name, published_parts

RECONCILIATION = "published_reconciliation"


def published_figures(view: View) -> Table:
    """Give the published figures, each with our number, the gap and where it comes from."""
    lang = view.lang
    # Published figures are of everybody: nothing chosen narrows what stands beside them.
    frame = page_queries.frame(view, RECONCILIATION, Query(as_of=view.filters.as_of))
    names = ("figure", "published", "database", "gap", "agrees", "as_of", "source")
    origins = _origins(view)
    rows = []
    for line in frame[frame["group"] != ""].itertuples():
        figure, day_of, source = key = published_parts(str(line.group))
        cells = (
            published_name(figure, lang),
            _published_number(line, lang),
            numbers.count(line.numerator, lang),
            _gap(line),
            _agrees(line, lang),
            format_date(date.fromisoformat(day_of), lang),
            titles.origin({"provenance": origins[key], "source": source}, lang),
        )
        rows.append(dict(zip(names, cells, strict=True)))
    return Table(
        key="quality_published",
        title=t("page.quality.reconciliation", lang),
        frame=pd.DataFrame(rows, columns=list(names)),
        columns=[Column(n, t(f"page.quality.column.{n}", lang)) for n in names],
        provenance=provenance.lines(view, RECONCILIATION),
        caveat=_reconciled_caveat(view, frame),
        not_followed=page_queries.not_followed_text(view, "published_figures"),
        reading=True,
        empty=messages.nothing_to_list(lang),
    )


def _reconciled_caveat(view: View, frame: pd.DataFrame) -> str:
    said = [t(f"indicator.{RECONCILIATION}.caveat", view.lang)]
    if frame["group"].str.startswith("volunteers ").any():
        said.append(t("page.quality.register_differs", view.lang))
        if view.snapshot.synthetic:
            said.append(t("page.quality.register_synthetic", view.lang))
    return t("tables.joint", view.lang).join(said)


def _origins(view: View) -> dict[tuple[str, ...], str]:
    """Where each published figure comes from, by its name, day and source."""
    figures = page_queries.whole(view, "published_figures")
    return {
        (str(line.figure), day(line.as_of).isoformat(), str(line.source)): str(line.provenance)
        for line in figures.itertuples()
    }


def _agrees(line: Any, lang: Lang) -> str:
    """Whether the database bears the figure out, or has no such total."""
    if pd.isna(line.numerator) or pd.isna(line.denominator):
        return t("page.quality.no_total", lang)
    if line.qualifier == "more_than" and line.numerator >= line.denominator:
        return t("page.quality.at_least", lang, value=numbers.count(line.denominator, lang))
    same = line.numerator == line.denominator
    return t("page.quality.agrees" if same else "page.quality.differs", lang)


def _published_number(line: Any, lang: Lang) -> str:
    """The published number with the word it was published with, such as "more than"."""
    said = numbers.count(line.denominator, lang)
    key = {"more_than": "note.more_than", "about": "note.about"}.get(str(line.qualifier))
    return t(key, lang, value=said) if key else said


def _gap(line: Any) -> str:
    if pd.isna(line.numerator) or pd.isna(line.denominator):
        return numbers.MISSING
    return numbers.change(int(line.numerator) - int(line.denominator), 0)
