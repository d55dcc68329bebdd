"""The page of indicator definitions, drawn from the same registry that computes the figures."""

from collections.abc import Iterator

import pandas as pd

from config import numbers, owners
from config.i18n import Lang, t
from config.thai_calendar import format_date, parse_date
from config.thresholds import thresholds
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Indicator
from data_access.indicators.kernel.render_sql import sql
from data_access.targets import Target
from ui.blocks import Block, Blocks, Choice, Column, Columns, Details, Facts, Page, Table, Text
from ui.queries import page_queries
from ui.state.page_context import View
from ui.text import provenance
from ui.text.figures import target

USUAL = "families_per_case_manager"
PARAM = "indicator"
WORDS = (
    "short",
    "definition",
    "numerator",
    "denominator",
    "exclusions",
    "caveat",
    "why",
    "source",
)


def page(view: View) -> Page:
    """Give the page: one definition chosen from the list, the whole register, and behind a fold
    what only data staff need."""
    name = view.option(PARAM, tuple(registry.INDICATORS), USUAL)
    return Page(
        key="indicators",
        title=t("page.indicators.title", view.lang),
        lead=sentence(view),
        blocks=(
            choice(view, name),
            *entry(view, name),
            every_one(view),
            for_data_staff(view, name),
        ),
        filters=False,
    )


def sentence(view: View) -> str:
    """Give how many indicators there are and how many targets a document sets."""
    set_by_document = [
        n for n in registry.INDICATORS if (found := _target(view, n)) and not found.proposed
    ]
    return t(
        "page.indicators.sentence",
        view.lang,
        count=numbers.count(len(registry.INDICATORS), view.lang),
        targets=numbers.count(len(set_by_document), view.lang),
    )


def choice(view: View, name: str) -> Choice:
    """Give the list of indicators to choose from."""
    return Choice(
        param=PARAM,
        label=t("column.indicator", view.lang),
        options={code: _choice(code, view.lang) for code in registry.INDICATORS},
        now=name,
        usual=USUAL,
        form="list",
        key="definition_indicator",
    )


def entry(view: View, name: str) -> Blocks:
    """Give one definition: its words, and who answers for it beside them."""
    item = registry.get(name)
    words = Facts(tuple(_words(item, view.lang)))
    facts = Facts(tuple(_facts(view, item)))
    return (
        Text(t(f"indicator.{name}.title", view.lang), "heading"),
        Columns(((words,), (facts,)), (3, 2)),
    )


def for_data_staff(view: View, name: str) -> Details:
    """Give, behind a fold, the names that commands use and the SQL of the definition chosen."""
    label = t("page.indicators.for_data_staff", view.lang)
    return Details(label, "definition_sql", lambda: _internals(view, registry.get(name)), True)


def _internals(view: View, item: Indicator) -> Blocks:
    named = t("page.indicators.part.name", view.lang)
    blocks: list[Block] = [Facts(((named, item.name),))]
    for part, text in sql(item, view.filters.query()).items():
        blocks.append(Text(t(f"page.indicators.sql_{part}", view.lang)))
        blocks.append(Text(text, "code" if part == "derived" else "sql"))
    return (*blocks, _names(view))


def _names(view: View) -> Table:
    return _register(view, "indicator_names", "names", ("code", "title", "name"))


def every_one(view: View) -> Table:
    """Give the whole registry as a table with its download."""
    labels = ("code", "title", "unit", "direction", "target", "owner", "reviewed", "version")
    return _register(view, "indicators", "all", labels)


def _register(view: View, key: str, title: str, labels: tuple[str, ...]) -> Table:
    return Table(
        key=key,
        title=t(f"page.indicators.{title}", view.lang),
        frame=pd.DataFrame(_rows(view)),
        columns=[Column(one, t(f"page.indicators.column.{one}", view.lang)) for one in labels],
        provenance=provenance.lines(view),
    )


def _rows(view: View) -> Iterator[dict[str, str]]:
    for name, item in registry.INDICATORS.items():
        yield {
            "code": item.code,
            "title": t(f"indicator.{name}.title", view.lang),
            "unit": t(f"unit.{item.unit}", view.lang),
            "direction": t(f"page.indicators.direction.{item.direction}", view.lang),
            "target": _target_text(view, name),
            "owner": owners.name(item.owner, view.lang),
            "reviewed": format_date(parse_date(item.reviewed_on), view.lang),
            "version": item.version,
            "name": name,
        }


def _words(item: Indicator, lang: Lang) -> Iterator[tuple[str, str]]:
    for part in WORDS:
        yield t(f"page.indicators.part.{part}", lang), t(f"indicator.{item.name}.{part}", lang)


def _facts(view: View, item: Indicator) -> Iterator[tuple[str, str]]:
    lang = view.lang

    def label(part: str) -> str:
        return t(f"page.indicators.part.{part}", lang)

    yield label("code"), item.code
    yield label("kind"), t(f"page.indicators.kind.{item.kind}", lang)
    yield label("unit"), t(f"unit.{item.unit}", lang)
    yield label("direction"), t(f"page.indicators.direction.{item.direction}", lang)
    yield label("target"), _target_text(view, item.name)
    yield label("empty"), t(f"reason.{item.empty_reason}", lang)
    hiding = "clients" if item.client_counts else "never"
    yield label("hiding"), t(f"page.indicators.hiding.{hiding}", lang, n=view.scope.hide_below)
    yield label("owner"), owners.name(item.owner, lang)
    yield label("checked_by"), owners.name(item.checked_by, lang)
    due = format_date(parse_date(item.next_review), lang)
    yield label("next_review"), due
    reviewed = format_date(parse_date(item.reviewed_on), lang)
    yield label("reviewed"), t("page.indicators.version", lang, date=reviewed, version=item.version)


def _target(view: View, name: str) -> Target | None:
    return target(name, view.filters.at("TH"), page_queries.whole(view, "targets"))


def _target_text(view: View, name: str) -> str:
    found = _target(view, name)
    if found is None:
        return t("page.indicators.no_target", view.lang)
    value = numbers.value(found.value, registry.get(name).unit, view.lang, form="words")
    norm = thresholds().get(registry.get(name).threshold_name)
    source = norm.source(view.lang) if norm and norm.name == found.source else found.source
    said = provenance.in_language(source, view.lang)
    return t("page.indicators.target_set", view.lang, value=value, source=said)


def _choice(name: str, lang: Lang) -> str:
    return f"{registry.get(name).code} · {t(f'indicator.{name}.title', lang)}"
