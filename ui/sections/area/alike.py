"""The provinces that are like the province of an area: how far each is, and by what numbers."""

from datetime import date
from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from config.neighbours import Variable, neighbour_rules
from config.thai_calendar import format_date, year_number
from data_access import filters
from data_access.filters import Filter
from ui.blocks import Blocks, Column, List, Text
from ui.queries import company, page_queries
from ui.state.page_context import View
from ui.text import area_names, provenance

ITS_PLACE = frozenset({Filter.REGION, Filter.PROVINCE})


def blocks(view: View) -> Blocks:
    """Give the list of similar provinces with its variables; nothing above a province."""
    province = view.filters.province
    if province is None:
        return ()
    lang, rules = view.lang, neighbour_rules()
    title = t("company.title", lang, area=area_names.full_name(province, lang))
    similar = company.similar(view)
    similar = similar[similar["province_code"] == province]
    if similar.empty:
        return (Text(title, "heading"), Text(t("company.unknown", lang), "notice"))
    said = []
    if similar["far"].all():
        nearest = _apart(float(similar["distance"].min()))
        words = {"distance": nearest, "far": _apart(rules.far)}
        area = area_names.full_name(province, lang)
        said.append(Text(t("company.far_all", lang, area=area, **words), "notice"))
    rows = _rows(view, province, similar)
    beside = [one for one in filters.filters_of(view.filters.query()) if one not in ITS_PLACE]
    return (
        *said,
        List(
            key="similar_provinces",
            title=title,
            frame=rows,
            size=len(rows),
            columns=_columns(view),
            provenance=provenance.lines(view),
            note=_lead(view),
            caveat=_sources(view),
            not_followed=filters.not_followed_text(beside, lang),
        ),
    )


def _columns(view: View) -> list[Column]:
    lang = view.lang
    named = {name: t(f"company.column.{name}", lang) for name in ("place", "area", "distance")}
    return [
        Column("place", named["place"], "count"),
        Column("area", named["area"]),
        Column("distance", named["distance"], "decimal"),
        *[Column(one.name, one.title(lang), _form(one)) for one in neighbour_rules().variables],
        Column("basis", t("company.column.basis", lang)),
        Column("state", t("company.column.state", lang)),
    ]


def _form(one: Variable) -> str:
    """Whole numbers where values differ by multiples; elsewhere a decimal says something."""
    return "count" if one.scale == "log" else "decimal"


def _rows(view: View, province: str, similar: pd.DataFrame) -> pd.DataFrame:
    """The province itself first, with its own numbers; then its neighbours, nearest first."""
    known = page_queries.whole(view, "neighbour_variables")
    values = known.pivot(index="province_code", columns="variable", values="value")
    own = [(pd.NA, province, pd.NA, False)]
    others = similar[["place", "neighbour_code", "distance", "far"]].itertuples(index=False)
    rows = [
        _row(view, one, values, known[known["province_code"] == one[1]]) for one in [*own, *others]
    ]
    frame = pd.DataFrame(rows).astype({"place": "Int64", "distance": "Float64"})
    whole = [one.name for one in neighbour_rules().variables if _form(one) == "count"]
    return frame.astype(dict.fromkeys(whole, "Int64"))


def _row(view: View, one: Any, values: pd.DataFrame, facts: pd.DataFrame) -> dict[str, object]:
    place, code, distance, far = one
    lang, name = view.lang, area_names.short_name(str(code), view.lang)
    own = numbers.is_missing(place)
    numbers_of = {
        each.name: round(float(values.loc[code, each.name]), 0 if _form(each) == "count" else 2)
        for each in neighbour_rules().variables
    }
    return {
        "place": place,
        "area": t("company.own", lang, area=name) if own else name,
        "distance": distance,
        **numbers_of,
        "basis": _basis(view, facts),
        "state": t("company.far", lang, far=_apart(neighbour_rules().far)) if far else "",
    }


def _basis(view: View, facts: pd.DataFrame) -> str:
    """The year and source that the data give for a province's own row."""
    known = facts.dropna(subset=["year"]).head(1)
    said = [
        t(
            "company.basis",
            view.lang,
            basis=row.basis or numbers.MISSING,
            year=year_number(date(int(row.year), 12, 31), view.lang),
        )
        for row in known.itertuples()
    ]
    return "".join(said)


def _lead(view: View) -> str:
    rules, lang = neighbour_rules(), view.lang
    named = t("tables.joint", lang).join(one.title(lang) for one in rules.variables)
    return t("company.lead", lang, count=len(rules.variables), variables=named)


def _sources(view: View) -> str:
    lang, said = view.lang, []
    for one in neighbour_rules().variables:
        words = {"title": one.title(lang), "source": one.source(lang)}
        day = format_date(one.as_of, lang) if one.as_of else ""
        key = "source_on" if day else "source"
        said.append(t(f"company.{key}", lang, date=day, **words))
    return t("tables.joint", lang).join(said)


def _apart(distance: float) -> str:
    return numbers.decimal(distance)
