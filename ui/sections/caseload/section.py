"""The caseload page: families per case manager against 1:10, who is over it, who is missing."""

from typing import Any

from config.i18n import t
from config.thresholds import threshold
from ui.blocks import Blocks, Chart, Column, Columns, Figures, Lazy, List, Page
from ui.charts import distribution
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import area_lists, beside, cards, parts
from ui.state.page_context import View
from ui.text import area_names, messages, narrative, provenance
from ui.text.figures import Figure

RATIO = "families_per_case_manager"
PROVINCES = "provinces_over_norm"
GAP = "staffing_gap"
MANAGERS = "case_managers_over_norm"
UNASSIGNED_FAMILIES = "unassigned_families"
FIGURES = (RATIO, PROVINCES, GAP, MANAGERS, UNASSIGNED_FAMILIES)


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name, with a target group chosen its families too."""
    return page_queries.figures(view, *dict.fromkeys([*cards.for_group(view, FIGURES), *FIGURES]))


def is_empty(figures: dict[str, Figure]) -> bool:
    """Tell whether there is neither a family nor a case manager to speak of."""
    ratio = figures.get(cards.GROUP, figures[RATIO])
    return ratio.status == "no_data" and not ratio.numerator and not ratio.denominator


def page(view: View) -> Page:
    """Give the page: figures with their lists, areas against the norm, bands, months."""
    found = figures(view)
    empty = is_empty(found)
    return Page(
        key="caseload",
        title=t("page.caseload.title", view.lang),
        lead=narrative.caseload(found, view.filters, view.lang),
        blocks=parts.nothing_here(view)
        if empty
        else (
            row(view, found),
            Lazy(lambda: charts(view, found)),
            *beside.below(view, "caseload"),
        ),
    )


def row(view: View, figures: dict[str, Figure]) -> Figures:
    """Give the cards; within one province the count of provinces says nothing and is left out.

    Case managers are not divided by target group: a group's families stand before the ratio then.
    """
    narrow = view.filters.level in ("province", "district")
    names = cards.for_group(view, FIGURES)
    shown = [figures[name] for name in names if not (narrow and name == PROVINCES)]
    lists = {
        RATIO: area_lists.ratio_list,
        cards.GROUP: area_lists.group_list,
        PROVINCES: area_lists.over_list,
        GAP: gap_list,
        MANAGERS: manager_list,
        UNASSIGNED_FAMILIES: unassigned_list,
    }
    return cards.row(view, shown, {f.name: lists[f.name] for f in shown})


def charts(view: View, figures: dict[str, Figure]) -> Blocks:
    """Give the areas against the norm, how work is spread over people, and the ratio over time;
    with a target group chosen, its families stand in the place of the ratio."""
    name = cards.for_group(view, [RATIO])[0]
    norm = figures[name].line
    title = "" if name == RATIO else parts.list_title(view, name)
    by_area = parts.area_ranking(view, name, key="caseload_by_area", target=norm, title=title)
    months = parts.Series((name,), norm, 230)
    over_time = parts.over_time(view, months, key="caseload_over_time", title=title)
    return (Columns(((by_area,), (_bands(view), over_time))),)


def _bands(view: View) -> Chart:
    frame = page_queries.listing(view, "load_bands")
    words = [
        t("chart.load_bands.band", view.lang, band=band.replace("-", "–")) for band in frame["band"]
    ]
    return Chart(
        key="caseload_bands",
        title=t("page.caseload.bands", view.lang),
        spec=lambda: _band_spec(view),
        frame=frame.assign(words=words),
        columns=[
            Column("words", t("page.caseload.band", view.lang)),
            Column("case_managers", t("code.role.case_manager", view.lang), "count"),
        ],
        provenance=provenance.lines(view, near="case_managers_over_norm"),
        not_followed=page_queries.not_followed_text(view, "load_bands"),
        caveat=t("page.caseload.bands_caveat", view.lang),
    )


@cached_view
def _band_spec(view: View) -> dict[str, Any]:
    frame = page_queries.listing(view, "load_bands")
    return distribution.load_bands(frame, lang=view.lang, theme=view.theme, height=250)


def gap_list(view: View) -> Blocks:
    """Give the areas that lack case managers, with how many."""
    frame = page_queries.areas(view, GAP)
    lacking = frame[frame["numerator"].fillna(0) > 0]
    return parts.area_list(view, GAP, lacking, key="caseload_gap")


def unassigned_list(view: View) -> Blocks:
    """Give the areas with families that nobody is assigned to; small counts stay hidden."""
    frame = page_queries.areas(view, UNASSIGNED_FAMILIES)
    waiting = (frame["numerator"].fillna(0) > 0) | (frame["status"] == "hidden")
    return parts.area_list(view, UNASSIGNED_FAMILIES, frame[waiting], key="caseload_unassigned")


def manager_list(view: View) -> Blocks:
    """Give the case managers with more families than the norm, by pseudonym."""
    frame = page_queries.listing(view, "case_manager_loads")
    over = frame[frame["families"] > threshold("caseload_norm").value]
    named = [area_names.short_name(code, view.lang) for code in over["province_code"]]
    return (
        List(
            key="case_managers_over",
            title=parts.list_title(view, MANAGERS),
            frame=over.assign(area=named),
            columns=[
                Column("worker_id", t("page.caseload.worker", view.lang)),
                Column("area", t("filter.province", view.lang)),
                Column("families", t("unit.families", view.lang), "count"),
            ],
            provenance=provenance.lines(view, MANAGERS),
            not_followed=page_queries.not_followed_text(view, "case_manager_loads"),
            empty=messages.nothing_to_list(view.lang),
        ),
    )
