"""What lies ahead: open cases and case managers needed in twelve months, with how far such
estimates were off. About areas, never about a person."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from config.thai_calendar import format_month
from data_access.indicators.definitions import caseload, families
from ui.blocks import Block, Blocks, Chart, Column, Details, List, Page, Text
from ui.charts import fan
from ui.charts.indicator_frame import day
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.state.page_context import View
from ui.text import area_names, messages, provenance

LISTING, ERRORS = "ahead", "ahead_errors"
PUBLIC_LEVEL = "public_level"
ABOUT = families.FAMILIES_IN_CARE.name
EDGES = ("low_95", "low_80", "high_80", "high_95")
COUNTS = ("now", "then", "need", "managers")
COLUMNS = ("now", "then", "between", "need", "managers", "error", "no_change")


def page(view: View) -> Page:
    """Give the page: the estimate in a sentence, its picture, the provinces with their errors."""
    rows, areas = page_queries.listing(view, LISTING), page_queries.listing(view, ERRORS)
    own = areas.iloc[0]
    return Page(
        key="ahead",
        title=t("page.ahead.title", view.lang),
        lead=lead(view, rows, own),
        blocks=(
            *_picture(view, rows, own),
            *_provinces(view, areas),
            Details(t("ahead.method", view.lang), "ahead_method", lambda: _method(view), True),
        ),
    )


def lead(view: View, rows: pd.DataFrame, own: Any) -> str:
    """Give what is expected of the area in twelve months, or why nothing is said of it."""
    lang, area = view.lang, _area(str(own["area_code"]), view)
    if own["withheld"]:
        errors = {"error": _decimal(own["error"]), "no_change": _decimal(own["no_change"])}
        return t(f"ahead.lead.{own['withheld']}", lang, area=area, **errors)
    month = {n: _month(rows, n, view) for n in (0, 12)}
    return t(
        "ahead.lead.shown",
        lang,
        area=area,
        month=month[12],
        month_now=month[0],
        managers=numbers.count(own["managers"], lang),
        error=_decimal(own["error"]),
        no_change=_decimal(own["no_change"]),
        **{name: _count(own[name], view) for name in ("now", "then", "low_80", "high_80")},
        **{name: _count(own[name], view) for name in ("need", "need_low", "need_high")},
    )


def _picture(view: View, rows: pd.DataFrame, own: Any) -> Blocks:
    if rows.empty:
        return ()
    area = _area(str(own["area_code"]), view)
    key = "past_title" if own["withheld"] else "title"
    return (
        Chart(
            key="ahead_fan",
            title=t(f"ahead.{key}", view.lang, area=area),
            spec=lambda: _spec(view),
            frame=lambda: _month_rows(view, rows),
            size=len(rows),
            columns=_month_columns(view),
            provenance=provenance.lines(view, near=ABOUT),
            caveat=t("ahead.caveat", view.lang),
            not_followed=page_queries.not_followed_text(view, LISTING),
        ),
    )


@cached_view
def _spec(view: View) -> dict[str, Any]:
    return fan.fan(page_queries.listing(view, LISTING), look=view.look)


def _month_rows(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    whole = {name: _whole(rows[name]) for name in ("open_cases", *EDGES, "families")}
    coming = rows["ahead"] > 0
    return rows.assign(
        period=[format_month(day(x), view.lang) for x in rows["month_end"]],
        kind=[t(f"ahead.kind.{'estimate' if one else 'record'}", view.lang) for one in coming],
        **whole,
    )


def _month_columns(view: View) -> list[Column]:
    counted = ("open_cases", *EDGES, "families", "need", "need_low", "need_high")
    return [
        Column("period", t("column.period", view.lang)),
        Column("kind", t("ahead.column.kind", view.lang)),
        *[Column(name, t(f"ahead.column.{name}", view.lang), "count") for name in counted],
    ]


def _provinces(view: View, areas: pd.DataFrame) -> Blocks:
    """The provinces that may be shown, those first that lack most case managers."""
    inside = areas.iloc[1:]
    if inside.empty:
        return ()
    known = inside[inside["withheld"] != PUBLIC_LEVEL]
    rows = _in_order(known)
    notes = []
    if len(known) < len(inside):
        n = numbers.count(len(inside) - len(known), view.lang)
        notes.append(t("ahead.not_own", view.lang, n=n))
    if withheld := int((known["withheld"] != "").sum()):
        notes.append(t("ahead.withheld", view.lang, n=numbers.count(withheld, view.lang)))
    return (
        List(
            key="ahead_provinces",
            title=t("ahead.provinces", view.lang),
            note=t("tables.joint", view.lang).join(notes),
            frame=lambda: _area_rows(view, rows),
            size=len(rows),
            columns=_area_columns(view),
            provenance=provenance.lines(view, near=ABOUT),
            caveat=t("ahead.errors_caveat", view.lang),
            not_followed=page_queries.not_followed_text(view, ERRORS),
            empty=messages.nothing_to_list(view.lang),
        ),
    )


def _in_order(areas: pd.DataFrame) -> pd.DataFrame:
    lacking = (areas["need"] - areas["managers"].fillna(0)).fillna(-10_000)
    keyed = areas.assign(lacking=lacking)
    ordered = keyed.sort_values(["lacking", "area_code"], ascending=[False, True])
    return ordered.drop(columns="lacking").reset_index(drop=True)


def _area_rows(view: View, areas: pd.DataFrame) -> pd.DataFrame:
    lang = view.lang
    return areas.assign(
        area=[area_names.short_name(str(code), lang) for code in areas["area_code"]],
        between=[_between(row, view) for row in areas.itertuples()],
        state=[t(f"ahead.state.{why}", lang) if why else "" for why in areas["withheld"]],
        **{name: _whole(areas[name]) for name in COUNTS},
    )


def _area_columns(view: View) -> list[Column]:
    lang = view.lang
    return [
        Column("area", t("filter.province", lang)),
        *[Column(name, t(f"ahead.column.{name}", lang), _form(name)) for name in COLUMNS],
        Column("state", t("tables.note", lang)),
    ]


def _form(name: str) -> str:
    if name in COUNTS:
        return "count"
    return "text" if name == "between" else "decimal"


def _between(row: Any, view: View) -> str:
    if row.withheld:
        return ""
    edges = {"low": _count(row.low_80, view), "high": _count(row.high_80, view)}
    return t("ahead.between", view.lang, **edges)


def _method(view: View) -> Blocks:
    lines = [
        t(f"ahead.how.{step}", view.lang, norm=caseload.norm())
        for step in ("stock", "closing", "need", "interval", "test", "person")
    ]
    shown: list[Block] = [Text("\n".join(lines), "bullets")]
    if said := page_queries.nothing_followed_text(view):
        shown.append(Text(said))
    return tuple(shown)


def _area(code: str, view: View) -> str:
    return area_names.in_sentence(code, view.lang)


def _month(rows: pd.DataFrame, ahead: int, view: View) -> str:
    end = rows.loc[rows["ahead"] == ahead, "month_end"].iloc[0]
    return format_month(day(end), view.lang, "long")


def _whole(values: pd.Series) -> pd.Series:
    return values.astype("Float64").round().astype("Int64")


def _count(x: Any, view: View) -> str:
    return numbers.count(None if numbers.is_missing(x) else round(float(x)), view.lang)


def _decimal(x: Any) -> str:
    return numbers.decimal(None if numbers.is_missing(x) else float(x))
