"""One area: every indicator and what to look at first; or up to four areas side by side."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from config.i18n import Lang, t
from geo import levels, registers
from geo.names import thai_sort_key
from ui.blocks import AreaChoice, Block, Blocks, Page, Text
from ui.queries import page_queries
from ui.sections.area import alerts, alike, beside_alike, compare, notes, profile, why
from ui.state.filter_state import IgnoredCode
from ui.state.page_context import View
from ui.text import area_names, narrative

PARAM = "areas"
MOST = 4
LEADING = ("families_per_case_manager", "staffing_gap", "families_in_care", "provinces_over_norm")


def page(view: View) -> Page:
    """Give the page: the areas chosen, and their indicators."""
    codes = areas(view)
    return Page(
        key="area",
        title=t("page.area.title", view.lang),
        lead=_together(view, codes) if len(codes) > 1 else sentence(view),
        blocks=(choice(view, codes), *_body(view, codes)),
    )


def areas(view: View) -> tuple[str, ...]:
    """Give the areas to show: the one of the filters first, then those of the address.

    Codes that are no province or district, and those beyond the fourth, are noted as not used.
    """
    own = view.filters.narrowest if view.filters.province else None
    asked = [code for code in view.options.get(PARAM, "").split(",") if code]
    known = [code for code in asked if code in _area_codes()]
    codes = tuple(dict.fromkeys([*([own] if own else []), *known]))
    unused = [code for code in asked if code not in _area_codes()] + list(codes[MOST:])
    view.ignored_codes.extend(IgnoredCode(PARAM, code) for code in unused)
    return codes[:MOST]


def choice(view: View, codes: Sequence[str]) -> AreaChoice:
    """Give the search for areas, with those that are shown."""
    key = "more" if codes else "none"
    return AreaChoice(
        param=PARAM,
        label=t("page.area.choose", view.lang),
        options=_names(view.lang),
        now=tuple(codes),
        most=MOST,
        empty=t(f"page.area.choose_{key}", view.lang),
    )


def sentence(view: View) -> str:
    """Give the sentence on the area's caseload, by which everything else is read."""
    found = page_queries.figures(view, *LEADING)
    return narrative.caseload(found, view.filters, view.lang)


def _body(view: View, codes: Sequence[str]) -> Blocks:
    if len(codes) > 1:
        views = {code: replace(view, filters=view.filters.at(code)) for code in codes}
        return (compare.stages(views),)
    one = replace(view, filters=view.filters.at(codes[0])) if codes else view
    blocks: list[Block] = [
        profile.stages(one),
        *notes.blocks(one),
        *alerts.blocks(one),
        # Beside similar provinces stands a province alone: a country or region has none.
        *((beside_alike.table(one),) if beside_alike.has_neighbours(one) else ()),
        *alike.blocks(one),
    ]
    causes = why.blocks(one)
    blocks = [*causes, *blocks] if why.leads(view) else [*blocks, *causes]
    if not codes:
        blocks.insert(0, Text(t("page.area.none_chosen", view.lang), "notice"))
    return tuple(blocks)


def _together(view: View, codes: Sequence[str]) -> str:
    named = [area_names.full_name(code, view.lang) for code in codes]
    return t(
        "page.area.lead_together",
        view.lang,
        areas=t("tables.joint", view.lang).join(named),
        period=view.filters.period_text(view.lang),
    )


@lru_cache(maxsize=1)
def _area_codes() -> frozenset[str]:
    return frozenset(_codes())


def _codes() -> tuple[str, ...]:
    return (*levels.BY_NAME["province"].codes(), *levels.BY_NAME["district"].codes())


@lru_cache(maxsize=2)
def _names(lang: Lang) -> dict[str, str]:
    """Names by code: provinces first, then districts, both in the order of a Thai dictionary."""
    named = {code: area_names.name_with_province(code, lang) for code in _codes()}
    return dict(sorted(named.items(), key=_order))


def _order(entry: tuple[str, str]) -> tuple[bool, tuple[str, str]]:
    code, name = entry
    return registers.level_of(code) == "district", thai_sort_key(name)
