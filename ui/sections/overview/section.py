"""The executive page: one table of everything that matters, and four figures above it."""

from dataclasses import replace
from functools import partial

import pandas as pd

from config import numbers
from config.i18n import t
from config.thai_calendar import format_date
from data_access.indicators import registry
from data_access.targets import News
from ui.blocks import Column, Download, Figures, FigureTable, Links, Page
from ui.queries import changes, explanations, page_queries
from ui.sections.shared import area_lists, cards, commitment_counts, parts
from ui.state.page_context import View
from ui.text import changes as words
from ui.text import narrative, provenance
from ui.text.figures import Figure

TOP = (
    "families_per_case_manager",
    "provinces_over_norm",
    "follow_up_completion",
    "training_coverage",
)
# The rows of the table by the page that shows more of them, in the order of the menu.
_ROWS = registry.executive_parts()
PARTS = {part: _ROWS[part] for part in ("caseload", "follow_up", "training", "volunteers")}


def figures(view: View) -> dict[str, Figure]:
    """Give all figures of the table by name, with a target group chosen its families before all."""
    listed = [name for names in PARTS.values() for name in names]
    return page_queries.figures(view, *dict.fromkeys([*cards.for_group(view, TOP), *listed]))


def news(view: View, figures: dict[str, Figure]) -> News:
    """Give what leads the page: how long the ratio has been moving, who lacks most, who moved."""
    return changes.news(view, figures["families_per_case_manager"].target)


def is_empty(figures: dict[str, Figure]) -> bool:
    """Tell whether there is nothing to divide by: neither families, visits due nor staff."""
    named = [figures[name] for name in (*TOP, cards.GROUP) if name in figures]
    return all(figure.status == "no_data" for figure in named)


def page(view: View) -> Page:
    """Give the page: four figures with their lists, the table of all of them, ways to more."""
    found = figures(view)
    return Page(
        key="overview",
        title=t("page.overview.title", view.lang),
        lead=narrative.overview(found, view.filters, view.lang, news(view, found)),
        blocks=parts.nothing_here(view)
        if is_empty(found)
        else (
            row(view, found),
            *commitment_counts.block(view),
            table(view, found),
            Links(tuple(PARTS), "overview_links"),
            download(view, found),
        ),
    )


def row(view: View, figures: dict[str, Figure]) -> Figures:
    """Give the four figures that executives ask for first, and the list behind each."""
    lists = {
        cards.RATIO: area_lists.ratio_list,
        cards.GROUP: area_lists.group_list,
        "provinces_over_norm": area_lists.over_list,
        "follow_up_completion": area_lists.done_list,
        "training_coverage": area_lists.untrained_list,
    }
    shown = [figures[name] for name in cards.for_group(view, TOP)]
    found = cards.row(view, shown, {f.name: lists[f.name] for f in shown})
    return replace(found, causes_of=explanations.names())


def table(view: View, figures: dict[str, Figure]) -> FigureTable:
    """Give the executive table; its changes take longest where nobody has asked for them yet."""
    parts_of = {
        t(f"page.overview.part_{key}", view.lang): [figures[name] for name in names]
        for key, names in PARTS.items()
    }
    if cards.GROUP in figures:
        next(iter(parts_of.values())).insert(0, figures[cards.GROUP])
    return FigureTable(
        key="executive",
        parts=parts_of,
        histories=partial(changes.with_changes, view, figures.values()),
        waits=not changes.known(view, figures.values()),
        full=True,
        causes_of=explanations.names(),
        not_followed_by=cards.not_followed(view, list(figures.values())),
        caption=_caption(view, figures),
    )


def download(view: View, figures: dict[str, Figure]) -> Download:
    """Give the table as rows to take along."""
    names = list(_cells(view, next(iter(figures.values()))))
    return Download(
        key="overview",
        frame=lambda: _download_rows(view, figures),
        columns=[Column(n, word) for n, word in zip(names, _labels(view), strict=True)],
        provenance=provenance.lines(view),
    )


def _caption(view: View, figures: dict[str, Figure]) -> str:
    """How to read the table, and for the country which provinces it stands on."""
    day = format_date(view.filters.as_of, view.lang)
    said = [t("page.overview.caption", view.lang, date=day)]
    ratio = figures[cards.RATIO]
    if ratio.base:
        said.insert(0, t("note.base", view.lang, base=ratio.base_text(view.lang)))
    return t("tables.joint", view.lang).join(said)


def _download_rows(view: View, figures: dict[str, Figure]) -> pd.DataFrame:
    filled = changes.with_changes(view, figures.values())
    return pd.DataFrame([_cells(view, figure) for figure in filled.values()])


def _cells(view: View, figure: Figure) -> dict[str, object]:
    lang = view.lang
    return {
        "measure": figure.title(lang),
        "value": figure.text(lang),
        "unit": figure.unit(lang),
        "target": figure.target_text(lang),
        "gap": figure.gap_text(lang),
        "numerator": numbers.count(figure.numerator, lang),
        "denominator": numbers.count(figure.denominator, lang),
        "status": figure.mark_text(lang),
        "changes": t("tables.joint", lang).join(words.lines(figure, lang)),
        "reading": words.reading_text(figure, lang),
        "period": figure.when(lang),
        "base": figure.base_text(lang),
        "not_followed": page_queries.not_followed_text(view, figure.name),
    }


def _labels(view: View) -> list[str]:
    keys = (
        "page.overview.measure",
        "page.overview.value",
        "column.unit",
        "column.target",
        "column.gap",
        "column.numerator",
        "column.denominator",
        "column.status",
        "page.overview.changes",
        "variation.title",
        "page.overview.period",
        "page.overview.base",
        "tables.note",
    )
    return [t(key, view.lang) for key in keys]
