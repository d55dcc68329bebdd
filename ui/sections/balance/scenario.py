"""What if the norm were another, or there were more or fewer case managers: kept in the address
bar, worked out when asked, stored nowhere."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from config.thai_calendar import format_date
from data_access.indicators.definitions import caseload
from data_access.planning.what_if import what_if
from ui.blocks import Blocks, Choice, Column, List, Table
from ui.queries import page_queries
from ui.sections.shared import parts
from ui.state.page_context import View
from ui.text import area_names, messages, provenance

RATIO = caseload.FAMILIES_PER_CASE_MANAGER.name
NORM, PEOPLE = "norm", "people"  # parameters in the address bar
OTHER_NORMS = (8, 10, 12)
STEPS = (-50, -20, -10, -5, -2, -1, 0, 1, 2, 5, 10, 20, 50, 100, 200)
COUNTS = ("families", "managers", "managers_then", "gap_now", "gap_then")


@dataclass(frozen=True, eq=False)
class Scenario:
    """What is asked and what comes out: one row per area."""

    norm: int
    people: int
    rows: pd.DataFrame

    @property
    def difference(self) -> int:
        """How many case managers came or went: where nobody is lacking nobody is added."""
        return int((self.rows["managers_then"] - self.rows["managers"]).sum())

    def total(self, name: str) -> int:
        """Give the sum of a column over the areas that have a number."""
        return int(self.rows[name].sum())


def scenario(view: View) -> Scenario:
    """Give the scenario of the address bar for the areas of the view."""
    usual = caseload.norm()
    norms = tuple(str(one) for one in sorted({*OTHER_NORMS, usual}))
    norm = int(view.option(NORM, norms, str(usual)))
    people = int(view.option(PEOPLE, tuple(str(one) for one in STEPS), "0"))
    frame = page_queries.areas(view, RATIO)
    return Scenario(norm, people, what_if(frame, norm=norm, people=people, norm_now=usual))


def lead(view: View, outcome: Scenario) -> str:
    """Give what would come of it in one sentence."""
    count = {
        name: numbers.count(outcome.total(name), view.lang)
        for name in ("over_now", "over_then", "gap_now", "gap_then")
    }
    day = format_date(view.filters.day, view.lang)
    if outcome.norm == caseload.norm() and outcome.difference == 0:
        key = f"page.balance.lead_now_{view.filters.below}"
        return t(key, view.lang, date=day, norm=outcome.norm, **count)
    people = _change(view, outcome.difference)
    key = f"page.balance.lead_{view.filters.below}"
    words = {
        "people": people,
        "over": _course(view, count, "over"),
        "gap": _course(view, count, "gap"),
    }
    return t(key, view.lang, date=day, norm=outcome.norm, **words)


def _course(view: View, count: dict[str, str], name: str) -> str:
    """Say from which number to which, or that it stays."""
    now, then = count[f"{name}_now"], count[f"{name}_then"]
    key = "stays_at" if now == then else "moves_to"
    return t(f"page.balance.{key}", view.lang, now=now, then=then)


def choices(view: View, outcome: Scenario) -> tuple[Choice, Choice]:
    """Give the two choices: the norm, and how many people more or fewer."""
    lang, usual = view.lang, caseload.norm()
    norms = {
        str(one): t(f"page.balance.norm_option{'_usual' if one == usual else ''}", lang, norm=one)
        for one in sorted({*OTHER_NORMS, usual})
    }
    steps = {str(one): _change(view, one) for one in STEPS}
    return (
        Choice(
            param=NORM,
            label=t("page.balance.norm", lang),
            options=norms,
            now=str(outcome.norm),
            usual=str(usual),
        ),
        Choice(
            param=PEOPLE,
            label=t("page.balance.people", lang),
            options=steps,
            now=str(outcome.people),
            usual="0",
            form="list",
        ),
    )


def tables(view: View, outcome: Scenario) -> Blocks:
    """Give the totals as they are and as they would be, and the areas, those that flip first."""
    why = parts.refusal(view, RATIO)
    known = outcome.rows[(outcome.rows["status"] == "hidden") | outcome.rows["families"].notna()]
    rows = known.head(0) if why else _in_order(known)
    return (_totals(view, outcome, why), _areas(view, outcome, rows, why))


def _totals(view: View, outcome: Scenario, why: str) -> Table:
    lang = view.lang
    lines = [
        (t(f"page.balance.total.{name}_{view.filters.below}", lang), *pair)
        for name, pair in (
            ("over", (outcome.total("over_now"), outcome.total("over_then"))),
            ("gap", (outcome.total("gap_now"), outcome.total("gap_then"))),
        )
    ]
    lines.append((
        t("page.balance.total.managers", lang),
        outcome.total("managers"),
        outcome.total("managers_then"),
    ))  # fmt: skip
    frame = pd.DataFrame([] if why else lines, columns=["subject", "now", "then"])
    unplaced = abs(outcome.people) - abs(outcome.difference)
    note = t("page.balance.unplaced", lang, count=numbers.count(unplaced, lang)) if unplaced else ""
    return Table(
        key="balance_totals",
        title=t("page.balance.outcome", lang),
        note=note,
        frame=frame,
        size=len(frame),
        columns=[
            Column("subject", t("page.balance.column.subject", lang)),
            Column("now", t("page.balance.column.now", lang), "count"),
            Column("then", t("page.balance.column.then", lang), "count"),
        ],
        reading=True,
        provenance=provenance.lines(view, RATIO),
        not_followed=page_queries.not_followed_text(view, RATIO),
        empty=why,
    )


def _areas(view: View, outcome: Scenario, rows: pd.DataFrame, why: str) -> List:
    lang = view.lang
    names = ("area", *COUNTS, "flip", "state")
    empty = numbers.count(len(outcome.rows) - len(rows), lang)
    about = t("page.balance.areas_about", lang, empty=empty)
    return List(
        key="balance_areas",
        title=t(f"page.balance.areas_{view.filters.below}", lang),
        note=about,
        frame=lambda: _in_words(view, rows),
        size=len(rows),
        columns=[
            Column(
                name,
                t(f"page.balance.column.{name}", lang),
                "count" if name in COUNTS else "text",
            )
            for name in names
        ],
        provenance=provenance.lines(view, RATIO),
        not_followed=page_queries.not_followed_text(view, RATIO),
        empty=why or messages.nothing_to_list(lang),
    )


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    flips = (rows["over_now"] != rows["over_then"]).fillna(False)
    keyed = rows.assign(first=~flips, short=-rows["gap_then"].fillna(-1))
    ordered = keyed.sort_values(["first", "short", "area_code"], ignore_index=True)
    return ordered.drop(columns=["first", "short"])


def _in_words(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    lang = view.lang
    return rows.assign(
        area=[area_names.name_with_province(code, lang) for code in rows["area_code"]],
        flip=[_flip(view, row) for row in rows.itertuples()],
        state=[
            t(f"status.{row.status}", lang) if numbers.is_missing(row.families) else ""
            for row in rows.itertuples()
        ],
    )


def _flip(view: View, row: Any) -> str:
    now, then = row.over_now, row.over_then
    if numbers.is_missing(now) or numbers.is_missing(then):
        return ""
    key = {(False, True): "to_over", (True, False): "to_under", (True, True): "over"}
    return t(f"page.balance.flip.{key.get((bool(now), bool(then)), 'under')}", view.lang)


def _change(view: View, people: int) -> str:
    if not people:
        return t("page.balance.same", view.lang)
    key = "more" if people > 0 else "fewer"
    return t(f"page.balance.{key}", view.lang, count=numbers.count(abs(people), view.lang))
