"""The rows that break a rule: how many each province has, and the list to mend them by."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import Lang, t
from data_access.filters import Filter, not_followed_text
from geo import registers
from ui.blocks import Blocks, Column, Table
from ui.queries import page_queries
from ui.state.page_context import View
from ui.text import area_names, messages, provenance


def here(view: View) -> pd.DataFrame:
    """Give the rows that break a rule: of the chosen region or province, else of the country."""
    found, chosen = page_queries.whole(view, "quality_rows"), view.filters
    if chosen.level == "country":
        return found if chosen.base == 77 else found[found["province_code"] != registers.BANGKOK]
    inside = registers.provinces_of(chosen.region) if chosen.region else ()
    codes = {chosen.province} if chosen.province else {p.code for p in inside}
    return found[found["province_code"].isin(codes)]


def not_followed(view: View) -> str:
    """Give the filters that the rows do not follow: a row is placed in a province, on no day."""
    ignored = page_queries.not_followed(view, "quality_rows")
    followed = {Filter.REGION, Filter.PROVINCE, Filter.BASE}
    return not_followed_text([one for one in ignored if one not in followed], view.lang)


def by_province(view: View) -> Blocks:
    """Give how many rows of each province break which rule, most first; nothing where none does."""
    lang, found = view.lang, here(view)
    if found.empty:
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
            not_followed=not_followed(view),
        ),
    )


def _province(code: Any, lang: Lang) -> str:
    return area_names.short_name(code, lang) if isinstance(code, str) else numbers.MISSING


def fix_list(view: View) -> Table:
    """Give the rows to fix by their place in the sender's files; no id of a client is shown."""
    lang = view.lang
    found = here(view)
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
        not_followed=not_followed(view),
        empty=messages.nothing_to_list(lang),
    )
