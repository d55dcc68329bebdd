"""Two indicators at once: provinces in nine colours, a third of each for either of them."""

from typing import Any

import pandas as pd

from config.i18n import t
from data_access.indicators import registry
from ui.blocks import Blocks, Column, Definitions, Map, Text
from ui.maps import bivariate
from ui.maps.classes import words as class_words
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import area_table, map_frames
from ui.sections.shared.map_frames import EVERYWHERE, REAL
from ui.server import boundary_urls
from ui.state import filter_bar
from ui.state.page_context import View
from ui.text import provenance

SECOND = "follow_up_completion"
FIRST = "families_per_case_manager"
WORST = {"light": "dark_is_worse", "dark": "strong_is_worse"}
WORSE = {"across": "right", "up": "up"}  # where an axis of two indicators gets worse


def two(view: View, name: str, form: str) -> Blocks:
    """Give the map of an indicator and a second one, with the steps that its colours stand for.

    Provinces are tiles, or true to shape where `form` says so.
    """
    first, second = (FIRST, SECOND) if name in (FIRST, SECOND) else (name, SECOND)
    title = t(
        "page.map_compare.two",
        view.lang,
        first=t(f"indicator.{first}.title", view.lang),
        second=t(f"indicator.{second}.title", view.lang),
    )
    of_first, of_second = provenance.lines(view, first), provenance.lines(view, second)
    return (
        Text(title, "heading"),
        *(Text(_thirds(view, *axis)) for axis in ((first, "across"), (second, "up"))),
        Text(t(f"page.map_compare.{WORST[view.theme]}", view.lang)),
        Map(
            key="compare_two",
            spec=lambda: _two_spec(view, first, second, form),
            choose=filter_bar.go_to,
            state=f"two_{form}_{first}_{view.filters.narrowest}",
            frame=lambda: _both(view, first, second),
            size=len(map_frames.everywhere(view, first)),
            columns=[
                *area_table.columns(first, view.lang),
                Column("value_second", t(f"indicator.{second}.title", view.lang), "percent"),
            ],
            provenance=provenance.Lines([*of_first, *of_second[:1]], indicators=2),
            not_followed=page_queries.not_followed_text(view, first, second, without=EVERYWHERE),
        ),
        Definitions((first, second)),
    )


def _both(view: View, first: str, second: str) -> pd.DataFrame:
    rows = area_table.rows(map_frames.everywhere(view, second), view.lang)
    return area_table.rows(map_frames.everywhere(view, first), view.lang).merge(
        rows[["area_code", "value"]], on="area_code", suffixes=("", "_second")
    )


def _thirds(view: View, name: str, axis: str) -> str:
    """What the three steps of one axis of the key stand for."""
    item = registry.get(name)
    steps = bivariate.thirds(map_frames.everywhere(view, name)["value"], item)
    words = class_words(steps, str(item.unit), view.lang)
    if bivariate.good_is_high(item):
        words.reverse()
    neutral = str(item.direction) == "neutral"
    worse = "" if neutral else t(f"page.map_compare.worse_{WORSE[axis]}", view.lang)
    title = t(f"indicator.{name}.title", view.lang)
    return t(
        f"page.map_compare.steps_{axis}",
        view.lang,
        title=title,
        steps=" / ".join(words),
        worse=worse,
    ).rstrip()


@cached_view
def _two_spec(view: View, first: str, second: str, form: str) -> dict[str, Any]:
    across, up = (
        bivariate.Axis(
            map_frames.everywhere(view, name),
            registry.get(name),
            t(f"indicator.{name}.title", view.lang),
        )
        for name in (first, second)
    )
    return bivariate.bivariate(
        across,
        up,
        look=view.look,
        geometry=boundary_urls.source("province", view.data_dir) if form == REAL else None,
        borders=boundary_urls.borders(view.data_dir),
        selected=view.filters.province,
    )
