"""The page of indicator definitions, drawn from the same registry that computes the figures."""

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from config import numbers, owners
from config.i18n import Lang, t
from config.thai_calendar import format_date, parse_date
from config.thresholds import thresholds
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Indicator
from data_access.indicators.kernel.render_sql import sql
from data_access.targets import Target
from ui.queries import page_queries
from ui.render.streamlit import chart_block, tables
from ui.render.streamlit.html import escape_html
from ui.render.streamlit.tables import Column
from ui.state import url_state
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


def indicator(view: View) -> str:
    """Give the indicator that the address asks for; the caseload ratio where it asks for none."""
    return url_state.option(PARAM, tuple(registry.INDICATORS), USUAL)


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


def choose(view: View, name: str) -> None:
    """Draw the list of indicators; the choice goes to the address bar."""
    st.session_state["definition_indicator"] = name
    st.selectbox(
        t("column.indicator", view.lang),
        list(registry.INDICATORS),
        format_func=lambda code: _choice(code, view.lang),
        key="definition_indicator",
        on_change=_moved,
    )


def entry(view: View, name: str) -> None:
    """Draw one definition: words on the left, who answers for it on the right, SQL in a fold."""
    item = registry.get(name)
    chart_block.heading(t(f"indicator.{name}.title", view.lang))
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.html(_listed(_words(item, view.lang)))
    with right:
        st.html(_listed(_facts(view, item)))
    with st.expander(t("page.indicators.sql", view.lang)):
        for part, text in sql(item, view.filters.query()).items():
            st.caption(t(f"page.indicators.sql_{part}", view.lang))
            st.code(text, language=None if part == "derived" else "sql")


def every_one(view: View) -> None:
    """Draw the whole registry as a table with its download."""
    chart_block.heading(t("page.indicators.all", view.lang))
    lang = view.lang
    rows = pd.DataFrame(_rows(view))
    labels = (
        "code",
        "title",
        "unit",
        "direction",
        "target",
        "owner",
        "reviewed",
        "version",
        "name",
    )
    columns = [Column(label, t(f"page.indicators.column.{label}", lang)) for label in labels]
    tables.table(rows, columns, lang=lang, key="indicators", provenance=provenance.lines(view))


def _rows(view: View) -> Iterator[dict[str, str]]:
    for name, item in registry.INDICATORS.items():
        yield {
            "code": item.code,
            "title": t(f"indicator.{name}.title", view.lang),
            "unit": t(f"unit.{item.unit}", view.lang),
            "direction": t(f"page.indicators.direction.{item.direction}", view.lang),
            "target": _target_text(view, name),
            "owner": owners.name(item.owner, view.lang),
            "reviewed": format_date(parse_date(item.reviewed), view.lang),
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

    yield label("code"), f"{item.code} · {item.name}"
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
    reviewed = format_date(parse_date(item.reviewed), lang)
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


def _listed(pairs: Iterator[tuple[str, str]]) -> str:
    rows = "".join(
        f"<dt>{escape_html(label)}</dt><dd>{escape_html(text)}</dd>" for label, text in pairs
    )
    return f'<dl class="ov-facts">{rows}</dl>'


def _choice(name: str, lang: Lang) -> str:
    return f"{registry.get(name).code} · {t(f'indicator.{name}.title', lang)}"


def _moved() -> None:
    url_state.keep_option(PARAM, st.session_state["definition_indicator"], USUAL)
