"""One figure with everything that must stand beside it: unit, target, gap, base, period, state.

Pure: a row of an indicator frame and the targets go in, a `Figure` comes out. Cards, the executive
table and the sentences all read the same `Figure` and write its number by the same functions, so
they can never disagree. What is judged is judged by `data_access.targets`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from config import numbers
from config.i18n import Lang, has, t
from config.thai_calendar import Span, format_date, format_span
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Indicator, Kind
from data_access.small_base import is_small
from data_access.statistics.change import Change, Sparkline
from data_access.statistics.provisional import Provisional
from data_access.statistics.xmr import Reading
from data_access.targets import Mark, Result, Target, Verdict, judge, measured_by, target_of
from ui.state.filter_state import FilterState


@dataclass(frozen=True)
class Figure:
    """One indicator for one area and period, ready to be worded. Hidden and empty have no value.

    The last five say whether it gets better or worse: the changes from the previous period and
    from the same one a year before (None until somebody reads them), the XmR reading of its series,
    the series' marked points, and how much late entry may still change it (None where it changes
    nothing). They are filled by `ui.queries.changes.with_changes`.
    """

    name: str
    value: float | None
    numerator: int | None
    denominator: int | None
    status: str
    reason: str
    qualifier: str
    period: Span
    as_of: date
    base: int | None  # provinces that the country's number stands on; None for a part of it
    target: Target | None = None
    change_previous: Change | None = None
    change_year_before: Change | None = None
    reading: Reading | None = None
    sparkline: Sparkline | None = None
    provisional: Provisional | None = None

    @property
    def indicator(self) -> Indicator:
        return registry.get(self.name)

    @property
    def is_count(self) -> bool:
        """True where the count behind the share is the main number."""
        return self.indicator.headline == "count"

    @property
    def is_small(self) -> bool:
        """True where the base is too small for a percentage, a rank or a verdict."""
        return self.status == "shown" and is_small(self.denominator, self.indicator)

    @property
    def is_percent(self) -> bool:
        """True where the main number is a percentage, not the counts behind one."""
        return self.indicator.unit == "percent" and not self.is_count and not self.is_small

    @property
    def is_refused(self) -> bool:
        """True where it is not divided by a filter chosen: there is no number to judge."""
        return self.status == "no_data" and self.reason.startswith("not_by_")

    @property
    def result(self) -> Result:
        """What the judge looks at."""
        return Result(self.value, self.numerator, self.denominator, self.status, self.reason)

    @property
    def exact_value(self) -> float | None:
        """The number that is compared with the target, unrounded."""
        return measured_by(self.result, self.target)

    @property
    def line(self) -> float | None:
        """Where a chart of the value draws its target; None where there is none to draw."""
        return None if self.target is None or self.target.counts else self.target.value

    @property
    def gap(self) -> float | None:
        """What was measured less what is wanted; None where either is missing, or the base small.

        A count has a gap on any base: three of nine provinces are three too many.
        """
        if self.target is None or self.exact_value is None:
            return None
        if self.is_small and not self.target.counts:
            return None
        return self.exact_value - self.target.value

    @property
    def verdict(self) -> Verdict:
        """The verdict on the number, with the reason where there is none."""
        return judge(self.indicator, self.result, self.target)

    @property
    def mark(self) -> Mark:
        """The verdict's mark: what symbol and colour stand beside the number."""
        return self.verdict.mark

    def title(self, lang: Lang) -> str:
        """Give the heading: the indicator's title, or what is counted where a count is shown."""
        key = f"figure.title.{self.name}"
        return t(key if has(key) else f"indicator.{self.name}.title", lang)

    def text(self, lang: Lang) -> str:
        """Give the main number: "1 : 11.4", "23", "87.5"; "—" where hidden or empty.

        On a small base a percentage is written as the counts behind it: "10 of 11".
        """
        if self.status != "shown":
            return numbers.MISSING
        if self.is_count:
            return numbers.count(self.numerator, lang)
        if self.is_small and self.indicator.unit == "percent":
            return self._counts(lang, "figure.counts_any")
        bare = numbers.value(self.value, self.indicator.unit, lang)
        key = f"note.{self.qualifier}"
        return t(key, lang, value=bare) if self.qualifier != "exact" and has(key) else bare

    def in_words(self, lang: Lang, *, share: bool = False) -> str:
        """Give the main number as a sentence has it, with its unit: "87.5 percent", "1 : 11.4".

        On a small base a percentage is "10 of 11" here too. `share` asks for the percentage of a
        figure whose headline is a count.
        """
        if self.status != "shown":
            return numbers.MISSING
        if self.is_small and self.indicator.unit == "percent":
            return self._counts(lang, "figure.counts_in_words")
        if self.is_count and not share:
            return numbers.value(self.numerator, self.indicator.count_unit, lang, form="words")
        return numbers.value(self.value, self.indicator.unit, lang, form="words")

    def unit(self, lang: Lang) -> str:
        """Give the words of the main number's unit; "10 of 11" has none."""
        if self.is_small and self.indicator.unit == "percent" and not self.is_count:
            return ""
        return t(f"unit.{self.indicator.count_unit or self.indicator.unit}", lang)

    def made_of(self, lang: Lang) -> str:
        """Give the counts behind the number, or why there is none."""
        if self.status == "hidden":
            return t("figure.hidden", lang)
        if self.status in ("no_data", "not_permitted"):
            key = f"reason.{self.reason}"
            return t(key if has(key) else "status.no_data", lang)
        if self.denominator is None:
            return ""
        if self.is_small and self.indicator.unit == "percent":
            key = "figure.small_base_counts" if self.is_count else "figure.small_base"
            return self._counts(lang, key)
        key = f"figure.counts.{self.name}"
        return self._counts(lang, key if has(key) else "figure.counts_any")

    def _counts(self, lang: Lang, key: str) -> str:
        return t(
            key,
            lang,
            numerator=numbers.count(self.numerator, lang),
            denominator=numbers.count(self.denominator, lang),
            share=numbers.percent(self.value),
        )

    def mark_text(self, lang: Lang) -> str:
        """Give the mark in words; without one, why there is none."""
        mark, reason = self.mark, self.verdict.reason
        if self.is_refused:
            return t(f"reason.{self.reason}", lang)
        if reason == "no_case_manager":
            return t("reason.no_case_manager", lang)
        if mark != "none":
            own = f"mark_of.{self.name}.{mark}"
            return t(own if has(own) else f"mark.{mark}", lang)
        if self.target is None and reason not in ("small_base", "hidden"):
            return t("figure.no_target", lang)
        return t(f"mark.why.{reason}", lang)

    def target_text(self, lang: Lang) -> str:
        """Give the target with its unit, "—" where none is set or nothing is held against it."""
        if self.target is None or self.is_refused:
            return numbers.MISSING
        wanted = self.target.value
        if self.target.counts:
            return numbers.count(int(wanted), lang)
        form: numbers.Form = "words" if self.is_count else "bare"
        return numbers.value(wanted, self.indicator.unit, lang, form=form)

    @property
    def says_gap(self) -> bool:
        """False where the gap would only repeat the number: nobody is wanted, or nothing known."""
        return self.gap is not None and self.target is not None and self.target.value != 0

    def against_text(self, lang: Lang) -> str:
        """Give the target with the gap from it, "เป้าหมายเสนอ 80.0 · ส่วนต่าง +4.2"."""
        kind = "_proposed" if self.target is not None and self.target.proposed else ""
        key = f"figure.against{kind}" if self.says_gap else f"figure.wanted{kind}"
        return t(key, lang, target=self.target_text(lang), gap=self.gap_text(lang))

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
        """Give the line under a number: its period or day, the base of the country's numbers, and
        the data's day."""
        key = "figure.foot_stock" if self.indicator.kind is Kind.STOCK else "figure.foot_flow"
        return t(
            key if self.base else f"{key}_place",
            lang,
            when=self.when(lang),
            base=self.base_text(lang),
            as_of=format_date(self.as_of, lang),
        )

    def base_text(self, lang: Lang) -> str:
        """Give which provinces the country's number stands on, 76 or 77; "—" for a part of it."""
        return t(f"filters.base_scope_{self.base}", lang) if self.base else numbers.MISSING


def figure_of(
    name: str, frame: pd.DataFrame, filters: FilterState, targets: pd.DataFrame
) -> Figure:
    """Give the figure of a frame with one row (one area, no breakdown), or of none at all."""
    if frame.empty:
        return _absent(name, filters)
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
        as_of=filters.as_of,
        base=_base(filters),
        target=target(name, filters, targets),
    )


def _absent(name: str, filters: FilterState) -> Figure:
    """The figure of an area that the answer holds no row for: outside the base or the scope."""
    period = Span(filters.span.start, max(filters.day, filters.span.start))
    day, base = filters.as_of, _base(filters)
    return Figure(name, None, None, None, "no_data", "", "exact", period, day, base)


def _base(filters: FilterState) -> int | None:
    return filters.base if filters.level == "country" else None


def target(name: str, filters: FilterState, targets: pd.DataFrame) -> Target | None:
    """Give the target of the chosen area and year, as `data_access.targets.target_of` has it."""
    return target_of(
        registry.get(name), area=filters.narrowest, fiscal_year=filters.year.be, targets=targets
    )


def _places(unit: str) -> int:
    return 1 if unit == "percent" else numbers.PLACES.get(unit, 0)


def _number(x: Any, kind: type) -> Any:
    return None if numbers.is_missing(x) else kind(x)


def _day(x: Any) -> date:
    return x.date() if isinstance(x, pd.Timestamp) else x
