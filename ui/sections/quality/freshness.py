"""How old the data is, and which areas have sent nothing for months."""

from datetime import date

import pandas as pd

from config import numbers
from config.i18n import t
from config.thai_calendar import format_date, format_month
from config.thresholds import threshold, whole
from ui.blocks import Column, Table
from ui.charts.indicator_frame import day
from ui.queries import page_queries
from ui.state.page_context import View
from ui.text import area_names, provenance

AGE = "days_since_load"
FEW = 12  # rows that need no sorting are written out, every word of them


def today(view: View) -> date:
    """Give the day of the reader; the data's own day for a view that nobody looks at."""
    return view.today or view.filters.as_of


def silent(view: View) -> pd.DataFrame:
    """Give the silent districts of the chosen area, the longest silence first."""
    return page_queries.listing(view, "silent_areas", area="district")


def silent_table(view: View) -> Table:
    """Give the districts that have sent nothing for months, as a table."""
    lang, found = view.lang, silent(view)
    names = ("area", "latest_month", "months")
    return Table(
        key="quality_silent",
        title=t("page.quality.silent", lang, n=numbers.count(len(found), lang)),
        frame=pd.DataFrame(
            {
                "area": [area_names.name_with_province(code, lang) for code in found["area_code"]],
                "latest_month": [format_month(day(latest), lang) for latest in found["latest"]],
                "months": found["months"],
            },
            columns=list(names),
        ),
        columns=[
            Column("area", t("filter.district", lang)),
            Column("latest_month", t("page.quality.column.latest_month", lang)),
            Column("months", t("page.quality.column.silent_months", lang), "count"),
        ],
        provenance=provenance.lines(view),
        caveat=t("page.quality.silent_caveat", lang, months=_limit(), least=view.scope.hide_below),
        not_followed=page_queries.not_followed_text(view, "silent_areas"),
        empty=t("page.quality.nobody_silent", lang, months=_limit()),
        reading=len(found) <= FEW,
    )


def _limit() -> int:
    return whole("silent_months")


def ages(view: View) -> Table:
    """Give how old each province's newest record is, the oldest first and marked past the limit."""
    lang = view.lang
    found = page_queries.listing(view, "latest_records").set_index("province_code")["latest"]
    codes = dict.fromkeys(code[:2] for code in page_queries.areas(view, AGE)["area_code"])
    listed = [_age(view, code, found.get(code)) for code in codes]
    names = ("area", "latest", "days", "state")
    frame = pd.DataFrame(listed, columns=list(names)).astype({"days": "Int64"})
    return Table(
        key="quality_ages",
        title=t("page.quality.ages", lang),
        frame=frame.sort_values("days", ascending=False, na_position="first", kind="stable"),
        columns=[
            Column("area", t("filter.province", lang), width=120),
            Column("latest", t("page.quality.column.latest", lang), width=100),
            Column("days", t("page.quality.column.days", lang), "count", width=85),
            Column("state", t("tables.note", lang), width=150),
        ],
        provenance=provenance.lines(view, AGE),
        caveat=t("page.quality.ages_caveat", lang, date=format_date(today(view), lang)),
        not_followed=page_queries.not_followed_text(view, "latest_records"),
    )


def _age(view: View, code: str, latest: object) -> dict[str, object]:
    lang = view.lang
    name = area_names.short_name(code, lang)
    if latest is None or pd.isna(latest):
        none = t("page.quality.no_record", lang)
        return {"area": name, "latest": numbers.MISSING, "days": None, "state": none}
    days = (today(view) - day(latest)).days
    return {
        "area": name,
        "latest": format_date(day(latest), lang),
        "days": days,
        "state": old(view, days),
    }


def old(view: View, days: int) -> str:
    """Give the mark of data past the limit; empty where it is not."""
    limit = threshold("stale_days").value
    if days <= limit:
        return ""
    return t("page.quality.old", view.lang, days=numbers.count(int(limit), view.lang))
