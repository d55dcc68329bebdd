"""What every map of one indicator needs before it is drawn: rows, classes, legend, hover card."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from config.i18n import t
from data_access.statistics.intervals import ranks
from geo.classify import Classes
from ui.charts import base_spec
from ui.charts.indicator_frame import SHOWN, Drawable, onto_areas, unit_name
from ui.charts.look import Look
from ui.maps.base_map import NO_NOTES, Annotations, MapArea
from ui.maps.classes import Entry, classes_of, entries
from ui.maps.rows import hover, rows


@dataclass(frozen=True)
class Sheet:
    """The content of a map, the same for polygons, tiles and the zoomable explorer.

    `cells` has the indicator's cell of every area of the register, in its order, and `rows` what
    the map draws of it; `fields` are calculated in the browser, `card` are the lines of the hover
    card, `description` is for screen readers.
    """

    cells: pd.DataFrame
    rows: pd.DataFrame
    legend: list[Entry]
    fields: dict[str, str]
    card: list[alt.Tooltip]
    description: str
    look: Look

    def words_on(self) -> dict[str, str]:
        """Give the colour of words on each class."""
        return {e.code: base_spec.words_on(e.fill, self.look.theme) for e in self.legend}

    def stale(self) -> bool:
        """Tell whether any area's data is out of date."""
        return bool((self.rows["stale"] != "").any())

    def spec(
        self, chart: Any, height: int, sizes: Mapping[str, str] | None = None
    ) -> base_spec.Spec:
        """Give the finished spec of a chart over these rows; the rows are inside the chart."""
        return base_spec.chart_spec(
            chart,
            self.look,
            base_spec.Canvas(height, self.description),
            data={},
            sizes={**(sizes or {}), **base_spec.hidden_fill(self.look.theme)},
        )


def sheet(
    frame: pd.DataFrame,
    indicator: Drawable,
    look: Look,
    area: MapArea,
    *,
    classes: Classes | None = None,
    notes: Annotations = NO_NOTES,
) -> Sheet:
    """Give the content of a map: every area of it, with or without a number."""
    lang = look.lang
    cells = onto_areas(frame, area.codes())
    scale = classes or classes_of(cells["value"], indicator)
    area_rows = rows(cells, indicator, scale, ranks(cells, indicator), lang, notes)
    stale = int((area_rows["stale"] != "").sum())
    legend = entries(area_rows["k"], scale, indicator, lang, look.ink, stale)
    fields, card = hover(
        area_rows, indicator, lang, base=notes.base, target=notes.target, theme=look.theme
    )
    description = t(
        "chart.map.description",
        lang,
        what=t(f"chart.map.{area.level}s", lang),
        unit=unit_name(indicator, lang),
        shown=int((cells["status"] == SHOWN).sum()),
        total=len(cells),
        classes="; ".join(entry.label(lang) for entry in legend),
    )
    return Sheet(cells, area_rows, legend, fields, card, description, look)
