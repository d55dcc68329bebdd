"""The fewest families that would have to move so that no case manager is over the norm."""

import pandas as pd

from config import numbers
from config.i18n import t
from data_access.disclosure import single_cases_permitted
from data_access.filters import Filter
from data_access.planning import moves
from data_access.planning.moves import Load, Proposal
from data_access.supervision import MANAGER
from geo import levels, neighbours
from geo.registers import COUNTRY
from ui.blocks import Blocks, Column, List, Text
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.state.page_context import View
from ui.text import area_names, provenance

OF_PROVINCE = frozenset({Filter.DISTRICT})  # work is shared in the whole province
LISTING = "supervision"  # its rows of case managers have post, district and families
COLUMNS = ("giver", "giver_district", "taker", "taker_district", "families", "across")


def blocks(view: View, norm: int) -> Blocks:
    """Give the proposal for the province of the view, or for all own provinces inside it."""
    heading = Text(t("page.balance.moves", view.lang), "heading")
    provinces = _provinces(view)
    if not provinces:
        return heading, Text(t("page.balance.moves_not_own", view.lang), "notice")
    proposal = _proposal(view, provinces, norm)
    return heading, Text(_sentence(view, proposal, norm), "notice"), _list(view, proposal)


def _provinces(view: View) -> tuple[str, ...]:
    """The provinces whose case managers are looked at together: the one chosen, or all of the
    reader's own inside the view's region or country."""
    scope, filters = view.scope, view.filters
    own = {*scope.own_provinces, *(code[:2] for code in scope.own_districts)}
    asked = {filters.province} if filters.province else own
    inside = (code for code in asked if levels.lies_in(code, filters.region or COUNTRY))
    return tuple(sorted(code for code in inside if single_cases_permitted(scope, code)))


def _managers(view: View) -> pd.DataFrame:
    rows = page_queries.listing(view, LISTING, district=None)
    return rows[rows["kind"] == MANAGER]


@cached_view
def _proposal(view: View, provinces: tuple[str, ...], norm: int) -> Proposal:
    rows = _managers(view)
    loads = [
        Load(row.code, row.district_code if isinstance(row.district_code, str) else "",
             int(row.families), row.province_code)
        for row in rows[rows["province_code"].isin(provinces)].itertuples()
    ]  # fmt: skip
    return moves.propose(loads, norm, neighbours.of_provinces(frozenset(provinces)))


def _sentence(view: View, proposal: Proposal, norm: int) -> str:
    lang = view.lang
    words = {
        "families": numbers.count(proposal.families, lang),
        "above": numbers.count(proposal.above, lang),
        "norm": norm,
    }
    if not proposal.solved:
        return t("page.balance.unsolved", lang, **words)
    key = "none" if not proposal.moves and not proposal.above else "some"
    said = t(f"page.balance.moves_{key}", lang, **words)
    left = t("page.balance.moves_above", lang, **words) if proposal.above else ""
    return t("tables.joint", lang).join(filter(None, (said, left)))


def _list(view: View, proposal: Proposal) -> List:
    lang = view.lang
    frame = pd.DataFrame([vars(move) for move in proposal.moves], columns=list(_FIELDS))
    many = len(_provinces(view)) > 1
    return List(
        key="balance_moves",
        title=t("page.balance.moves_list", lang),
        note=t(f"page.balance.moves_about{'_many' if many else ''}", lang, km=neighbours.MOST_KM),
        frame=lambda: _in_words(view, frame),
        size=len(frame),
        columns=[
            Column(
                name,
                t(f"page.balance.column.{name}", lang),
                "count" if name == "families" else "text",
            )
            for name in COLUMNS
        ],
        provenance=provenance.lines(view),
        not_followed=page_queries.not_followed_text(view, LISTING, without=OF_PROVINCE),
        empty=t("page.balance.no_moves", lang),
    )


_FIELDS = ("giver", "taker", "families", "across", "abroad")


def _in_words(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    lang = view.lang
    places = dict(zip(_managers(view)["code"], _managers(view)["district_code"], strict=True))

    name = area_names.name_with_province if len(_provinces(view)) > 1 else area_names.short_name

    def district(code: str) -> str:
        place = places[code]
        return name(place, lang) if isinstance(place, str) else numbers.MISSING

    where = frame["across"].map({True: "across", False: "inside"}).mask(frame["abroad"], "abroad")
    return frame.assign(
        giver_district=[district(code) for code in frame["giver"]],
        taker_district=[district(code) for code in frame["taker"]],
        across=[t(f"page.balance.{one}", lang) for one in where],
    )
