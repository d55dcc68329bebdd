"""Data quality: what is wrong in the data, where, what it does to the figures, how to fix it."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from config import numbers
from config.i18n import Lang, has, t
from config.thai_calendar import format_date
from data_access.indicators import registry
from data_access.quality import RULES
from ui.charts import bars, titles
from ui.charts.indicator_frame import day
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.render.streamlit import area_table, cards, chart_block, layout, tables
from ui.render.streamlit.tables import Column
from ui.sections.quality import rows as quality_rows
from ui.sections.shared import parts
from ui.state import session
from ui.state.page_context import View
from ui.text import area_names, messages, provenance
from ui.text.figures import Figure, figure_of

COMPLETE = "record_completeness"
AGE = "days_since_load"
RECONCILED = "published_reconciliation"
FIGURES = (COMPLETE, AGE)


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name; the data's age is counted to today, not to its own day."""
    today = view.filters.query().but(as_of=session.settings().today, span=None)
    aged = figure_of(
        AGE, page_queries.frame(view, AGE, today), view.filters, page_queries.whole(view, "targets")
    )
    return {**page_queries.figures(view, COMPLETE), AGE: aged}


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


def row(view: View, found: dict[str, Figure]) -> None:
    """Draw the cards and the lists behind them."""
    lists = {COMPLETE: _complete_list, AGE: _age_list}
    cards.row(view, [found[name] for name in FIGURES], lists)


def charts(view: View) -> None:
    """Draw the rules, what they do to the figures, the provinces, the reconciliation, the fixes."""
    _rules(view)
    quality_rows.by_province(view)
    _effects(view)
    _reconciliation(view)
    left, right = st.columns(2, gap="large")
    with left:
        _completeness(view)
    with right:
        _ages(view)
    quality_rows.fix_list(view)


def _warn_rules() -> list[str]:
    return [name for name, rule in RULES.items() if rule.severity == "warn"]


def _rules(view: View) -> None:
    """Draw every rule with its count — zero included — and the provinces it concerns."""
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
    chart_block.heading(t("page.quality.rules", lang))
    forms = {"rows": "count", "provinces": "count"}
    columns = [
        Column(n, t(f"page.quality.column.{n}", lang), forms.get(n, "text"))
        for n in ("rule", "severity", "rows", "provinces", "why", "fix")
    ]
    tables.reading(
        listed, columns, lang=lang, key="quality_rules", provenance=provenance.lines(view)
    )


def _effects(view: View) -> None:
    """Draw how far each main figure moves when the rows that break a rule are left out."""
    lang = view.lang
    found = page_queries.listing(view, "quality_effects")
    moved = found[found["difference"].fillna(0) != 0]
    chart_block.heading(t("page.quality.effects", lang))
    if moved.empty:
        layout.caption(t("page.quality.no_effect", lang))
        return
    rows = [
        {
            "rule": t(f"quality.{line.rule}.title", lang),
            "indicator": t(f"indicator.{line.indicator}.title", lang),
            "now": _value(line.now, str(line.indicator), view),
            "without": _value(line.without, str(line.indicator), view),
            "difference": numbers.change(line.difference, 2),
        }
        for line in moved.itertuples()
    ]
    columns = [
        Column(n, t(f"page.quality.column.{n}", lang))
        for n in ("rule", "indicator", "now", "without", "difference")
    ]
    tables.table(
        pd.DataFrame(rows),
        columns,
        lang=lang,
        key="quality_effects",
        provenance=provenance.lines(view),
    )
    layout.caption(t("page.quality.effects_caveat", lang))


def _value(x: Any, name: str, view: View) -> str:
    return numbers.value(None if pd.isna(x) else x, registry.get(name).unit, view.lang, places=2)


def _completeness(view: View) -> None:
    frame = page_queries.areas(view, COMPLETE)
    chart_block.block(
        view,
        key="quality_complete",
        title=t("page.quality.complete", view.lang),
        spec=_complete_spec(view),
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


def _reconciliation(view: View) -> None:
    """Draw the published figures beside what the database holds for them."""
    lang = view.lang
    frame = page_queries.frame(view, RECONCILED, view.filters.at("TH").query())
    chart_block.heading(t("page.quality.reconciliation", lang))
    origins = _origins(view)
    rows = []
    for line in frame[frame["group"] != ""].itertuples():
        # The breakdown's code is the figure, its day and its source, parted by spaces.
        figure, day_of, source = key = tuple(str(line.group).split(" ", 2))
        rows.append(
            {
                "figure": _figure_name(figure, lang),
                "published": _quoted(line, lang),
                "database": numbers.count(line.numerator, lang),
                "gap": _gap(line),
                "agrees": _agrees(line, lang),
                "as_of": format_date(date.fromisoformat(day_of), lang),
                "source": titles.origin({"provenance": origins[key], "source": source}, lang),
            }
        )
    if not rows:
        messages.nothing_to_list(lang)
        return
    columns = [Column(n, t(f"page.quality.column.{n}", lang)) for n in rows[0]]
    tables.reading(
        pd.DataFrame(rows),
        columns,
        lang=lang,
        key="quality_published",
        provenance=provenance.lines(view, RECONCILED),
    )
    layout.caption(t(f"indicator.{RECONCILED}.caveat", lang))
    if frame["group"].str.startswith("volunteers ").any():
        layout.caption(t("page.quality.register_differs", lang))
        if view.snapshot.synthetic:
            layout.caption(t("page.quality.register_synthetic", lang))


def _origins(view: View) -> dict[tuple[str, ...], str]:
    """Where each published figure comes from, by its name, day and source."""
    figures = page_queries.whole(view, "published_figures")
    return {
        (str(line.figure), day(line.as_of).isoformat(), str(line.source)): str(line.provenance)
        for line in figures.itertuples()
    }


def _figure_name(figure: str, lang: Lang) -> str:
    key = f"published.{figure}"
    return t(key, lang) if has(key) else figure


def _agrees(line: Any, lang: Lang) -> str:
    """Whether the database bears the figure out; nothing is said where it has no such total."""
    if pd.isna(line.numerator) or pd.isna(line.denominator):
        return numbers.MISSING
    if line.qualifier == "more_than" and line.numerator >= line.denominator:
        return t("page.quality.at_least", lang, value=numbers.count(line.denominator, lang))
    same = line.numerator == line.denominator
    return t("page.quality.agrees" if same else "page.quality.differs", lang)


def _quoted(line: Any, lang: Lang) -> str:
    """The published number with the word it was published with, such as "more than"."""
    said = numbers.count(line.denominator, lang)
    key = {"more_than": "note.more_than", "about": "note.about"}.get(str(line.qualifier))
    return t(key, lang, value=said) if key else said


def _gap(line: Any) -> str:
    if pd.isna(line.numerator) or pd.isna(line.denominator):
        return numbers.MISSING
    return numbers.change(int(line.numerator) - int(line.denominator), 0)


def _ages(view: View) -> None:
    """Draw how old each province's newest record is; a province without records says so."""
    lang, today = view.lang, session.settings().today
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
    chart_block.heading(t("page.quality.ages", lang))
    tables.table(
        frame,
        [
            Column("area", t("filter.province", lang)),
            Column("latest", t("page.quality.column.latest", lang)),
            Column("days", t("page.quality.column.days", lang), "count"),
        ],
        lang=lang,
        key="quality_ages",
        provenance=provenance.lines(view, AGE),
    )


def _age_list(view: View) -> None:
    query = view.filters.query(view.filters.below)
    today = query.but(as_of=session.settings().today, span=None)
    parts.area_list(view, AGE, page_queries.frame(view, AGE, today), key="quality_age_by_area")


def _complete_list(view: View) -> None:
    parts.area_list(
        view, COMPLETE, page_queries.areas(view, COMPLETE), key="quality_by_area", worst="low"
    )
