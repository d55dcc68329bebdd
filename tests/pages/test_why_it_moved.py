"""The page of an area says why a figure moved: the numbers of `explain`, in words and as bars."""

import html
import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from config.i18n import LANGS, Lang, t
from data_access import snapshot
from data_access.scope import Scope
from ui.blocks import Chart, Choice, Text
from ui.queries import explanations
from ui.render.streamlit import figure_table
from ui.sections.area import section as area
from ui.sections.area import why
from ui.sections.overview import section as overview
from ui.state.filter_state import everything
from ui.state.page_context import View


def view(home: Path, lang: Lang, **options: str) -> View:
    info = snapshot.current(home)
    filters = everything(info.as_of)
    scope = Scope(nation=True)
    return View(filters, lang, "light", scope, info, options=options, today=date(2026, 9, 30))


@pytest.mark.parametrize("lang", LANGS)
def test_the_waterfall_leads_from_one_total_to_the_other(small_data_dir: Path, lang: Lang) -> None:
    found = why.blocks(view(small_data_dir, lang, why="urgent_cases"))
    charts = [block for block in found if isinstance(block, Chart)]
    assert [chart.key for chart in charts] == ["why_numerator", "why_denominator"]
    for chart in charts:
        bars = chart.spec()["datasets"]["rows"]
        assert bars[0]["high"] + chart.rows()["change"].sum() == bars[-1]["high"]
        levels = [bars[0]["high"]]
        for bar in bars[1:-1]:
            assert levels[-1] in (bar["low"], bar["high"])
            levels.append(bar["low"] + bar["high"] - levels[-1])
        assert levels[-1] == bars[-1]["high"]
    words = next(block.text for block in found if isinstance(block, Text) and "\n" in block.text)
    assert t("explain.cause.new", lang) in words


def test_the_overview_leads_to_the_causes_of_each_change(small_data_dir: Path) -> None:
    seen = view(small_data_dir, "en")
    filters = seen.filters.at("50")
    seen = View(filters, "en", "light", seen.scope, seen.snapshot, today=seen.today)
    shown = overview.table(seen, overview.figures(seen))
    written = figure_table.table(shown, seen, shown.complete())
    links = re.findall(r'class="why" href="([^"]+)"', written)
    assert links
    figures = {figure.name: figure for part in shown.complete().values() for figure in part}
    for link in links:
        page, _, codes = html.unescape(link).partition("?")
        asked = dict(parse_qsl(codes))
        assert page == "area"
        assert asked.pop("why") in explanations.names()
        assert asked == {**filters.params(), "lang": "en", "place": "top"}
    assert 0 < len(links) <= sum(bool(f.change_previous) for f in figures.values())


def test_whoever_comes_by_a_link_reads_the_causes_first(small_data_dir: Path) -> None:
    first = area.page(view(small_data_dir, "en", why="urgent_cases", place="top")).blocks
    last = area.page(view(small_data_dir, "en", why="urgent_cases")).blocks
    title = t("explain.title", "en")
    at = [
        [n for n, block in enumerate(blocks) if isinstance(block, Text) and block.text == title]
        for blocks in (first, last)
    ]
    assert at[0] < at[1]


def test_a_whole_year_is_explained_against_the_year_before(small_data_dir: Path) -> None:
    reading = explanations.since_period_before(view(small_data_dir, "en"), "follow_up_completion")
    assert reading.start.query.period.start == date(2024, 10, 1)
    assert reading.end.query.period.end == date(2026, 9, 30)
    stock = explanations.since_period_before(view(small_data_dir, "en"), "urgent_cases")
    assert stock.start.query.period.end == date(2026, 6, 30)


def test_nothing_is_asked_before_a_figure_is_chosen(small_data_dir: Path) -> None:
    found = why.blocks(view(small_data_dir, "en"))
    assert [type(block) for block in found] == [Text, Choice]


def test_a_region_at_the_public_level_says_why_there_is_no_picture(small_data_dir: Path) -> None:
    public = view(small_data_dir, "en", why="families_in_care")
    region = View(
        public.filters.at("northeast"), "en", "light", public.scope, public.snapshot,
        options=public.options,
    )  # fmt: skip
    found = why.blocks(region)
    assert not [block for block in found if isinstance(block, Chart)]
    assert any("own areas only" in block.text for block in found if isinstance(block, Text))


def test_the_quarter_before_the_first_lies_in_the_year_before(small_data_dir: Path) -> None:
    first = view(small_data_dir, "en", why="urgent_cases")
    quarter = View(
        everything(date(2025, 12, 31)), "en", "light", first.scope, first.snapshot,
        options=first.options,
    )  # fmt: skip
    words = [block.text for block in why.blocks(quarter) if isinstance(block, Text)]
    assert any("30 Sep 2025" in text and "31 Dec 2025" in text for text in words)
