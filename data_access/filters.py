"""The filters as one table: address, command line, question, rows and words follow from it.

A filter narrows whose rows are counted. An indicator, breakdown or list declares the filters it
follows; the others are ignored or refused, and the answer says which.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from config.i18n import Lang, t
from config.thai_calendar import FiscalYear, fiscal_year_of
from data_access.schema.codes import CODES
from geo import levels

if TYPE_CHECKING:
    from data_access.indicators.kernel.query import Query


class Filter(StrEnum):
    """What a visitor may narrow an answer by; `filter_name.<value>` words it."""

    FISCAL_YEAR = "fiscal_year"
    QUARTER = "quarter"
    REGION = "region"
    PROVINCE = "province"
    DISTRICT = "district"
    TARGET_GROUP = "target_group"
    BASE = "base"
    ROLE = "role"


@dataclass(frozen=True)
class FilterSpec:
    """One filter: `parameter` in the address (None: not offered on pages), `field` of the query,
    `column` of the rows it compares (None: the period, or a role that the measure itself reads),
    `codes` it may hold (empty: checked elsewhere), `narrows` says whether a query holds it.
    """

    filter: Filter
    parameter: str | None
    field: str
    column: str | None
    codes: Callable[[], tuple[str, ...]]
    narrows: Callable[["Query"], bool]

    @property
    def words(self) -> str:
        return f"filter_name.{self.filter}"


def _none() -> tuple[str, ...]:
    return ()


def _code_list(name: str) -> Callable[[], tuple[str, ...]]:
    return lambda: CODES[name]


def _is_set(field: str) -> Callable[["Query"], bool]:
    return lambda query: getattr(query, field) is not None


def _another_year(query: "Query") -> bool:
    """True where the period begins in another fiscal year than the as-of date's own."""
    return query.span is not None and (
        fiscal_year_of(query.span.start) != fiscal_year_of(query.as_of)
    )


def _part_of_a_year(query: "Query") -> bool:
    """True where the period is not made of whole fiscal years (up to the as-of date)."""
    if query.span is None:
        return False
    first: FiscalYear = fiscal_year_of(query.span.start)
    last: FiscalYear = fiscal_year_of(query.span.end)
    ends = query.span.end == last.end or query.span.end >= query.as_of
    return query.span.start != first.start or not ends


def _place(level: str) -> FilterSpec:
    column = levels.BY_NAME[level].column or "province_code"
    codes = levels.BY_NAME[level].codes
    return FilterSpec(Filter(level), level, level, column, codes, _is_set(level))


FILTERS: dict[Filter, FilterSpec] = {
    spec.filter: spec
    for spec in (
        FilterSpec(Filter.FISCAL_YEAR, "fy", "span", None, _none, _another_year),
        FilterSpec(
            Filter.QUARTER, "q", "span", None, lambda: ("1", "2", "3", "4"), _part_of_a_year
        ),
        *(_place(level.name) for level in levels.LEVELS[1:]),
        FilterSpec(
            Filter.TARGET_GROUP,
            "group",
            "target_group",
            "target_group",
            _code_list("target_group"),
            _is_set("target_group"),
        ),
        FilterSpec(
            Filter.BASE,
            "base",
            "base",
            "province_code",
            lambda: ("77", "76"),
            lambda query: query.base == 76,
        ),
        FilterSpec(Filter.ROLE, None, "role", None, _code_list("target_role"), _is_set("role")),
    )
}
PARAMETERS: tuple[str, ...] = tuple(s.parameter for s in FILTERS.values() if s.parameter)

# Sets that definitions declare: the filters that rows of one kind can follow.
Filters = frozenset[Filter]
NOTHING: Filters = frozenset()
PERIOD: Filters = frozenset({Filter.FISCAL_YEAR, Filter.QUARTER})
PROVINCES: Filters = frozenset({Filter.REGION, Filter.PROVINCE, Filter.BASE})
DISTRICTS: Filters = PROVINCES | {Filter.DISTRICT}
PLACES: Filters = frozenset({Filter.REGION, Filter.PROVINCE, Filter.DISTRICT})
BY_TARGET_GROUP: Filters = frozenset({Filter.TARGET_GROUP})
BY_ROLE: Filters = frozenset({Filter.ROLE})
OF_CASES: Filters = PERIOD | DISTRICTS | BY_TARGET_GROUP
OF_PEOPLE: Filters = PERIOD | DISTRICTS
OF_COHORTS: Filters = PERIOD | PROVINCES | BY_ROLE


def filters_of(query: "Query") -> tuple[Filter, ...]:
    """The filters that a query narrows by, in the table's order."""
    return tuple(spec.filter for spec in FILTERS.values() if spec.narrows(query))


def not_followed_text(filters: Iterable[Filter], lang: Lang) -> str:
    """The sentence "ไม่ได้กรองตามกลุ่มเป้าหมายและอำเภอ"; empty where every filter is followed.

    Levels of area that are all ignored are called the area, once.
    """
    names = _names(frozenset(filters), lang)
    return t("filters.not_followed", lang, filters=_join_words(names, lang)) if names else ""


def _names(filters: Filters, lang: Lang) -> list[str]:
    several_places = len(filters & PLACES) > 1
    names = []
    for spec in FILTERS.values():
        if spec.filter in filters and not (several_places and spec.filter in PLACES):
            names.append(t(spec.words, lang))
    return [*names, t("filter_name.area", lang)] if several_places else names


def _join_words(names: list[str], lang: Lang) -> str:
    if len(names) < 2:
        return "".join(names)
    *head, last = names
    text = head[0]
    for name in head[1:]:
        text = t("filters.list_next", lang, head=text, next=name)
    return t(
        "filters.list_two" if len(names) == 2 else "filters.list_last", lang, head=text, last=last
    )


def without_ignored(query: "Query", filters: Filters) -> "Query":
    """The question without the filters that are not followed: nothing is narrowed by halves.

    A level of area that is not followed gives way to the next wider one that is.
    """
    changes: dict[str, object] = {}
    for spec in FILTERS.values():
        if spec.filter in filters:
            continue
        if spec.field == "span":
            changes |= {} if filters & PERIOD else {"span": None}
        elif spec.field == "base":
            changes["base"] = 77
        else:
            changes[spec.field] = None
    for at, level in enumerate(levels.NAMES[1:]):
        code = getattr(query, level)
        wider = [one for one in levels.NAMES[1 : at + 1] if Filter(one) in filters]
        if code and Filter(level) not in filters and wider and getattr(query, wider[-1]) is None:
            changes[wider[-1]] = levels.area_at(code, wider[-1])
    return query.but(**changes)
