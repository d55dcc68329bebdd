"""Blocks that hold others: columns, rows, folds and tabs."""

from datetime import timedelta
from functools import partial
from typing import Any

import streamlit as st

from ui.blocks import Columns, Details, Group, Lazy, Row, Stages, Tabs
from ui.render.streamlit.canvas import Canvas
from ui.state import url_state

LOOK_AGAIN = timedelta(seconds=3)


def columns(block: Columns, canvas: Canvas) -> None:
    """Draw blocks side by side; below each other where there is no room."""
    widths = list(block.widths) or len(block.cells)
    for place, cell in zip(st.columns(widths, gap="large"), block.cells, strict=True):
        with place:
            canvas.draw(cell)


def row(block: Row, canvas: Canvas) -> None:
    """Draw small blocks in one line."""
    with st.container(horizontal=True, vertical_alignment="bottom", key=block.key):
        canvas.draw(block.blocks)


def group(block: Group, canvas: Canvas) -> None:
    """Draw blocks in a container of their own."""
    with st.container(key=block.key):
        canvas.draw(block.blocks)


def details(block: Details, canvas: Canvas) -> None:
    """Draw a fold; what is in it is made once it is open."""
    fold = st.expander(block.label, key=block.key, on_change="ignore" if block.always else "rerun")
    if block.always or fold.open:
        with fold:
            canvas.draw(block.blocks())


def tabs(block: Tabs, canvas: Canvas) -> None:
    """Draw tabs, one of which is open; the choice goes to the address bar."""
    codes = list(block.labels)
    key = f"tabs_{block.param}"
    opened = st.tabs(
        list(block.labels.values()),
        default=block.labels[block.now],
        key=key,
        on_change=partial(_on_open, block, key),
    )
    with opened[codes.index(block.now)]:
        canvas.draw(block.blocks[block.now]())


def _on_open(block: Tabs, key: str) -> None:
    codes = {label: code for code, label in block.labels.items()}
    url_state.keep_option(block.param, codes[st.session_state[key]], next(iter(block.labels)))


def lazy(block: Lazy, canvas: Canvas) -> None:
    """Draw blocks that are made now."""
    canvas.draw(block.blocks())


def stages(block: Stages, canvas: Canvas) -> None:
    """Draw the first stage now and the others, in the same place, when the rest is there."""
    place = st.empty()
    if block.ready():
        _stage(block, -1, canvas, place)
        return
    _stage(block, 0, canvas, place)
    last = len(block.stages) - (1 if block.ask is None else 2)
    for at in range(1, last + 1):
        canvas.later.append(partial(_stage, block, at, canvas, place))
    if block.ask is not None:
        canvas.later.append(partial(_wait, block))


def _stage(block: Stages, at: int, canvas: Canvas, place: Any) -> None:
    blocks = block.stages[at]()
    with place.container():
        canvas.draw(blocks)


def _wait(block: Stages) -> None:
    """Have the rest worked out, and look from time to time whether it is there."""
    if block.ask is not None:
        block.ask()
    st.fragment(_look, run_every=LOOK_AGAIN)(block)


def _look(block: Stages) -> None:
    if block.ready():
        st.rerun()
