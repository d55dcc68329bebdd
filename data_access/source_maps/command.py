"""`python -m data_access map`: a draft of a source map, or a check of one."""

from collections.abc import Iterator
from pathlib import Path

from config.i18n import Lang, t
from data_access.importers.connection import OpenDatabase
from data_access.importers.limits import Limits
from data_access.importers.mapping.definition import SourceMap
from data_access.importers.sources import Origin, open_database
from data_access.source_maps.check import Gap, MapCheck, check
from data_access.source_maps.draft import draft

_MOST_NAMES = 6


def draft_of(origin: Origin, schema: str | None, lang: Lang, hide_below: int) -> str:
    """Give a draft for a source as the text of a file. Raises Unreachable."""
    with open_database(origin, Limits(schema=schema)) as database:
        return draft(database, lang, hide_below)


def check_of(origin: Origin) -> MapCheck:
    """Give what a map and its source say of each other. Raises BadData, Unreachable."""
    source_map: SourceMap = origin.source_map()
    database: OpenDatabase = open_database(origin, source_map.limits)
    return check(database, source_map)


def lines(answer: MapCheck, origin: Origin, lang: Lang) -> Iterator[str]:
    """Give a check as sentences: the connection, the problems, and what is still not named."""
    yield t("source_map.check.source", lang, source=origin.label, map=_name(origin.map_path))
    if answer.account.encrypted is False:
        yield t("source_map.check.not_encrypted", lang)
    if answer.account.writes:
        yield t("source_map.check.writes", lang)
    for note in answer.notes:
        yield note.text(lang)
    for gap in answer.gaps:
        yield _gap(gap, lang)
    own = ", ".join(answer.own_tables) or "—"
    yield t("source_map.check.tables", lang, mapped=len(answer.tables), own=own)
    for problem in answer.problems:  # last, where whoever runs the command looks first
        yield problem.text(lang)
    key = "wrong" if answer.problems else "right"
    yield t(f"source_map.check.{key}", lang, count=len(answer.problems))


def _gap(gap: Gap, lang: Lang) -> str:
    names = ", ".join(gap.indicators[:_MOST_NAMES])
    if len(gap.indicators) > _MOST_NAMES:
        names += f" +{len(gap.indicators) - _MOST_NAMES}"
    adds = names or t("source_map.lists_only", lang)
    place = gap.table if gap.column is None else f"{gap.table}.{gap.column}"
    return t("source_map.check.gap", lang, place=place, adds=adds)


def _name(path: Path | None) -> str:
    return "—" if path is None else path.name
