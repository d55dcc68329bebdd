"""The page that balances work: sums equal tables, choices stand in the address, advice is own."""

from dataclasses import replace
from pathlib import Path

import pytest

from data_access import snapshot
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.support.commands import TODAY
from ui.blocks import Lazy, List, Page, Table, Text
from ui.queries import page_queries
from ui.render.media import renderer
from ui.sections.balance import section
from ui.state.filter_state import everything
from ui.state.page_context import View

OWN = Scope(nation=True, own_provinces=frozenset({"30", "50"}), hide_below=1)


@pytest.fixture(scope="module")
def info(small_data_dir: Path) -> SnapshotInfo:
    return snapshot.current(small_data_dir)


def view_of(info: SnapshotInfo, area: str = "TH", *, scope: Scope = OWN, **options: str) -> View:
    filters = everything(info.as_of).at(area)
    return View(filters, "th", "light", scope, info, options=options, today=TODAY)


def table(page: Page, key: str) -> Table:
    blocks = [b for one in page.blocks for b in (one.blocks() if isinstance(one, Lazy) else (one,))]
    (found,) = [b for b in blocks if isinstance(b, Table) and b.key == key]
    return found


@pytest.mark.parametrize("options", [{}, {"norm": "8"}, {"norm": "12", "people": "20"}])
def test_totals_are_the_sums_of_the_table(info: SnapshotInfo, options: dict[str, str]) -> None:
    page = section.page(view_of(info, **options))
    totals = table(page, "balance_totals").rows()
    rows = table(page, "balance_areas").rows()
    over = [int(rows[name].fillna(False).sum()) for name in ("over_now", "over_then")]
    gaps = [int(rows[name].sum()) for name in ("gap_now", "gap_then")]
    assert totals[["now", "then"]].iloc[:2].to_numpy().tolist() == [over, gaps]
    assert totals["then"].iloc[2] == rows["managers_then"].sum()


def test_as_it_is_the_totals_are_the_figures_of_the_registry(info: SnapshotInfo) -> None:
    view = view_of(info)
    totals = table(section.page(view), "balance_totals").rows()
    figures = page_queries.figures(view, "provinces_over_norm", "staffing_gap")
    assert totals["now"].tolist()[:2] == [
        figures["provinces_over_norm"].numerator, figures["staffing_gap"].numerator,
    ]  # fmt: skip


def test_more_people_never_leave_more_missing(info: SnapshotInfo) -> None:
    gaps = [
        table(section.page(view_of(info, people=step)), "balance_totals").rows()["then"].iloc[1]
        for step in ("-50", "-10", "0", "10", "50")
    ]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] > gaps[-1]


def test_proposals_are_for_ones_own_area_only(info: SnapshotInfo) -> None:
    public = view_of(info, "50", scope=Scope(nation=True))
    text = (renderer("text")(section.page(public), public) or b"").decode()
    assert "SYN" not in text
    own = view_of(info, "50", norm="8")
    assert "SYN50W" in (renderer("text")(section.page(own), own) or b"").decode()


def test_the_country_is_looked_at_over_the_borders_of_ones_own_provinces(
    info: SnapshotInfo,
) -> None:
    two = replace(OWN, own_provinces=frozenset({"30", "40"}))
    view = view_of(info, scope=two, norm="8")
    proposed = table(section.page(view), "balance_moves")
    people = page_queries.listing(view, "supervision").set_index("code")
    named = [*proposed.rows()["giver"], *proposed.rows()["taker"]]
    assert set(people.loc[named, "province_code"]) <= {"30", "40"}
    assert "50 กม." in proposed.note
    # Inside one province nothing crosses its border, and the note does not speak of it.
    alone = table(section.page(view_of(info, "30", scope=two, norm="8")), "balance_moves")
    assert "กม." not in alone.note
    assert "อำเภอข้างเคียงต่างจังหวัด" not in set(alone.rows()["across"])


def test_a_region_without_an_own_province_has_no_proposal(info: SnapshotInfo) -> None:
    page = section.page(view_of(info, "south"))
    said = [
        b.text
        for one in page.blocks
        if isinstance(one, Lazy)
        for b in one.blocks()
        if isinstance(b, Text)
    ]
    assert any("เฉพาะในพื้นที่รับผิดชอบ" in text for text in said)


def test_moves_keep_everybody_at_the_norm_and_name_real_posts(info: SnapshotInfo) -> None:
    view = view_of(info, "30", norm="8")
    rows = table(section.page(view), "balance_moves").rows()
    people = page_queries.listing(view, "supervision")
    loads = people[people["kind"] == "case_manager"].set_index("code")["families"].to_dict()
    for row in rows.itertuples():
        loads[row.giver] -= row.families
        loads[row.taker] += row.families
    before = people[people["kind"] == "case_manager"]["families"]
    assert sum(loads.values()) == before.sum()
    assert max(loads.values()) <= max(8, before.max())


def test_codes_that_no_choice_has_are_said_to_be_unused(info: SnapshotInfo) -> None:
    view = view_of(info, norm="9", people="7")
    page = section.page(view)
    assert {one.param for one in view.ignored_codes} == {"norm", "people"}
    assert isinstance(table(page, "balance_areas"), List)
