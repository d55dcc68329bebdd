"""A page as text: sentence, card, chart rows and list say the number that the data door gives.

Decks are made of the same answers, so they are looked at here, where these are worked out.
"""

from pathlib import Path

import pytest

from config import numbers
from config.i18n import LANGS, Lang
from config.settings import PREFIX
from data_access import late_entry, queries
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import current
from tests.support.commands import TODAY
from ui.render import command_line, picture
from ui.render.pages import PAGES
from ui.render.wall.faces import BODY, Face, faces
from ui.seminar import deck
from ui.seminar.slide_content import fill
from ui.state.filter_state import everything
from ui.state.page_context import View


@pytest.fixture
def home(small_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo, as the command reads it."""
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(small_data_dir))
    monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
    return small_data_dir


def text_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """What the command prints, line by line."""
    assert command_line.main(["text", *arguments]) == 0
    # Not capfd: a solver's own code leaves lines in the buffer of the process.
    return capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").splitlines()


def test_sentence_card_chart_and_list_of_a_province_say_one_number(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = ["--option", "list=families_per_case_manager"]
    lines = text_of(capsys, "caseload", "--region", "north", *listed, "--lang", "en")
    info = current(home)
    chosen = everything(info.as_of).at("north")
    query: Query = chosen.query("province")
    frame = queries.indicator(
        "families_per_case_manager", query, scope=Scope(nation=True), snapshot=info
    )
    row = frame[frame["area_code"] == "50"].iloc[0]
    written = numbers.value(row["value"], "ratio", "en")
    cells = f"50\tChiang Mai\t{written}\t{row['numerator']:,}\t{row['denominator']:,}\t"
    assert sum(line.startswith(cells) for line in lines) == 2, "once in the list, once in the chart"
    region = queries.indicator(
        "families_per_case_manager", chosen.query("region"), scope=Scope(nation=True), snapshot=info
    )
    whole = numbers.value(region[region["area_code"] == "north"]["value"].iloc[0], "ratio", "en")
    assert any(line.startswith(f"{whole}\t") for line in lines), "the card"
    assert whole.split(" : ")[1] in lines[1], "the sentence"


@pytest.mark.parametrize(
    # All series of all indicators take longest. Every page is opened in both languages by
    # test_every_page: here they take turns.
    ("key", "lang"),
    [
        pytest.param(p.key, LANGS[n % 2], marks=[pytest.mark.slow] * (p.key == "area"))
        for n, p in enumerate(PAGES)
    ],
)
def test_every_page_can_be_written_without_a_screen(
    home: Path, capsys: pytest.CaptureFixture[str], key: str, lang: Lang
) -> None:
    lines = text_of(capsys, key, "--lang", lang)
    assert lines[0].startswith("# ")
    # Sentences only: nobody has looked at anything or written anything yet, and nobody here has an
    # area of their own.
    assert len(lines) > {"audit_trail": 5, "desk": 3, "commitments": 4}.get(key, 10)
    assert not [line for line in lines if "<" in line and "</" in line], "no HTML in a text"


def test_months_that_late_entry_still_changes_are_marked_in_the_chart_and_its_table(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}HIDE_BELOW", "1")  # months of flows are not public
    info, scope = current(home), Scope(nation=True, hide_below=1)
    lines = text_of(capsys, "follow_up", "--lang", "en")
    for name, series in (("follow_up_completion", "done"), ("follow_up_on_time", "on time")):
        moved = late_entry.movements(name, as_of=info.as_of, scope=scope, snapshot=info)
        size = f"{numbers.change(moved[0][0], 1)} percentage points"
        (caption,) = [line for line in lines if "Hollow points are provisional" in line]
        assert f"{series} {size}".casefold() in caption.casefold()
        months = [line for line in lines if line.startswith("Sep 2026\t") and size in line]
        assert len(months) == 1
    assert not [line for line in lines if line.startswith("Jan 2026\t") and "Provisional" in line]


@pytest.mark.parametrize("name", deck.ready())
def test_every_slide_of_a_ready_deck_has_something_to_show(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    # Drawing takes longest and is looked at in the browser; here a picture is asked for its size.
    drawn: list[tuple[int, int]] = []

    def svg(spec: object, view: View, place: str, *, size: tuple[int, int]) -> str:
        drawn.append(size)
        return "<svg/>"

    monkeypatch.setattr(picture, "svg", svg)
    info = current(home)
    scope = Scope(nation=True)
    view = View(everything(info.as_of), "th", "light", scope, info, today=TODAY)
    for number, one in enumerate(fill(deck.ready()[name], view), start=1):
        assert not one.problems, (number, one.title)
        made = faces(one, number)
        assert made
        for face in made:
            assert face.title
            assert shows(face), (number, face.title)
    # Words of a chart are 13 of its units high: on a wall of 1760 pixels they are 28 or more.
    assert all(13 * min(1760 / width, BODY / height) >= 28 for width, height in drawn)


def shows(face: Face) -> bool:
    """Whether there is something in the body of a slide: a statement says more than "nothing"."""
    if face.kind == "statement":
        return len(face.text) > 30
    return bool(face.svg or face.cards or face.lines or (face.grid and face.grid.rows))
