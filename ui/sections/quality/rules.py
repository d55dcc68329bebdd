"""What to fix first and what it changes; the rules that nothing breaks, folded away."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from data_access.indicators import registry
from data_access.quality import RULES
from ui.blocks import Blocks, Column, Details, Table, Text
from ui.queries import page_queries
from ui.sections.quality import rows
from ui.state.page_context import View
from ui.text import provenance

PLACES = 2
MOST_CHANGES = 2


def broken_rules(view: View) -> pd.DataFrame:
    """Give the rules that rows break, those that move a figure most first, then the most rows.

    Columns rule, rows, provinces, change (the largest difference any main figure shows).
    """
    counts = rows.rule_counts(view).set_index("rule")
    moved = effects(view)
    change = moved["difference"].abs().groupby(moved["rule"]).max()
    counts = counts.assign(change=counts.index.map(change).fillna(0.0).astype("float64"))
    return counts.reset_index().sort_values(
        ["change", "rows", "rule"], ascending=[False, False, True], ignore_index=True
    )


def effects(view: View) -> pd.DataFrame:
    """Give what leaving out the rows of each rule does to the main figures, where it shows at all:
    rule, indicator, now, without, difference; the largest difference first."""
    found = page_queries.listing(view, "quality_effects")
    shows = found["difference"].astype("float64").round(PLACES).fillna(0) != 0
    moved = found[shows & found["rule"].isin(rows.rule_counts(view)["rule"])]
    order = moved["difference"].abs().sort_values(ascending=False, kind="stable").index
    return moved.loc[order].reset_index(drop=True)


def first(view: View) -> Table:
    """Give the rules that rows break as a table, what should be fixed first on top."""
    lang, moved = view.lang, effects(view)
    every = page_queries.listing(view, "quality_effects")
    hidden_rules = set(every.loc[every["now"].isna(), "rule"].astype(str))
    listed = [
        {
            "rule": t(f"quality.{line.rule}.title", lang),
            "rows": int(line.rows),
            "provinces": None if pd.isna(line.provinces) else int(line.provinces),
            "changes": _changes(
                view, moved[moved["rule"] == line.rule], hidden_rules, str(line.rule)
            ),
            "fix": t(f"quality.{line.rule}.fix", lang),
        }
        for line in broken_rules(view).itertuples()
    ]
    names = ("rule", "rows", "provinces", "changes", "fix")
    forms = {"rows": "count", "provinces": "count"}
    return Table(
        key="quality_first",
        title=t("page.quality.first", lang),
        frame=pd.DataFrame(listed, columns=list(names)).astype({"provinces": "Int64"}),
        columns=[
            Column(n, t(f"page.quality.column.{n}", lang), forms.get(n, "text")) for n in names
        ],
        provenance=provenance.lines(view),
        caveat=t("tables.joint", lang).join(
            filter(None, (t("page.quality.effects_caveat", lang), rows.own_only(view)))
        ),
        not_followed=rows.not_followed(view),
        reading=True,
        empty=rows.own_only(view) or t("page.quality.sentence_clean", lang, rules=len(RULES)),
    )


def _changes(view: View, effects: pd.DataFrame, hidden_rules: set[str], rule: str) -> str:
    """What the rows of one rule do to the main figures, a sentence each."""
    if effects.empty:
        key = "reason.public_level" if rule in hidden_rules else "page.quality.no_change"
        return t(key, view.lang)
    said = [
        t("page.quality.change", view.lang, **effect_words(view, line))
        for line in effects.head(MOST_CHANGES).itertuples()
    ]
    return t("tables.joint", view.lang).join(said)


def effect_words(view: View, line: Any) -> dict[str, str]:
    """Give the words of one effect: the figure, its value now, and without the faulty rows."""
    unit = registry.get(str(line.indicator)).unit
    values = (
        numbers.value(None if pd.isna(x) else x, unit, view.lang, places=PLACES)
        for x in (line.now, line.without)
    )
    title = t(f"indicator.{line.indicator}.title", view.lang)
    return {"indicator": title, **dict(zip(("now", "without"), values, strict=True))}


def unbroken(view: View) -> Details:
    """Give the rules that no row breaks, behind a fold that says how many they are.

    A rule of which rows about clients may be withheld is not among them.
    """
    broken = set(rows.rule_counts(view)["rule"]) | rows.rules_not_told(view)
    listed = [name for name in RULES if name not in broken]
    return Details(
        t("page.quality.unbroken", view.lang, rules=numbers.count(len(listed), view.lang)),
        "quality_unbroken",
        lambda: _unbroken(view, listed),
    )


def _unbroken(view: View, rules: list[str]) -> Blocks:
    lang = view.lang
    names = ("rule", "severity", "why", "fix")
    cells = [
        {
            "rule": t(f"quality.{name}.title", lang),
            "severity": t(f"page.quality.severity.{RULES[name].severity}", lang),
            "why": t(f"quality.{name}.why", lang),
            "fix": t(f"quality.{name}.fix", lang),
        }
        for name in rules
    ]
    return (
        Text(t("page.quality.unbroken_note", lang)),
        Table(
            key="quality_unbroken_rules",
            frame=pd.DataFrame(cells, columns=list(names)),
            columns=[Column(n, t(f"page.quality.column.{n}", lang)) for n in names],
            provenance=provenance.lines(view),
            not_followed=rows.not_followed(view),
            reading=True,
        ),
    )
