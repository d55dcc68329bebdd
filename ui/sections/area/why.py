"""Why one figure of the area moved since the period before: in words, and as a waterfall."""

from functools import partial

import pandas as pd

from config.i18n import t
from data_access import explain_words
from data_access.explain import Explanation
from ui.blocks import Blocks, Chart, Choice, Column, Text
from ui.charts import waterfall
from ui.charts.base_spec import Spec
from ui.queries import explanations
from ui.state.page_context import View
from ui.text import provenance

PARAM, NONE = "why", "none"
PLACE, TOP = "place", "top"
COLUMNS = ("cause", "added", "removed", "change")


def blocks(view: View) -> Blocks:
    """Give the choice of a figure and, of the one chosen, what moved it; asked only then."""
    names = explanations.names()
    chosen = view.option(PARAM, (NONE, *names), NONE)
    options = {NONE: t("explain.choose", view.lang)}
    options |= {name: t(f"indicator.{name}.title", view.lang) for name in names}
    choice = Choice(
        param=PARAM,
        label=t("explain.label", view.lang),
        options=options,
        now=chosen,
        usual=NONE,
        form="list",
    )
    heading = Text(t("explain.title", view.lang), "heading")
    return (heading, choice, *(() if chosen == NONE else _answer(view, chosen)))


def leads(view: View) -> bool:
    """Tell whether the explanation stands first on its page: whoever asked for it by a link."""
    return view.option(PLACE, (TOP,), "") == TOP


def _answer(view: View, name: str) -> Blocks:
    reading = explanations.since_period_before(view, name)
    if reading.explanation is None:
        words = t(f"explain.not.{reading.refusal}", view.lang, name=name)
        return (Text(words, "notice"),)
    lines = explain_words.sentences(reading.explanation, reading.start, reading.end, view.lang)
    charts = [
        _chart(view, reading, part)
        for part, rows in reading.explanation.frame.groupby("part", sort=False)
        if (rows["status"] == "shown").all() and _ends(reading.explanation, str(part))
    ]
    return (Text("\n".join(lines), "bullets"), *charts)


def _ends(explanation: Explanation, part: object) -> tuple[int, int] | None:
    first, last = (getattr(one, str(part)) for one in (explanation.start, explanation.end))
    return None if first is None or last is None else (first, last)


def _chart(view: View, reading: explanations.Reading, part: object) -> Chart:
    rows = reading.explanation.frame if reading.explanation else pd.DataFrame()
    rows = rows[rows["part"] == part]
    what = t(f"indicator.{reading.end.name}.{part}", view.lang)
    listed = [
        Column(one, t(f"explain.column.{one}", view.lang), "text" if one == "cause" else "count")
        for one in COLUMNS
    ]
    named = rows.assign(cause=[explain_words.cause_text(one, view.lang) for one in rows["cause"]])
    return Chart(
        key=f"why_{part}",
        title=f"{t(f'cli.column.{part}', view.lang)} · {what}",
        spec=partial(_spec, view, reading, part),
        frame=named[list(COLUMNS)],
        columns=listed,
        provenance=provenance.lines(view, reading.end.name),
    )


def _spec(view: View, reading: explanations.Reading, part: object) -> Spec:
    explanation = reading.explanation
    ends = _ends(explanation, part) if explanation else None
    first, last = ends or (0, 0)
    rows = explanation.frame if explanation else pd.DataFrame()
    steps = [
        waterfall.Step(
            explain_words.cause_text(row.cause, view.lang), int(row.added), int(row.removed)
        )
        for row in rows[rows["part"] == part].itertuples()
    ]
    words = [
        explain_words.end_text(one, other, view.lang)
        for one, other in ((reading.start, reading.end), (reading.end, reading.start))
    ]
    return waterfall.waterfall((words[0], first), (words[1], last), steps, view.look)
