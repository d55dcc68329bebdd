"""Better or worse in words: change, variation, assurance, the marked points of a series, the news.

Pure. Cards, tables, sentences and files read the same functions.
"""

from config import numbers
from config.i18n import Lang, has, t
from config.thai_calendar import format_date, format_month
from data_access.indicators.kernel.definition import Indicator, Kind
from data_access.statistics.change import Change, Point, Streak, places_of
from data_access.statistics.xmr import FEWEST
from data_access.targets import News
from ui.text import area_names
from ui.text.figures import Figure

MOST_LACKING = 3


def word(change: Change, lang: Lang) -> str:
    """Give the word of a change: better, worse, unchanged, up, down, not enough data."""
    return t(f"change.{change.word}", lang)


def amount(change: Change, indicator: Indicator) -> str:
    """Give the signed size of a change in the indicator's unit; "—" where there is none."""
    if change.amount is None or change.before is None:
        return numbers.MISSING
    if indicator.headline == "count":
        return numbers.change(change.amount, 0)
    now = change.before + change.amount
    return numbers.change(change.amount, places_of(str(indicator.unit), now, change.before))


def change_text(change: Change, indicator: Indicator, lang: Lang) -> str:
    """Give a change as word and size, "แย่ลง +0.6"; without one, why there is none."""
    if change.word == "unknown":
        key = f"change.reason.{change.reason}"
        reason = t(key if has(key) else "change.reason.no_data", lang)
        return t("change.with_reason", lang, word=word(change, lang), reason=reason)
    if change.word == "unchanged":
        return word(change, lang)
    size = amount(change, indicator)
    return t("change.with_amount", lang, word=word(change, lang), amount=size)


def previous_line(figure: Figure, lang: Lang) -> str:
    """Give the change from the period before as a line of a card or a cell."""
    return _line("previous", figure.change_previous, figure, lang)


def year_before_line(figure: Figure, lang: Lang) -> str:
    """Give the change from the same period a year before as a line of a card or a cell."""
    return _line("year_before", figure.change_year_before, figure, lang)


def _line(key: str, change: Change, figure: Figure, lang: Lang) -> str:
    told = change_text(change, figure.indicator, lang)
    if change.since is None:
        return t(f"change.{key}_unknown", lang, change=told)
    return t(f"change.{key}", lang, change=told, since=format_date(change.since, lang))


def variation_text(figure: Figure, lang: Lang) -> str:
    """Give the words of the XmR reading's variation; "—" where the figure has no series."""
    if figure.reading is None:
        return numbers.MISSING
    return t(f"variation.{figure.reading.variation}", lang, fewest=FEWEST)


def variation_reason(figure: Figure, lang: Lang) -> str:
    """Give the rules that the latest value breaks, in words; empty for common variation."""
    rules = figure.reading.rules if figure.reading else ()
    between = t("tables.joint", lang)
    return between.join(t(f"variation.rule.{rule}", lang) for rule in rules)


def assurance_text(figure: Figure, lang: Lang) -> str:
    """Give the words of the XmR reading's assurance; "—" where the figure has no series."""
    if figure.reading is None:
        return numbers.MISSING
    return t(f"assurance.{figure.reading.assurance}", lang, fewest=FEWEST)


def sparkline_text(figure: Figure, lang: Lang) -> str:
    """Give what stands beside a line without axes: its ends, and its lowest and highest value."""
    marked = figure.sparkline
    if marked is None:
        return numbers.MISSING
    points = {
        "first": marked.first, "last": marked.last,
        "lowest": marked.lowest, "highest": marked.highest,
    }  # fmt: skip
    words = {name: point_text(point, figure.indicator, lang) for name, point in points.items()}
    words |= {f"{name}_day": _day(point, figure, lang) for name, point in points.items()}
    between = t("tables.joint", lang)
    return between.join(t(f"sparkline.{key}", lang, **words) for key in ("ends", "extremes"))


def _day(point: Point, figure: Figure, lang: Lang) -> str:
    """A stock's value belongs to a day, a flow's to the period that ends in a month."""
    is_stock = figure.indicator.kind is Kind.STOCK
    return format_date(point.end, lang) if is_stock else format_month(point.end, lang)


def point_text(point: Point, indicator: Indicator, lang: Lang) -> str:
    """Give one value of a series as the figure writes it."""
    if indicator.headline == "count":
        return numbers.count(int(point.value), lang)
    return numbers.value(point.value, indicator.unit, lang)


def provisional_text(figure: Figure, lang: Lang) -> str:
    """Give how much late entry may still change the figure; empty where it does not."""
    late = figure.provisional
    if late is None:
        return ""
    unit = "points" if figure.indicator.unit == "percent" else str(figure.indicator.unit)
    return t(
        "provisional.text" if late.age else "provisional.text_new",
        lang,
        age=late.age,
        months=late.months,
        movement=numbers.change(late.movement, numbers.PLACES.get(unit, 0)),
        unit=t(f"unit.{unit}", lang),
    )


def news(figure: Figure, told: News, area: str, lang: Lang) -> str:
    """Give the leading sentences on the caseload ratio: how long it has been moving, who lacks
    most, who moved most since the quarter before; nothing is said of what does not hold."""
    sentences = [_streak(told.streak, figure.indicator, area, lang) if told.streak else ""]
    listed = told.lacking.rows.head(MOST_LACKING)
    named = [
        t(
            "narrative.overview.area_lacking",
            lang,
            area=area_names.short_name(str(row.area_code), lang),
            missing=numbers.count(row.missing, lang),
        )
        for row in listed.itertuples()
        if not numbers.is_missing(row.missing) and int(str(row.missing)) > 0
    ]
    if named:
        areas = t("tables.joint", lang).join(named)
        sentences.append(t("narrative.overview.lacking", lang, areas=areas))
    up, down = told.moved.up, told.moved.down
    if up or down:
        words = {}
        for name, entry in (("up", up), ("down", down)):
            if entry:
                words[name] = area_names.full_name(entry[0], lang)
                words[f"{name}_change"] = amount(entry[1], figure.indicator)
        key = "moved_both" if up and down else "moved_up" if up else "moved_down"
        sentences.append(t(f"narrative.overview.{key}", lang, **words))
    return " ".join(sentence for sentence in sentences if sentence)


def _streak(told: Streak, indicator: Indicator, area: str, lang: Lang) -> str:
    key = ("rose" if told.rose else "fell") + ("_once" if told.steps == 1 else "")
    same_year = told.first.end.year == told.last.end.year
    return t(
        f"narrative.overview.{key}",
        lang,
        area=area_names.full_name(area, lang),
        steps=told.steps,
        first=point_text(told.first, indicator, lang),
        last=point_text(told.last, indicator, lang),
        first_month=format_month(told.first.end, lang, year=not same_year),
        last_month=format_month(told.last.end, lang),
    )
