"""What areas of a ranked picture are set against: similar provinces, the region, the country.

Every value comes through the door; what is hidden there has no mark here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

import pandas as pd

from data_access import neighbours
from data_access.indicators import registry
from data_access.indicators.kernel.query import Area
from data_access.small_base import large_enough
from geo import levels, registers
from ui.queries import page_queries
from ui.state.filter_state import COUNTRY
from ui.state.page_context import View

Mark = Literal["own", "neighbours", "region", "country"]


@dataclass(frozen=True)
class Against:
    """What each province is set against, by its code; provinces without such a value are not in it.

    `left_out` are neighbours whose value is not published, by province.
    """

    values: Mapping[str, float] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)

    def of(self, area: str) -> float | None:
        """Give the value for a province, or for a district that of its province."""
        return self.values.get(levels.area_at(area, "province") or "")


def similar(view: View) -> pd.DataFrame:
    """Give the neighbours of every province, nearest first."""
    return page_queries.whole(view, "similar_provinces")


def against(view: View, name: str, mark: Mark, role: str | None = None) -> Against:
    """Give what provinces are set against in an indicator, for the period and group chosen.

    `role` where the picture is of one role only.
    """
    if mark == "own":
        return Against()
    if mark == "neighbours":
        found = neighbours.medians(
            _all_areas(view, name, "province", role), registry.get(name), similar(view)
        )
        known = found[found["median"].notna()]
        return Against(
            dict(zip(known["province_code"], known["median"].astype(float), strict=True)),
            dict(zip(found["province_code"], found["left_out"], strict=True)),
        )
    rows = _all_areas(view, name, cast(Area, mark), role)
    good = rows[(rows["status"] == "shown") & large_enough(rows, registry.get(name))]
    values = dict(zip(good["area_code"], good["value"].astype(float), strict=True))
    homes = {p.code: COUNTRY if mark == "country" else p.region for p in registers.provinces()}
    return Against({code: values[home] for code, home in homes.items() if home in values})


def _all_areas(view: View, name: str, level: Area, role: str | None) -> pd.DataFrame:
    """All areas of a level, whichever is chosen; a total over a part of an area is none of them."""
    return page_queries.frame(view, name, view.filters.at(COUNTRY).query(level, role=role))
