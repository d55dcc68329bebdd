"""The executive page: one table of everything that matters, and four figures above it."""

import pandas as pd

from config import numbers
from config.i18n import t
from config.thai_calendar import format_date
from data_access.indicators import registry
from data_access.targets import News
from ui.blocks import Column, Download, Figures, FigureTable, Links, Page
from ui.queries import changes, page_queries
from ui.sections.shared import area_lists, cards, parts
from ui.state.page_context import View
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
    """Give all figures of the table by name."""
    return page_queries.figures(view, *[name for names in PARTS.values() for name in names])


def news(view: View, found: dict[str, Figure]) -> News:
    """Give what leads the page: how long the ratio has been moving, who lacks most, who moved."""
    return changes.news(view, found["families_per_case_manager"].target)


def is_empty(found: dict[str, Figure]) -> bool:
    """Tell whether there is nothing to divide by: neither families, visits due nor staff."""
    return all(found[name].status == "no_data" for name in TOP)


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
            table(view, found),
            Links(tuple(PARTS), "overview_links"),
            download(view, found),
        ),
    )


def row(view: View, found: dict[str, Figure]) -> Figures:
    """Give the four figures that executives ask for first, and the list behind each."""
    lists = (
        area_lists.ratio_list,
        area_lists.over_list,
        area_lists.done_list,
        area_lists.untrained_list,
    )
    return cards.row(view, [found[name] for name in TOP], dict(zip(TOP, lists, strict=True)))


def table(view: View, found: dict[str, Figure]) -> FigureTable:
    """Give the executive table; its trends take longest where nobody has asked for them yet."""
    return FigureTable(
        key="executive",
        parts={
            t(f"page.overview.part_{key}", view.lang): [found[name] for name in names]
            for key, names in PARTS.items()
        },
        trends=lambda: _trends(view, found),
        waits=not page_queries.trends_known(view),
        full=True,
        caption=t(
            "page.overview.caption", view.lang, date=format_date(view.filters.as_of, view.lang)
        ),
    )


def _trends(view: View, found: dict[str, Figure]) -> dict[str, list[float | None]]:
    trends = {name: page_queries.trend(view, name) for name in found}
    page_queries.note_trends(view)
    return trends


def download(view: View, found: dict[str, Figure]) -> Download:
    """Give the table as rows to take along."""
    rows = [_cells(view, figure) for figure in found.values()]
    return Download(
        key="overview",
        frame=pd.DataFrame(rows),
        columns=[Column(n, word) for n, word in zip(rows[0], _labels(view), strict=True)],
        provenance=provenance.lines(view),
    )


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
        "period": figure.when(lang),
        "base": figure.base_text(lang),
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
        "page.overview.period",
        "page.overview.base",
    )
    return [t(key, view.lang) for key in keys]
