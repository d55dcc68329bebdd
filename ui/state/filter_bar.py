"""The line of filters on every page: period, area and target group, cascading but never locked.

It stays in reach while the page scrolls; on a telephone one button opens it.

Each select writes the choice to the session and its codes to the address bar before the page runs,
so pages only ever read `filters.chosen()`. Every level of area can be picked directly: a district
without first choosing its region and province.
"""

from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

import streamlit as st

from config.i18n import Lang, t
from config.thai_calendar import FiscalYear
from data_access.schema.codes import CODES
from geo import registers
from geo.names import thai_sort_key
from ui.state import url_state
from ui.state.filter_state import BASES, FilterState, everything, group_text
from ui.text import area_names

ALL = ""
T = TypeVar("T", int, str)


def bar(lang: Lang) -> None:
    """Draw the filters in one line, with the way back to everything."""
    now = url_state.filters()
    with st.container(key="filters"):
        _period(now, lang)
        _areas(now, lang)
        _group(now, lang)
        _base(now, lang)
        if not now.untouched:
            clear = t("filter.clear", lang)
            st.button(clear, key="filter_clear", type="tertiary", on_click=_clear)


def ignored_codes(lang: Lang) -> None:
    """Say which codes of the address bar were not used; nothing where all were."""
    sentences = [one.text(lang) for one in url_state.ignored_codes()]
    if sentences:
        st.warning("\n\n".join(sentences))


def go_to(code: str) -> None:
    """Choose an area by its code; for crumbs, lists and maps."""
    url_state.choose(url_state.filters().at(code))


def _period(now: FilterState, lang: Lang) -> None:
    offered = url_state.years()
    _select("fy", t("filter.fiscal_year", lang), offered, now.year.be, _year_labels(lang, *offered))
    quarters = {ALL: t("filter.whole_year", lang)}
    quarters |= {str(n): t(f"filters.quarter.q{n}", lang) for n in now.quarters()}
    _select("q", t("filter.quarter", lang), list(quarters), str(now.quarter or ALL), quarters)


def _areas(now: FilterState, lang: Lang) -> None:
    regions = {ALL: t("filters.all_regions", lang)}
    regions |= {code: t(f"region_short.{code}", lang) for code in registers.REGIONS}
    _select("region", t("filter.region", lang), list(regions), now.region or ALL, regions)
    names = province_names(lang)
    offered = provinces_offered(lang, now.region)
    _select("province", t("filter.province", lang), list(offered), now.province or ALL, names)
    places = district_names(lang, now.province or now.region)
    _select("district", t("filter.district", lang), list(places), now.district or ALL, places)


def _group(now: FilterState, lang: Lang) -> None:
    groups = {ALL: t("filters.all_groups", lang)}
    groups |= {code: group_text(code, lang) for code in CODES["target_group"]}
    _select("group", t("filter.target_group", lang), list(groups), now.target_group or ALL, groups)


def _base(now: FilterState, lang: Lang) -> None:
    labels: dict[int, str] = {base: t(f"filters.base_{base}", lang) for base in BASES}
    _select("base", t("filter.base", lang), list(labels), now.base, labels)


def _select(param: str, label: str, options: list[T], value: T, labels: dict[T, str]) -> None:
    key = f"filter_{param}"
    st.session_state[key] = value
    st.selectbox(
        label,
        options,
        key=key,
        format_func=labels.__getitem__,
        on_change=_on_change,
        args=(param,),
        label_visibility="collapsed",
    )


def _on_change(param: str) -> None:
    """Take over one select; runs before the page, with the others as they were."""
    url_state.choose(with_filter(url_state.filters(), param, st.session_state[f"filter_{param}"]))


def with_filter(now: FilterState, param: str, value: object) -> FilterState:
    """Give the choice after one filter was set to `value`; "" stands for "all"."""
    match param:
        case "fy":
            return now.with_year(int(str(value)))
        case "q":
            return replace(now, quarter=int(str(value)) if value else None)
        case "group":
            return replace(now, target_group=str(value) or None)
        case "base":
            return replace(now, base=76 if value == 76 else 77)
        case _:
            return now.with_area(param, str(value) or None)


def _clear() -> None:
    url_state.choose(everything(url_state.filters().as_of))


def _year_labels(lang: Lang, *offered: int) -> dict[int, str]:
    return {be: t("filters.year_option", lang, be=be, ce=FiscalYear(be).ce) for be in offered}


@lru_cache(maxsize=4)
def province_names(lang: Lang) -> dict[str, str]:
    """Give the province select's labels by code, in the order of the language; "" is all."""
    named = {p.code: area_names.short_name(p.code, lang) for p in registers.provinces()}
    return {ALL: t("filters.all_provinces", lang)} | dict(sorted(named.items(), key=by_name))


@lru_cache(maxsize=16)
def provinces_offered(lang: Lang, region: str | None) -> tuple[str, ...]:
    """Give the codes of the province select: all, those of the region first.

    Another region's province stays one choice away: nobody has to let go of the region first.
    """
    codes = [code for code in province_names(lang) if code]
    inside = [code for code in codes if registers.region_of(code) == region]
    return (ALL, *inside, *(code for code in codes if code not in set(inside)))


@lru_cache(maxsize=256)
def district_names(lang: Lang, within: str | None) -> dict[str, str]:
    """Give the district select's labels by code, for a province, a region or everywhere.

    Outside a province each name carries its province: five districts share one name.
    """
    in_province = within is not None and within not in registers.REGIONS
    found = registers.districts_of(within) if in_province and within else registers.districts()
    if within in registers.REGIONS:
        found = tuple(d for d in found if registers.region_of(d.province_code) == within)
    write = area_names.short_name if in_province else area_names.name_with_province
    named = {d.code: write(d.code, lang) for d in found}
    return {ALL: t("filters.all_districts", lang)} | dict(sorted(named.items(), key=by_name))


def by_name(entry: tuple[str, str]) -> tuple[str, str]:
    """Give the sorting key of a (code, name), as a Thai dictionary sorts it."""
    return thai_sort_key(entry[1].removeprefix("เขต"))
