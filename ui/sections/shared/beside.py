"""What stands at the end of a page: further figures of its subject, parts of them, and documents.

The cards and charts of a page are what its readers ask for first. What the published documents
name besides (a share, a list of topics, a partner) is here, so that it is in the product and not in
the way.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from config.i18n import t
from config.thresholds import threshold
from data_access.indicators import registry
from data_access.plan_agreement import AGREEMENTS
from data_access.schema.codes import CODES
from ui.blocks import Block, Blocks, Chart, Details, FigureTable, Table, Text
from ui.charts import bars
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import area_table, parts, programme_parts
from ui.state.page_context import View
from ui.text import messages, provenance

OVERLOAD_MONTHS = "overload_months"
FIGURES = {
    "caseload": (OVERLOAD_MONTHS, "case_managers_per_supervisor", "urgent_cases"),
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


def below(view: View, page: str) -> Blocks:
    """Give what a page has beside its own figures; nothing where it has nothing.

    Figures are in a fold and computed once it is opened: no visitor waits for them unasked.
    """
    blocks: list[Block] = []
    if inside := _inside(view, page):
        words = t("tables.joint", view.lang).join(inside)
        label = t("page.beside.more", view.lang, inside=words)
        blocks.append(Details(label, f"{page}_beside", lambda: _more(view, page)))
    if page in LINES:
        label = t("page.beside.documents", view.lang)
        blocks.append(Details(label, f"{page}_documents", lambda: _documents(view, page), True))
    return tuple(blocks)


def _inside(view: View, page: str) -> list[str]:
    """What the fold holds, in words; empty where the page has none."""
    named = [t(f"indicator.{name}.title", view.lang) for name in FIGURES.get(page, ())]
    if page in BREAKDOWNS:
        named.insert(0, t(f"page.beside.{page}.{BREAKDOWNS[page].key}", view.lang))
    return named


def _more(view: View, page: str) -> Blocks:
    blocks: list[Block] = []
    if page in BREAKDOWNS:
        blocks += _breakdown(view, page, BREAKDOWNS[page])
    if page in FIGURES:
        blocks.append(_figures(view, page))
    if OVERLOAD_MONTHS in FIGURES.get(page, ()):
        blocks.append(_overload_table(view))
    return tuple(blocks)


def _figures(view: View, page: str) -> FigureTable:
    names = FIGURES[page]
    figures = programme_parts.figures(view, *names)
    listed = [figures[name] for name in names]
    said = {name: page_queries.not_followed_text(view, name) for name in names}
    return FigureTable(key=f"{page}_more", parts={"": listed}, not_followed_by=said)


def _overload_table(view: View) -> Table:
    """The areas over the norm for so many months that people wear out, longest first."""
    line = threshold(OVERLOAD_MONTHS).value
    frame = page_queries.areas(view, OVERLOAD_MONTHS)
    long = frame[frame["value"].fillna(0) > line].sort_values("value", ascending=False)
    return Table(
        key="caseload_overloaded",
        title=t("page.beside.caseload.overloaded", view.lang, months=int(line) + 1),
        frame=area_table.rows(long, view.lang),
        columns=area_table.columns(OVERLOAD_MONTHS, view.lang),
        provenance=provenance.lines(view, OVERLOAD_MONTHS),
        not_followed=page_queries.not_followed_text(view, OVERLOAD_MONTHS),
        empty=parts.refusal(view, OVERLOAD_MONTHS) or messages.nothing_to_list(view.lang),
    )


def _breakdown(view: View, page: str, one: Breakdown) -> Blocks:
    if programme_parts.missing(view, *one.needs):
        return ()
    frame = programme_parts.mine(view, one.name, one.group)
    known = one.name in registry.INDICATORS
    return (
        Chart(
            key=f"{page}_by_{one.key}",
            title=t(f"page.beside.{page}.{one.key}", view.lang),
            spec=lambda: _breakdown_spec(view, page),
            frame=programme_parts.twin_rows(frame, _names(view, frame, one), view),
            columns=programme_parts.twin_columns(
                view,
                t(f"page.beside.{page}.{one.key}_head", view.lang),
                t(f"page.beside.{page}.{one.key}_count", view.lang),
            ),
            provenance=provenance.lines(view, one.name if known else None),
            not_followed=page_queries.not_followed_text(view, one.name),
            caveat=t(f"page.beside.{page}.{one.key}_caveat", view.lang),
        ),
    )


@cached_view
def _breakdown_spec(view: View, page: str) -> dict[str, Any]:
    one = BREAKDOWNS[page]
    frame = programme_parts.mine(view, one.name, one.group)
    drawn = programme_parts.LargestFirst(one.name, "percent")
    names = _names(view, frame, one)
    return bars.bar_ranking(
        frame,
        indicator=drawn,
        look=view.look,
        labels=bars.Labels(names),
    )


def _names(view: View, frame: pd.DataFrame, one: Breakdown) -> dict[str, str]:
    """The words of a breakdown's groups; a tool is called what its sender calls it."""
    if not one.words:
        return {str(group): str(group) for group in frame["group"]}
    return programme_parts.code_names(view, one.words, one.codes)


def _documents(view: View, page: str) -> Blocks:
    lines = [t(f"page.beside.{page}.{line}", view.lang) for line in LINES[page]]
    return (
        Text("\n".join(lines), "bullets"),
        Text(t(f"page.beside.{page}.source", view.lang)),
        *document_note(view),
    )


def document_note(view: View) -> Blocks:
    """Give, for what a document says, that it follows none of the filters chosen."""
    said = page_queries.nothing_followed_text(view)
    return (Text(said),) if said else ()
