"""Commitments in words: numbers in the indicator's own form, states, targets."""

from config.i18n import Lang, t
from config.thai_calendar import format_date
from data_access.indicators import registry
from data_access.journal.commitments import Commitment
from data_access.journal.course import Progress
from ui.text.indicator_numbers import number


def title(name: str, lang: Lang) -> str:
    """Give the indicator's title, or its name where the registry has it no more."""
    return t(f"indicator.{name}.title", lang) if name in registry.INDICATORS else name


def target(entry: Commitment, lang: Lang) -> str:
    """Give the target with its day."""
    wanted = number(entry.indicator, entry.target, lang)
    day = format_date(entry.due_on, lang)
    return t("commitments.target_by", lang, target=wanted, date=day)


def base(entry: Commitment, lang: Lang) -> str:
    """Give the number at signing with its day."""
    value = number(entry.indicator, entry.base_value, lang)
    return t("commitments.base_on", lang, value=value, date=format_date(entry.base_on, lang))


def state(progress: Progress, lang: Lang) -> str:
    """Give how it is going; where that cannot be said, why."""
    said = t(f"commitments.state.{progress.state}", lang)
    if progress.state != "unknown":
        return said
    known = ("definition", "older_data")
    code = progress.why
    why = t(f"commitments.reason.{code}", lang) if code in known else _why(code, lang)
    return t("commitments.unknown_because", lang, state=said, why=why)


def _why(reason: str, lang: Lang) -> str:
    if reason == "small_base":
        return t("mark.why.small_base", lang)
    if reason in ("hidden", "no_data", "not_permitted"):
        return t(f"status.{reason}", lang)
    return t(f"reason.{reason}", lang)
