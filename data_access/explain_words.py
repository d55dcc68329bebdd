"""Why a figure moved, in sentences: what it was, what it is, and what each cause did."""

from collections.abc import Hashable, Iterator
from typing import Any

import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.thai_calendar import format_date
from config.thresholds import bare
from data_access.definition_record import Norm
from data_access.explain import Cell, End, Explanation
from data_access.explain_definitions import DefinitionThen
from data_access.indicators.kernel.definition import Indicator
from data_access.status import Status


def sentences(explanation: Explanation, start: End, end: End, lang: Lang) -> list[str]:
    """Give the change, then a line per part with its causes, the largest first; what may not be
    told says why."""
    words = {
        "title": t(f"indicator.{end.name}.title", lang),
        "before": cell_text(explanation.start, start.definition, lang),
        "after": cell_text(explanation.end, end.definition, lang),
        "first": end_text(start, end, lang),
        "last": end_text(end, start, lang),
    }
    parts = explanation.frame.groupby("part", sort=False)
    return [
        t("explain.change", lang, **words),
        *(_part_text(part, rows, end.name, lang) for part, rows in parts),
        *(line for one in explanation.definitions for line in _definition_texts(one, lang)),
    ]


def cell_text(cell: Cell, definition: Indicator, lang: Lang) -> str:
    """Give one end: its value, with numerator and denominator where both are there."""
    if cell.value is None:
        return t(f"reason.{cell.reason}", lang)
    value = numbers.value(cell.value, definition.unit.value, lang, "words")
    if cell.numerator is None or cell.denominator is None:
        return value
    top, bottom = (numbers.count(n, lang) for n in (cell.numerator, cell.denominator))
    return t("explain.of", lang, value=value, top=top, bottom=bottom)


def end_text(end: End, other: End, lang: Lang) -> str:
    """Give the days of an end, and the day of its data where the other's is another."""
    period = end.query.period
    days = [format_date(day, lang) for day in (period.start, period.end)]
    stock = end.definition.kind == "stock"
    text = days[1] if stock else t("explain.period", lang, first=days[0], last=days[1])
    if end.snapshot == other.snapshot:
        return text
    known = format_date(end.snapshot.as_of, lang)
    return t("explain.known", lang, end=text, day=known, snapshot=end.snapshot.snapshot_id)


def cause_text(cause: str, lang: Lang) -> str:
    """Give the name of a cause."""
    return t(f"explain.cause.{cause}", lang)


def hidden_text(reason: str, lang: Lang) -> str:
    """Give why the causes of a part are not told."""
    return t(f"reason.{reason}", lang)


def _part_text(part: Hashable, rows: pd.DataFrame, name: str, lang: Lang) -> str:
    what = t(f"indicator.{name}.{part}", lang)
    title = t(f"cli.column.{part}", lang)
    reasons = [str(one) for one in rows.loc[rows["status"] != Status.SHOWN, "reason"] if one]
    if reasons:
        return t("explain.hidden", lang, part=title, what=what, why=hidden_text(reasons[0], lang))
    changes = {str(row.cause): row for row in rows.itertuples() if row.added or row.removed}
    if not changes:
        return t("explain.same", lang, part=title, what=what)
    order = sorted(changes, key=lambda cause: -abs(int(str(changes[cause].change))))
    causes = [_cause_change(changes[one], lang) for one in order]
    total = numbers.change(int(rows["change"].sum()), 0)
    return t("explain.part", lang, part=title, what=what, total=total, causes=" · ".join(causes))


def _cause_change(row: Any, lang: Lang) -> str:
    added, removed = int(row.added), int(row.removed)
    words = {"added": numbers.count(added, lang), "removed": numbers.count(removed, lang)}
    key = "both" if added and removed else "added" if added else "removed"
    name = cause_text(str(row.cause), lang)
    return t(f"explain.amount.{key}", lang, cause=name, **words)


def _definition_texts(one: DefinitionThen, lang: Lang) -> Iterator[str]:
    """What was another definition, or another norm, when a snapshot was published."""
    words = {"snapshot": one.snapshot_id, "now": one.now.version}
    if one.then is None:
        yield t("explain.definition.not_recorded", lang, **words)
        return
    if one.then.version != one.now.version:
        yield t("explain.definition.version", lang, then=one.then.version, **words)
    elif not one.then.counts_like(one.now):
        yield t("explain.definition.rewritten", lang, **words)
    if one.then.norm != one.now.norm:
        norms = {"then": _norm_text(one.then.norm, lang), "now": _norm_text(one.now.norm, lang)}
        yield t("explain.definition.norm", lang, snapshot=one.snapshot_id, **norms)


def _norm_text(norm: Norm | None, lang: Lang) -> str:
    if norm is None:
        return t("explain.definition.no_norm", lang)
    return t(f"explain.definition.norm_{norm.better}", lang, value=bare(norm.value))
