"""Better or worse in words: change, variation, assurance, the marked points of a series, the news.

Pure. Cards, tables, sentences and files read the same functions.
"""

from config import numbers
from config.i18n import Lang, has, t
from config.thai_calendar import format_date, format_month
from data_access.indicators.kernel.definition import Indicator, Kind
from data_access.statistics.change import Change, Point, Streak, places_of
from data_access.statistics.provisional import Provisional
from data_access.statistics.xmr import FEWEST
from data_access.targets import News
from ui.text import area_names
from ui.text.figures import Figure

MOST_LACKING = 3
LONGEST_QUARTER = 92  # days


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
    places = places_of(str(indicator.unit), now, change.before)
    said = numbers.change(change.amount, places)
    if change.word != "unchanged" and not said.strip("0."):
        # Both numbers are written differently, and lie closer together than their last digit tells.
        return f"<{10**-places:.{places}f}"
    return said


def change_text(change: Change, indicator: Indicator, lang: Lang) -> str:
    """Give a change as word and size, "แย่ลง +0.6 จุดร้อยละ"; without one, why there is none."""
    if change.word == "unknown":
        key = f"change.reason.{change.reason}"
        reason = t(key if has(key) else "change.reason.no_data", lang)
        return t("change.with_reason", lang, word=word(change, lang), reason=reason)
    if change.word == "unchanged":
        return word(change, lang)
    size = amount(change, indicator)
    if unit := _unit_of_change(indicator):
        number = "one" if size[1:] == "1" else "many"  # behind the sign
        size = t(f"unit_value.{unit}.{number}", lang, value=size)
    return t("change.with_amount", lang, word=word(change, lang), amount=size)


def _unit_of_change(indicator: Indicator) -> str:
    """The unit of a difference; that of two ratios has none that a reader would know."""
    if indicator.count_unit:
        return indicator.count_unit
    return {"percent": "points", "ratio": "", "per_1000": ""}.get(
        str(indicator.unit), str(indicator.unit)
    )


def lines(figure: Figure, lang: Lang) -> list[str]:
    """Give the changes of a figure from the period before and from a year before, a line each.

    Empty where nobody has read them. Over whole years both are one and the same.
    """
    previous, year_before = figure.change_previous, figure.change_year_before
    if previous is None or year_before is None:
        return []
    if _is_yearly(figure):
        return [_line("year", previous, figure, lang)]
    before = [("previous", previous), ("year_before", year_before)]
    return [_line(which, change, figure, lang) for which, change in before]


def cells(figure: Figure, lang: Lang) -> tuple[str, str]:
    """Give both changes bare, for columns whose headings say from when; empty where unread."""
    both = (figure.change_previous, figure.change_year_before)
    first, second = (change_text(c, figure.indicator, lang) if c else "" for c in both)
    return first, second


def _is_yearly(figure: Figure) -> bool:
    """True for what happened in more than a quarter: it is held against the year before."""
    days = (figure.period.end - figure.period.start).days
    return figure.indicator.kind is Kind.FLOW and days > LONGEST_QUARTER


def _line(key: str, change: Change, figure: Figure, lang: Lang) -> str:
    said = change_text(change, figure.indicator, lang)
    return t(f"change.from.{key}", lang, change=said)


def variation_text(figure: Figure, lang: Lang) -> str:
    """Give the words of the XmR reading's variation; "—" where the figure has no series.

    It says where the latest value lies against the series' own limits, never where it moved: that
    is the change's word, and both stand on one card. A trend alone breaks no limit, and says so.
    """
    if figure.reading is None:
        return numbers.MISSING
    alone = "trend_" if figure.reading.rules == ("trend",) else ""
    return t(f"variation.{alone}{figure.reading.variation}", lang, fewest=FEWEST)


def variation_short(figure: Figure, lang: Lang) -> str:
    """Give the same as `variation_text` in few words, for a column that is called variation."""
    if figure.reading is None:
        return numbers.MISSING
    alone = "trend_" if figure.reading.rules == ("trend",) else ""
    return t(f"variation.short.{alone}{figure.reading.variation}", lang, fewest=FEWEST)


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


def reading_text(figure: Figure, lang: Lang) -> str:
    """Give variation and assurance in one line; empty where the figure has no reading.

    With too few values both would say the same, and without a target there is nothing to meet.
    """
    if figure.reading is None:
        return ""
    words = [variation_text(figure, lang)]
    if figure.reading.assurance not in ("too_few", "no_target"):
        words.append(assurance_text(figure, lang))
    return t("tables.joint", lang).join(words)


def ends_text(figure: Figure, lang: Lang) -> tuple[str, str]:
    """Give first and last, and lowest and highest value of a series, as they stand below its line;
    empty where there is no series."""
    marked = figure.sparkline
    if marked is None:
        return "", ""
    words = {
        name: point_text(getattr(marked, name), figure.indicator, lang)
        for name in ("first", "last", "lowest", "highest")
    }
    return t("sparkline.first_last", lang, **words), t("sparkline.low_high", lang, **words)


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
    return provisional_words(late, figure.indicator, lang) if late else ""


def provisional_words(late: Provisional, indicator: Indicator, lang: Lang) -> str:
    """Give how much a period of that age still changes, and what that is known from."""
    key = "provisional.text" if late.age else "provisional.text_new"
    moved = movement_text(late, indicator, lang)
    return t(key, lang, age=late.age, months=late.months, movement=moved)


def movement_text(late: Provisional, indicator: Indicator, lang: Lang) -> str:
    """Give by how much periods of that age have changed, signed and with its unit."""
    unit = "points" if indicator.unit == "percent" else str(indicator.unit)
    size = numbers.change(late.movement, numbers.PLACES.get(unit, 0))
    return t(f"unit_value.{unit}.many", lang, value=size)


def news(figure: Figure, items: News, lang: Lang) -> list[str]:
    """Give the news of the caseload ratio, a sentence each: how long it has been moving, who lacks
    most people, who moved most since the quarter before; nothing is said of what does not hold."""
    said = [_streak(items.streak, figure.indicator, lang) if items.streak else ""]
    said += [_lacking(items, lang), _movers_sentence(items, figure.indicator, lang)]
    return [sentence for sentence in said if sentence]


def _lacking(news: News, lang: Lang) -> str:
    named = [
        t(
            "narrative.overview.area_lacking",
            lang,
            area=area_names.short_name(str(row.area_code), lang),
            missing=numbers.count(row.missing, lang),
        )
        for row in news.lacking.rows.head(MOST_LACKING).itertuples()
        if not numbers.is_missing(row.missing) and int(str(row.missing)) > 0
    ]
    areas = t("tables.joint", lang).join(named)
    return t("narrative.overview.lacking", lang, areas=areas) if named else ""


def _movers_sentence(news: News, indicator: Indicator, lang: Lang) -> str:
    words = {}
    for name, entry in (("up", news.movers.up), ("down", news.movers.down)):
        if entry:
            words[name] = area_names.full_name(entry[0], lang)
            words[f"{name}_change"] = amount(entry[1], indicator)
    if not words:
        return ""
    key = "both" if len(words) > 2 else "up" if "up" in words else "down"
    return t(f"narrative.overview.moved_{key}", lang, **words)


def _streak(streak: Streak, indicator: Indicator, lang: Lang) -> str:
    key = ("rose" if streak.rose else "fell") + ("_once" if streak.steps == 1 else "")
    same_year = streak.first.end.year == streak.last.end.year
    return t(
        f"narrative.overview.{key}",
        lang,
        steps=streak.steps,
        first=point_text(streak.first, indicator, lang),
        last=point_text(streak.last, indicator, lang),
        first_month=format_month(streak.first.end, lang, year=not same_year),
        last_month=format_month(streak.last.end, lang),
    )
