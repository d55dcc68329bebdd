"""Sentences that state what matters on the pages of programmes, from templates.

As in `ui.text.narrative`: pure, nothing glued within a sentence, and hidden and missing numbers
have sentences of their own. Parts between ** are set in bold.
"""

from collections.abc import Mapping

import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.thresholds import threshold
from ui.state.filter_state import FilterState
from ui.text import area_names
from ui.text.figures import Figure

Figures = Mapping[str, Figure]
HOTLINE = "hotline_1300"


def volunteers(
    figures: Figures,
    volunteers_count: int,
    states: Mapping[str, int | None],
    filters: FilterState,
    lang: Lang,
) -> str:
    """Give the sentences on volunteers: how many for the households, and how many are active.

    `states` counts those of each state of activity; it is empty where activities are not known.
    """
    density, active = figures["volunteers_per_1000_households"], figures["active_volunteers"]
    words = _words(filters, lang) | {
        "cut_off": density.when(lang),
        "volunteers": numbers.count(volunteers_count, lang),
        "density": density.text(lang),
        "active": active.in_words(lang),
        "days": str(int(threshold("active_days").value)),
        "stopped": numbers.count(states.get("stopped"), lang),
        "newly": numbers.count(states.get("newly"), lang),
    }
    if not volunteers_count:
        return t("narrative.volunteers.none", lang, **words)
    first = "density" if density.status == "shown" else "registered"
    sentence = t(f"narrative.volunteers.{first}", lang, **words)
    if active.status != "shown":
        return sentence
    key = "moved" if states else "active"
    return f"{sentence} {t(f'narrative.volunteers.{key}', lang, **words)}"


def outcomes(figures: Figures, filters: FilterState, lang: Lang) -> str:
    """Give the sentences on change between assessments and on closures as self-reliant."""
    better, worse = figures["dimension_improved"], figures["dimension_worse"]
    closed = figures["closed_self_reliant"]
    words = _words(filters, lang) | {
        "better": better.in_words(lang),
        "worse": worse.in_words(lang),
        "n": numbers.count(better.denominator, lang),
        "self_reliant": closed.in_words(lang),
        "closed": numbers.count(closed.denominator, lang),
    }
    if better.status == "shown" and worse.status == "shown":
        first = t("narrative.outcomes.changed", lang, **words)
    else:
        first = t(f"narrative.outcomes.{_why(better, worse)}", lang, **words)
    second = "closed" if closed.status == "shown" else f"closed_{_why(closed)}"
    return f"{first} {t(f'narrative.outcomes.{second}', lang, **words)}"


def process(figures: Figures, stages: pd.DataFrame, filters: FilterState, lang: Lang) -> str:
    """Give the sentences on how fast cases get assessed and planned, and on those that are stuck.

    `stages` is the list of stages of the cases opened in the period; medians are those of
    Kaplan–Meier, which count the cases still waiting.
    """
    by_stage = stages.set_index("stage")
    stuck = figures["no_improvement_no_revision"]
    words = _words(filters, lang) | {
        "opened": numbers.count(by_stage["opened"].get("intake"), lang),
        "assessed": numbers.count(by_stage["median_days"].get("assessment"), lang),
        "planned": numbers.count(by_stage["median_days"].get("planning"), lang),
        "stuck": numbers.count(stuck.numerator, lang),
        "share": stuck.in_words(lang, share=True),
        "judged": numbers.count(stuck.denominator, lang),
    }
    first = t(f"narrative.process.{_pace(by_stage)}", lang, **words)
    if stuck.status != "shown":
        return first
    key = "stuck" if stuck.numerator else "nobody_stuck"
    return f"{first} {t(f'narrative.process.{key}', lang, **words)}"


def _pace(by_stage: pd.DataFrame) -> str:
    """Give which sentence holds: stages may be unknown, hidden, or not reached by half yet."""
    state = by_stage["status"].get("intake")
    if state != "shown":
        return "hidden" if state == "hidden" else "nothing_opened"
    assessed, planned = (_half(by_stage, stage) for stage in ("assessment", "planning"))
    if assessed == "reached":
        return {"reached": "both", "not_yet": "assessed_only"}.get(planned, "assessed")
    return "opened_only" if assessed == "not_yet" else "opened"


def _half(by_stage: pd.DataFrame, stage: str) -> str:
    if by_stage["status"].get(stage) != "shown":
        return "unknown"
    missing = numbers.is_missing(by_stage["median_days"].get(stage))
    return "not_yet" if missing else "reached"


def teamwork(figures: Figures, channels: pd.DataFrame, filters: FilterState, lang: Lang) -> str:
    """Give the sentences on teams, referrals and the hotline."""
    team, accepted = figures["team_participation"], figures["referrals_accepted"]
    hotline = channels[(channels["group"] == HOTLINE) & (channels["status"] == "shown")]
    words = _words(filters, lang) | {
        "team": team.in_words(lang),
        "open": numbers.count(team.denominator, lang),
        "accepted": accepted.in_words(lang),
        "sent": numbers.count(accepted.denominator, lang),
        "days": str(int(threshold("referral_days").value)),
        "hotline": numbers.percent(hotline["value"].iloc[0] if len(hotline) else None),
        "opened": numbers.count(hotline["denominator"].iloc[0] if len(hotline) else None, lang),
    }
    said = [_or_why("teamwork.team", team, words, lang)]
    said.append(_or_why("teamwork.accepted", accepted, words, lang))
    if len(hotline):
        said.append(t("narrative.teamwork.hotline", lang, **words))
    return " ".join(said)


def screening(figures: Figures, filters: FilterState, hide_below: int, lang: Lang) -> str:
    """Give the sentences on decisions: how many are taken, and how many differ from the system.

    That nobody ever decides otherwise is a warning of its own. Fewer than `hide_below` that wait
    are not counted out.
    """
    decided, other = figures["screening_decided"], figures["screening_overridden"]
    waiting = (decided.denominator or 0) - (decided.numerator or 0)
    words = _words(filters, lang) | {
        "run": numbers.count(decided.denominator, lang),
        "decided": decided.in_words(lang),
        "waiting": numbers.count(waiting, lang),
        "other": other.in_words(lang),
    }
    if decided.status != "shown":
        return t(f"narrative.screening.{_why(decided)}", lang, **words)
    few = "few_waiting" if 0 < waiting < hide_below else "decided"
    first = t(f"narrative.screening.{few if waiting else 'all_decided'}", lang, **words)
    if other.status != "shown":
        return first
    key = "overridden" if other.numerator else "never_overridden"
    return f"{first} {t(f'narrative.screening.{key}', lang, **words)}"


def _or_why(key: str, figure: Figure, words: Mapping[str, str], lang: Lang) -> str:
    if figure.status == "shown":
        return t(f"narrative.{key}", lang, **words)
    return t(f"narrative.{key}_{_why(figure)}", lang, **words)


def _why(*figures: Figure) -> str:
    """Give "hidden" where any figure is hidden, else "missing" or "nothing"."""
    if any(figure.status == "hidden" for figure in figures):
        return "hidden"
    return "missing" if any(f.reason == "table_missing" for f in figures) else "nothing"


def _words(filters: FilterState, lang: Lang) -> dict[str, str]:
    return {
        "area": area_names.full_name(filters.narrowest, lang),
        "period": filters.period_text(lang),
    }
