"""What the similar provinces publish beside an area's own numbers: a cell, and a short table."""

import pandas as pd

from config import numbers
from config.i18n import Lang, t
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Unit
from ui.blocks import Cell, Column, Table
from ui.queries import area_profile, company
from ui.sections.area import cells
from ui.state.page_context import View
from ui.text import area_names, provenance
from ui.text.figures import Figure

COLUMN = "alike"
FIGURES = (
    "families_per_case_manager",
    "unassigned_families",
    "follow_up_overdue",
    "follow_up_completion",
    "plan_coverage",
    "training_coverage",
)


def has_neighbours(view: View) -> bool:
    """Tell whether the view's area lies in a province, which alone has similar ones."""
    return view.filters.province is not None


def column(view: View) -> Column:
    """Give the column of a table of all indicators."""
    return Column(COLUMN, t("company.column.alike", view.lang), "count")


def cell(view: View, name: str) -> Cell:
    """Give the median of what the similar provinces publish; a dash where fewer than three do."""
    median = _median(view, name)
    if median is None:
        return cells.EMPTY
    return Cell(_text(median, name, view.lang, "bare"))


def _median(view: View, name: str) -> float | None:
    if registry.get(name).always_by or view.filters.province is None:
        return None
    return company.against(view, name, "neighbours").of(view.filters.province)


def table(view: View) -> Table:
    """Give a few figures of the area beside the similar provinces and the wider areas."""
    lang = view.lang
    wider = list(reversed(view.filters.path[:-1]))
    named = {"figure": t("column.indicator", lang), "own": _own(view)}
    if has_neighbours(view):
        named[COLUMN] = t("company.column.neighbours", lang)
    named |= {code: area_names.full_name(code, lang) for code in wider}
    return Table(
        key="alike_figures",
        title=t("company.figures", lang, area=_own(view)),
        frame=lambda: _rows(view, wider)[[*named]],
        size=len(FIGURES),
        columns=[Column(name, label) for name, label in named.items()],
        reading=True,
        provenance=provenance.lines(view),
        note=t("company.figures_note", lang) if has_neighbours(view) else "",
    )


def _rows(view: View, wider: list[str]) -> pd.DataFrame:
    lang = view.lang
    profiles = {name: area_profile.numbers_of(view, name) for name in FIGURES}
    rows = [
        {
            "figure": one.figure.title(lang),
            "own": _number(one.figure, lang),
            COLUMN: _in_words(_median(view, name), name, lang),
            **{code: _number(one.wider.get(code), lang) for code in wider},
        }
        for name, one in profiles.items()
    ]
    return pd.DataFrame(rows)


def _number(figure: Figure | None, lang: Lang) -> str:
    """The number that is compared, the share where a count is the headline, with its unit."""
    if figure is None:
        return t("status.not_permitted", lang)
    if figure.status != "shown":
        return figure.text(lang)
    if figure.is_small and figure.indicator.unit == Unit.PERCENT:
        return cells.number(figure, lang)
    return _in_words(figure.value, figure.name, lang)


def _in_words(value: float | None, name: str, lang: Lang) -> str:
    if value is None:
        return numbers.MISSING
    return _text(value, name, lang, "words")


def _text(value: float, name: str, lang: Lang, form: numbers.Form) -> str:
    try:
        return numbers.value(value, registry.get(name).unit, lang, form)
    except numbers.NotANumber:  # between two whole numbers lies a median that is none
        return numbers.decimal(value)


def _own(view: View) -> str:
    return area_names.full_name(view.filters.narrowest, view.lang)
