"""The command `explain`: the ends that its arguments name (a day, a fiscal year or quarter, a
snapshot), and what it says."""

import argparse
import re
from collections.abc import Sequence

from config.i18n import Lang, t
from config.settings import Settings
from config.thai_calendar import FiscalYear, parse_date
from data_access import explain_words, output
from data_access.arguments import BadArgument, fields_of
from data_access.explain import End, NotExplained, explain
from data_access.indicators import registry
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo

_PERIOD = re.compile(r"(\d{4})(?:[-/]([1-4]))?")


def ends_of(
    options: argparse.Namespace, snapshots: Sequence[SnapshotInfo], lang: Lang
) -> tuple[End, End]:
    """Both ends of the change; without `--to` the later one is the live snapshot as it stands.

    `snapshots` are those that are kept, the live one first. Raises `BadArgument` for a snapshot
    that is not among them; other codes and days raise as those of `show` do.
    """
    live = snapshots[0].snapshot_id
    texts = (options.start, options.end or live)
    (first, before), (last, after) = (_end(text, snapshots, options, lang) for text in texts)
    names = (options.formerly or options.name, options.name)
    for name in names:
        registry.get(name)
    return End(names[0], first, before), End(names[1], last, after)


def explain_text(start: End, end: End, options: argparse.Namespace, settings: Settings) -> str:
    """The change in the form asked for; raises `BadArgument` where it has no parts."""
    lang = settings.language
    scope = Scope(nation=True, hide_below=settings.hide_below, reveal=options.reveal)
    try:
        explanation = explain(start, end, scope=scope)
    except NotExplained as refused:
        raise BadArgument(t(f"explain.not.{refused.reason}", lang, name=end.name)) from refused
    rows = explanation.frame
    rows = rows.assign(indicator=end.name)[["indicator", *rows.columns]]
    lines = explain_words.sentences(explanation, start, end, lang)
    return output.explanation(rows, lines, options.format, lang)


def _end(
    text: str, snapshots: Sequence[SnapshotInfo], options: argparse.Namespace, lang: Lang
) -> tuple[Query, SnapshotInfo]:
    by_id = {one.snapshot_id: one for one in snapshots}
    what, _, wanted = text.partition("@")
    if what in by_id:
        what, wanted = "", what
    info = by_id.get(wanted or snapshots[0].snapshot_id)
    if info is None:
        listed = ", ".join(by_id)
        raise BadArgument(t("explain.no_snapshot", lang, got=wanted, snapshots=listed))
    query = Query(info.as_of).but(**fields_of(options))
    if not what:
        return query, info
    if period := _PERIOD.fullmatch(what):
        year = FiscalYear(int(period[1]))
        return query.but(span=year.quarter(int(period[2])) if period[2] else year.span), info
    return query.but(as_of=parse_date(what)), info
