"""The page of volunteers (อพม.): how many for the households, who is active, what they do."""

from collections.abc import Sequence
from dataclasses import replace

from config.i18n import t
from data_access.breakdowns import ACTIVITY_STATES
from data_access.filters import BY_TARGET_GROUP
from data_access.indicators import registry
from ui.blocks import Blocks, Column, Columns, Figures, Lazy, List, Page
from ui.queries import page_queries
from ui.sections.shared import area_table, beside, cards, parts, programme_parts
from ui.sections.volunteers import counts, work
from ui.state.page_context import View
from ui.text import narrative_programmes, provenance
from ui.text.figures import Figure

DENSITY = "volunteers_per_1000_households"
HOUSEHOLDS = "households_per_volunteer"
ACTIVE = "active_volunteers"
DUTIES = "volunteer_duties"
FAMILIES = "families_per_volunteer"
FIGURES = (DENSITY, HOUSEHOLDS, ACTIVE, DUTIES)
NEEDS = ("province_statistics", "volunteer_activities", "awards", "published_figures")


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name."""
    return programme_parts.figures(view, *FIGURES)


def volunteers_on_register(view: View) -> int:
    """Count the volunteers registered on the day."""
    return programme_parts.whole(programme_parts.mine(view, "volunteer_registrations")) or 0


def states(view: View) -> dict[str, int | None]:
    """Give the volunteers of each state of activity; nothing where activities are not known."""
    counted = programme_parts.numerators(programme_parts.mine(view, "volunteer_states"))
    known = any(state in counted for state in ACTIVITY_STATES)
    return {state: counted.get(state, 0) for state in ACTIVITY_STATES} if known else {}


def page(view: View) -> Page:
    """Give the page: figures with their lists, density, activity, duties, levels, awards."""
    found, how_many = figures(view), volunteers_on_register(view)
    said = narrative_programmes.volunteers(found, how_many, states(view), view.filters, view.lang)
    return Page(
        key="volunteers",
        title=t("page.volunteers.title", view.lang),
        lead=said,
        blocks=(row(view, found), Lazy(lambda: charts(view)), *beside.below(view, "volunteers"))
        if how_many
        else parts.nothing_here(view),
    )


def row(view: View, figures: dict[str, Figure]) -> Figures:
    """Give the cards, and the areas behind each."""
    lists = {
        DENSITY: density_list,
        HOUSEHOLDS: density_list,
        ACTIVE: active_list,
        DUTIES: duty_list,
    }
    return cards.row(view, [figures[name] for name in FIGURES], lists)


def charts(view: View) -> Blocks:
    """Give density, activity, duties, levels, and the counts of single days kept apart."""
    left = (*counts.thinnest(view), *work.levels(view), *counts.awards(view))
    right = (
        *work.activity(view),
        *work.duties(view),
        counts.registrations(view),
        *counts.snapshots(view),
    )
    return (*programme_parts.say_missing(view, *NEEDS), Columns((left, right)))


def density_list(view: View) -> Blocks:
    """Give every area with its volunteers, its households, and both ratios beside each other."""
    names = (DENSITY, HOUSEHOLDS, FAMILIES, ACTIVE)
    # The ratios of one row are of the same people: families in care too are everybody's here.
    everybody = replace(view, filters=replace(view.filters, target_group=None))
    frames = {name: page_queries.areas(everybody, name) for name in names}
    first = area_table.rows(frames[DENSITY], view.lang)
    for name in names[1:]:
        values = frames[name].set_index("area_code")["value"]
        first[name] = first["area_code"].map(values).astype("Float64")
    volunteers = frames[ACTIVE].set_index("area_code")["denominator"]
    first["registered"] = first["area_code"].map(volunteers).astype("Int64")
    return (
        List(
            key="volunteers_density",
            title=t("page.volunteers.by_area", view.lang),
            frame=first.sort_values("value", na_position="last"),
            columns=_density_columns(view),
            provenance=provenance.lines(view, DENSITY),
            not_followed=page_queries.not_followed_text(view, *names, without=BY_TARGET_GROUP),
        ),
    )


def _density_columns(view: View) -> Sequence[Column]:
    def density_column(name: str, column: str, form: str) -> Column:
        unit = t(f"unit.{registry.get(name).unit}", view.lang)
        return Column(column, t(f"indicator.{name}.title", view.lang), form, help=unit)

    return [
        Column("area_code", t("column.code", view.lang)),
        Column("area", t("column.area", view.lang)),
        Column("registered", t("page.volunteers.registered", view.lang), "count"),
        density_column(DENSITY, "value", "per_1000"),
        density_column(HOUSEHOLDS, HOUSEHOLDS, "ratio"),
        density_column(FAMILIES, FAMILIES, "per_1000"),
        density_column(ACTIVE, ACTIVE, "percent"),
        Column("state", t("column.status", view.lang)),
    ]


def active_list(view: View) -> Blocks:
    """Give the areas by the share of volunteers who are active, lowest first."""
    return parts.area_list(
        view, ACTIVE, page_queries.areas(view, ACTIVE), key="volunteers_active", worst="low"
    )


def duty_list(view: View) -> Blocks:
    """Give the areas by logged activities, fewest first."""
    return parts.area_list(
        view, DUTIES, page_queries.areas(view, DUTIES), key="volunteers_duties", worst="low"
    )
