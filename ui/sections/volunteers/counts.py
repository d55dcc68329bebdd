"""Counts of volunteers: where they are few, new and existing, awards, and published snapshots."""

from typing import Any

import pandas as pd

from config.i18n import has, t
from config.thai_calendar import FiscalYear, Span, fiscal_year_of, format_month, year_number
from data_access.breakdowns import REGISTRATIONS
from data_access.indicators import registry
from data_access.indicators.kernel.query import Query
from ui.blocks import Blocks, Chart, Column, Group
from ui.charts import bars, columns
from ui.charts import snapshots as single_days
from ui.charts.indicator_frame import day
from ui.charts.stacked_bars import Bar, Part
from ui.queries import page_queries, query_cache
from ui.queries.page_queries import cached_view
from ui.sections.shared import area_table, company, programme_parts
from ui.state.page_context import View
from ui.text import provenance

DENSITY = "volunteers_per_1000_households"
ACTIVE = "active_volunteers"
AWARDS = "volunteer_awards"
MOST_YEARS = 6
AWARD_TONES = ("first", "second", "third", "fourth")


def thinnest(view: View) -> Blocks:
    """Give the areas with the fewest volunteers for their households.

    Households are known by province: within one, the districts with the least activity instead.
    """
    by_households = view.filters.below == "province"
    name = DENSITY if by_households else ACTIVE
    table = "province_statistics" if by_households else "volunteer_activities"
    if programme_parts.missing(view, table):
        return ()
    frame = _thinnest(view, name)
    against = company.comparison(view, name, "volunteers_thinnest")
    chart = Chart(
        key="volunteers_thinnest",
        title=t(f"page.volunteers.thinnest_{view.filters.below}", view.lang, n=len(frame)),
        spec=lambda: _thinnest_spec(view, name, against.mark),
        frame=area_table.rows(page_queries.areas(view, name).sort_values("value"), view.lang),
        columns=area_table.columns(name, view.lang),
        provenance=provenance.lines(view, name),
        not_followed=page_queries.not_followed_text(view, name),
        caveat=t(f"indicator.{name}.caveat", view.lang),
    )
    return (Group((against.choice, against.beside(chart)), "volunteers_thinnest_ranked"),)


def _thinnest(view: View, name: str) -> pd.DataFrame:
    frame = page_queries.areas(view, name)
    return frame.sort_values(["value", "area_code"], na_position="last").head(view.bars)


@cached_view
def _thinnest_spec(view: View, name: str, mark: company.Mark) -> dict[str, Any]:
    return bars.bar_ranking(
        company.rows_with_marks(view, name, _thinnest(view, name), mark),
        indicator=programme_parts.LowestFirst(name, str(registry.get(name).unit)),
        look=view.look,
        labels=company.labels(view, mark),
    )


def registrations(view: View) -> Chart:
    """Give volunteers at the end of each fiscal year: there before it, and new in it."""
    frame = _by_year(view, "volunteer_registrations")
    names = programme_parts.code_names(view, "page.volunteers.registration", REGISTRATIONS)
    return Chart(
        key="volunteers_registrations",
        title=t("page.volunteers.registrations", view.lang),
        spec=lambda: _registration_spec(view),
        frame=_year_rows(view, frame, names),
        columns=_year_columns(view, "page.volunteers.kind"),
        provenance=provenance.lines(view, near="volunteers_per_1000_households"),
        not_followed=page_queries.not_followed_text(view, "volunteer_registrations"),
        caveat=t("page.volunteers.registrations_caveat", view.lang),
    )


@cached_view
def _registration_spec(view: View) -> dict[str, Any]:
    names = programme_parts.code_names(view, "page.volunteers.registration", REGISTRATIONS)
    drawn = [Part("existing", names["existing"], "third"), Part("new", names["new"], "main")]
    frame = _by_year(view, "volunteer_registrations")
    return columns.stacked_columns(
        _year_bars(view, frame, programme_parts.whole),
        drawn,
        lang=view.lang,
        theme=view.theme,
        unit="people",
    )


def awards(view: View) -> Blocks:
    """Give awards by fiscal year and kind."""
    if programme_parts.missing(view, "awards"):
        return ()
    frame = _by_year(view, AWARDS)
    return (
        Chart(
            key="volunteers_awards",
            title=t("page.volunteers.awards", view.lang),
            spec=lambda: _award_spec(view),
            frame=_year_rows(view, frame, _award_names(view, frame)),
            columns=_year_columns(view, "page.volunteers.award_kind"),
            provenance=provenance.lines(view, AWARDS),
            not_followed=page_queries.not_followed_text(view, AWARDS),
            caveat=t(f"indicator.{AWARDS}.caveat", view.lang),
        ),
    )


@cached_view
def _award_spec(view: View) -> dict[str, Any]:
    frame = _by_year(view, AWARDS)
    names = _award_names(view, frame)
    drawn = [Part(c, names[c], AWARD_TONES[n % 4]) for n, c in enumerate(names)]
    held = _year_bars(view, frame, _awards_of_year)
    return columns.stacked_columns(
        held, drawn, lang=view.lang, theme=view.theme, height=260, unit="awards"
    )


def _awards_of_year(rows: pd.DataFrame) -> int | None:
    """The awards of a year; None where a kind of them is hidden: the rest is not their number."""
    if (rows["status"] == "hidden").any():
        return None
    return int(rows["numerator"].fillna(0).sum())


def _award_names(view: View, frame: pd.DataFrame) -> dict[str, str]:
    codes = [code for code in dict.fromkeys(frame["group"]) if code]
    # What an award is called is the sender's own text; the two official ones have words here.
    keys = {code: f"page.volunteers.award.{code}" for code in codes}
    return {code: t(key, view.lang) if has(key) else code for code, key in keys.items()}


def _by_year(view: View, name: str) -> pd.DataFrame:
    years = query_cache.fiscal_years(view.scope, view.snapshot)
    first = max(view.filters.year.be - MOST_YEARS + 1, years[-1])
    span = Span(FiscalYear(first).start, view.filters.span.end)
    group = "award" if name == AWARDS else None
    query = view.filters.query(over="fiscal_year", breakdown=group, span=span)
    if name == AWARDS:
        frame = page_queries.frame(view, name, query)
        given = frame.loc[frame["numerator"].fillna(0) > 0, "period_end"]
        # Years before the first award on record are not years without awards.
        return frame[frame["period_end"] >= given.min()] if len(given) else frame.head(0)
    return query_cache.breakdown(name, query, view.scope, view.snapshot)


def _year_bars(view: View, frame: pd.DataFrame, total: Any) -> list[Bar]:
    partly = t("chart.parts.partly_hidden", view.lang)
    return [
        Bar(
            _year(view, end),
            "",
            total(rows),
            programme_parts.numerators(rows),
            partly if total(rows) is None else "",
        )
        for end, rows in frame.groupby("period_end", sort=True)
    ]


def _year(view: View, end: Any) -> str:
    be = fiscal_year_of(day(end))
    return str(year_number(be.end, view.lang))


def _year_rows(view: View, frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    rows = programme_parts.twin_rows(frame, names, view)
    return rows.assign(year=[_year(view, end) for end in frame["period_end"]])


def _year_columns(view: View, heading: str) -> list[Column]:
    return [
        Column("year", t("filter.fiscal_year", view.lang)),
        Column("name", t(heading, view.lang)),
        Column("numerator", t("unit.count", view.lang), "count"),
    ]


def snapshots(view: View) -> Blocks:
    """Give the nation's counts of single days, published and our own, apart from each other."""
    if programme_parts.missing(view, "published_figures"):
        return ()
    counts = _snapshots(view)
    return (
        Chart(
            key="volunteers_snapshots",
            title=t("page.volunteers.snapshots", view.lang),
            spec=lambda: single_days.columns(counts, lang=view.lang, theme=view.theme, height=270),
            frame=pd.DataFrame(
                [
                    {
                        "when": one.when,
                        "count": one.count,
                        "source": one.source,
                        "told": single_days.count_text(one, view.lang),
                    }
                    for one in counts
                ],
                columns=["when", "count", "source", "told"],
            ),
            columns=[
                Column("when", t("page.volunteers.counted_on", view.lang)),
                Column("count", t("unit.people", view.lang), "count"),
                Column("told", t("page.volunteers.as_said", view.lang)),
                Column("source", t("chart.snapshots.source", view.lang), width="large"),
            ],
            provenance=provenance.lines(view, near="published_reconciliation"),
            not_followed=page_queries.not_followed_text(view, "published_figures"),
            caveat=t("page.volunteers.snapshots_caveat", view.lang),
        ),
    )


@cached_view
def _snapshots(view: View) -> list[single_days.Snapshot]:
    """Published counts of volunteers in order of their days, then our register's own."""
    published = page_queries.whole(view, "published_figures")
    ours = published[published["figure"] == "volunteers"].sort_values("as_of")
    columns = zip(*[ours[name] for name in ("as_of", "value", "qualifier", "source")], strict=True)
    found = [
        single_days.Snapshot(format_month(day(on), view.lang), int(count), str(said), str(source))
        for on, count, said, source in columns
    ]
    # As published counts do, it stands for the whole country on one day, whatever is chosen.
    nation = Query(as_of=view.filters.as_of)
    register = query_cache.breakdown("volunteer_registrations", nation, view.scope, view.snapshot)
    total = programme_parts.whole(register)
    if total:
        when = format_month(view.filters.as_of, view.lang)
        source = provenance.own_source(view.snapshot, view.lang)
        found.append(single_days.Snapshot(when, total, "exact", source, own=True))
    return found
