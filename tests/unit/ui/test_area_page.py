"""The page of one area: what comes first, what its cells say, which areas it shows."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from config.i18n import LANGS, Lang, t
from config.thai_calendar import Span
from data_access.indicators import registry
from data_access.scope import Scope
from data_access.statistics.change import Change
from data_access.statistics.intervals import Rank
from data_access.statistics.xmr import Reading
from data_access.targets import Target
from tests.support import world
from ui.blocks import AreaChoice, Cell, Column, GroupedTable, Stages
from ui.queries.area_profile import Profile
from ui.render.streamlit.grouped_table import span_rows
from ui.sections.area import cells, first_to_look, parts_of_work, section
from ui.state.filter_state import everything
from ui.state.page_context import View
from ui.text.figures import Figure

DAY = date(2026, 9, 30)
DOCUMENTED = Target(10.0, "คำแถลง", proposed=False)


def figure(name: str, value: float = 12.0, top: int = 60, bottom: int = 50) -> Figure:
    period = Span(date(2025, 10, 1), DAY)
    return Figure(name, value, top, bottom, "shown", "", "exact", period, DAY, None)


def reading(*rules: str) -> Reading:
    return Reading(20, 10.0, 8.0, 12.0, rules, 1, "worse" if rules else "common", "no_target")


def view(folder: Path, lang: Lang = "th", area: str = "50", **options: str) -> View:
    info = world.make(folder, {})
    return View(
        everything(info.as_of).at(area), lang, "light", Scope(nation=True), info, options=options
    )


FAILS = Profile(replace(figure("families_per_case_manager", 14.2), target=DOCUMENTED))


def test_a_missed_documented_target_comes_first_then_worse_then_a_low_rank() -> None:
    worse = Profile(replace(figure("unassigned_families"), reading=reading("beyond")))
    low = Profile(figure("follow_up_completion"), rank=Rank(70, 60, 76, 76))
    listed = {
        "follow_up_completion": low,
        "unassigned_families": worse,
        "families_per_case_manager": FAILS,
    }
    assert first_to_look.first(listed) == [
        ("fails", "families_per_case_manager"),
        ("worse", "unassigned_families"),
        ("low", "follow_up_completion"),
    ]


def test_a_proposed_target_is_no_reason_to_look() -> None:
    proposed = replace(FAILS.figure, target=replace(DOCUMENTED, proposed=True))
    assert first_to_look.first({"families_per_case_manager": Profile(proposed)}) == []


def test_of_several_missed_targets_the_farthest_comes_first() -> None:
    """14.2 is 42 % above 10, and 25 of a target of 50 is 50 % below it."""
    half = replace(figure("follow_up_completion", 25.0), target=Target(50.0, "แผน", False))
    listed = {"families_per_case_manager": FAILS, "follow_up_completion": Profile(half)}
    assert [name for _, name in first_to_look.first(listed)] == [
        "follow_up_completion",
        "families_per_case_manager",
    ]


@pytest.mark.parametrize(("bottom", "is_named"), [(19, False), (20, True)])
def test_what_stands_on_a_base_under_20_is_never_named(bottom: int, is_named: bool) -> None:
    worse = replace(figure("unassigned_families", bottom=bottom), reading=reading("run"))
    assert bool(first_to_look.first({"unassigned_families": Profile(worse)})) is is_named


@pytest.mark.parametrize(
    ("rank", "is_named"),
    [(Rank(70, 39, 76, 76), True), (Rank(70, 38, 76, 76), False), (Rank(2, 1, 9, 76), False)],
)
def test_a_rank_is_named_only_where_chance_leaves_it_in_the_lower_half(
    rank: Rank, is_named: bool
) -> None:
    low = Profile(figure("follow_up_completion"), rank=rank)
    assert bool(first_to_look.first({"follow_up_completion": low})) is is_named


def test_what_has_no_direction_has_no_low_rank() -> None:
    low = Profile(figure("urgent_cases"), rank=Rank(76, 70, 76, 76))
    assert first_to_look.first({"urgent_cases": low}) == []


def test_an_indicator_is_named_once_and_three_at_most() -> None:
    names = ("unassigned_families", "follow_up_overdue", "cases_without_next_follow_up")
    both = {
        name: Profile(replace(figure(name), reading=reading("beyond")), rank=Rank(76, 70, 76, 76))
        for name in (*names, "no_contact_90_days")
    }
    listed = first_to_look.first(both)
    assert [kind for kind, _ in listed] == ["worse"] * 3
    assert [name for _, name in listed] == list(names)


@pytest.mark.parametrize("lang", LANGS)
def test_where_there_is_nothing_to_look_at_the_page_says_so(tmp_path: Path, lang: Lang) -> None:
    said = first_to_look.findings_list(view(tmp_path, lang), {})
    assert said[-1].text == t("page.area.first_nothing", lang)  # type: ignore[attr-defined]  # a Text


@pytest.mark.parametrize("lang", LANGS)
def test_fewer_than_three_are_followed_by_that_there_is_no_more(tmp_path: Path, lang: Lang) -> None:
    said = first_to_look.findings_list(view(tmp_path, lang), {"families_per_case_manager": FAILS})
    lines = said[1].text  # type: ignore[attr-defined]  # a Text
    assert "1 : 14.2" in lines
    assert "+4.2" in lines
    assert said[-1].text == t("page.area.first_no_more", lang)  # type: ignore[attr-defined]  # a Text


def test_hidden_no_data_and_not_permitted_are_said_apart() -> None:
    said = {
        status: cells.result(
            Profile(
                replace(figure("unassigned_families"), value=None, status=status, reason=reason)
            ),
            "th",
        ).quiet
        for status, reason in (
            ("hidden", "small_number"),
            ("no_data", "nothing_to_count"),
            ("not_permitted", "out_of_scope"),
        )
    }
    assert len(set(said.values())) == 3
    assert all(said.values())


def test_a_share_on_a_small_base_is_its_counts_and_no_percentage() -> None:
    small = Profile(figure("follow_up_completion", 50.0, 9, 18))
    assert cells.result(small, "th") == Cell("9 จาก 18", strong=True)
    assert cells.value(small, "th").text == "—"
    large = Profile(figure("follow_up_completion", 50.0, 10, 20))
    assert cells.value(large, "th") == Cell("50.0", strong=True)


def test_the_year_before_stands_with_the_change_from_it() -> None:
    change = Change("better", 12.0 - 15.5, 15.5, date(2025, 9, 30))
    now = replace(figure("follow_up_overdue"), change_year_before=change)
    assert cells.year_before(replace(now, name="days_to_plan"), "en") == Cell(
        "16", "Better −4 days"
    )  # 15.5 rounded up; 12 − 15.5 = −3.5, away from zero


def test_a_wider_area_that_may_not_be_seen_whole_has_no_number() -> None:
    mine = Profile(figure("follow_up_completion"), wider={"TH": None})
    assert cells.around(mine, "TH", "th") == Cell("—", t("status.not_permitted", "th"))


def test_every_indicator_stands_on_the_page_once() -> None:
    listed = [name for names in parts_of_work.names().values() for name in names]
    assert sorted(listed) == sorted(registry.INDICATORS)


@pytest.mark.parametrize(
    ("area", "asked", "shown"),
    [
        ("TH", "", ()),
        ("north", "", ()),
        ("50", "", ("50",)),
        ("5001", "", ("5001",)),
        ("TH", "50,30,96", ("50", "30", "96")),
        ("50", "30,50", ("50", "30")),
        ("TH", "50,50,30", ("50", "30")),
        ("TH", "50,5001,10,1001,96", ("50", "5001", "10", "1001")),
        ("TH", "x,50,TH,north,99", ("50",)),
    ],
)
def test_areas_are_the_filters_then_those_of_the_address(
    tmp_path: Path, area: str, asked: str, shown: tuple[str, ...]
) -> None:
    seen = view(tmp_path, area=area, areas=asked)
    assert section.areas(seen) == shown
    unknown = {one for one in asked.split(",") if one} - set(shown)
    assert {one.value for one in seen.ignored_codes} == unknown


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_of_nothing_says_so_and_names_everything(tmp_path: Path, lang: Lang) -> None:
    page = section.page(view(tmp_path, lang))
    choice, stages, *_ = page.blocks
    assert isinstance(choice, AreaChoice)
    assert choice.now == ("50",)
    assert isinstance(stages, Stages)
    assert not stages.ready()
    group = stages.stages[0]()[0]
    table = group.blocks[-1]  # type: ignore[attr-defined]  # a Group
    assert isinstance(table, GroupedTable)
    assert sum(len(rows) for rows in table.parts.values()) == len(registry.INDICATORS)
    assert all(row["value"] == cells.WAITING for rows in table.parts.values() for row in rows)


def test_equal_cells_of_a_merged_column_are_written_once() -> None:
    texts = ["a", "a", "b", "a"]
    rows = [{"title": Cell("same"), "owner": Cell(text)} for text in texts]
    block = GroupedTable(
        key="k",
        columns=[Column("title", "t"), Column("owner", "o")],
        parts={},
        merged_columns=frozenset({"owner"}),
    )
    shown = span_rows(rows, block)
    assert [[(one.cell.text, one.rows) for one in row] for row in shown] == [
        [("same", 1), ("a", 2)],
        [("same", 1)],
        [("same", 1), ("b", 1)],
        [("same", 1), ("a", 1)],
    ]
