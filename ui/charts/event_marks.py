"""Events on a trend: an upright line each with its number above the plot; words stand below.

A number fits a telephone where words would lie on lines or on each other. The unit of the axis
stands above the plot at the left: a number that would come near it stands a row higher. Where an
event breaks the series no line is drawn across it.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from config.events import Event
from config.i18n import t
from config.thai_calendar import format_date
from config.theme import Theme
from ui.charts import base_spec
from ui.charts.indicator_frame import records
from ui.charts.look import Look

NARROWEST_PLOT = 240  # pixels: on a telephone
_CHARACTER, _BESIDE = 7, 18
_LOW, _HIGH, _TOP = -14, -36, 12
_RADIUS = 8


@dataclass(frozen=True)
class EventMark:
    """One number above a trend: where it stands (periods are 0, 1, 2 …), and its events."""

    number: int
    at: float
    events: tuple[Event, ...]

    @property
    def breaks(self) -> bool:
        """Whether values before and after it cannot be compared."""
        return any(one.breaks_series for one in self.events)

    def words(self, look: Look) -> str:
        """Give what the number stands for, "1 = 29 ต.ค. 2568 …"."""
        said = [
            t(
                "events.event",
                look.lang,
                date=format_date(one.on, look.lang),
                what=one.text(look.lang),
            )
            for one in self.events
        ]
        joined = t("tables.joint", look.lang).join(said)
        return t("events.mark", look.lang, number=self.number, what=joined)


def marks(events: Sequence[Event], starts: Sequence[date]) -> tuple[EventMark, ...]:
    """Give the marks of events on a trend of whole months, quarters or years (their first days, in
    order and without a gap).

    A period's point stands in its middle. Events less than a period apart share a mark; what lies
    before the first point or after the last one has none.
    """
    placed: list[tuple[float, list[Event]]] = []
    for one in sorted(events, key=lambda event: event.on):
        at = _place(one.on, starts)
        if not 0 <= at <= len(starts) - 1:
            continue
        if placed and at - placed[-1][0] < 1:
            placed[-1][1].append(one)
        else:
            placed.append((at, [one]))
    return tuple(EventMark(n, at, tuple(of)) for n, (at, of) in enumerate(placed, start=1))


def _place(day: date, starts: Sequence[date]) -> float:
    if not starts:
        return -1
    length = _months(starts[0], starts[1]) if len(starts) > 1 else 1
    months_on = _months(starts[0], day) + (day.day - 1) / 31
    return round(months_on / length - 0.5, 3)


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def with_marks(
    spec: base_spec.Spec, event_marks: Sequence[EventMark], look: Look
) -> base_spec.Spec:
    """Give the spec of a trend with its marks behind the lines; the same one where there are
    none."""
    if not event_marks or "layer" not in spec:
        return spec
    ink = look.ink
    last = max(_positions(spec), default=1) or 1
    title = _title_pixels(spec)
    rows = pd.DataFrame([
        {
            "at": one.at,
            "number": str(one.number),
            "event": one.words(look),
            "raised": one.at / last * NARROWEST_PLOT < title + _BESIDE,
        }
        for one in event_marks
    ])  # fmt: skip
    data = alt.Chart(alt.NamedData("events"))
    x = alt.X("at:Q", title=None)
    rule = data.mark_rule(color=ink.muted, strokeDash=[2, 3], strokeWidth=1.2, aria=False)
    numbers = _numbers(data, x, look.ink)
    said = " ".join([spec["description"], *(one.words(look) for one in event_marks)])
    layers = [base_spec.silent(base_spec.layer(part)) for part in (rule.encode(x=x), *numbers)]
    spec = _in_pieces(spec, [one.at for one in event_marks if one.breaks])
    return {
        **spec,
        "layer": [layers[0], *spec["layer"], *layers[1:]],
        "datasets": {**spec["datasets"], "events": records(rows)},
        # Numbers above the plot make room for themselves, so less has to be left empty.
        "padding": {**spec["padding"], "top": _TOP},
        "description": said,
    }


def _in_pieces(spec: base_spec.Spec, breaks: Sequence[float]) -> base_spec.Spec:
    """The spec with its lines in pieces, none of which crosses a break."""
    if not breaks:
        return spec
    rows = [
        {**row, "piece": sum(at <= row["at"] for at in breaks)} for row in spec["datasets"]["rows"]
    ]
    pieces = {"detail": {"field": "piece", "type": "nominal"}}
    layers = [
        {**part, "encoding": {**part["encoding"], **pieces}} if _is_line(part) else part
        for part in spec["layer"]
    ]
    return {**spec, "layer": layers, "datasets": {**spec["datasets"], "rows": rows}}


def _is_line(part: base_spec.Spec) -> bool:
    mark = part.get("mark")
    return isinstance(mark, dict) and mark.get("type") == "line"


def _numbers(data: alt.Chart, x: alt.X, ink: Theme) -> list[alt.Chart]:
    """The numbers in their rings, those near the unit a row higher."""
    circle: dict[str, Any] = {
        "size": (2 * _RADIUS) ** 2,
        "opacity": 1,
        "filled": True,
        "aria": False,
    }
    numbers: list[alt.Chart] = []
    for raised, y in ((True, _HIGH), (False, _LOW)):
        mine = data.transform_filter(f"datum.raised === {str(raised).lower()}")
        ring = mine.mark_point(fill=ink.background, stroke=ink.muted, strokeWidth=1, **circle)
        words = mine.mark_text(color=ink.text, fontSize=base_spec.LABEL - 1, baseline="middle")
        tooltip = [alt.Tooltip("event:N", title="title")]
        numbers += [
            ring.encode(x=x, y=alt.YValue(y), tooltip=tooltip),
            words.encode(x=x, y=alt.YValue(y), text=alt.Text("number:N")),
        ]
    return numbers


def _positions(spec: base_spec.Spec) -> list[float]:
    return [float(row["at"]) for row in spec["datasets"]["rows"]]


def _title_pixels(spec: base_spec.Spec) -> int:
    """How wide the unit above the axis is at most."""
    titles = [part.get("encoding", {}).get("y", {}).get("title") or "" for part in spec["layer"]]
    # Thai vowels and tone marks above and below a letter take no width.
    widths = [sum(unicodedata.category(c) != "Mn" for c in title) for title in titles]
    return max(widths, default=0) * _CHARACTER
