"""The command-line door: the same numbers, scope, hiding and rounding as the pages.

Exit codes: 0 done, 2 bad arguments, 3 bad data, 4 source or snapshot not reachable, 5 refused.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from config import access
from config.i18n import Lang, t
from config.numbers import count
from config.settings import BANGKOK, Settings, SettingsError, load
from config.thai_calendar import CalendarProblem, DateProblem, parse_date
from data_access import (
    audit,
    disclosure,
    forget,
    format_document,
    listings,
    mirror_command,
    output,
    preparation,
    queries,
    snapshot,
)
from data_access.arguments import BadArgument, parser, query_of
from data_access.audit import Event
from data_access.explain_command import ends_of, explain_text
from data_access.figure_statistics import STATISTICS
from data_access.filters import Filter, not_followed_text
from data_access.importers import BadData, LoadReport, Origin, Unreachable, safe_label
from data_access.indicators import registry
from data_access.indicators.kernel.engine import NOT_BY, NotAnswerable
from data_access.indicators.kernel.query import AREAS, SERIES, Query
from data_access.listings import LISTINGS
from data_access.progress import progress_bar
from data_access.scope import Scope
from data_access.source_maps import command
from geo.errors import GeoError

SUCCESS, BAD_ARGUMENTS, BAD_DATA, UNREACHABLE, NOT_ALLOWED = 0, 2, 3, 4, 5
SHOWN_PROBLEMS = 200


class NotAllowed(Exception):
    """The operator's settings do not allow what was asked."""


def main(arguments: Sequence[str]) -> int:
    """Runs one command and gives its exit code; every failure is one plain sentence on stderr."""
    options = parser().parse_args(arguments)
    try:
        settings = load()
    except SettingsError as problem:
        return _fail(str(problem), BAD_ARGUMENTS)
    lang = settings.language
    try:
        return COMMANDS[options.command](options, settings)
    except BadData as bad:
        return _fail(_problems(bad, lang), BAD_DATA)
    except Unreachable as away:
        return _fail(away.text(lang), UNREACHABLE)
    except snapshot.NoSnapshot:
        return _fail(t("cli.no_snapshot", lang, data_dir=settings.data_dir), UNREACHABLE)
    except snapshot.RefreshRunning:
        return _fail(t("cli.refresh_running", lang), NOT_ALLOWED)
    except snapshot.SnapshotBroken as broken:
        return _fail(t("cli.snapshot_broken", lang, why=broken), BAD_DATA)
    except access.AccessProblem as wrong_file:
        return _fail(str(wrong_file), BAD_ARGUMENTS)
    except NotAllowed as refused:
        return _fail(str(refused), NOT_ALLOWED)
    except NotAnswerable as wrong:
        offers = ", ".join([*AREAS, *SERIES, *wrong.offers])
        text = t("cli.not_answerable", lang, name=wrong.name, by=wrong.wanted, offers=offers)
        return _fail(text, BAD_ARGUMENTS)
    except registry.UnknownIndicator as unknown:
        nearest = ", ".join(unknown.suggestions) or "—"
        text = t("cli.unknown_indicator", lang, name=unknown.name, nearest=nearest)
        return _fail(text, BAD_ARGUMENTS)
    except (GeoError, DateProblem) as wrong_argument:
        return _fail(wrong_argument.text(lang), BAD_ARGUMENTS)
    except (BadArgument, CalendarProblem) as wrong_argument:
        return _fail(str(wrong_argument), BAD_ARGUMENTS)


def _import(options: argparse.Namespace, settings: Settings) -> int:
    origin = _origin(settings, options.source, options.map)
    return _load(settings, origin, options, check_only=options.check)


def _origin(settings: Settings, source: str, map_path: Path | None) -> Origin:
    """A source with the map named, else with that of the settings where it belongs to it.

    It belongs to the source of the settings and to databases: a folder of sample data that somebody
    imports beside them uses the names of the format.
    """
    belongs = "://" in source or source == settings.source
    chosen = map_path or (settings.source_map if belongs else None)
    return Origin(source, chosen, rows_stay=settings.pushdown and belongs)


def _map(options: argparse.Namespace, settings: Settings) -> int:
    """Writes a draft to a file or to standard output, or says what is wrong with a map."""
    lang = settings.language
    if options.check:
        origin = Origin(options.source, options.map or settings.source_map)
        answer = command.check_of(origin)
        for line in command.lines(answer, origin, lang):
            _say(line)
        return BAD_DATA if answer.problems else SUCCESS
    out: Path | None = options.out
    if out is not None and out.exists():
        raise BadArgument(t("cli.map_there", lang, path=out))
    text = command.draft_of(Origin(options.source), options.schema, lang, settings.hide_below)
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")
        _say(t("cli.map_draft", lang, path=out))
    return SUCCESS


def _refresh(options: argparse.Namespace, settings: Settings) -> int:
    if settings.source is None:
        raise BadArgument(t("cli.no_source", settings.language))
    origin = _origin(settings, settings.source, None)
    return _load(settings, origin, options, check_only=False)


def _load(
    settings: Settings, source: Origin, options: argparse.Namespace, *, check_only: bool
) -> int:
    as_of = parse_date(options.as_of) if options.as_of else None
    lang = settings.language
    with progress_bar() as bar:
        if check_only:
            report = snapshot.inspect(settings, source, as_of=as_of, progress=bar.step)
        else:
            reports: list[LoadReport] = []
            info = snapshot.build(
                settings,
                source,
                as_of=as_of,
                progress=bar.step,
                on_report=reports.append,
                prepare=preparation.steps(rollups=options.rollups, progress=bar.step),
            )
            report = reports[0]
    for line in report.lines(lang):
        _say(line)
    if check_only:
        rows = count(sum(report.rows.values()), lang)
        _say(t("cli.checked", lang, rows=rows, source=safe_label(source)))
        return SUCCESS
    _say(t("cli.published", lang, snapshot=info.snapshot_id, as_of=info.as_of.isoformat()))
    return SUCCESS


def _check(options: argparse.Namespace, settings: Settings) -> int:
    info = snapshot.current(settings.data_dir)
    found = queries.quality_counts(scope=_nation(settings), snapshot=info)
    _say_as(output.quality(found, options.format, settings.language), options)
    return SUCCESS


def _indicators(options: argparse.Namespace, settings: Settings) -> int:
    _say_as(output.registry_list(registry.INDICATORS, options.format, settings.language), options)
    return SUCCESS


def _format(options: argparse.Namespace, settings: Settings) -> int:
    del settings  # the format is the same for everybody
    json_form = options.format == "json"
    _say(format_document.as_json() if json_form else format_document.markdown())
    return SUCCESS


def _status(options: argparse.Namespace, settings: Settings) -> int:
    info = snapshot.current(settings.data_dir)
    tables = queries.load_rows(scope=_nation(settings), snapshot=info)
    _say(output.status(info, tables, settings, options.format))
    return SUCCESS


def _show(options: argparse.Namespace, settings: Settings) -> int:
    lang, name = settings.language, options.name
    if options.reveal and not settings.allow_reveal:
        raise NotAllowed(t("cli.reveal_refused", lang))
    if name not in LISTINGS:
        queries.definition_of(name)
    elif options.statistic or options.by != "country":
        raise BadArgument(t("cli.list_is_whole", lang, name=name))
    info = snapshot.current(settings.data_dir)
    query = query_of(options, info.as_of, lang)
    _say_what_is_not_followed(name, query, lang)
    scope = Scope(nation=True, hide_below=settings.hide_below, reveal=options.reveal)
    frame = listings.answer(name, query, scope=scope, snapshot=info).frame
    if name in LISTINGS:
        if LISTINGS[name].own_only and not disclosure.every_client_permitted(scope):
            sys.stderr.write(t(LISTINGS[name].own_only, lang) + "\n")
        _say_as(output.listing(name, frame, options.format, lang), options)
        return SUCCESS
    sys.stderr.write(output.joined_bands(frame["group"], query.breakdown, lang))
    if options.statistic:
        targets = queries.targets(scope=scope, snapshot=info)
        frame = STATISTICS[options.statistic](frame, queries.definition_of(name), targets)
    _say_as(output.indicator(name, frame, options.format, lang), options)
    return SUCCESS


def _explain(options: argparse.Namespace, settings: Settings) -> int:
    if options.reveal and not settings.allow_reveal:
        raise NotAllowed(t("cli.reveal_refused", settings.language))
    both = ends_of(options, snapshot.snapshots(settings.data_dir), settings.language)
    for one in both:
        _say_what_is_not_followed(one.name, one.query, settings.language)
    _say_as(explain_text(*both, options, settings), options)
    return SUCCESS


def _forget(options: argparse.Namespace, settings: Settings) -> int:
    """Says what would go; with `--yes` it goes from every snapshot and the trail notes that."""
    lang, home = settings.language, settings.data_dir
    folder: Path = options.snapshots or home / "snapshots"
    if not folder.is_dir():
        raise BadArgument(t("cli.forget_folder", lang, folder=folder))
    if options.yes:
        months = access.load(settings.access).keep_months
        event = Event("command line", "", "forgot", detail=options.kind)
        audit.record(home, event, at=datetime.now(BANGKOK), keep_months=months)
        gone = forget.forget(home, options.kind, options.key, options.snapshots)
    else:
        listed = {p.name: forget.count(p, options.kind, options.key) for p in forget.files(folder)}
        gone = {name: rows for name, rows in listed.items() if rows}
    for name, rows in gone.items():
        tables = ", ".join(f"{table} {count(n, lang)}" for table, n in sorted(rows.items()))
        _say(t("cli.forget_rows", lang, file=name, tables=tables))
    key = "none" if not gone else "done" if options.yes else "would"
    _say(t(f"cli.forget_{key}", lang, files=count(len(gone), lang)))
    return SUCCESS


def _say_what_is_not_followed(name: str, query: Query, lang: Lang) -> None:
    """Refuses a filter that the rows would not show was left out; notes the others on stderr.

    Area and period stand in every row; a target group or role does not, and a number for everybody
    would be taken for theirs.
    """
    refused, ignored = listings.refused_filters(name, query), listings.filters_ignored(name, query)
    for one in (Filter.TARGET_GROUP, Filter.ROLE):
        if one in (*refused, *ignored):
            reason = t(f"reason.{NOT_BY[one]}", lang)
            raise BadArgument(t("cli.not_divided", lang, name=name, reason=reason))
    if ignored:
        sys.stderr.write(not_followed_text(ignored, lang) + "\n")


def _nation(settings: Settings) -> Scope:
    return Scope(nation=True, hide_below=settings.hide_below)


def _problems(bad: BadData, lang: Lang) -> str:
    shown = [problem.text(lang) for problem in bad.problems[:SHOWN_PROBLEMS]]
    more = bad.total - len(shown)
    if more > 0:
        shown.append(t("cli.more_problems", lang, more=count(more, lang)))
    shown.append(t("cli.nothing_loaded", lang, total=count(bad.total, lang)))
    return "\n".join(shown)


def _say_as(text: str, options: argparse.Namespace) -> None:
    _say(output.with_mark(text, options.format, options.bom, sys.stdout))


def _say(text: str) -> None:
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def _fail(text: str, code: int) -> int:
    sys.stderr.write(text if text.endswith("\n") else text + "\n")
    return code


COMMANDS: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
    "import": _import,
    "refresh": _refresh,
    "map": _map,
    "check": _check,
    "explain": _explain,
    "forget": _forget,
    "format": _format,
    "indicators": _indicators,
    "mirror": mirror_command.run,
    "show": _show,
    "status": _status,
}
