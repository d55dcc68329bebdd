"""The executive page: one table of everything that matters, and four figures above it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from config import numbers
from config.i18n import t
from config.thai_calendar import format_date
from ui import address, ask, cards, menu, provenance, tables
from ui.charts import spark
from ui.figures import Figure
from ui.html import safe
from ui.view import View

TOP = (
    "families_per_case_manager",
    "provinces_over_norm",
    "follow_up_completion",
    "training_coverage",
)
# The rows of the table by the page that shows more of them.
PAGE_OF = {"volunteers": "province_map"}
PARTS: dict[str, tuple[str, ...]] = {
    "caseload": (
        "families_per_case_manager",
        "provinces_over_norm",
        "staffing_gap",
        "case_managers_over_norm",
        "unassigned_families",
    ),
    "follow_up": (
        "follow_up_completion",
        "follow_up_on_time",
        "follow_up_overdue",
        "cases_without_next_follow_up",
    ),
    "training": ("training_coverage", "training_attendances", "cohort_province_coverage"),
    "volunteers": ("volunteers_per_1000_households",),
}


def figures(view: View) -> dict[str, Figure]:
    """Give all figures of the table by name."""
    return ask.figures(view, *[name for names in PARTS.values() for name in names])


def is_empty(found: dict[str, Figure]) -> bool:
    """Tell whether no figure has anything to show."""
    return all(figure.status == "no_data" for figure in found.values())


def row(view: View, found: dict[str, Figure]) -> None:
    """Draw the four figures that executives ask for first."""
    cards.row(view, [found[name] for name in TOP], {})


def table(view: View, found: dict[str, Figure]) -> None:
    """Draw the executive table: measure, value, target, gap, state, trend, period, base."""
    body = "".join(
        _part(view, key, [found[name] for name in names]) for key, names in PARTS.items()
    )
    heads = "".join(
        f'<th scope="col"{" class=num" if right else ""}>{safe(t(key, view.lang))}</th>'
        for key, right in _HEADS
    )
    caption = safe(
        t("page.overview.caption", view.lang, date=format_date(view.chosen.as_of, view.lang))
    )
    st.html(
        f'<div class="ov-scroll"><table class="ov-table stack"><caption>{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


_HEADS = (
    ("page.overview.measure", False),
    ("page.overview.value", True),
    ("column.target", True),
    ("page.overview.gap", True),
    ("column.status", False),
    ("column.trend", False),
    ("page.overview.period", False),
    ("page.overview.base_and_day", False),
)


def _part(view: View, key: str, rows: Sequence[Figure]) -> str:
    title = safe(t(f"page.overview.part_{key}", view.lang))
    head = f'<tr class="part"><th scope="rowgroup" colspan="{len(_HEADS)}">{title}</th></tr>'
    return head + "".join(_row(view, figure) for figure in rows)


def _row(view: View, figure: Figure) -> str:
    lang = view.lang
    trend = spark.svg(ask.trend(view, figure.name), theme=view.theme)
    picture = (
        f'<img class="ov-spark" src="{trend}" alt="" width="110" height="30">' if trend else "—"
    )
    unit = figure.unit(lang) if figure.status == "shown" else ""
    as_of = format_date(figure.as_of, lang)
    cells = (
        (
            "num",
            f'<span class="strong">{safe(figure.text(lang))}</span><small>{safe(unit)}</small>',
        ),
        ("num", safe(figure.target_text(lang)) + _proposed(figure, view)),
        ("num", safe(figure.gap_text(lang))),
        ("", cards.mark(figure.mark, lang)),
        ("", picture),
        ("wrap", safe(figure.moment(lang))),
        ("", f"{safe(figure.base_text(lang))}<small>{safe(as_of)}</small>"),
    )
    labels = [safe(t(key, lang)) for key, _ in _HEADS[1:]]
    drawn = "".join(
        f'<td class="{kind}" data-label="{label}">{cell}</td>'
        for label, (kind, cell) in zip(labels, cells, strict=True)
    )
    parts = figure.made_of(lang)
    return (
        f'<tr><th scope="row">{safe(figure.title(lang))}<small>{safe(parts)}</small></th>'
        f"{drawn}</tr>"
    )


def _proposed(figure: Figure, view: View) -> str:
    if figure.target is None or not figure.target.proposed:
        return ""
    return f"<small>{safe(t('page.overview.proposed', view.lang))}</small>"


def links(view: View) -> None:
    """Draw the ways to the pages behind the parts of the table."""
    with st.container(horizontal=True, key="overview_links"):
        for key in PARTS:
            menu.link(PAGE_OF.get(key, key), view.lang, address.codes())


def download(view: View, found: dict[str, Figure]) -> None:
    """Draw the download of the table."""
    frame = pd.DataFrame([_cells(view, figure) for figure in found.values()])
    labels = dict(zip([str(name) for name in frame], _labels(view), strict=True))
    st.download_button(
        t("action.download_csv", view.lang),
        data=tables.csv_bytes(frame, labels, provenance.lines(view)),
        file_name="overview.csv",
        mime="text/csv",
        on_click="ignore",
        key="overview_csv",
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
