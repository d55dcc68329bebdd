"""What every map of one indicator needs before it is drawn: rows, classes, legend, hover card."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import pandas as pd

from config.i18n import Lang, t
from data_access.statistics.intervals import ranks
from geo import registers
from geo.classify import Classes, Mode
from ui.charts import base_spec
from ui.charts.indicator_frame import SHOWN, Drawable, onto_areas, unit_name
from ui.maps.classes import Entry, classes_of, entries
from ui.maps.rows import hover, rows

Level = Literal["province", "district"]


@dataclass(frozen=True)
class Sheet:
    """The prepared content of a map, the same for polygons, tiles and the zoomable explorer.

    `made` has one row per area of the register, in its order; `fields` are calculated in the
    browser, `card` are the lines of the hover card, `said` is for screen readers.
    """

    found: pd.DataFrame
    made: pd.DataFrame
    classes: Classes
    legend: list[Entry]
    fields: dict[str, str]
    card: list[alt.Tooltip]
    said: str
    lang: Lang
    theme: str

    def words_on(self) -> dict[str, str]:
        """Give the colour of words on each class."""
        return {entry.code: base_spec.words_on(entry.fill, self.theme) for entry in self.legend}

    def stale(self) -> bool:
        """Tell whether any area's data is out of date."""
        return bool((self.made["stale"] != "").any())

    def drawn(
        self, chart: Any, height: int, sizes: Mapping[str, str] | None = None
    ) -> base_spec.Spec:
        """Give the finished spec of a chart over these rows; the rows are inside the chart."""
        return base_spec.drawn(
            chart,
            data={},
            height=height,
            description=self.said,
            theme=self.theme,
            lang=self.lang,
            sizes={**(sizes or {}), **base_spec.hidden_fill(self.theme)},
        )


@dataclass(frozen=True)
class Beside:
    """What stands beside the value on a map: target, base of provinces, stale areas, trends."""

    target: float | None = None
    base: int | None = None
    stale: Collection[str] = ()
    trends: Mapping[str, str] | None = None


def sheet(
    frame: pd.DataFrame,
    indicator: Drawable,
    lang: Lang,
    theme: str,
    *,
    level: Level = "province",
    within: str | None = None,
    mode: Mode = "readable",
    classes: Classes | None = None,
    beside: Beside = Beside(),  # frozen, so one instance serves all calls
) -> Sheet:
    """Give the content of a map: every area of the level, with or without a number."""
    found = onto_areas(frame, area_codes(level, within))
    held = classes or classes_of(found["value"], indicator, mode)
    stale = set(beside.stale) & set(found["area_code"])
    placed = ranks(found, indicator)
    made = rows(found, indicator, held, placed, lang, stale=stale, lines=beside.trends)
    ink = base_spec.colours(theme)
    legend = entries(made["k"], held, indicator, lang, ink, len(stale))
    fields, card = hover(made, indicator, lang, base=beside.base, target=beside.target, theme=theme)
    said = t(
        "chart.map.description",
        lang,
        what=t(f"chart.map.{level}s", lang),
        unit=unit_name(indicator, lang),
        shown=int((found["status"] == SHOWN).sum()),
        total=len(found),
        classes="; ".join(entry.label(lang) for entry in legend),
    )
    return Sheet(found, made, held, legend, fields, card, said, lang, theme)


def area_codes(level: Level, within: str | None = None) -> list[str]:
    """Give the codes of all areas of a level, in the country, a region or a province."""
    if within is None or within == registers.COUNTRY:
        listed = registers.provinces() if level == "province" else registers.districts()
        return [area.code for area in listed]
    if within in registers.REGIONS:
        inside = [p.code for p in registers.provinces_of(within)]
        if level == "province":
            return inside
        return [d.code for d in registers.districts() if d.province_code in set(inside)]
    if level == "province":
        return [registers.province(within).code]
    return [d.code for d in registers.districts_of(within)]
