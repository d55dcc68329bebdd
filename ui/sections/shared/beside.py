"""What stands at the end of a page: further figures of its subject, parts of them, and documents.

The cards and charts of a page are what its readers ask for first. What the published documents
name besides (a share, a list of topics, a partner) is here, so that it is in the product and not in
the way.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from config.i18n import t
from config.thresholds import threshold
from data_access.indicators import registry
from data_access.plan_agreement import AGREEMENTS
from data_access.schema.codes import CODES
from ui.charts import bars
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.render.streamlit import area_table, cards, chart_block, layout, tables
from ui.render.streamlit.html import escape_html
from ui.sections.shared import programme_parts
from ui.state.page_context import View
from ui.text import messages, provenance
from ui.text.figures import Figure

OVERLOADED = "overload_months"
FIGURES = {
    "caseload": (OVERLOADED, "case_managers_per_supervisor", "urgent_cases"),
    "follow_up": ("home_visit_share", "monthly_contact"),
    "courses": ("cohort_reach",),
}
# Lines of the documents by page, in the order they are read: `page.beside.<page>.<line>`.
LINES = {
    "caseload": ("projects", "strategy", "plan"),
    "training": ("partners", "skills", "supervision"),
    "process": ("who", "trust", "assess", "plan", "act", "follow", "team", "self", "client"),
    "outcomes": ("income", "housing", "health", "education", "access", "end"),
    "teamwork": ("parties", "companies", "mirror", "shelter", "office"),
    "volunteers": ("name", "topics", "purpose", "core"),
}


@dataclass(frozen=True)
class Breakdown:
    """One figure by a code: whose words are the text keys `<words>.<code>`, or the code itself."""

    key: str
    name: str
    group: str
    codes: tuple[str, ...] = ()
    words: str = ""
    needs: tuple[str, ...] = ()


BREAKDOWNS = {
    "follow_up": Breakdown("method", "home_visit_share", "method", CODES["method"], "code.method"),
    "process": Breakdown(
        "agreement",
        "plan_agreement",
        "plan_agreement",
        AGREEMENTS,
        "page.beside.process.agreements",
        ("plans",),
    ),
    "screening": Breakdown("tool", "screening_decided", "tool", needs=("screenings",)),
}


def below(view: View, page: str) -> None:
    """Draw what a page has beside its own figures; nothing where it has nothing.

    Figures are in a fold and computed once it is opened: no visitor waits for them unasked.
    """
    inside = _inside(view, page)
    if inside:
        words = t("tables.joint", view.lang).join(inside)
        fold = st.expander(
            t("page.beside.more", view.lang, inside=words),
            key=f"{page}_beside",
            on_change="rerun",
        )
        if fold.open:
            with fold:
                _more(view, page)
    if page in LINES:
        _documents(view, page)


def _inside(view: View, page: str) -> list[str]:
    """What the fold holds, in words; empty where the page has none."""
    named = [t(f"indicator.{name}.title", view.lang) for name in FIGURES.get(page, ())]
    if page in BREAKDOWNS:
        named.insert(0, t(f"page.beside.{page}.{BREAKDOWNS[page].key}", view.lang))
    return named


def _more(view: View, page: str) -> None:
    if page in BREAKDOWNS:
        _breakdown(view, page, BREAKDOWNS[page])
    if page in FIGURES:
        _figures(view, FIGURES[page])
    if OVERLOADED in FIGURES.get(page, ()):
        _overloaded(view)


def _figures(view: View, names: tuple[str, ...]) -> None:
    found = programme_parts.figures(view, *names)
    heads = (
        ("column.indicator", False),
        ("column.value", True),
        ("column.target", True),
        ("column.status", False),
        ("column.period", False),
    )
    labels = [(t(key, view.lang), right) for key, right in heads]
    head = "".join(
        f'<th scope="col"{" class=num" if right else ""}>{escape_html(label)}</th>'
        for label, right in labels
    )
    rows = "".join(_row(found[name], view, [label for label, _ in labels]) for name in names)
    st.html(
        f'<div class="ov-scroll"><table class="ov-table stack"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(figure: Figure, view: View, labels: list[str]) -> str:
    lang = view.lang
    caveat = t(f"indicator.{figure.name}.caveat", lang)
    made_of = " · ".join(part for part in (figure.made_of(lang), caveat) if part)
    unit = figure.unit(lang) if figure.status == "shown" else ""
    number = escape_html(figure.text(lang))
    value = f'<span class="strong">{number}</span><small>{escape_html(unit)}</small>'
    cells = (
        ("num", value),
        ("num", escape_html(figure.target_text(lang)) + _proposed(figure, view)),
        ("", cards.mark(figure, lang)),
        ("wrap", escape_html(figure.foot(lang))),
    )
    drawn = "".join(
        f'<td class="{kind}" data-label="{escape_html(label)}">{cell}</td>'
        for label, (kind, cell) in zip(labels[1:], cells, strict=True)
    )
    return (
        f'<tr><th scope="row">{escape_html(figure.title(lang))}'
        f"<small>{escape_html(made_of)}</small></th>"
        f"{drawn}</tr>"
    )


def _proposed(figure: Figure, view: View) -> str:
    if figure.target is None or not figure.target.proposed:
        return ""
    return f"<small>{escape_html(t('page.overview.proposed', view.lang))}</small>"


def _overloaded(view: View) -> None:
    """Draw the areas over the norm for so many months that people wear out, longest first."""
    line = threshold(OVERLOADED).value
    frame = page_queries.areas(view, OVERLOADED)
    long = frame[frame["value"].fillna(0) > line].sort_values("value", ascending=False)
    chart_block.heading(t("page.beside.caseload.overloaded", view.lang, months=int(line) + 1))
    if long.empty:
        messages.nothing_to_list(view.lang)
        return
    tables.table(
        area_table.rows(long, view.lang),
        area_table.columns(OVERLOADED, view.lang),
        lang=view.lang,
        key="caseload_overloaded",
        provenance=provenance.lines(view, OVERLOADED),
    )


def _breakdown(view: View, page: str, one: Breakdown) -> None:
    if programme_parts.missing(view, *one.needs):
        return
    frame = programme_parts.mine(view, one.name, one.group)
    known = one.name in registry.INDICATORS
    chart_block.block(
        view,
        key=f"{page}_by_{one.key}",
        title=t(f"page.beside.{page}.{one.key}", view.lang),
        spec=_breakdown_spec(view, page),
        frame=programme_parts.twin_rows(frame, _names(view, frame, one), view),
        columns=programme_parts.twin_columns(
            view,
            t(f"page.beside.{page}.{one.key}_head", view.lang),
            t(f"page.beside.{page}.{one.key}_count", view.lang),
        ),
        provenance=provenance.lines(view, one.name if known else None),
        caveat=t(f"page.beside.{page}.{one.key}_caveat", view.lang),
    )


@cached_view
def _breakdown_spec(view: View, page: str) -> dict[str, Any]:
    one = BREAKDOWNS[page]
    frame = programme_parts.mine(view, one.name, one.group)
    drawn = programme_parts.LargestFirst(one.name, "percent")
    names = _names(view, frame, one)
    return bars.ranked(frame, indicator=drawn, lang=view.lang, theme=view.theme, names=names)


def _names(view: View, frame: pd.DataFrame, one: Breakdown) -> dict[str, str]:
    """The words of a breakdown's groups; a tool is called what its sender calls it."""
    if not one.words:
        return {str(group): str(group) for group in frame["group"]}
    return programme_parts.named(view, one.words, one.codes)


def _documents(view: View, page: str) -> None:
    lines = [t(f"page.beside.{page}.{line}", view.lang) for line in LINES[page]]
    with st.expander(t("page.beside.documents", view.lang), key=f"{page}_documents"):
        st.markdown("\n".join(f"- {line}" for line in lines))
        layout.caption(t(f"page.beside.{page}.source", view.lang))
