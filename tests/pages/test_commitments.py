"""The page of commitments as its reader meets it: who writes, who reads what, what is said."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from streamlit.testing.v1 import AppTest

from config.i18n import LANGS, Lang, t
from data_access import audit, queries, snapshot
from data_access.indicators.kernel.query import Query
from data_access.journal import commitments
from data_access.journal.pen import Pen
from data_access.journal.store import Journal
from data_access.roles import Visitor
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.journal.pens import AT, OWNER
from tests.pages.conftest import Open, words
from tests.support.commands import TODAY
from tests.support.reading import as_read
from ui.blocks import Details, Form, Table, Text
from ui.render.media import renderer
from ui.sections.commitments import section
from ui.sections.overview import section as overview
from ui.state.filter_state import everything
from ui.state.page_context import View

EXECUTIVE = Visitor("e@sample.invalid", "executive", Scope(nation=True), False)
PRESENTER = Visitor("p@sample.invalid", "presenter", Scope(nation=True), False)
YEAR_END = date(2027, 9, 30)
NAME = "families_per_case_manager"
ACTION, OWNER_TEXT = "ลงพื้นที่ร่วมกับ อพม. ทุกสัปดาห์", "หัวหน้ากลุ่มการพัฒนาสังคม"


@pytest.fixture
def home(small_data_dir: Path, tmp_path: Path) -> Path:
    """A data directory of the test's own, for it writes into it."""
    return copytree(small_data_dir, tmp_path / "home", ignore=lambda *_: ["sample", "audit"])


def view_of(home: Path, who: Visitor | None = OWNER, area: str = "TH", lang: Lang = "th",
            **options: str) -> View:  # fmt: skip
    info = snapshot.current(home)
    scope = who.scope if who else Scope(nation=True)
    filters = everything(info.as_of).at(area)
    return View(filters, lang, "light", scope, info, options=options, today=TODAY,
                reader=who, author=who)  # fmt: skip


def number(info: SnapshotInfo, name: str = NAME, area: str = "50") -> float:
    scope, query = Scope(nation=True), Query(info.as_of, area="province")
    frame = queries.indicator(name, query, scope=scope, snapshot=info)
    return float(frame.set_index("area_code").loc[area, "value"])


def sign(home: Path, area: str = "50", target: float = 0.5) -> None:
    info = snapshot.current(home)

    def ask(name: str, query: Query) -> object:
        return queries.indicator(name, query, scope=Scope(nation=True), snapshot=info)

    boss = Visitor("a@sample.invalid", "administrator", Scope(nation=True), True)
    pen = Pen(Journal(f"sqlite:///{home}/journal-sample.sqlite3"), boss, AT, lambda _code: None)
    draft = commitments.Draft(area, NAME, target, YEAR_END, (ACTION,), OWNER_TEXT)
    commitments.sign(draft, pen, info, ask)  # type: ignore[arg-type] # a frame


def text(view: View) -> str:
    return as_read((renderer("text")(section.page(view), view) or b"").decode())


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_signed_is_listed_with_its_numbers(home: Path, lang: Lang) -> None:
    sign(home)
    info = snapshot.current(home)
    page = section.page(view_of(home, lang=lang))
    (row,) = [b for b in page.blocks if isinstance(b, Table)][0].rows().to_dict("records")
    value = f"{number(info):.1f}"
    assert value in row["now"]
    assert value in row["line"]  # on the day of signing the line is at the number itself
    assert row["state"] == t("commitments.state.on_course", lang)
    assert "0.5" in row["target"]


@pytest.mark.parametrize(
    ("who", "reads"), [(OWNER, True), (EXECUTIVE, True), (PRESENTER, False), (None, False)]
)
def test_texts_are_for_the_area_and_executives_alone(
    home: Path, who: Visitor | None, reads: bool
) -> None:
    sign(home)
    said = text(view_of(home, who))
    assert (as_read(ACTION) in said) is reads
    assert (as_read(OWNER_TEXT) in said) is reads
    assert t("commitments.state.on_course", "th") in said  # the numbers are for everybody


def test_a_coordinator_of_another_area_reads_no_text(home: Path) -> None:
    sign(home, "57")
    assert as_read(ACTION) not in text(view_of(home, OWNER))
    assert as_read(ACTION) in text(view_of(home, replace(OWNER, administers=True)))


def test_forms_are_for_those_entitled_alone(home: Path) -> None:
    sign(home)

    def forms(view: View) -> list[str]:
        return [b.key for b in section.page(view).blocks if isinstance(b, Form)]

    assert forms(view_of(home, area="50")) == ["commitment_new_50_follow_up_completion"]
    entry = f"50.{NAME}.1"
    assert forms(view_of(home, area="50", entry=entry)) == [f"commitment_50_{NAME}_1"]
    assert forms(view_of(home, area="57")) == []
    for who in (EXECUTIVE, PRESENTER, None):
        assert forms(view_of(home, who, "50")) == []
    previewed = replace(view_of(home, area="50"), author=None)  # an administrator views as somebody
    assert forms(previewed) == []


def test_the_overview_says_how_many_are_on_course(home: Path) -> None:
    assert "ข้อตกลง" not in text_of_overview(view_of(home))
    sign(home)
    sign(home, "57")
    said = text_of_overview(view_of(home))
    assert "ตามแผน 2 จาก 2 ข้อตกลง" in said
    assert "ตามแผน 1 จาก 1 ข้อตกลง" in text_of_overview(view_of(home, area="57"))


def text_of_overview(view: View) -> str:
    blocks = overview.commitment_counts.block(view)
    made = replace(overview.page(view), blocks=blocks)
    return as_read((renderer("text")(made, view) or b"").decode())


def test_a_journal_out_of_reach_is_said_and_the_page_stands(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERSIGHT_JOURNAL", "postgresql+psycopg://me:s3cret@127.0.0.1:1/j")
    said = text(view_of(home))
    assert as_read(t("journal.unreachable", "th")) in said
    assert "s3cret" not in said
    (block,) = overview.commitment_counts.block(view_of(home))
    assert isinstance(block, Text)


def fill(app: AppTest, key: str, **values: object) -> AppTest:
    """Type into a form and send it."""
    for one in (*app.text_input, *app.number_input, *app.selectbox):
        name = str(one.key).rsplit(f"{key}_", 1)[-1].split("_", 1)[-1]
        if str(one.key).startswith(key) and name in values:
            one.set_value(values[name])
    return next(b for b in app.button if b.form_id == f"{key}_form").click().run()


def test_a_form_is_filled_sent_and_noted(home: Path, open_page: Open) -> None:
    app = open_page("commitments", home, province="50", indicator=NAME)
    key = f"commitment_new_50_{NAME}"
    app = fill(app, key, target=0.5, action_1=ACTION, owner="โทร 0812345678")
    assert [as_read(e.value) for e in app.error] == [
        as_read(t("journal.problem.telephone", "th", field=t("journal.field.owner", "th")))
    ]
    assert ACTION in [one.value for one in app.text_input], "what was typed stays"
    app = fill(app, key, owner=OWNER_TEXT)
    assert not app.error
    assert [e.value for e in app.success] == [t("journal.signed", "th")]
    assert as_read(ACTION) in words(app)
    events = audit.read(home, audit.months(home)[0])
    (event,) = events[events["what"] == "wrote"].to_dict("records")
    assert event["detail"] == f"commitments:50.{NAME}.1:1"
    assert ACTION not in events.to_csv()


def test_an_edit_that_came_second_is_refused_and_what_was_typed_stays(
    home: Path, open_page: Open
) -> None:
    sign(home)
    key, entry = f"commitment_50_{NAME}_1", f"50.{NAME}.1"
    app = open_page("commitments", home, province="50", entry=entry)
    journal = Journal(f"sqlite:///{home}/journal-sample.sqlite3")
    (first,) = commitments.commitments(journal, Scope(nation=True))
    draft = commitments.Draft("50", NAME, 0.4, YEAR_END, ("อีกคนหนึ่งเขียน",), OWNER_TEXT)
    info = snapshot.current(home)
    commitments.revise(first, draft, Pen(journal, OWNER, AT, lambda _c: None), info.as_of)
    app = fill(app, key, action_2="ข้อความของฉัน")
    assert [e.value for e in app.error] == [t("journal.old_revision", "th", number=2)]
    assert "ข้อความของฉัน" in [one.value for one in app.text_input]
    assert [w.value for w in app.warning if w.value == t("form.newer", "th")]
    (now,) = commitments.commitments(journal, Scope(nation=True))
    assert (now.revision, now.action_1, now.action_2) == (2, "อีกคนหนึ่งเขียน", "")
    app = app.button(key=f"{key}_newest").click().run()
    assert "อีกคนหนึ่งเขียน" in [one.value for one in app.text_input]
    app = fill(app, key, action_2="ข้อความของฉัน")
    (now,) = commitments.commitments(journal, Scope(nation=True))
    assert (now.revision, now.action_1, now.action_2) == (3, "อีกคนหนึ่งเขียน", "ข้อความของฉัน")


def test_a_withdrawn_commitment_stays_in_the_list_and_counts_nowhere(home: Path) -> None:
    sign(home)
    view = view_of(home, area="50", entry=f"50.{NAME}.1")
    (fold,) = [b for b in section.page(view).blocks if getattr(b, "key", "").endswith("_end")]
    assert isinstance(fold, Details)
    assert [type(one) for one in fold.blocks()] == [Form]
    pen = Pen(Journal(f"sqlite:///{home}/journal-sample.sqlite3"), OWNER, AT, lambda _c: None)
    (one,) = commitments.commitments(pen.journal, Scope(nation=True))
    commitments.withdraw(one, pen, snapshot.current(home).as_of)
    said = text(view_of(home))
    assert t("commitments.state.withdrawn", "th") in said
    assert "ตามแผน 0 จาก 0" in said
