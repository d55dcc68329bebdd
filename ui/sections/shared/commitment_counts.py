"""How many commitments are on course, in one sentence: the same on every page that says it."""

from config import numbers
from config.i18n import t
from data_access.journal.store import JournalUnreachable
from ui.blocks import Blocks, Facts, Text
from ui.queries import commitments
from ui.queries.commitments import Reading
from ui.state.page_context import View


def sentence(readings: tuple[Reading, ...], view: View) -> str:
    """Give "ตามแผน 3 จาก 5 ข้อตกลง …"; parts that count nothing are left out."""
    lang, counts = view.lang, commitments.counts(readings, view)
    on_course, running = numbers.count(counts.on_course, lang), numbers.count(counts.running, lang)
    said = [t("commitments.on_course", lang, on_course=on_course, running=running)]
    if counts.behind:
        said.append(t("commitments.behind", lang, count=numbers.count(counts.behind, lang)))
    if counts.without_number:
        count = numbers.count(counts.without_number, lang)
        said.append(t("commitments.without_number", lang, count=count))
    if counts.over:
        over, met = numbers.count(counts.over, lang), numbers.count(counts.over_and_met, lang)
        said.append(t("commitments.over", lang, over=over, met=met))
    return t("tables.joint", lang).join(said)


def block(view: View) -> Blocks:
    """Give the sentence under its heading, or that it cannot be read; nothing where there is no
    commitment in the view's area."""
    try:
        readings = commitments.readings(view)
    except JournalUnreachable:
        return (Text(t("journal.unreachable", view.lang), "notice"),)
    if not readings:
        return ()
    return (
        Facts(
            ((t("page.commitments.title", view.lang), sentence(readings, view).replace("**", "")),)
        ),
    )
