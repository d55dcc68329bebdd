"""PowerPoint's own charts from the rows of a block: bars for places and kinds, lines for time."""

from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.util import Emu

from config import formulas
from config.i18n import LANGS, Lang, t
from config.theme import LIGHT
from ui.blocks import Spec
from ui.render.grids import NUMBERS, Cell, Grid
from ui.render.parts import Part
from ui.render.pptx.drawn_numbers import drawn_numbers
from ui.render.pptx.slides import BODY, Deck, colour, set_font

MOST_BARS = 20  # more cannot be read from a chair
FEWEST_POINTS = 2
MOST_POINTS = 60
PLACES = 6  # a number of a picture went through a file format of its own
NAMES_WITH_ROOM = 12  # a name longer than this stands beside a bar, not below a column


@dataclass(frozen=True)
class Series:
    """One series: words on its axis, a number (or None) for each, and how it is written.

    `without_number` counts the rows that are hidden or have no data, `not_drawn` those that have a
    number and no room: a chart that leaves something out says so.
    """

    name: str
    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    form: str
    over_time: bool
    without_number: int = 0
    not_drawn: int = 0

    def left_out(self, lang: Lang) -> str:
        """Give the line on what the chart does not show; empty where it shows all."""
        counts = {"without": self.without_number, "beyond": self.not_drawn}
        lines = [t(f"export.chart.{key}", lang, n=n) for key, n in counts.items() if n]
        return t("tables.joint", lang).join(lines)


def series_of(part: Part) -> Series | None:
    """Give the numbers that a chart draws, over the words of their rows.

    None for a map, a chart of several series, a long list, rows whose words do not tell them apart,
    and where hardly any row has a number: a picture of the chart says more there.
    """
    grid = part.grid
    if part.spec is None or part.is_map or grid is None or len(grid.rows) < FEWEST_POINTS:
        return None
    first = next((x for x, head in enumerate(grid.heads) if head.form in NUMBERS), 0)
    at = _drawn_column(part.spec(), grid)
    if not first or at is None:
        return None
    over_time = grid.heads[0].label in [t("column.period", lang) for lang in LANGS]
    numbered = [row for row in grid.rows if row[at].number is not None]
    # Bars: the rows that have a number, in their order; only as many as can be read.
    rows = grid.rows if over_time else tuple(numbered[:MOST_BARS])
    labels = tuple(row[first - 1].text for row in rows)
    if len(rows) > MOST_POINTS or len(set(labels)) < len(labels):
        return None
    head = grid.heads[at]
    return Series(
        head.label,
        labels,
        tuple(_number(row[at]) for row in rows),
        head.form,
        over_time,
        without_number=len(grid.rows) - len(numbered),
        not_drawn=0 if over_time else len(numbered) - len(rows),
    )


def _drawn_column(spec: Spec, grid: Grid) -> int | None:
    """The column that holds the very numbers of the picture; a ranking may be drawn by a count
    though the first column is a share."""
    drawn = [round(number, PLACES) for number in drawn_numbers(spec)]
    for x, head in enumerate(grid.heads):
        held = [_number(row[x]) for row in grid.rows] if head.form in NUMBERS else []
        numbers = [round(number, PLACES) for number in held if number is not None]
        if (
            len(numbers) >= FEWEST_POINTS
            and len(drawn) <= len(numbers)
            and set(drawn) <= set(numbers)
        ):
            return x if len(drawn) >= FEWEST_POINTS else None
    return None


def _number(cell: Cell) -> float | None:
    return float(cell.number) if isinstance(cell.number, (int, float)) else None


def draw(deck: Deck, slide: Any, series: Series) -> None:
    """Put an editable chart on a slide."""
    data = CategoryChartData(number_format=_format(series.form))
    # The numbers stand in a workbook inside the slide, and words there must not run either.
    data.categories = [formulas.as_text(label) for label in series.labels]
    data.add_series(formulas.as_text(series.name), series.values)
    long = max(map(len, series.labels)) > NAMES_WITH_ROOM or len(series.labels) > NAMES_WITH_ROOM
    kind = XL_CHART_TYPE.BAR_CLUSTERED if long else XL_CHART_TYPE.COLUMN_CLUSTERED
    if series.over_time:
        kind = XL_CHART_TYPE.LINE_MARKERS
    chart = slide.shapes.add_chart(kind, *(Emu(x) for x in BODY), data).chart
    chart.has_legend = False
    chart.has_title = True
    chart.chart_title.include_in_layout = False
    run = chart.chart_title.text_frame.paragraphs[0].add_run()
    run.text = series.name
    set_font(run.font, deck.lang, size=14, ink=LIGHT.muted)
    size = 14 if len(series.labels) <= NAMES_WITH_ROOM else 11
    set_font(chart.font, deck.lang, size=size)
    _axes(chart, reverse=kind == XL_CHART_TYPE.BAR_CLUSTERED)
    _look(deck, chart, series, size)


def _axes(chart: Any, *, reverse: bool) -> None:
    # Bars are read from the top, as the table is.
    chart.category_axis.reverse_order = reverse
    chart.category_axis.format.line.color.rgb = colour(LIGHT.border)
    chart.category_axis.has_major_gridlines = False
    chart.value_axis.visible = not reverse
    chart.value_axis.has_major_gridlines = not reverse
    chart.value_axis.format.line.fill.background()
    chart.value_axis.major_gridlines.format.line.color.rgb = colour(LIGHT.grid)
    if reverse:
        chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0


def _look(deck: Deck, chart: Any, series: Series, size: float) -> None:
    plot = chart.plots[0]
    drawn = plot.series[0]
    if series.over_time:
        drawn.smooth = False
        drawn.format.line.color.rgb = colour(LIGHT.accent)
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = colour(LIGHT.accent)
        return
    plot.gap_width = 45
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = colour(LIGHT.accent)
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = _format(series.form), False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    set_font(labels.font, deck.lang, size=size, bold=True)


def _format(form: str) -> str:
    forms = {"ratio": '"1 : "#,##0.0', "count": "#,##0", "per_1000": "#,##0.00"}
    return forms.get(form, "#,##0.0")
