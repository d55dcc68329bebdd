"""One figure with everything that must stand beside it: unit, target, gap, base, period, state.

Pure: a row of an indicator frame and the targets go in, a `Figure` comes out. Cards, the executive
table and the sentences all read the same `Figure`, so they can never disagree.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from config import numbers
from config.i18n import Lang, has, t
from config.thai_calendar import Span, format_date, format_span
from config.thresholds import Verdict, thresholds
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Direction, Indicator, Kind
from ui.state.filter_state import COUNTRY, FilterState

Mark = Literal["meets", "watch", "fails", "reference", "none"]

# Thresholds that carry another name than their indicator.
THRESHOLD_NAMES = {"families_per_case_manager": "caseload_norm"}
# What the numerator counts, where the count says more than the share; `unit_value.<unit>` words it.
COUNTED = {
    "provinces_over_norm": "provinces",
    "case_managers_over_norm": "people",
    "unassigned_families": "families",
    "follow_up_overdue": "items",
    "cases_without_next_follow_up": "cases",
}


@dataclass(frozen=True)
class Target:
    """What is wanted: the value, whether a document sets it, and where it comes from."""

    value: float
    source: str
    proposed: bool
    watch: float | None = None
    # True where the wanted value is a count, to be compared with the numerator.
    counts: bool = False


@dataclass(frozen=True)
class Figure:
    """One indicator for one area and period, ready to be worded. Hidden and empty have no value."""

    name: str
    value: float | None
    numerator: int | None
    denominator: int | None
    status: str
    reason: str
    qualifier: str
    period: Span
    as_of: date
    base: int
    target: Target | None = None

    @property
    def indicator(self) -> Indicator:
        return registry.get(self.name)

    @property
    def is_percent(self) -> bool:
        """True where the main number is a percentage, not the count behind one."""
        return self.indicator.unit == "percent" and self.name not in COUNTED

    @property
    def measured(self) -> float | None:
        """The number that is compared with the target, unrounded."""
        if self.target and self.target.counts:
            return self.numerator
        return self.value

    @property
    def line(self) -> float | None:
        """Where a chart of the value draws its target; None where there is none to draw."""
        return None if self.target is None or self.target.counts else self.target.value

    @property
    def gap(self) -> float | None:
        """What was measured less what is wanted; None where either is missing."""
        if self.target is None or self.measured is None:
            return None
        return self.measured - self.target.value

    @property
    def mark(self) -> Mark:
        """Whether the target is met: "none" where there is none or nothing was measured.

        Where neither more nor less is better, a target is there to compare with, not to judge by.
        """
        if self.target is None or self.measured is None:
            return "none"
        if self.indicator.direction is Direction.NEUTRAL:
            return "reference"
        return _judge(self.measured, self.target, self.indicator.direction)

    def title(self, lang: Lang) -> str:
        """Give the heading: the indicator's title, or what is counted where a count is shown."""
        key = f"figure.title.{self.name}"
        return t(key if has(key) else f"indicator.{self.name}.title", lang)

    def text(self, lang: Lang) -> str:
        """Give the main number: "1 : 11.4", "23", "87.5"; "—" where hidden or empty."""
        if self.status != "shown":
            return numbers.MISSING
        if self.name in COUNTED:
            return numbers.count(self.numerator, lang)
        bare = numbers.value(self.value, self.indicator.unit, lang)
        key = f"note.{self.qualifier}"
        return t(key, lang, value=bare) if self.qualifier != "exact" and has(key) else bare

    def unit(self, lang: Lang) -> str:
        """Give the words of the main number's unit."""
        return t(f"unit.{COUNTED.get(self.name, self.indicator.unit)}", lang)

    def made_of(self, lang: Lang) -> str:
        """Give the counts behind the number, or why there is none."""
        if self.status == "hidden":
            return t("figure.hidden", lang)
        if self.status == "no_data":
            key = f"reason.{self.reason}"
            return t(key if has(key) else "status.no_data", lang)
        if self.denominator is None:
            return ""
        key = f"figure.counts.{self.name}"
        return t(
            key if has(key) else "figure.counts_any",
            lang,
            numerator=numbers.count(self.numerator, lang),
            denominator=numbers.count(self.denominator, lang),
            share=numbers.percent(self.value),
        )

    def mark_text(self, lang: Lang) -> str:
        """Give the mark in words; without one, whether the target or the number is missing."""
        if self.mark != "none":
            return t(f"mark.{self.mark}", lang)
        if self.target is None:
            return t("figure.no_target", lang)
        return t("status.hidden" if self.status == "hidden" else "mark.none", lang)

    def target_text(self, lang: Lang) -> str:
        """Give the target with its unit, "—" where none is set."""
        if self.target is None:
            return numbers.MISSING
        wanted = self.target.value
        if self.target.counts:
            return numbers.count(int(wanted), lang)
        form: numbers.Form = "words" if self.name in COUNTED else "bare"
        return numbers.value(wanted, self.indicator.unit, lang, form=form)

    def gap_text(self, lang: Lang) -> str:
        """Give the signed difference from the target in the unit's own size."""
        if self.gap is None:
            return numbers.MISSING
        places = 0 if self.target and self.target.counts else _places(self.indicator.unit)
        return numbers.change(self.gap, places)

    def when(self, lang: Lang) -> str:
        """Give the period of a flow, or the day of a stock."""
        if self.indicator.kind is Kind.STOCK:
            return format_date(self.period.end, lang)
        return format_span(self.period, lang)

    def moment(self, lang: Lang) -> str:
        """Give the period of a flow, or "on" the day of a stock."""
        key = "figure.on_day" if self.indicator.kind is Kind.STOCK else "figure.in_period"
        return t(key, lang, when=self.when(lang))

    def foot(self, lang: Lang) -> str:
        """Give the line under a number: its period or day, the base, and the data's day."""
        return t(
            "figure.foot_stock" if self.indicator.kind is Kind.STOCK else "figure.foot_flow",
            lang,
            when=self.when(lang),
            base=self.base_text(lang),
            as_of=format_date(self.as_of, lang),
        )

    def base_text(self, lang: Lang) -> str:
        """Give which provinces the number stands on: 76 or 77."""
        return t(f"filters.base_{self.base}", lang)


def figure_of(name: str, frame: pd.DataFrame, chosen: FilterState, targets: pd.DataFrame) -> Figure:
    """Give the figure of a frame with one row (one area, no breakdown), or of none at all."""
    if frame.empty:
        return _absent(name, chosen)
    row = frame.iloc[0]
    return Figure(
        name=name,
        value=_number(row["value"], float),
        numerator=_number(row["numerator"], int),
        denominator=_number(row["denominator"], int),
        status=str(row["status"]),
        reason=str(row["reason"]),
        qualifier=str(row["qualifier"]),
        period=Span(_day(row["period_start"]), _day(row["period_end"])),
        as_of=chosen.as_of,
        base=chosen.base,
        target=target(name, chosen, targets),
    )


def _absent(name: str, chosen: FilterState) -> Figure:
    """The figure of an area that the answer holds no row for: outside the base or the scope."""
    period = Span(chosen.span.start, max(chosen.day, chosen.span.start))
    return Figure(name, None, None, None, "no_data", "", "exact", period, chosen.as_of, chosen.base)


def target(name: str, chosen: FilterState, targets: pd.DataFrame) -> Target | None:
    """Give the target of the chosen area and year: its own, else the nation's, else the norm.

    `targets` has the columns indicator, scope_code, fiscal_year, value, source. The nation's target
    is used for a part of it only where it is no plain count: a count does not hold for a part.
    """
    mine = targets[(targets["indicator"] == name) & (targets["fiscal_year"] == chosen.year.be)]
    areas = (chosen.narrowest,) if _plain_count(name) else (chosen.narrowest, COUNTRY)
    for area in areas:
        found = mine[mine["scope_code"] == area]
        if len(found):
            row = found.iloc[0]
            value, source = float(row["value"]), str(row["source"] or "")
            return Target(value, source, _is_proposed(source), counts=_counts(name, value))
    norm = thresholds().get(THRESHOLD_NAMES.get(name, name))
    if norm is None:
        return None
    counts = norm.unit == "provinces" or _counts(name, norm.value)
    return Target(norm.value, norm.name, norm.proposed, norm.watch, counts)


def _is_proposed(source: str) -> bool:
    """A target's source says so itself where nobody has decided on it yet."""
    return source.casefold().startswith(("ข้อเสนอ", "ค่าที่เสนอ", "proposed"))


def _counts(name: str, value: float) -> bool:
    """Nobody is nobody, as a share and as a count: then the count shown is what is compared."""
    return name in COUNTED and value == 0


def _plain_count(name: str) -> bool:
    return registry.get(name).unit in ("people", "attendances", "families", "cases")


def _judge(measured: float, wanted: Target, direction: Direction) -> Verdict:
    lower = direction is Direction.LOWER_IS_BETTER

    def reaches(line: float) -> bool:
        return measured <= line if lower else measured >= line

    if reaches(wanted.value):
        return "meets"
    return "watch" if wanted.watch is not None and reaches(wanted.watch) else "fails"


def _places(unit: str) -> int:
    return 1 if unit == "percent" else numbers.PLACES.get(unit, 0)


def _number(x: Any, kind: type) -> Any:
    return None if numbers.is_missing(x) else kind(x)


def _day(x: Any) -> date:
    return x.date() if isinstance(x, pd.Timestamp) else x
