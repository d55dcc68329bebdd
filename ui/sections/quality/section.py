"""Data quality: what is wrong in the data, where, what it does to the figures, how to fix it."""

from datetime import date
from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from config.thai_calendar import format_date
from data_access.indicators import registry
from data_access.quality import RULES
from ui.blocks import Blocks, Chart, Column, Columns, Figures, Lazy, Page, Table
from ui.charts import bars
from ui.charts.indicator_frame import day
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.quality import reconciliation
from ui.sections.quality import rows as quality_rows
from ui.sections.shared import area_table, cards, parts
from ui.state.page_context import View
from ui.text import area_names, provenance
from ui.text.figures import Figure, figure_of

COMPLETE = "record_completeness"
AGE = "days_since_load"
FIGURES = (COMPLETE, AGE)


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name; the data's age is counted to today, not to its own day."""
    today = view.filters.query().but(as_of=_today(view), span=None)
    aged = figure_of(
        AGE, page_queries.frame(view, AGE, today), view.filters, page_queries.whole(view, "targets")
    )
    return {**page_queries.figures(view, COMPLETE), AGE: aged}


def _today(view: View) -> date:
    """The day of the reader; the data's own day for a view that nobody looks at."""
    return view.today or view.filters.as_of


def sentence(view: View) -> str:
    """Give the sentence that states what matters: rows to fix, rules broken, provinces."""
    found = quality_rows.here(view)
    if found.empty:
        return t("page.quality.sentence_clean", view.lang, rules=len(_warn_rules()))
    return t(
        "page.quality.sentence",
        view.lang,
        rows=numbers.count(len(found), view.lang),
        broken=found["rule"].nunique(),
        rules=len(_warn_rules()),
        provinces=found["province_code"].nunique(),
    )


def page(view: View) -> Page:
    """Give the page: figures with their lists, rules, effects, reconciliation, ages, fixes."""
    found = figures(view)
    return Page(
        key="quality",
        title=t("page.quality.title", view.lang),
        lead=sentence(view),
        blocks=(row(view, found), Lazy(lambda: charts(view))),
    )


def row(view: View, found: dict[str, Figure]) -> Figures:
    """Give the cards and the lists behind them."""
    lists = {COMPLETE: _complete_list, AGE: _age_list}
    return cards.row(view, [found[name] for name in FIGURES], lists)


def charts(view: View) -> Blocks:
    """Give the rules, what they do to the figures, the provinces, the reconciliation, the fixes."""
    return (
        _rules(view),
        *quality_rows.by_province(view),
        _effects(view),
        reconciliation.published(view),
        Columns(((_completeness(view),), (_ages(view),))),
        quality_rows.fix_list(view),
    )


def _warn_rules() -> list[str]:
    return [name for name, rule in RULES.items() if rule.severity == "warn"]


def _rules(view: View) -> Table:
    """Every rule with its count — zero included — and the provinces it concerns."""
    lang = view.lang
    found = quality_rows.here(view)
    counts = found.groupby("rule").agg(
        rows=("rule", "size"), provinces=("province_code", "nunique")
    )
    listed = pd.DataFrame(
        {
            "rule": t(f"quality.{name}.title", lang),
            "severity": t(f"page.quality.severity.{rule.severity}", lang),
            # A rule that refuses a load is broken by no published row, by construction.
            "rows": int(counts["rows"].get(name, 0)),
            "provinces": int(counts["provinces"].get(name, 0)),
            "why": t(f"quality.{name}.why", lang),
            "fix": t(f"quality.{name}.fix", lang),
        }
        for name, rule in RULES.items()
    ).sort_values(["rows", "severity"], ascending=[False, True], ignore_index=True)
    forms = {"rows": "count", "provinces": "count"}
    return Table(
        key="quality_rules",
        title=t("page.quality.rules", lang),
        frame=listed,
        columns=[
            Column(n, t(f"page.quality.column.{n}", lang), forms.get(n, "text"))
            for n in ("rule", "severity", "rows", "provinces", "why", "fix")
        ],
        provenance=provenance.lines(view),
        reading=True,
    )


def _effects(view: View) -> Table:
    """How far each main figure moves when the rows that break a rule are left out."""
    lang = view.lang
    found = page_queries.listing(view, "quality_effects")
    names = ("rule", "indicator", "now", "without", "difference")
    rows = [
        {
            "rule": t(f"quality.{line.rule}.title", lang),
            "indicator": t(f"indicator.{line.indicator}.title", lang),
            "now": _value(line.now, str(line.indicator), view),
            "without": _value(line.without, str(line.indicator), view),
            "difference": numbers.change(line.difference, 2),
        }
        for line in found[found["difference"].fillna(0) != 0].itertuples()
    ]
    return Table(
        key="quality_effects",
        title=t("page.quality.effects", lang),
        frame=pd.DataFrame(rows, columns=list(names)),
        columns=[Column(n, t(f"page.quality.column.{n}", lang)) for n in names],
        provenance=provenance.lines(view),
        caveat=t("page.quality.effects_caveat", lang),
        empty=t("page.quality.no_effect", lang),
    )


def _value(x: Any, name: str, view: View) -> str:
    return numbers.value(None if pd.isna(x) else x, registry.get(name).unit, view.lang, places=2)


def _completeness(view: View) -> Chart:
    frame = page_queries.areas(view, COMPLETE)
    return Chart(
        key="quality_complete",
        title=t("page.quality.complete", view.lang),
        spec=lambda: _complete_spec(view),
        frame=area_table.rows(frame, view.lang),
        columns=area_table.columns(COMPLETE, view.lang),
        provenance=provenance.lines(view, COMPLETE),
        caveat=t(f"indicator.{COMPLETE}.caveat", view.lang),
    )


@cached_view
def _complete_spec(view: View) -> dict[str, Any]:
    return bars.ranked(
        page_queries.areas(view, COMPLETE),
        indicator=registry.get(COMPLETE),
        lang=view.lang,
        theme=view.theme,
        limit=parts.BARS,
    )


def _ages(view: View) -> Table:
    """How old each province's newest record is; a province without records says so."""
    lang, today = view.lang, _today(view)
    found = page_queries.listing(view, "latest_records").set_index("province_code")["latest"]
    rows = []
    for code in page_queries.areas(view, COMPLETE)["area_code"]:
        latest = found.get(code[:2])
        known = latest is not None and not pd.isna(latest)
        rows.append(
            {
                "area": area_names.short_name(code[:2], lang),
                "latest": format_date(day(latest), lang) if known else t("status.no_data", lang),
                "days": (today - day(latest)).days if known else None,
            }
        )
    frame = (
        pd.DataFrame(rows)
        .drop_duplicates()
        .sort_values("days", ascending=False, na_position="first")
    )
    return Table(
        key="quality_ages",
        title=t("page.quality.ages", lang),
        frame=frame,
        columns=[
            Column("area", t("filter.province", lang)),
            Column("latest", t("page.quality.column.latest", lang)),
            Column("days", t("page.quality.column.days", lang), "count"),
        ],
        provenance=provenance.lines(view, AGE),
    )


def _age_list(view: View) -> Blocks:
    query = view.filters.query(view.filters.below)
    today = query.but(as_of=_today(view), span=None)
    return parts.area_list(
        view, AGE, page_queries.frame(view, AGE, today), key="quality_age_by_area"
    )


def _complete_list(view: View) -> Blocks:
    return parts.area_list(
        view, COMPLETE, page_queries.areas(view, COMPLETE), key="quality_by_area", worst="low"
    )
