"""Putting finished charts on a page: heading, picture, caveat and table twin."""

import csv
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from config.i18n import t
from ui.render.streamlit import layout, menu, tables
from ui.render.streamlit.tables import Column
from ui.state import url_state
from ui.state.page_context import View

Spec = Mapping[str, Any]


def heading(text: str) -> None:
    """Draw the heading of one part of a page."""
    st.subheader(text, anchor=False)


def chart(spec: Spec, key: str) -> None:
    """Draw a Vega-Lite spec as it is: its colours and fonts are our own, not Streamlit's."""
    st.vega_lite_chart(dict(spec), theme=None, key=key)


def block(
    view: View,
    *,
    key: str,
    title: str,
    spec: Spec,
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    columns: Sequence[Column],
    provenance: Sequence[str],
    caveat: str | None = None,
    note: str | None = None,
    rows: int | None = None,
) -> None:
    """Draw one chart with its heading, what was left out of it, its caveat and its table twin.

    `frame` and `rows` are as in `tables.twin`.
    """
    with st.container(key=f"block_{key}"):
        heading(title)
        chart(spec, f"chart_{key}")
        for words in (note, caveat):
            if words:
                layout.caption(words)
        tables.twin(frame, columns, lang=view.lang, key=key, provenance=provenance, rows=rows)
        definition_link(view, getattr(provenance, "about", None))


def definition_link(view: View, name: str | None, *, titled: bool = False) -> None:
    """Draw the link to an indicator's definition; nothing where a chart is about none.

    `titled` names the indicator in the link, for a chart that is about more than one.
    """
    if name is None:
        return
    codes = {**url_state.codes(), "indicator": name}
    label = t("page.indicators.link", view.lang)
    if titled:
        title = t(f"indicator.{name}.title", view.lang)
        label = t("page.indicators.link_to", view.lang, title=title)
    menu.link("indicators", view.lang, codes, label=label)


def without_csv(spec: Any) -> Any:
    """Give the same spec with rows written as CSV turned into rows as objects.

    Vega reads CSV by making a function from text, which the content policy of
    `ui.server.security_headers` forbids: the map would stay empty.
    """
    if isinstance(spec, Mapping):
        if isinstance(spec.get("values"), str) and "format" in spec:
            parse = spec["format"].get("parse", {})
            others = {key: part for key, part in spec.items() if key not in ("values", "format")}
            return {**others, "values": _rows(spec["values"], parse)}
        return {key: without_csv(part) for key, part in spec.items()}
    if isinstance(spec, list):
        return [without_csv(part) for part in spec]
    return spec


def _rows(text: str, parse: Mapping[str, str]) -> list[dict[str, Any]]:
    numbers = {name for name, kind in parse.items() if kind == "number"}
    return [
        # A number that is not there is left out. Words stay: what is not there is no empty word.
        {
            name: _number(cell) if name in numbers else cell
            for name, cell in row.items()
            if cell or name not in numbers
        }
        for row in csv.DictReader(text.splitlines())
    ]


def _number(cell: str) -> float | int:
    number = float(cell)
    return int(number) if number.is_integer() else number
