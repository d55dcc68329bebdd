"""The follow-up page: what can still be done on open cases, what was due and done, who is late."""

from typing import Any

import pandas as pd

from config.bands import parts_of_joined
from config.i18n import t
from ui.blocks import Blocks, Chart, Column, Columns, Figures, FigureTable, Lazy, Page, Text
from ui.charts import ageing
from ui.queries import changes, page_queries
from ui.queries.page_queries import cached_view
from ui.sections.follow_up import work_lists
from ui.sections.shared import area_lists, area_table, beside, cards, parts
from ui.state.page_context import View
from ui.text import messages, narrative, provenance
from ui.text.figures import Figure

LATE = "follow_up_overdue"
AGE_BAND = "age_band"
SILENT = "no_contact_90_days"
WITHOUT = "cases_without_next_follow_up"
COMPLETION = "follow_up_completion"
IN_TIME = "follow_up_on_time"
LEFT_AT_CLOSURE = "follow_ups_left_at_closure"
FIGURES = (LATE, SILENT, WITHOUT, COMPLETION, IN_TIME)


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name."""
    return page_queries.figures(view, *FIGURES, LEFT_AT_CLOSURE)


def is_empty(figures: dict[str, Figure]) -> bool:
    """Tell whether nothing was due, nothing waits and no case is open."""
    return all(figures[name].status == "no_data" for name in FIGURES)


def nothing_due(figures: dict[str, Figure]) -> bool:
    """Tell whether no follow-up was due in the period, though there may be open cases."""
    return figures[COMPLETION].status == "no_data"


def page(view: View) -> Page:
    """Give the page: figures with their lists, months, what waits by age, areas in order, lists."""
    found = figures(view)
    return Page(
        key="follow_up",
        title=t("page.follow_up.title", view.lang),
        lead=narrative.follow_up(found, view.filters, view.lang),
        blocks=parts.nothing_here(view) if is_empty(found) else _blocks(view, found),
    )


def _blocks(view: View, figures: dict[str, Figure]) -> Blocks:
    said = messages.nothing_due(view.filters, view.lang)
    return (
        *([Text(said, "notice")] if nothing_due(figures) else []),
        row(view, figures),
        Lazy(lambda: charts(view, figures)),
        Lazy(lambda: work_lists.tabs(view)),
        left_at_closure(view, figures),
        *beside.below(view, "follow_up"),
    )


def row(view: View, figures: dict[str, Figure]) -> Figures:
    """Give the cards, what can be acted on first; completion always stands beside the cases that
    nobody plans to visit."""
    lists = {
        LATE: late_list,
        SILENT: silent_list,
        WITHOUT: without_list,
        COMPLETION: area_lists.done_list,
        IN_TIME: in_time_list,
    }
    return cards.row(view, [figures[name] for name in FIGURES], lists)


def charts(view: View, figures: dict[str, Figure]) -> Blocks:
    """Give what is overdue by age and area, who is out of contact, and the months."""
    target = figures[COMPLETION].line
    months = parts.Series((COMPLETION, IN_TIME), target, 300)
    over_time = parts.over_time(view, months, key="follow_up_months")
    title = {name: parts.list_title(view, name) for name in (LATE, SILENT, COMPLETION)}
    late = parts.area_ranking(view, LATE, key="follow_up_late_by_area", title=title[LATE])
    silent = parts.area_ranking(view, SILENT, key="follow_up_silent_by_area", title=title[SILENT])
    done = parts.area_ranking(
        view, COMPLETION, key="follow_up_by_area", target=target, title=title[COMPLETION]
    )
    # What fails may be one sentence: it stands last, where it leaves no hole.
    return (Columns(((_by_age(view), silent), (late, over_time, done))),)


def left_at_closure(view: View, figures: dict[str, Figure]) -> FigureTable:
    """Give what cases left undone when they were closed: nobody can do it any more."""
    shown = [figures[LEFT_AT_CLOSURE]]
    return FigureTable(
        key="follow_up_left_at_closure",
        title=t("page.follow_up.left", view.lang),
        parts={"": shown},
        histories=lambda: changes.with_changes(view, shown),
        waits=not changes.known(view, shown),
        full=True,
        caption=t(f"indicator.{LEFT_AT_CLOSURE}.caveat", view.lang),
        not_followed_by=cards.not_followed(view, shown),
    )


def _age_rows(view: View) -> pd.DataFrame:
    return page_queries.frame(view, LATE, view.filters.query(breakdown=AGE_BAND))


def _by_age(view: View) -> Chart:
    frame = _age_rows(view)
    bands = frame[frame["group"].str.match(r"\d")]
    words = [ageing.band_words(band, view.lang) for band in bands["group"]]
    return Chart(
        key="follow_up_by_age",
        title=t("page.follow_up.by_age", view.lang),
        spec=lambda: _age_spec(view),
        frame=lambda: area_table.rows(bands, view.lang).assign(words=words),
        size=len(bands),
        columns=[
            Column("words", t("page.follow_up.column.days_late", view.lang)),
            Column("numerator", t("unit.items", view.lang), "count"),
            Column("state", t("tables.note", view.lang)),
        ],
        provenance=provenance.lines(view, LATE),
        note=_joined_bands(view, bands),
        caveat=t("page.follow_up.by_age_caveat", view.lang),
        not_followed=page_queries.not_followed_text(view, LATE),
    )


def _joined_bands(view: View, rows: pd.DataFrame) -> str:
    """Give which bands are joined for the public level; empty where every one stands alone."""
    found = [b for b in dict.fromkeys(rows["group"]) if b in parts_of_joined(AGE_BAND)]
    words = t("tables.joint", view.lang).join(ageing.band_words(b, view.lang) for b in found)
    return t("bands.joined", view.lang, bands=words) if found else ""


@cached_view
def _age_spec(view: View) -> dict[str, Any]:
    return ageing.bands(_age_rows(view), lang=view.lang, theme=view.theme)


def in_time_list(view: View) -> Blocks:
    """Give the areas by the share of follow-ups done on time, lowest first."""
    frame = page_queries.areas(view, IN_TIME)
    return parts.area_list(view, IN_TIME, frame, key="follow_up_in_time", worst="low")


def without_list(view: View) -> Blocks:
    """Give the areas with open cases that have no next follow-up."""
    return _some(view, WITHOUT, "follow_up_without_next")


def silent_list(view: View) -> Blocks:
    """Give the areas with open cases out of contact."""
    return _some(view, SILENT, "follow_up_silent_areas")


def _some(view: View, name: str, key: str) -> Blocks:
    frame = page_queries.areas(view, name)
    some = (frame["numerator"].fillna(0) > 0) | (frame["status"] == "hidden")
    return parts.area_list(view, name, frame[some], key=key)


def late_list(view: View) -> Blocks:
    """Give the overdue follow-ups themselves, the newest first, by pseudonym."""
    return work_lists.rows(view, "overdue")
