"""The cells of one indicator: what stands in each column of the page."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from config import numbers, owners
from config.i18n import Lang, has, t
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Unit
from data_access.small_base import least
from data_access.statistics.change import Change, Point
from data_access.statistics.intervals import Rank
from data_access.targets import Target
from ui.blocks import Cell
from ui.queries import page_queries
from ui.queries.area_profile import Profile
from ui.state.page_context import View
from ui.text import changes, figures, provenance
from ui.text.figures import Figure
from ui.text.group_words import group_word

WAITING = Cell("…")
EMPTY = Cell(numbers.MISSING)
_TWO_COUNTS = (Unit.RATIO, Unit.PER_1000)
Row = Mapping[str, Cell]


def row(view: View, name: str, profile: Profile | None, *, series: bool) -> dict[str, Cell]:
    """Give the cells of an indicator by column; those still being worked out are waiting."""
    cells = {
        "title": title(view, name, profile),
        "criterion": criterion(view, name),
        "source": Cell(provenance.own_source(view.snapshot, view.lang)),
        "owner": Cell(owners.name(registry.get(name).owner, view.lang)),
    }
    wider = view.filters.path[:-1]
    if profile is None:
        waiting = ("result", "value", "previous", "year_before", "rank", "variation")
        empty = dict.fromkeys((*waiting, *wider, "reported"), WAITING)
        return cells | empty | {"target": target_cell(view, name)}
    figure = profile.figure
    cells |= {
        "target": target(figure, view.lang),
        "result": result(profile, view.lang),
        "value": value(profile, view.lang),
        "rank": rank(figure, profile.rank, view.lang),
        "reported": Cell(figure.moment(view.lang)),
    }
    cells |= {code: around(profile, code, view.lang) for code in wider}
    if not series:
        return cells | dict.fromkeys(("previous", "year_before", "variation"), WAITING)
    return cells | {
        "previous": previous(figure, view.lang),
        "year_before": year_before(figure, view.lang),
        "variation": variation(figure, view.lang),
    }


def title(view: View, name: str, profile: Profile | None) -> Cell:
    """Give the indicator's name; below it its groups, and the filters that it does not follow."""
    lines = [page_queries.not_followed_text(view, name)]
    if profile is not None and profile.groups:
        lines.insert(0, groups(name, profile.groups, view.lang))
    quiet = t("tables.joint", view.lang).join(line for line in lines if line)
    return Cell(_title(name, view.lang), quiet)


def groups(name: str, values: Mapping[str, float | None], lang: Lang) -> str:
    """Give the values by group: "หญิง 63.2 · ชาย 36.8"."""
    item = registry.get(name)
    said = []
    for group, number in values.items():
        word = group_word(str(item.always_by), group, lang)
        shown = (
            t("status.hidden", lang) if number is None else numbers.value(number, item.unit, lang)
        )
        said.append(t("page.area.group", lang, group=word, value=shown))
    return t("tables.joint", lang).join(said)


def criterion(view: View, name: str) -> Cell:
    """Give which way is better, and whether a document sets the target."""
    item, lang = registry.get(name), view.lang
    aim = target_of(view, name)
    basis = "proposed" if aim and aim.proposed else "document"
    way = t(f"page.area.direction.{item.direction}", lang)
    return Cell(way, t(f"page.area.basis.{basis}", lang) if aim else "")


def target_of(view: View, name: str) -> Target | None:
    """Give the target of the view's area and year."""
    return page_queries.target(view, name)


def target_cell(view: View, name: str) -> Cell:
    """Give the target of the view's area without any verdict."""
    empty = figures.figure_of(name, pd.DataFrame(), view.filters, pd.DataFrame())
    return Cell(replace(empty, target=target_of(view, name)).target_text(view.lang))


def target(figure: Figure, lang: Lang) -> Cell:
    """Give the target with the verdict on the number; a dash where there is none.

    Whether the target is a proposed one stands in the column of the criterion.
    """
    if figure.target is None:
        return EMPTY
    judged = figure.mark != "none"
    short = f"page.area.mark.{figure.mark}"
    return Cell(
        figure.target_text(lang),
        mark=figure.mark if judged else "",
        mark_text=(t(short, lang) if has(short) else figure.mark_text(lang)) if judged else "",
    )


def result(profile: Profile, lang: Lang) -> Cell:
    """Give the counts behind the number; where there are none to show, why."""
    figure = profile.figure
    if profile.groups:
        return Cell(t("page.area.by_group", lang))
    if figure.status != "shown":
        return Cell(numbers.MISSING, figure.made_of(lang) or t(f"status.{figure.status}", lang))
    if figure.denominator is None:
        return Cell(figure.text(lang), figure.unit(lang), strong=True)
    return Cell(_counts(figure, lang), strong=figure.is_count or figure.is_small)


def _counts(figure: Figure, lang: Lang) -> str:
    """Both counts: one part of the other, or two different things."""
    return t(
        f"page.area.{'two_counts' if figure.indicator.unit in _TWO_COUNTS else 'part_of'}",
        lang,
        numerator=numbers.count(figure.numerator, lang),
        denominator=numbers.count(figure.denominator, lang),
    )


def value(profile: Profile, lang: Lang) -> Cell:
    """Give the percentage or rate; none on a small base, or where a plain count is all there is."""
    figure = profile.figure
    if profile.groups or figure.status != "shown" or figure.denominator is None:
        return EMPTY
    if figure.is_small and figure.indicator.unit == Unit.PERCENT:
        return Cell(numbers.MISSING, t("page.area.small", lang, least=least()))
    # What a rate is of stands in the indicator's name.
    named = (Unit.PERCENT, Unit.RATIO, Unit.PER_1000)
    unit = "" if figure.indicator.unit in named else figure.indicator.unit
    return Cell(
        numbers.value(figure.value, figure.indicator.unit, lang),
        t(f"unit.{unit}", lang) if unit else "",
        strong=not figure.is_count,
    )


def around(profile: Profile, code: str, lang: Lang) -> Cell:
    """Give the number of a wider area; why there is none where it has none."""
    if profile.groups or code not in profile.wider:
        return EMPTY
    figure = profile.wider[code]
    if figure is None:
        return Cell(numbers.MISSING, t("status.not_permitted", lang))
    quiet = "" if figure.status == "shown" else t(f"status.{figure.status}", lang)
    return Cell(number(figure, lang), quiet)


def number(figure: Figure, lang: Lang) -> str:
    """Give the number that is compared: the share where a count is the headline."""
    if figure.status != "shown":
        return numbers.MISSING
    if figure.is_small and figure.indicator.unit == Unit.PERCENT:
        return _counts(figure, lang)
    return numbers.value(figure.value, figure.indicator.unit, lang)


def rank(figure: Figure, place: Rank | None, lang: Lang) -> Cell:
    """Give the place among the areas of the level, with the range that chance allows."""
    if place is None:
        small = figure.is_small
        return Cell(numbers.MISSING, t("page.area.small", lang, least=least()) if small else "")
    words = {"place": place.place, "of": place.of, "low": place.low, "high": place.high}
    quiet = t("page.area.rank_range", lang, **words) if place.low < place.high else ""
    return Cell(t("page.area.rank", lang, **words), quiet)


def previous(figure: Figure, lang: Lang) -> Cell:
    """Give the change from the period before; why it cannot be said where it cannot."""
    return _change(figure.change_previous, figure, lang)


def year_before(figure: Figure, lang: Lang) -> Cell:
    """Give the number of a year before, and the change from it."""
    change = figure.change_year_before
    said = _change(change, figure, lang)
    if change is None or change.before is None or change.since is None:
        return said
    before = changes.point_text(Point(change.since, change.before), figure.indicator, lang)
    return Cell(before, said.text)


def _change(change: Change | None, figure: Figure, lang: Lang) -> Cell:
    if figure.status != "shown" or change is None:
        return EMPTY
    if change.word == "unknown":
        key = f"change.reason.{change.reason}"
        return Cell(numbers.MISSING, t(key if has(key) else "change.reason.no_data", lang))
    return Cell(changes.change_text(change, figure.indicator, lang))


def variation(figure: Figure, lang: Lang) -> Cell:
    """Give what the XmR reading says of the latest value, with its icon."""
    if figure.reading is None or figure.status != "shown":
        return EMPTY
    word = figure.reading.variation
    if word == "too_few":
        return Cell(numbers.MISSING, changes.variation_short(figure, lang))
    return Cell(changes.variation_short(figure, lang), icon=f"variation.{word}")


def _title(name: str, lang: Lang) -> str:
    return t(f"indicator.{name}.title", lang)
