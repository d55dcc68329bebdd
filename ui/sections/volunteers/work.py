"""What volunteers do: who is active, which duties, on which level."""

from typing import Any

import pandas as pd

from config.i18n import t
from config.thresholds import threshold
from data_access.breakdowns import ACTIVITY_STATES
from data_access.indicators import registry
from data_access.schema.codes import CODES
from ui.blocks import Blocks, Chart
from ui.charts import bars, stacked_bars
from ui.charts.stacked_bars import Part
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import programme_parts
from ui.state.page_context import View
from ui.text import provenance

ACTIVE = "active_volunteers"
DUTIES = "volunteer_duties"
TABLE = "volunteer_activities"
STATE_TONES = {"still": "first", "newly": "second", "stopped": "third", "not_seen": "fourth"}


def activity(view: View) -> Blocks:
    """Give who was active in the last window, the one before, both or neither."""
    if programme_parts.missing(view, TABLE):
        return ()
    days = int(threshold("active_days").value)
    frame = _states(view)
    return (
        Chart(
            key="volunteers_activity",
            title=t("page.volunteers.activity", view.lang, days=days),
            spec=lambda: _activity_spec(view),
            frame=programme_parts.twin_rows(frame, _state_names(view), view),
            columns=programme_parts.twin_columns(
                view, t("page.volunteers.state", view.lang), t("unit.people", view.lang)
            ),
            provenance=provenance.lines(view, ACTIVE),
            not_followed=page_queries.not_followed_text(view, "volunteer_states"),
            caveat=t("page.volunteers.activity_caveat", view.lang, days=days, both=2 * days),
        ),
    )


def _states(view: View) -> pd.DataFrame:
    frame = programme_parts.mine(view, "volunteer_states").set_index("group")
    present = [state for state in ACTIVITY_STATES if state in frame.index]
    return frame.loc[present].reset_index()


def _state_names(view: View) -> dict[str, str]:
    return programme_parts.code_names(view, "page.volunteers.states", ACTIVITY_STATES)


@cached_view
def _activity_spec(view: View) -> dict[str, Any]:
    names = _state_names(view)
    drawn = [Part(state, names[state], STATE_TONES[state]) for state in ACTIVITY_STATES]
    label = t("page.volunteers.registered", view.lang)
    bar = programme_parts.bar_of(view, _states(view), label, "people")
    return stacked_bars.shares([bar], drawn, lang=view.lang, theme=view.theme, unit="people")


def levels(view: View) -> Blocks:
    """Give the active share of each level, with how many are registered on it."""
    if programme_parts.missing(view, TABLE):
        return ()
    frame = _levels(view)
    names = programme_parts.code_names(view, "code.level", CODES["level"])
    return (
        Chart(
            key="volunteers_levels",
            title=t("page.volunteers.levels", view.lang),
            spec=lambda: _level_spec(view),
            frame=programme_parts.twin_rows(frame, names, view),
            columns=programme_parts.twin_columns(
                view, t("page.volunteers.level", view.lang), t("page.volunteers.active", view.lang)
            ),
            provenance=provenance.lines(view, ACTIVE),
            not_followed=page_queries.not_followed_text(view, ACTIVE),
            caveat=t(f"indicator.{ACTIVE}.caveat", view.lang),
        ),
    )


def _levels(view: View) -> pd.DataFrame:
    return page_queries.frame(view, ACTIVE, view.filters.query(breakdown="level"))


@cached_view
def _level_spec(view: View) -> dict[str, Any]:
    names = programme_parts.code_names(view, "code.level", CODES["level"])
    drawn = [
        Part("active", t("page.volunteers.active", view.lang), "main"),
        Part("other", t("page.volunteers.not_active", view.lang), "rest"),
    ]
    held = []
    for code, rows in _levels(view).groupby("group", sort=False):
        bar = programme_parts.bar_of(view, rows, names.get(str(code), ""), "people")
        active = rows["numerator"].iloc[0]
        if bar.whole:
            split = {"active": int(active), "other": bar.whole - int(active)}
            bar = stacked_bars.Bar(bar.label, bar.note, bar.whole, split)
        held.append(bar)
    return stacked_bars.shares(held, drawn, lang=view.lang, theme=view.theme, unit="people")


def duties(view: View) -> Blocks:
    """Give logged activities by duty."""
    if programme_parts.missing(view, TABLE):
        return ()
    frame = programme_parts.mine(view, DUTIES, "duty")
    return (
        Chart(
            key="volunteers_by_duty",
            title=t("page.volunteers.duties", view.lang),
            spec=lambda: _duty_spec(view),
            frame=programme_parts.twin_rows(frame, _duty_names(view), view),
            columns=[
                column
                for column in programme_parts.twin_columns(
                    view, t("page.volunteers.duty", view.lang), t("unit.activities", view.lang)
                )
                if column.name not in ("denominator", "value")
            ],
            provenance=provenance.lines(view, DUTIES),
            not_followed=page_queries.not_followed_text(view, DUTIES),
            caveat=t(f"indicator.{DUTIES}.caveat", view.lang),
        ),
    )


def _duty_names(view: View) -> dict[str, str]:
    return programme_parts.code_names(view, "code.duty", CODES["duty"])


@cached_view
def _duty_spec(view: View) -> dict[str, Any]:
    return bars.bar_ranking(
        programme_parts.mine(view, DUTIES, "duty"),
        indicator=registry.get(DUTIES),
        look=view.look,
        labels=bars.Labels(_duty_names(view)),
    )
