"""The letter around a weekly sheet: plain text and HTML in Thai first, the sheets as PDF."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from pathlib import Path

from config.i18n import LANGS, Lang, t
from config.settings import Settings
from config.thai_calendar import format_date
from config.theme import FONT, LIGHT
from data_access.snapshot import SnapshotInfo
from ui.blocks import Page
from ui.digest.leave_links import Leaving, address
from ui.digest.letter_notices import Notice, Notices, notices, tasks_line
from ui.digest.recipients import Recipient
from ui.render import links
from ui.render.about import about, file_name
from ui.render.documents import page_of, paper
from ui.render.media import renderer
from ui.render.pages import spec
from ui.render.parts import parts
from ui.render.templates import environment
from ui.state.page_context import View

SHEET = "weekly"
_templates = environment(Path(__file__).parent / "templates")


@dataclass(frozen=True)
class Letter:
    """What goes to one person: words in both forms, and the files by name."""

    address: str
    subject: str
    text: str
    html: str
    files: dict[str, bytes]
    leave: str = ""  # the address that leaves all alerts of the letter; empty where it has none


@dataclass(frozen=True)
class Before:
    """What stands before a sheet: a line on open tasks, and alerts under a title ("" for none)."""

    tasks: str
    title: str
    notices: tuple[Notice, ...]

    def text(self, view: View) -> list[str]:
        """Give it as lines of plain text, each alert with the address that leaves it."""
        leave = t("paper.mail.leave", view.lang)
        lines = [f"- {one.text}\n  {leave}: {one.address}" for one in self.notices]
        return [self.tasks, "\n".join([self.title, *lines]) if self.title else ""]


def letter(person: Recipient, settings: Settings, snapshot: SnapshotInfo) -> Letter:
    """Give the letter of one person; every number in it is asked for with their own scope."""
    views = {lang: person.views(settings, snapshot, lang) for lang in LANGS}
    thai, mine = views["th"], notices(person, settings, snapshot)
    say = partial(_before, mine, settings)
    leave = address(Leaving(person.address), settings) if mine.alerts else ""
    return Letter(
        address=person.address,
        subject=_subject(thai[0], "th"),
        text="\n\n".join(_text(view, say(view)) for lang in LANGS for view in views[lang]),
        html=_html([(view, say(view)) for lang in LANGS for view in views[lang]]),
        files=dict(_file(view) for view in thai if _has_rows(view)),
        leave=leave,
    )


def message(one: Letter, sender: str, week: str, at: datetime) -> EmailMessage:
    """Give a letter as mail to its one address. Twice the same letter has the same id."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, one.address, one.subject
    mail["Date"] = format_datetime(at)
    mark = hashlib.sha256(f"{one.address} {week}".encode()).hexdigest()[:32]
    mail["Message-ID"] = f"<{mark}@{sender.partition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    if one.leave:
        mail["List-Unsubscribe"] = f"<{one.leave}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(one.text)
    mail.add_alternative(one.html, subtype="html")
    for name, content in one.files.items():
        mail.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return mail


def _subject(view: View, lang: Lang) -> str:
    title = "paper.weekly_sheet.title" if _has_rows(view) else "page.overview.title"
    words = {
        "title": t(title, lang),
        "date": format_date(view.filters.day, lang),
    }
    key = "subject_synthetic" if view.snapshot.synthetic else "subject"
    return t(f"paper.mail.{key}", lang, **words)


def _text(view: View, before: Before) -> str:
    page = _sheet(view)
    words = renderer("text")(page, view) or b""
    said = about(page, view, ())
    lines = (said.mark, *before.text(view), words.decode().strip(), said.foot, _link(view))
    lines += (_privacy(view),)
    return "\n\n".join(line for line in lines if line)


def _html(views: Sequence[tuple[View, Before]]) -> str:
    sheets = []
    for view, before in views:
        page = _sheet(view)
        made = parts(page, view)
        sheets.append({
            "lang": view.lang,
            "about": about(page, view, (part.grid for part in made if part.grid)),
            "parts": made,
            "tasks": before.tasks,
            "notices": before.notices,
            "notices_title": before.title,
            "leave": t("paper.mail.leave", view.lang),
            "address": links.address(page, view),
            "link": t("paper.mail.link", view.lang),
            "privacy": _privacy(view),
        })  # fmt: skip
    return _templates.get_template("letter.html").render(sheets=sheets, ink=LIGHT, font=FONT)


def _file(view: View) -> tuple[str, bytes]:
    page, _ = paper(SHEET, view)
    return file_name(page, view, "pdf"), renderer("pdf")(page, view) or b""


def _before(mine: Notices, settings: Settings, view: View) -> Before:
    """What stands before a sheet: open tasks, then alerts under their heading."""
    listed = mine.of(view, settings)
    key = "unreachable" if mine.unreachable else "alerts"
    title = t(f"paper.mail.{key}", view.lang) if listed or mine.unreachable else ""
    return Before(tasks_line(view) if _has_rows(view) else "", title, listed)


def _has_rows(view: View) -> bool:
    """Whether the letter is about own areas, which alone have rows to work from."""
    return bool(view.scope.own_provinces or view.scope.own_districts)


def _sheet(view: View) -> Page:
    """The weekly sheet; for an executive the sentences of the overview, at the public level."""
    if _has_rows(view):
        return paper(SHEET, view)[0]
    return replace(page_of(spec("overview"), view), blocks=())


def _link(view: View) -> str:
    page = _sheet(view)
    return f"{t('paper.mail.link', view.lang)}: {links.address(page, view)}"


def _privacy(view: View) -> str:
    key = "privacy" if _has_rows(view) else "privacy_public"
    return t(f"paper.mail.{key}", view.lang)
