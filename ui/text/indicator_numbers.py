"""A number of an indicator as its card writes it, wherever it stands alone in a sentence."""

from config import numbers
from config.i18n import Lang, t
from data_access.indicators import registry


def number(name: str, value: float | None, lang: Lang) -> str:
    """Give a number as the indicator's card writes it, with its unit; "—" for none."""
    item = registry.INDICATORS.get(name)
    if value is None or item is None:
        return numbers.MISSING
    if item.headline == "count":
        whole = float(value).is_integer()
        bare = numbers.count(int(value), lang) if whole else numbers.decimal(value, 1)
        return f"{bare} {t(f'unit.{item.count_unit}', lang)}"
    if item.unit not in numbers.PLACES and not float(value).is_integer():
        return f"{numbers.decimal(value, 1)} {t(f'unit.{item.unit}', lang)}"
    return numbers.value(value, str(item.unit), lang, form="words")
