"""The desk as its reader meets it: counts equal lists, own area only, narrowed and in order."""

from pathlib import Path

import pytest

from config.i18n import LANGS, Lang, t
from data_access import desk, snapshot
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.support.commands import TODAY
from tests.support.reading import as_read
from ui.blocks import Choice, List, Page, Row, Tallies, Text
from ui.render.media import renderer
from ui.sections.desk import section
from ui.state.filter_state import everything
from ui.state.page_context import View

OWN = Scope(nation=True, own_provinces=frozenset({"30", "50"}))
SUBJECTS = (
    "tasks", "due_7", "due_30", "overdue", "no_contact", "unassigned", "urgent", "no_improvement",
    "unanswered", "quiet",
)  # fmt: skip


@pytest.fixture(scope="module")
def info(small_data_dir: Path) -> SnapshotInfo:
    return snapshot.current(small_data_dir)


def view_of(
    info: SnapshotInfo, area: str = "TH", *, scope: Scope = OWN, lang: Lang = "th", **options: str
) -> View:
    filters = everything(info.as_of).at(area)
    return View(filters, lang, "light", scope, info, options=options, today=TODAY)


def counts(page: Page) -> dict[str, int]:
    (block,) = [one for one in page.blocks if isinstance(one, Tallies)]
    rows = block.rows()
    return dict(zip(rows["code"], rows["count"], strict=True))


def the_list(page: Page) -> List:
    (block,) = [one for one in page.blocks if isinstance(one, List)]
    return block


@pytest.mark.parametrize("level", ["country", "province", "district"])
def test_each_count_is_the_number_of_rows_behind_it(info: SnapshotInfo, level: str) -> None:
    every = desk.desk_rows(Query(info.as_of), scope=OWN, snapshot=info)
    fullest = every["district_code"].mode()[0]
    area = {"country": "TH", "province": fullest[:2], "district": fullest}[level]
    sizes = counts(section.page(view_of(info, area)))
    assert [*sizes] == [*SUBJECTS]
    assert sum(sizes.values()) > 0
    for code, count in sizes.items():
        listed = the_list(section.page(view_of(info, area, list=code)))
        assert len(listed.rows()) == listed.size == count, code


def test_the_whole_is_the_sum_of_ones_own_provinces(info: SnapshotInfo) -> None:
    parts = [counts(section.page(view_of(info, area))) for area in ("30", "50")]
    whole = counts(section.page(view_of(info)))
    assert whole == {code: parts[0][code] + parts[1][code] for code in SUBJECTS}


@pytest.mark.parametrize("lang", LANGS)
def test_whoever_has_no_area_is_told_so_and_reads_of_no_client(
    info: SnapshotInfo, lang: Lang
) -> None:
    view = view_of(info, scope=Scope(nation=True), lang=lang)
    page = section.page(view)
    (said,) = page.blocks
    assert isinstance(said, Text)
    assert said.text == t("page.desk.nobody", lang)
    assert "SYN" not in (renderer("text")(page, view) or b"").decode()


def test_an_area_that_is_not_ones_own_is_said_to_be_elsewhere(info: SnapshotInfo) -> None:
    view = view_of(info, "57")
    page = section.page(view)
    (said,) = page.blocks
    assert isinstance(said, Text)
    assert "จังหวัดเชียงราย" in said.text
    assert "SYN" not in (renderer("text")(page, view) or b"").decode()


def test_a_list_is_narrowed_to_one_post_and_put_in_order(info: SnapshotInfo) -> None:
    whole = the_list(section.page(view_of(info, "50", list="due_30"))).rows()
    post = whole["worker_id"].iloc[0]
    mine = the_list(section.page(view_of(info, "50", list="due_30", who=post))).rows()
    assert set(mine["worker_id"]) == {post}
    assert len(mine) == (whole["worker_id"] == post).sum()
    page = section.page(view_of(info, "50", list="due_30", order="worker_id"))
    assert the_list(page).rows()["worker_id"].is_monotonic_increasing
    (choices,) = [one for one in page.blocks if isinstance(one, Row)]
    posts = choices.blocks[0]
    assert isinstance(posts, Choice)
    assert set(posts.options) == {"all", *whole["worker_id"]}


def test_a_row_says_why_since_when_and_who(info: SnapshotInfo) -> None:
    row = the_list(section.page(view_of(info, "50", list="overdue"))).rows().iloc[0]
    days = row["days"]
    assert as_read(row["why"]) == f"เกินกำหนด {days} วัน"
    assert row["since"].endswith("2569")
    assert row["worker_id"].startswith("SYN50W")


def test_files_have_the_counts_and_the_open_list(info: SnapshotInfo) -> None:
    view = view_of(info, "50", list="overdue")
    page = section.page(view)
    text = (renderer("csv")(page, view) or b"").decode("utf-8-sig")
    assert t("page.desk.counts", "th") in text
    assert all(unit in text for unit in the_list(page).rows()["unit"])
