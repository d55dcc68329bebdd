"""The fewest families that would have to move so that no case manager is over the norm."""

import pandas as pd

from config import numbers
from config.i18n import t
from data_access.disclosure import single_cases_permitted
from data_access.filters import Filter
from data_access.planning import moves
from data_access.planning.moves import Load, Proposal
from data_access.supervision import MANAGER
from geo import neighbours
from ui.blocks import Blocks, Column, List, Text
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.state.page_context import View
from ui.text import area_names, provenance

OF_PROVINCE = frozenset({Filter.DISTRICT})  # work is shared in the whole province
LISTING = "supervision"  # its rows of case managers have post, district and families
COLUMNS = ("giver", "giver_district", "taker", "taker_district", "families", "across")


def blocks(view: View, norm: int) -> Blocks:
    """Give the proposal for the province of the view, or what to choose first."""
    heading = Text(t("page.balance.moves", view.lang), "heading")
    province = _province(view)
    if province is None:
        anywhere = single_cases_permitted(view.scope, "TH")
        key = "choose_province" if anywhere else "moves_not_own"
        return heading, Text(t(f"page.balance.{key}", view.lang), "notice")
    proposal = _proposal(view, province, norm)
    return heading, Text(_sentence(view, proposal, norm), "notice"), _list(view, proposal)


def _province(view: View) -> str | None:
    """The province whose case managers are looked at: chosen, or the only one of the reader's."""
    scope, chosen = view.scope, view.filters.province
    own = {*scope.own_provinces, *(code[:2] for code in scope.own_districts)}
    code = chosen or (next(iter(own)) if len(own) == 1 else None)
    return code if code and single_cases_permitted(scope, code) else None


def _managers(view: View) -> pd.DataFrame:
    rows = page_queries.listing(view, LISTING, district=None)
    return rows[rows["kind"] == MANAGER]


@cached_view
def _proposal(view: View, province: str, norm: int) -> Proposal:
    rows = _managers(view)
    loads = [
        Load(row.code, row.district_code if isinstance(row.district_code, str) else "",
             int(row.families))
        for row in rows[rows["province_code"] == province].itertuples()
    ]  # fmt: skip
    return moves.propose(loads, norm, neighbours.of_province(province))


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
    return List(
        key="balance_moves",
        title=t("page.balance.moves_list", lang),
        note=t("page.balance.moves_about", lang),
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


_FIELDS = ("giver", "taker", "families", "across")


def _in_words(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    lang = view.lang
    places = dict(zip(_managers(view)["code"], _managers(view)["district_code"], strict=True))

    def district(code: str) -> str:
        place = places[code]
        return area_names.short_name(place, lang) if isinstance(place, str) else numbers.MISSING

    across = {True: t("page.balance.across", lang), False: t("page.balance.inside", lang)}
    return frame.assign(
        giver_district=[district(code) for code in frame["giver"]],
        taker_district=[district(code) for code in frame["taker"]],
        across=[across[bool(one)] for one in frame["across"]],
    )
