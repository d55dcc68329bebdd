"""What a page is made of: frozen blocks that say what is shown, in which order, and draw nothing.

A section gives blocks; `ui.render` turns the same blocks into a screen, text, and files. That is
why a number is the same in all of them. Whatever costs time (a spec, a table, the blocks of a fold)
may be a function without arguments: a renderer calls it only where it shows it.
"""

from ui.blocks.containers import Columns, Details, Group, Lazy, Row, Stages, Tabs
from ui.blocks.content import (
    Block,
    Blocks,
    Cell,
    Chart,
    Content,
    Facts,
    Figures,
    FigureTable,
    GroupedTable,
    List,
    Map,
    PointMap,
    Spec,
    Table,
    Tabular,
    Tallies,
    Text,
)
from ui.blocks.controls import AreaChoice, Choice, Definitions, Download, Frames, Links, Slides
from ui.blocks.forms import Answer, Field, Form
from ui.blocks.page import Page
from ui.blocks.table_columns import Column

__all__ = [
    "Answer",
    "Field",
    "Form",
    "AreaChoice",
    "Block",
    "Blocks",
    "Cell",
    "Chart",
    "Choice",
    "Column",
    "Columns",
    "Content",
    "Definitions",
    "Details",
    "Download",
    "Facts",
    "FigureTable",
    "Figures",
    "Frames",
    "Group",
    "GroupedTable",
    "Lazy",
    "Links",
    "List",
    "Map",
    "Page",
    "PointMap",
    "Row",
    "Slides",
    "Spec",
    "Stages",
    "Table",
    "Tabs",
    "Tabular",
    "Tallies",
    "Text",
]
