"""What is said after a form was sent: that it is saved, or every reason why it is not."""

from collections.abc import Callable
from datetime import date

from config.i18n import t
from config.thai_calendar import format_date
from data_access.journal.pen import DraftRefusal
from data_access.journal.rights import NotEntitled
from data_access.journal.store import JournalProblem, OldRevision
from ui.blocks import Answer
from ui.state.page_context import View


def answer(view: View, key: str, act: Callable[[], None]) -> Answer:
    """Do it, and give what is said; `key` words that it is done."""
    lang = view.lang
    try:
        act()
    except DraftRefusal as refusal:
        return Answer(False, tuple(one.text(lang) for one in refusal.problems))
    except OldRevision as old:
        return Answer(False, (t("journal.old_revision", lang, number=old.newest),))
    except NotEntitled:
        return Answer(False, (t("journal.not_entitled", lang),))
    except (JournalProblem, OSError):
        return Answer(False, (t("journal.not_written", lang),))
    return Answer(True, (t(f"journal.{key}", lang),))


def moment(written_at: str, view: View) -> str:
    """Give the moment of a revision in words."""
    day = format_date(date.fromisoformat(written_at[:10]), view.lang)
    return t("journal.moment", view.lang, date=day, clock=written_at[11:16])
