"""What the two map pages share: which indicator is shown, and its rows by province and district."""

import pandas as pd

from config.i18n import t
from data_access.filters import NOTHING, PLACES, Filter, Filters
from data_access.indicators import registry
from data_access.targets import Target
from ui.blocks import Choice
from ui.queries import page_queries
from ui.state.filter_state import COUNTRY
from ui.state.page_context import View
from ui.text.figures import target

USUAL = "families_per_case_manager"
PARAM = "indicator"
SHAPE = "shape"
REAL, TILES = SHAPES = ("real", "tiles")
# What a map of provinces can say something about, in the order of the list.
INDICATORS = registry.on_map()


def indicator(view: View) -> str:
    """Give the indicator that the address asks for; the caseload ratio where it asks for none."""
    return view.option(PARAM, INDICATORS, USUAL)


def indicator_choice(view: View, name: str) -> Choice:
    """Give the list of indicators to choose from."""
    return Choice(
        param=PARAM,
        label=t("column.indicator", view.lang),
        options={code: t(f"indicator.{code}.title", view.lang) for code in INDICATORS},
        now=name,
        usual=USUAL,
        form="list",
        key="map_indicator",
    )


def switch(view: View, param: str, options: tuple[str, ...], now: str, words: str) -> Choice:
    """Give a switch whose first code is the usual one.

    Its label is the text `words`, its entries are `words` with "_" and the code.
    """
    return Choice(
        param=param,
        label=t(words, view.lang),
        options={code: t(f"{words}_{code}", view.lang) for code in options},
        now=now,
        usual=options[0],
    )


def provinces(view: View, name: str) -> pd.DataFrame:
    """Give one row per province of the country or region, whichever province is chosen in it."""
    return page_queries.frame(view, name, view.filters.at(around(view)).query("province"))


def around(view: View) -> str:
    """Give the area whose provinces are compared: the region where one is chosen, else all."""
    chosen = view.filters
    return chosen.region if chosen.level == "region" and chosen.region else COUNTRY


def everywhere(view: View, name: str) -> pd.DataFrame:
    """Give one row per province of the country, whatever is chosen."""
    return page_queries.frame(view, name, view.filters.at(COUNTRY).query("province"))


def districts(view: View, name: str) -> pd.DataFrame:
    """Give one row per district of the province or region chosen, else of the country."""
    return page_queries.frame(view, name, view.filters.at(around_districts(view)).query("district"))


def around_districts(view: View) -> str:
    """Give the area whose districts are shown: the province, the region, or the country."""
    return view.filters.province or view.filters.region or COUNTRY


def left_out(view: View) -> Filters:
    """Give the filters that `provinces` leaves out: with a province chosen it shows them all."""
    return NOTHING if view.filters.level == "region" else PLACES


# What `everywhere` and `districts` leave out of their question, whatever is chosen.
EVERYWHERE: Filters = PLACES
OF_DISTRICTS: Filters = frozenset({Filter.DISTRICT})


def map_target(view: View, name: str) -> Target | None:
    """Give the target that values can be set against; None where there is none or it is a count."""
    found = target(name, view.filters, page_queries.whole(view, "targets"))
    return None if found is None or found.counts else found
