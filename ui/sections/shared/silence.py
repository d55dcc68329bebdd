"""The mark of areas that have sent nothing for months, beside what is said of them."""

from config import numbers
from config.i18n import t
from data_access.indicators import registry
from ui.queries import page_queries
from ui.state.page_context import View


def marks(view: View, name: str) -> dict[str, str]:
    """Give the words that mark the silent areas of a list by their code; empty for what is not
    counted from cases: staff and training are recorded elsewhere."""
    if not registry.get(name).client_counts:
        return {}
    found = page_queries.listing(view, "silent_areas", area=view.filters.below)
    return {str(line.area_code): words(view, line.months) for line in found.itertuples()}


def words(view: View, months: object) -> str:
    """Give "no record for 4 months"."""
    return t("page.parts.silent", view.lang, months=numbers.count(months, view.lang))
