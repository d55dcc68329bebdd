"""What a visitor chose: fiscal year, quarter, area and target group, as codes. No Streamlit here.

The same codes stand in the address bar (`fy=2569&q=4&region=north&province=50&district=5001&
group=elder&base=76`), so that a link carries the view and never words of one language.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from config.i18n import Lang, has, t
from config.numbers import to_arabic
from config.thai_calendar import FiscalYear, Span, fiscal_year_of, month_of
from data_access.filters import FILTERS, PARAMETERS, Filter
from data_access.indicators.kernel.query import Area, Over, Query
from geo import levels, registers
from ui.text import area_names

PARAMS = PARAMETERS  # the address bar has the parameters of the filters' table
COUNTRY = registers.COUNTRY
BASES: tuple[Literal[77, 76], ...] = (77, 76)
_NOT_SHOWN = re.compile(r"[^\w฀-๿ .,/-]")

Rule = Literal["unknown", "not_begun", "elsewhere"]


@dataclass(frozen=True)
class IgnoredCode:
    """A code in the address bar that is not used: which parameter, what was seen, and why."""

    param: str
    value: str
    rule: Rule = "unknown"

    def text(self, lang: Lang) -> str:
        """Give the sentence for the visitor: what was seen, what was done, what is possible."""
        seen = _NOT_SHOWN.sub("·", self.value)[:40]
        own = f"filters.ignored.{self.rule}.{self.param}"
        key = own if has(own) else "filters.ignored.unknown.option"
        return t(key, lang, seen=seen, param=self.param)


@dataclass(frozen=True)
class FilterState:
    """One choice of period, area and target group; None means all of them.

    A district names its province and a province its region: `province` and `region` are filled in
    wherever a narrower area is chosen. Hashable, so it can be a cache key.
    """

    as_of: date
    year: FiscalYear
    quarter: int | None = None
    region: str | None = None
    province: str | None = None
    district: str | None = None
    target_group: str | None = None
    base: Literal[76, 77] = 77

    @property
    def span(self) -> Span:
        """The whole period chosen, both ends inclusive; it may reach past the as-of date."""
        if self.quarter is None:
            return Span(self.year.start, self.year.end)
        return self.year.quarter(self.quarter)

    @property
    def day(self) -> date:
        """The day that stocks are counted on: the period's last day, or the data's if earlier."""
        return min(self.span.end, self.as_of)

    @property
    def narrowest(self) -> str:
        """Code of the smallest area chosen; "TH" for the whole country."""
        return self.district or self.province or self.region or COUNTRY

    @property
    def level(self) -> Area:
        """Which level `narrowest` is on."""
        if self.district:
            return "district"
        if self.province:
            return "province"
        return "region" if self.region else "country"

    @property
    def below(self) -> Area:
        """The level of the areas that the chosen one is made of, as lists and maps show them."""
        return "district" if self.province else "province"

    @property
    def path(self) -> tuple[str, ...]:
        """Codes from the country down to the smallest area chosen."""
        steps = (COUNTRY, self.region, self.province, self.district)
        return tuple(step for step in steps if step)

    @property
    def untouched(self) -> bool:
        """True where nothing is narrowed: the current fiscal year, everywhere, everyone."""
        return self == everything(self.as_of)

    def query(
        self,
        area: Area = "country",
        over: Over | None = None,
        breakdown: str | None = None,
        *,
        span: Span | None = None,
        role: str | None = None,
    ) -> Query:
        """Give the query to the data door: this choice at one level, series and breakdown."""
        return Query(
            as_of=self.as_of,
            area=area,
            over=over,
            breakdown=breakdown,
            span=span or self.span,
            region=self.region,
            province=self.province,
            district=self.district,
            target_group=self.target_group,
            role=role,
            base=self.base,
        )

    def months_up_to(self, months: int) -> Span:
        """Give the span of so many whole months ending with the month of `day`."""
        count = self.day.year * 12 + self.day.month - months
        first = date(count // 12, count % 12 + 1, 1)
        return Span(first, month_of(self.day).end)

    def at(self, code: str) -> "FilterState":
        """Give the same choice with another area: "TH", a region, a province or a district."""
        everywhere = replace(self, region=None, province=None, district=None)
        if code == COUNTRY:
            return everywhere
        if code in registers.REGIONS:
            return replace(everywhere, region=code)
        # Bangkok is not among the 76: asked for by name it is counted with the 77.
        inside = levels.lies_in(code, registers.BANGKOK)
        placed: dict[str, Any] = {
            levels.level_of(step).name: step for step in levels.path_of(code)[1:]
        }
        return replace(everywhere, base=77 if inside else self.base, **placed)

    def with_year(self, be: int) -> "FilterState":
        """Give the same choice in another fiscal year; a quarter not yet begun is dropped."""
        changed = replace(self, year=FiscalYear(be))
        return changed if changed.quarter in changed.quarters() else replace(changed, quarter=None)

    def with_area(self, level: str, code: str | None) -> "FilterState":
        """Give the same choice after one area filter moved; None there means "all below"."""
        if code is not None and level != "region":
            return self.at(code)
        if level == "region":
            keep = bool(self.province) and registers.region_of(str(self.province)) == code
            kept = self if keep or code is None and not self.region else self.at(COUNTRY)
            return replace(kept, region=code) if code else self.at(COUNTRY)
        if level == "province":
            return self.at(self.region or COUNTRY)
        return replace(self, district=None)

    def quarters(self) -> tuple[int, ...]:
        """Give the quarters of the year that have begun by the as-of date."""
        return tuple(n for n in (1, 2, 3, 4) if self.year.quarter(n).start <= self.as_of)

    def params(self) -> dict[str, str]:
        """Give the codes for the address bar; empty for the plain view.

        The year is written with any other filter, so that a saved link keeps its period.
        """
        if self.untouched:
            return {}
        codes = {
            "fy": str(self.year.be),
            "q": str(self.quarter or ""),
            "region": self.region or "",
            "province": self.province or "",
            "district": self.district or "",
            "group": self.target_group or "",
            "base": "" if self.base == 77 else str(self.base),
        }
        return {name: code for name, code in codes.items() if code}

    def line(self, lang: Lang) -> str:
        """Give the choice as one readable line: period · area · target group."""
        return t(
            "filters.line",
            lang,
            period=self.period_text(lang),
            area=area_names.full_name(self.narrowest, lang),
            group=group_text(self.target_group, lang),
        )

    def period_text(self, lang: Lang) -> str:
        """Give the period in words, "ปีงบประมาณ 2569 ไตรมาส 4"."""
        year = t("filters.period_year", lang, be=self.year.be, ce=self.year.ce)
        if self.quarter is None:
            return year
        return t("filters.period_quarter", lang, year=year, quarter=self.quarter)


def everything(as_of: date) -> FilterState:
    """Give the plain view: the fiscal year of the data's as-of date, everywhere, everyone."""
    return FilterState(as_of=as_of, year=fiscal_year_of(as_of))


def group_text(code: str | None, lang: Lang) -> str:
    """Give a target group's name, or "all groups"."""
    return t(f"code.target_group.{code}", lang) if code else t("filters.all_groups", lang)


def from_params(
    params: Mapping[str, str], as_of: date, years: Sequence[int]
) -> tuple[FilterState, tuple[IgnoredCode, ...]]:
    """Give the choice that an address bar asks for, and the codes in it that were not used.

    Only known codes count; `years` are the fiscal years (Buddhist) that the data offers. Where
    areas contradict each other the narrowest one holds.
    """
    given = {name: to_arabic(params[name]).strip() for name in PARAMS if params.get(name)}
    unused: list[IgnoredCode] = []
    chosen = _period(everything(as_of), given, years, unused)
    chosen = _area(chosen, given, unused)
    if (group := given.get("group")) is not None:
        if group in FILTERS[Filter.TARGET_GROUP].codes():
            chosen = replace(chosen, target_group=group)
        else:
            unused.append(IgnoredCode("group", group))
    if (base := given.get("base")) is not None:
        if base in FILTERS[Filter.BASE].codes():
            chosen = replace(chosen, base=76 if base == "76" else 77)
        else:
            unused.append(IgnoredCode("base", base))
    return chosen, tuple(unused)


def _period(
    filters: FilterState,
    parameters: Mapping[str, str],
    years: Sequence[int],
    ignored_codes: list[IgnoredCode],
) -> FilterState:
    if (fy := parameters.get("fy")) is not None:
        if fy in {str(be) for be in years}:
            filters = replace(filters, year=FiscalYear(int(fy)))
        else:
            ignored_codes.append(IgnoredCode("fy", fy))
    if (quarter := parameters.get("q")) is not None:
        if quarter not in FILTERS[Filter.QUARTER].codes():
            ignored_codes.append(IgnoredCode("q", quarter))
        elif int(quarter) not in filters.quarters():
            ignored_codes.append(IgnoredCode("q", quarter, "not_begun"))
        else:
            filters = replace(filters, quarter=int(quarter))
    return filters


def _area(
    filters: FilterState, parameters: Mapping[str, str], ignored_codes: list[IgnoredCode]
) -> FilterState:
    """Read the area from the narrowest code that is known; say which codes were left out."""
    right: dict[str, str] = {}
    for level in levels.LEVELS[1:]:
        if (code := parameters.get(level.name)) is None:
            continue
        if code in level.codes():
            right[level.name] = code
        else:
            ignored_codes.append(IgnoredCode(level.name, code))
    narrowest = next((right[name] for name in reversed(levels.NAMES) if name in right), COUNTRY)
    placed = filters.at(narrowest)
    for name, code in right.items():
        if getattr(placed, name) != code:
            ignored_codes.append(IgnoredCode(name, code, "elsewhere"))
    return placed
