"""Events of a trend over months: which are marked, what their numbers stand for, and where a
series is broken."""

from config.events import events_between
from config.i18n import t
from config.thai_calendar import format_date, month_spans
from ui.charts.event_marks import EventMark, marks
from ui.state.page_context import View

MONTHS = 24


def marks_of(view: View, names: tuple[str, ...]) -> tuple[EventMark, ...]:
    """Give the marks of the trend of these indicators that ends with the view's day."""
    span = view.filters.months_up_to(MONTHS)
    months = [month.start for month in month_spans(span.start, span.end)]
    return marks(events_between(span.start, view.filters.day, names), months)


def with_key(view: View, names: tuple[str, ...], caveat: str) -> str:
    """Give a caveat with the key of the numbers and, for each break, that values before and after
    it cannot be compared."""
    listed = marks_of(view, names)
    said = [caveat] if caveat else []
    if listed:
        key = t("tables.joint", view.lang).join(one.words(view.look) for one in listed)
        said.append(t("events.key", view.lang, marks=key))
    said += [
        t("events.broken", view.lang, date=format_date(event.on, view.lang))
        for one in listed
        for event in one.events
        if event.breaks_series
    ]
    return t("tables.joint", view.lang).join(said)
