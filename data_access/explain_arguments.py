"""The ends that the arguments of `explain` name: a day, a fiscal year or quarter, a snapshot."""

import argparse
import re
from collections.abc import Sequence

from config.i18n import Lang, t
from config.thai_calendar import FiscalYear, parse_date
from data_access.arguments import BadArgument, fields_of
from data_access.explain import End
from data_access.indicators.kernel.query import Query
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
    return End(options.formerly or options.name, first, before), End(options.name, last, after)


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
