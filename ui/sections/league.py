"""The provinces in order, each with what chance allows to be said of it."""

import pandas as pd

from config.i18n import t
from data_access.indicators import registry
from data_access.indicators.definition import Direction
from ui import area_table, draw, provenance, tables
from ui.charts import funnel
from ui.charts.intervals import is_share
from ui.sections import province_map
from ui.tables import Column
from ui.view import View


def judged(view: View, name: str) -> pd.DataFrame:
    """Give the provinces with what can be said of each against the country."""
    return funnel.verdicts(province_map.frame(view, name), indicator=registry.get(name))


def draw_table(view: View, name: str) -> None:
    """Draw the provinces in order, with what can be said of each against the country."""
    draw.heading(t("page.map_compare.league", view.lang))
    frame = province_map.frame(view, name)
    rows = area_table.rows(frame, view.lang)
    columns = area_table.columns(name, view.lang)
    if is_share(registry.get(name)):
        said = judged(view, name).set_index("area_code")["verdict"]
        rows["verdict"] = [
            t(f"page.map_compare.verdict.{said[code]}", view.lang) if code in said.index else ""
            for code in rows["area_code"]
        ]
        columns = [*columns, Column("verdict", t("page.map_compare.verdict.label", view.lang))]
    worst_low = registry.get(name).direction is Direction.HIGHER_IS_BETTER
    rows = rows.sort_values("value", ascending=worst_low, na_position="last")
    tables.table(
        rows,
        columns,
        lang=view.lang,
        key=f"league_{name}",
        provenance=provenance.lines(view, name),
    )
