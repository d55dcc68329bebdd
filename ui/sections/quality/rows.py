"""The rows that break a rule: how many each province has, and the list to mend them by."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import Lang, t
from data_access.disclosure import clients_permitted
from data_access.filters import Filter, not_followed_text
from data_access.quality import RULES
from data_access.schema.derived import CLIENT_TABLES
from geo import registers
from ui.blocks import Blocks, Column, Table
from ui.queries import page_queries
from ui.state.page_context import View
from ui.text import area_names, messages, provenance


def fix_rows(view: View) -> pd.DataFrame:
    """Give the rows that break a rule: of the chosen region or province, else of the country.

    Rows about clients are those of the reader's own provinces only.
    """
    found = page_queries.whole(view, "quality_rows")
    if _of_the_country(view):
        return found
    if view.filters.level == "country":
        return found[found["province_code"] != registers.BANGKOK]
    return found[found["province_code"].isin(_provinces(view))]


def rule_counts(view: View) -> pd.DataFrame:
    """Give how many rows of the chosen area break each rule: rule, rows, provinces.

    For the whole country rows about clients are among them whoever asks; `provinces` is empty where
    the reader may not see in which provinces they are.
    """
    found = fix_rows(view)
    counts = found.groupby("rule").agg(
        rows=("rule", "size"), provinces=("province_code", "nunique")
    )
    if _of_the_country(view):
        every = _of_every_rule(view)
        known = counts["rows"].reindex(every.index) == every
        counts = counts.reindex(every.index).assign(
            rows=every, provinces=lambda frame: frame["provinces"].where(known)
        )
    return counts.astype({"rows": "int64", "provinces": "Int64"}).reset_index()


def some_not_told(view: View) -> bool:
    """True where rows about clients of the chosen area are not all listed for this reader.

    Of the whole country where there are such rows, else whether there are any.
    """
    if _of_the_country(view):
        return int(_of_every_rule(view).sum()) > len(fix_rows(view))
    return not clients_permitted(view.scope, _provinces(view))


def rules_not_told(view: View) -> set[str]:
    """Give the rules whose count in the chosen area may lack rows about clients."""
    if _of_the_country(view) or not some_not_told(view):
        return set()
    return {
        name
        for name, rule in RULES.items()
        if any(finding.table.name in CLIENT_TABLES for finding in rule.findings)
    }


def own_only(view: View) -> str:
    """Give that rows about clients are shown inside own areas only; empty where none is missing."""
    return t("page.quality.own_only", view.lang) if some_not_told(view) else ""


def _of_every_rule(view: View) -> pd.Series:
    """How many rows of the country break each rule, those about clients among them."""
    return page_queries.whole(view, "quality_counts").groupby("rule")["rows"].sum()


def _of_the_country(view: View) -> bool:
    return view.filters.level == "country" and view.filters.base == 77


def _provinces(view: View) -> tuple[str, ...]:
    chosen = view.filters
    if chosen.province:
        return (chosen.province,)
    if chosen.region:
        return tuple(one.code for one in registers.provinces_of(chosen.region))
    return tuple(registers.provinces_by_code())


def not_followed(view: View) -> str:
    """Give the filters that the rows do not follow: a row is placed in a province, on no day."""
    ignored = page_queries.not_followed(view, "quality_rows")
    followed = {Filter.REGION, Filter.PROVINCE, Filter.BASE}
    return not_followed_text([one for one in ignored if one not in followed], view.lang)


def by_province(view: View) -> Blocks:
    """Give how many rows of each province break which rule, most first; nothing where none does."""
    lang, found = view.lang, fix_rows(view)
    if found.empty and not some_not_told(view):
        return ()
    counted = (
        found.groupby(["province_code", "rule"], dropna=False)
        .size()
        .reset_index(name="rows")
        .sort_values(["rows", "province_code"], ascending=[False, True], ignore_index=True)
    )
    return (
        Table(
            key="quality_by_province",
            title=t("page.quality.by_province", lang),
            frame=counted.assign(
                province=[_province(code, lang) for code in counted["province_code"]],
                rule=[t(f"quality.{rule}.title", lang) for rule in counted["rule"]],
            ),
            columns=[
                Column("province", t("filter.province", lang), width=130),
                Column("rule", t("page.quality.column.rule", lang), width=230),
                Column("rows", t("page.quality.column.rows", lang), "count", width=90),
            ],
            provenance=provenance.lines(view),
            caveat=own_only(view),
            not_followed=not_followed(view),
            empty=own_only(view),
        ),
    )


def _province(code: Any, lang: Lang) -> str:
    return area_names.short_name(code, lang) if isinstance(code, str) else numbers.MISSING


def fix_list(view: View) -> Table:
    """Give the rows to fix by their place in the sender's files; no id of a client is shown."""
    lang = view.lang
    found = fix_rows(view)
    names = ("province", "table_name", "row_number", "column_name", "title", "fix")
    columns = [
        Column(n, t(f"page.quality.column.{n}", lang), "count" if n == "row_number" else "text")
        for n in names
    ]
    return Table(
        key="quality_fixes",
        title=t("page.quality.fixes", lang),
        frame=found.assign(
            title=[t(f"quality.{rule}.title", lang) for rule in found["rule"]],
            fix=[t(f"quality.{rule}.fix", lang) for rule in found["rule"]],
            province=[_province(code, lang) for code in found["province_code"]],
        ),
        columns=columns,
        provenance=provenance.lines(view),
        caveat=own_only(view),
        not_followed=not_followed(view),
        empty=own_only(view) or messages.nothing_to_list(lang),
    )
