"""Sentences that state what matters, from templates: figures in, one text key's sentence out.

Pure and tested. Nothing is glued: each case has a sentence of its own in `narrative.*`, with
placeholders for numbers and names. Hidden and missing numbers have their own sentences; a small
base is said. Parts between ** are set in bold.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.thresholds import bare, threshold
from data_access.indicators import registry
from data_access.targets import NOT_REACHED, News
from geo import registers
from ui.state.filter_state import FilterState, group_text
from ui.text import area_names, changes
from ui.text.figures import Figure

Figures = Mapping[str, Figure]
RATIO, GROUP = "families_per_case_manager", "families_in_care"


def overview(figures: Figures, filters: FilterState, lang: Lang, news: News | None = None) -> str:
    """Give the sentences of the executive page, a line each: workload, what is new, follow-up.

    `news` is that of `ui.queries.changes.news`, where the area is made of provinces.
    """
    said = [caseload(figures, filters, lang)]
    ratio = figures[RATIO]
    if news is not None and ratio.status == "shown":
        said += changes.news(ratio, news, lang)
    said.append(completion(figures, filters, lang))
    return "\n".join(sentence for sentence in said if sentence)


def caseload(figures: Figures, filters: FilterState, lang: Lang) -> str:
    """Give the sentence on families per case manager against the norm; with a target group chosen,
    which has no case managers of its own, on the families of the group."""
    ratio, gap = figures[RATIO], figures["staffing_gap"]
    if filters.target_group is not None:
        return _group(figures.get(GROUP), filters, lang)
    words = _words(filters, lang) | {
        "day": ratio.when(lang),
        "norm": _norm(ratio),
        "average": ratio.text(lang).removeprefix("1 : "),
        "families": numbers.count(ratio.numerator, lang),
        "managers": numbers.count(ratio.denominator, lang),
        "gap": numbers.count(gap.numerator, lang),
    }
    if ratio.status == "hidden":
        return t("narrative.caseload.hidden", lang, **words)
    if ratio.status == "no_data":
        key = "no_manager" if gap.numerator else "nothing"
        return t(f"narrative.caseload.{key}", lang, **words)
    if filters.level in ("country", "region"):
        return _provinces(figures["provinces_over_norm"], gap, words, filters, lang)
    key = "area_over" if ratio.mark in NOT_REACHED else "area_within"
    return t(f"narrative.caseload.{key}", lang, **words)


def _group(families: Figure | None, filters: FilterState, lang: Lang) -> str:
    if families is None:
        return t("narrative.caseload.not_by_group", lang)
    words = _words(filters, lang) | {
        "day": families.when(lang),
        "group": group_text(filters.target_group, lang),
        "families": numbers.count(families.numerator, lang),
        "share": families.in_words(lang, share=True),
        "all": numbers.count(families.denominator, lang),
    }
    if families.status == "shown" and families.is_small:
        return t("narrative.caseload.group_small", lang, **words)
    key = {"shown": "group", "hidden": "group_hidden"}.get(families.status, "group_nothing")
    return t(f"narrative.caseload.{key}", lang, **words)


def _provinces(
    over: Figure, gap: Figure, words: dict[str, str], filters: FilterState, lang: Lang
) -> str:
    words = words | {
        "over": numbers.count(over.numerator, lang),
        "base": numbers.count(over.denominator, lang),
    }
    if over.status != "shown":
        return t("narrative.caseload.area_over" if gap.numerator else "narrative.caseload.nothing",
                 lang, **words)  # fmt: skip
    key = "over" if over.numerator else "within"
    where = "nation" if filters.level == "country" else "provinces"
    return t(f"narrative.caseload.{where}_{key}", lang, **words)


def completion(figures: Figures, filters: FilterState, lang: Lang) -> str:
    """Give the sentence on follow-ups done, with those on time where known."""
    done, in_time = figures["follow_up_completion"], figures["follow_up_on_time"]
    words = _words(filters, lang) | {
        "done": done.in_words(lang),
        "in_time": in_time.in_words(lang),
        "due": numbers.count(done.denominator, lang),
    }
    if done.status != "shown":
        key = "hidden" if done.status == "hidden" else "nothing_due"
        return t(f"narrative.follow_up.{key}", lang, **words)
    if done.verdict.reason == "small_base":
        return t("narrative.follow_up.small", lang, **words)
    if in_time.status != "shown" or in_time.is_small:
        return t("narrative.follow_up.done_only", lang, **words)
    return t(f"narrative.follow_up.{done.mark}", lang, **words)


def follow_up(figures: Figures, filters: FilterState, lang: Lang) -> str:
    """Give the two sentences of the follow-up page: what can still be done, then what was done."""
    waiting = _waiting(figures, lang)
    return "\n".join(part for part in (waiting, completion(figures, filters, lang)) if part)


def _waiting(figures: Figures, lang: Lang) -> str:
    """What waits on open cases; empty where a part of it may not be shown."""
    late, silent = figures["follow_up_overdue"], figures["no_contact_90_days"]
    without = figures["cases_without_next_follow_up"]
    waiting = (late, silent, without)
    # Nothing waiting at all is an answer: only what is hidden, or not known, is none.
    if late.reason == "nothing_waiting":
        late = replace(late, status="shown", numerator=0)
    if any(figure.status != "shown" for figure in (late, silent, without)):
        return ""
    words = {
        "day": without.when(lang),
        "overdue": numbers.count(late.numerator, lang),
        "silent": numbers.count(silent.numerator, lang),
        "days": bare(threshold("no_contact_days").value),
        "without": numbers.count(without.numerator, lang),
    }
    some = any(figure.numerator for figure in waiting)
    return t(f"narrative.waiting.{'some' if some else 'none'}", lang, **words)


def training(figures: Figures, filters: FilterState, untrained_areas: int, lang: Lang) -> str:
    """Give the sentence on people trained; `untrained_areas`: where nobody in post is."""
    share, seats = figures["training_coverage"], figures["training_attendances"]
    words = _words(filters, lang) | {
        "share": share.in_words(lang),
        "trained": numbers.count(share.numerator, lang),
        "people": numbers.count(share.denominator, lang),
        "seats": seats.text(lang),
        "untrained": numbers.count(untrained_areas, lang),
        "cut_off": share.when(lang),
    }
    if share.status != "shown":
        reason = "no_list_of_names" if share.denominator else "nobody_in_post"
        return t(f"narrative.training.{reason}", lang, **words)
    if filters.level in ("country", "region"):
        key = "provinces_without" if untrained_areas else "provinces_all"
        return t(f"narrative.training.{key}", lang, **words)
    return t("narrative.training.area", lang, **words)


def spread(name: str, frame: pd.DataFrame, lang: Lang) -> str:
    """Give the sentence under a map: which area has the most, which the least, how many are known.

    `frame` has one row per province or per district. Areas without a number are counted, never
    ranked.
    """
    known = frame[frame["status"] == "shown"].sort_values(["value", "area_code"])
    districts = {registers.level_of(str(code)) for code in frame["area_code"]} == {"district"}
    words = {
        "areas": t(f"narrative.spread.of.{'district' if districts else 'province'}", lang),
        "title": t(f"indicator.{name}.title", lang),
        "known": numbers.count(len(known), lang),
        "all": numbers.count(len(frame), lang),
    }
    if known.empty:
        return t("narrative.spread.none", lang, **words)
    low, high = known.iloc[0], known.iloc[-1]
    if low["value"] == high["value"]:
        return t("narrative.spread.equal", lang, value=_value_words(name, low, lang), **words)
    return t("narrative.spread.ends", lang, **(words | _ends(name, known, len(frame), lang)))


def location_sentences(
    name: str, provinces: pd.DataFrame, code: str, inside: pd.DataFrame, lang: Lang
) -> str:
    """Give the sentences under the map of one province: its place among all, its own extremes.

    `provinces` has one row per province, `inside` one per district of the province `code`.
    """
    known = provinces[provinces["status"] == "shown"]
    mine = provinces[provinces["area_code"] == code]
    words = {
        "title": t(f"indicator.{name}.title", lang),
        "area": area_names.full_name(code, lang),
        "known": numbers.count(len(known), lang),
    }
    row = mine.iloc[0]
    if row["status"] != "shown":
        key = "hidden" if row["status"] == "hidden" else "no_data"
        first = t(f"narrative.spread.area_{key}", lang, **words)
    else:
        place = 1 + int((known["value"] > row["value"]).sum())
        words |= {"value": _value_words(name, row, lang), "place": numbers.count(place, lang)}
        first = t("narrative.spread.area", lang, **words)
    told = inside[inside["status"] == "shown"].sort_values(["value", "area_code"])
    if len(told) < 2 or told["value"].iloc[0] == told["value"].iloc[-1]:
        return first
    return f"{first} {t('narrative.spread.inside', lang, **_ends(name, told, len(inside), lang))}"


def _ends(name: str, rows: pd.DataFrame, count: int, lang: Lang) -> dict[str, str]:
    """The names and values at both ends of rows in the order of their values."""
    low, high = rows.iloc[0], rows.iloc[-1]
    return {
        "most": area_names.full_name(high["area_code"], lang),
        "most_value": _value_words(name, high, lang),
        "least": area_names.full_name(low["area_code"], lang),
        "least_value": _value_words(name, low, lang),
        "known": numbers.count(len(rows), lang),
        "all": numbers.count(count, lang),
    }


def _value_words(name: str, row: "pd.Series[Any]", lang: Lang) -> str:
    return numbers.value(row["value"], registry.get(name).unit, lang, form="words")


def _words(filters: FilterState, lang: Lang) -> dict[str, str]:
    return {
        "area": area_names.in_sentence(filters.narrowest, lang),
        "period": filters.period_text(lang),
        "group": group_text(filters.target_group, lang),
    }


def _norm(ratio: Figure) -> str:
    """What the ratio is held against, as the card beside it has it: the target, else the norm."""
    wanted = ratio.target.value if ratio.target else threshold("caseload_norm").value
    return bare(wanted)
