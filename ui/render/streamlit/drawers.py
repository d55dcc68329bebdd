"""Which function draws which kind of block on the screen."""

from collections.abc import Callable
from typing import Any

from ui import blocks
from ui.render.streamlit import (
    cards,
    charts,
    containers,
    controls,
    figure_table,
    forms,
    grouped_table,
    slides,
    tables,
    tallies,
    words,
)
from ui.render.streamlit.canvas import Canvas

DRAWERS: dict[type[blocks.Block], Callable[[Any, Canvas], None]] = {
    blocks.Text: words.text,
    blocks.Facts: words.facts,
    blocks.Figures: cards.figures,
    blocks.FigureTable: figure_table.figure_table,
    blocks.GroupedTable: grouped_table.grouped_table,
    blocks.Table: tables.table,
    blocks.List: tables.table,
    blocks.Tallies: tallies.tallies,
    blocks.Chart: charts.chart,
    blocks.Map: charts.map_,
    blocks.PointMap: charts.point_map,
    blocks.Frames: controls.frames,
    blocks.Choice: controls.choice,
    blocks.AreaChoice: controls.area_choice,
    blocks.Links: controls.links,
    blocks.Slides: slides.draw,
    blocks.Definitions: controls.definitions,
    blocks.Download: controls.download,
    blocks.Form: forms.form,
    blocks.Columns: containers.columns,
    blocks.Row: containers.row,
    blocks.Group: containers.group,
    blocks.Details: containers.details,
    blocks.Tabs: containers.tabs,
    blocks.Lazy: containers.lazy,
    blocks.Stages: containers.stages,
}
