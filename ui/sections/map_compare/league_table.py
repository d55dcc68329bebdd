"""The provinces in order, each with what chance allows to be said of it."""

from typing import Any

import pandas as pd

from config.i18n import t
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Direction
from data_access.statistics.funnel import verdicts
from data_access.statistics.intervals import has_chance, is_share
from ui.blocks import Blocks, Chart, Column, Columns, Table, Text
from ui.charts import funnel
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import area_table, company, map_frames
from ui.state.filter_state import COUNTRY
from ui.state.page_context import View
from ui.text import area_names, provenance

HALF = 400  # pixels that half a page leaves for the plot


def verdict_rows(view: View, name: str) -> pd.DataFrame:
    """Give the provinces with what can be said of each against the average of all shown."""
    return verdicts(map_frames.provinces(view, name), indicator=registry.get(name))


def average(view: View) -> str:
    """Give what provinces are set against, in words: the country's average, or a region's."""
    code = map_frames.around(view)
    level = "country" if code == COUNTRY else "region"
    return t(
        f"page.map_compare.average_{level}", view.lang, area=area_names.full_name(code, view.lang)
    )


def table_and_plot(view: View, name: str, picture: str) -> Blocks:
    """Give the provinces in order, and beside them the funnel plot where it is no picture yet.

    Side by side they say which places in the order are more than chance.
    """
    if not has_chance(registry.get(name)) or picture == "funnel":
        return _table(view, name)
    return (Columns((_table(view, name), funnel_plot(view, name, HALF))),)


def funnel_plot(view: View, name: str, across: int = funnel.ACROSS) -> Blocks:
    """Give each province's value against its size, with the limits of chance.

    Names are left out where they would lie on each other in so many pixels.
    """
    if not has_chance(registry.get(name)):
        return (Text(t("page.map_compare.no_funnel", view.lang), "notice"),)
    kind = "share" if is_share(registry.get(name)) else "ratio"
    return (
        Chart(
            key=f"funnel_{name}",
            title=t("page.map_compare.funnel", view.lang),
            spec=lambda: _funnel_spec(view, name, across),
            provenance=provenance.lines(view, name),
            caveat=_funnel_caveat(view, name, kind),
            not_followed=_not_followed(view, name),
        ),
    )


def _not_followed(view: View, name: str) -> str:
    return page_queries.not_followed_text(view, name, without=map_frames.left_out(view))


def _funnel_caveat(view: View, name: str, kind: str) -> str:
    """What the lines are, and how much the provinces differ beyond chance."""
    provinces = map_frames.provinces(view, name)
    lines = (
        t(f"page.map_compare.funnel_caveat_{kind}", view.lang, average=average(view)),
        funnel.dispersion_text(provinces, registry.get(name), view.lang),
    )
    return t("tables.joint", view.lang).join(lines)


@cached_view
def _funnel_spec(view: View, name: str, across: int) -> dict[str, Any]:
    return funnel.plot(
        map_frames.provinces(view, name),
        indicator=registry.get(name),
        look=view.look,
        across=across,
    )


def _table(view: View, name: str) -> Blocks:
    frame = map_frames.provinces(view, name)
    rows = area_table.rows(frame, view.lang)
    columns = area_table.columns(name, view.lang)
    if has_chance(registry.get(name)):
        said = verdict_rows(view, name).set_index("area_code")["verdict"]
        rows["verdict"] = [
            t(f"page.map_compare.verdict.{said[code]}", view.lang) if code in said.index else ""
            for code in rows["area_code"]
        ]
        label = t("page.map_compare.verdict.label", view.lang, average=average(view))
        verdict = Column("verdict", label)
        # Beside the plot there is room for four columns: what can be said stands next to the value.
        columns = [*columns[1:3], verdict, *columns[3:]]
    worst_low = registry.get(name).direction is Direction.HIGHER_IS_BETTER
    against = company.comparison(view, name, "league")
    table = Table(
        key=f"league_{name}",
        title=t("page.map_compare.league", view.lang),
        frame=rows.sort_values("value", ascending=worst_low, na_position="last"),
        columns=columns,
        provenance=provenance.lines(view, name),
        not_followed=_not_followed(view, name),
    )
    return against.choice, against.beside(table)
