"""Staff of local government without a degree, by area: where nobody is trained, and the others."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from data_access.indicators import registry
from ui.blocks import Block, Blocks, Chart, Column, Group, Table, Text
from ui.charts import bars
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import area_table, company
from ui.state.page_context import View
from ui.text import provenance

ROLE = "lao_practitioner"
WITHOUT_DEGREE = "untrained_without_degree"


def areas(view: View) -> pd.DataFrame:
    """Give one row per area: staff without a degree, and those of them who were trained."""
    return page_queries.frame(
        view, WITHOUT_DEGREE, view.filters.query(view.filters.below, role=ROLE)
    )


def by_area(view: View) -> Blocks:
    """Give how many areas have nobody trained and which, then the others in order.

    A picture of zeros would say nothing.
    """
    frame = areas(view)
    nobody = (frame["numerator"] == 0) & (frame["denominator"].fillna(0) > 0)
    some = frame[frame["value"].fillna(0) > 0]
    if some.empty and not nobody.any():
        return (Text(t("page.lao.nothing_known", view.lang), "notice"),)
    blocks: list[Block] = []
    if nobody.any():
        blocks.append(_without(view, frame[nobody], int((frame["denominator"] > 0).sum())))
    if not some.empty:
        blocks.append(_with_some(view, some))
    return tuple(blocks)


def _without(view: View, nobody: pd.DataFrame, with_staff: int) -> Table:
    lang = view.lang
    people = nobody.sort_values(["denominator", "area_code"], ascending=[False, True])
    counts = {"n": numbers.count(len(nobody), lang), "all": numbers.count(with_staff, lang)}
    return Table(
        key="lao_nobody_trained",
        title=t(f"page.lao.nobody_{view.filters.below}", lang, **counts),
        frame=area_table.rows(people, lang),
        columns=[
            Column("area", t("column.area", lang)),
            Column("denominator", t("page.lao.without_degree", lang), "count"),
        ],
        provenance=provenance.lines(view, WITHOUT_DEGREE),
        caveat=t(f"indicator.{WITHOUT_DEGREE}.caveat", lang),
        not_followed=page_queries.not_followed_text(view, WITHOUT_DEGREE),
    )


def _with_some(view: View, some: pd.DataFrame) -> Group:
    unranked = "unranked_" if bars.no_order(some, registry.get(WITHOUT_DEGREE), view.lang) else ""
    shown = min(view.bars, len(some))
    against = company.comparison(view, WITHOUT_DEGREE, "lao_by_area", role=ROLE)
    chart = Chart(
        key="lao_by_area",
        title=t(f"page.lao.some_{unranked}{view.filters.below}", view.lang, n=shown),
        spec=lambda: _area_spec(view, against.mark),
        frame=area_table.rows(areas(view), view.lang),
        columns=area_table.columns(WITHOUT_DEGREE, view.lang),
        provenance=provenance.lines(view, WITHOUT_DEGREE),
        caveat=t(f"indicator.{WITHOUT_DEGREE}.caveat", view.lang),
        not_followed=page_queries.not_followed_text(view, WITHOUT_DEGREE),
    )
    return Group((against.choice, against.beside(chart)), "lao_by_area_ranked")


@cached_view
def _area_spec(view: View, mark: company.Mark) -> dict[str, Any]:
    frame = areas(view)
    some = frame[frame["value"].fillna(0) > 0]
    return bars.bar_ranking(
        company.rows_with_marks(view, WITHOUT_DEGREE, some, mark, role=ROLE),
        indicator=registry.get(WITHOUT_DEGREE),
        look=view.look,
        labels=company.labels(view, mark),
        ranking=bars.Ranking(limit=view.bars),
    )
