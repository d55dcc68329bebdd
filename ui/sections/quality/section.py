"""Data quality as news: what to fix first and what it changes, how old the data is, who is silent,
and whether the database bears the published figures out."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from config.thresholds import whole
from data_access.indicators import registry
from data_access.quality import RULES
from ui.blocks import Blocks, Chart, Columns, Details, Figures, Group, Lazy, Page
from ui.charts import bars
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.quality import freshness, reconciliation, rules
from ui.sections.quality import rows as quality_rows
from ui.sections.shared import area_table, cards, company, parts, silence
from ui.state.page_context import View
from ui.text import provenance
from ui.text.figures import Figure, figure_of

COMPLETE = "record_completeness"
AGE = freshness.AGE
FIGURES = (COMPLETE, AGE)


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name; the data's age is counted to today, not to its own day."""
    today = view.filters.query().but(as_of=freshness.today(view), span=None)
    aged = figure_of(
        AGE, page_queries.frame(view, AGE, today), view.filters, page_queries.whole(view, "targets")
    )
    return {**page_queries.figures(view, COMPLETE), AGE: aged}


def sentence(view: View, figures: dict[str, Figure]) -> str:
    """Give the sentences that state what matters: rows and what they move, age, silent areas."""
    return " ".join([*_faults(view), *_age(view, figures[AGE]), *_silence(view)])


def _faults(view: View) -> Iterator[str]:
    lang, counts = view.lang, quality_rows.rule_counts(view)
    own_only = quality_rows.own_only(view)
    if counts.empty and not own_only:
        yield t("page.quality.sentence_clean", lang, rules=len(RULES))
    elif not counts.empty:
        yield _fault_totals(view, counts)
        yield _fix_first(view)
    if own_only:
        yield own_only


def _fault_totals(view: View, counts: pd.DataFrame) -> str:
    """How many rows break how many rules; in how many provinces only where that may be told."""
    lang = view.lang
    rows = numbers.count(int(counts["rows"].sum()), lang)
    words: dict[str, Any] = {"rows": rows, "broken": len(counts), "rules": len(RULES)}
    if quality_rows.some_not_told(view):
        return t("page.quality.sentence_of_rows", lang, **words)
    provinces = quality_rows.fix_rows(view)["province_code"].nunique()
    return t("page.quality.sentence", lang, **words, provinces=provinces)


def _fix_first(view: View) -> str:
    lang = view.lang
    line = rules.broken_rules(view).iloc[0]
    words = {
        "rule": t(f"quality.{line['rule']}.title", lang),
        "rows": numbers.count(int(line["rows"]), lang),
    }
    moved = rules.effects(view)
    if moved.empty:
        return t("page.quality.fix_first", lang, **words)
    (effect,) = moved.head(1).itertuples()
    return t("page.quality.fix_first_moves", lang, **words, **rules.effect_words(view, effect))


def _age(view: View, age: Figure) -> Iterator[str]:
    if age.status == "shown" and age.value is not None:
        days = int(age.value)
        key = "too_old" if freshness.old(view, days) else "fresh"
        limit = numbers.count(whole("stale_days"), view.lang)
        said = numbers.count(days, view.lang)
        yield t(f"page.quality.{key}", view.lang, days=said, limit=limit)


def _silence(view: View) -> Iterator[str]:
    silent = len(freshness.silent(view))
    if silent:
        districts = numbers.count(silent, view.lang)
        yield t("page.quality.districts_silent", view.lang, n=districts, m=whole("silent_months"))


def page(view: View) -> Page:
    """Give the page: figures with their lists, what to fix first, ages, silence, reconciliation."""
    found = figures(view)
    return Page(
        key="quality",
        title=t("page.quality.title", view.lang),
        lead=sentence(view, found),
        blocks=(row(view, found), Lazy(lambda: charts(view))),
    )


def row(view: View, figures: dict[str, Figure]) -> Figures:
    """Give the cards and the lists behind them."""
    lists = {COMPLETE: _complete_list, AGE: _age_list}
    return cards.row(view, [figures[name] for name in FIGURES], lists)


def charts(view: View) -> Blocks:
    """Give what needs action first; what is in order, and what data staff need, behind folds."""
    return (
        rules.first(view),
        rules.unbroken(view),
        # Two columns of about the same height: the short table goes with the long one.
        Columns(
            (
                (freshness.silent_table(view), *quality_rows.by_province(view)),
                (freshness.ages(view), _completeness(view)),
            )
        ),
        reconciliation.published_figures(view),
        Details(
            _for_data_staff(view),
            "quality_data_staff",
            lambda: (quality_rows.fix_list(view),),
        ),
    )


def _for_data_staff(view: View) -> str:
    """The heading of the fix list; without a number where rows may be missing, for 0 says none."""
    if quality_rows.some_not_told(view):
        return t("page.quality.for_data_staff_own", view.lang)
    rows = numbers.count(len(quality_rows.fix_rows(view)), view.lang)
    return t("page.quality.for_data_staff", view.lang, rows=rows)


def _completeness(view: View) -> Group:
    frame = page_queries.areas(view, COMPLETE)
    against = company.comparison(view, COMPLETE, "quality_complete")
    chart = Chart(
        key="quality_complete",
        title=t("page.quality.complete", view.lang),
        spec=lambda: _complete_spec(view, against.mark),
        frame=area_table.rows(frame, view.lang, marks=silence.marks(view, COMPLETE)),
        columns=area_table.columns(COMPLETE, view.lang),
        provenance=provenance.lines(view, COMPLETE),
        caveat=t(f"indicator.{COMPLETE}.caveat", view.lang),
        not_followed=page_queries.not_followed_text(view, COMPLETE),
    )
    return Group((against.choice, against.beside(chart)), "quality_complete_ranked")


@cached_view
def _complete_spec(view: View, mark: company.Mark) -> dict[str, Any]:
    return bars.bar_ranking(
        company.rows_with_marks(view, COMPLETE, page_queries.areas(view, COMPLETE), mark),
        indicator=registry.get(COMPLETE),
        look=view.look,
        labels=company.labels(view, mark),
        ranking=bars.Ranking(limit=view.bars),
    )


def _age_list(view: View) -> Blocks:
    return (freshness.ages(view),)


def _complete_list(view: View) -> Blocks:
    return parts.area_list(
        view, COMPLETE, page_queries.areas(view, COMPLETE), key="quality_by_area", worst="low"
    )
