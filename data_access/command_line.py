"""The command-line door: the same numbers, scope, hiding and rounding as the pages.

Exit codes: 0 done, 2 bad arguments, 3 bad data, 4 source or snapshot not reachable, 5 refused.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date

from tqdm import tqdm

from config.i18n import Lang, t
from config.numbers import count
from config.settings import Settings, SettingsError, load
from config.thai_calendar import CalendarProblem, DateProblem, FiscalYear, parse_date
from config.version import VERSION
from data_access import format_document, output, queries, snapshot
from data_access.breakdowns import BREAKDOWNS
from data_access.importers import BadData, LoadReport, Unreachable, safe_label
from data_access.indicators import registry
from data_access.indicators.kernel.engine import NotAnswerable
from data_access.indicators.kernel.query import AREAS, SERIES, Query
from data_access.schema.codes import CODES
from data_access.scope import Scope
from geo import names
from geo.errors import GeoError

DONE, BAD_ARGUMENTS, BAD_DATA, UNREACHABLE, REFUSED = 0, 2, 3, 4, 5
SHOWN_PROBLEMS = 200


class Refused(Exception):
    """The operator's settings do not allow what was asked."""


class BadArgument(Exception):
    """An argument that cannot be used; the text says what to write instead."""


def main(arguments: Sequence[str]) -> int:
    """Runs one command and gives its exit code; every failure is one plain sentence on stderr."""
    options = _parser().parse_args(arguments)
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
        return _fail(t("cli.refresh_running", lang), REFUSED)
    except snapshot.SnapshotBroken as broken:
        return _fail(t("cli.snapshot_broken", lang, why=broken), BAD_DATA)
    except Refused as refused:
        return _fail(str(refused), REFUSED)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data_access", description=__doc__)
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True)
    load_command = commands.add_parser("import", help="read a folder, workbook or database")
    load_command.add_argument("source", help="folder of CSV files, .xlsx file or database URL")
    load_command.add_argument("--check", action="store_true", help="list problems, publish nothing")
    load_command.add_argument("--as-of", type=str, help="the day the data stand for")
    again = commands.add_parser("refresh", help="rebuild what the pages read from OVERSIGHT_SOURCE")
    again.add_argument("--as-of", type=str, help="the day the data stand for")
    commands.add_parser("check", help="data-quality checks, counted").add_argument(
        "--format", choices=output.FORMATS, default="table"
    )
    commands.add_parser("indicators", help="the registry of indicators").add_argument(
        "--format", choices=output.FORMATS, default="table"
    )
    commands.add_parser("status", help="source, as-of, rows, age, snapshot").add_argument(
        "--format", choices=("table", "json"), default="table"
    )
    commands.add_parser("format", help="the exchange format: tables, columns, codes").add_argument(
        "--format", choices=("md", "json"), default="md"
    )
    _add_show(commands.add_parser("show", help="one indicator or breakdown"))
    return parser


def _add_show(show: argparse.ArgumentParser) -> None:
    also = ", ".join(BREAKDOWNS)
    show.add_argument("name", help=f"the indicator's name (see `indicators`), or one of {also}")
    show.add_argument("--by", default="country", help=f"{', '.join((*AREAS, *SERIES))}, role, …")
    show.add_argument("--as-of", type=str)
    show.add_argument("--fiscal-year", type=int, help="Buddhist era, e.g. 2569")
    show.add_argument("--quarter", type=int, choices=(1, 2, 3, 4))
    show.add_argument("--region", choices=names.registers.REGIONS)
    show.add_argument("--province", help="code or name")
    show.add_argument("--district", help="code or name")
    show.add_argument("--target-group", choices=CODES["target_group"])
    show.add_argument("--role", choices=CODES["target_role"])
    show.add_argument("--base", type=int, choices=(76, 77), default=77)
    show.add_argument("--format", choices=output.FORMATS, default="table")
    show.add_argument("--reveal", action="store_true", help="never hide; needs the settings' leave")


def _import(options: argparse.Namespace, settings: Settings) -> int:
    return _load(settings, options.source, options.as_of, check_only=options.check)


def _refresh(options: argparse.Namespace, settings: Settings) -> int:
    if settings.source is None:
        raise BadArgument(t("cli.no_source", settings.language))
    return _load(settings, settings.source, options.as_of, check_only=False)


def _load(settings: Settings, source: str, as_of_text: str | None, *, check_only: bool) -> int:
    as_of = parse_date(as_of_text) if as_of_text else None
    lang = settings.language
    with _bar() as bar:
        if check_only:
            report = snapshot.inspect(settings, source, as_of=as_of, progress=bar.step)
        else:
            reports: list[LoadReport] = []
            info = snapshot.build(
                settings, source, as_of=as_of, progress=bar.step, on_report=reports.append
            )
            report = reports[0]
    for line in report.lines(lang):
        _say(line)
    if check_only:
        rows = count(sum(report.rows.values()), lang)
        _say(t("cli.checked", lang, rows=rows, source=safe_label(source)))
        return DONE
    _say(t("cli.published", lang, snapshot=info.snapshot_id, as_of=info.as_of.isoformat()))
    return DONE


class _bar:  # a context manager used like a function
    """A progress bar over the steps of a load, silent where stderr is no terminal."""

    def __enter__(self) -> "_bar":
        self._bar = tqdm(disable=None, leave=False, bar_format="{desc} {percentage:3.0f}%|{bar}|")
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def step(self, what: str, done: int, total: int) -> None:
        self._bar.total = total
        self._bar.n = done
        self._bar.set_description(what)


def _check(options: argparse.Namespace, settings: Settings) -> int:
    info = snapshot.current(settings.data_dir)
    found = queries.quality_counts(scope=_nation(settings), snapshot=info)
    _say(output.quality(found, options.format, settings.language))
    return DONE


def _indicators(options: argparse.Namespace, settings: Settings) -> int:
    _say(output.registry_list(registry.INDICATORS, options.format, settings.language))
    return DONE


def _format(options: argparse.Namespace, settings: Settings) -> int:
    del settings  # the format is the same for everybody
    json_form = options.format == "json"
    _say(format_document.as_json() if json_form else format_document.markdown())
    return DONE


def _status(options: argparse.Namespace, settings: Settings) -> int:
    info = snapshot.current(settings.data_dir)
    tables = queries.load_rows(scope=_nation(settings), snapshot=info)
    _say(output.status(info, tables, settings, options.format))
    return DONE


def _show(options: argparse.Namespace, settings: Settings) -> int:
    if options.reveal and not settings.allow_reveal:
        raise Refused(t("cli.reveal_refused", settings.language))
    if options.name not in BREAKDOWNS:
        registry.get(options.name)
    info = snapshot.current(settings.data_dir)
    query = _question(options, info.as_of, settings.language)
    scope = Scope(nation=True, hide_below=settings.hide_below, reveal=options.reveal)
    ask = queries.breakdown if options.name in BREAKDOWNS else queries.indicator
    frame = ask(options.name, query, scope=scope, snapshot=info)
    _say(output.indicator(options.name, frame, options.format, settings.language))
    return DONE


def _question(options: argparse.Namespace, loaded_as_of: date, lang: Lang) -> Query:
    as_of = parse_date(options.as_of) if options.as_of else loaded_as_of
    if options.quarter and not options.fiscal_year:
        raise BadArgument(t("cli.quarter_alone", lang))
    span = None
    if options.fiscal_year:
        year = FiscalYear(options.fiscal_year)
        span = year.quarter(options.quarter) if options.quarter else year.span
    province = names.read_province(options.province) if options.province else None
    by = options.by
    return Query(
        as_of=as_of,
        area=by if by in AREAS else "country",
        over=by if by in SERIES else None,
        breakdown=None if by in (*AREAS, *SERIES) else by,
        span=span,
        region=options.region,
        province=province,
        district=names.read_district(options.district, province) if options.district else None,
        target_group=options.target_group,
        role=options.role,
        base=options.base,
    )


def _nation(settings: Settings) -> Scope:
    return Scope(nation=True, hide_below=settings.hide_below)


def _problems(bad: BadData, lang: Lang) -> str:
    shown = [problem.text(lang) for problem in bad.problems[:SHOWN_PROBLEMS]]
    more = bad.total - len(shown)
    if more > 0:
        shown.append(t("cli.more_problems", lang, more=count(more, lang)))
    shown.append(t("cli.nothing_loaded", lang, total=count(bad.total, lang)))
    return "\n".join(shown)


def _say(text: str) -> None:
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def _fail(text: str, code: int) -> int:
    sys.stderr.write(text if text.endswith("\n") else text + "\n")
    return code


COMMANDS: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
    "import": _import,
    "refresh": _refresh,
    "check": _check,
    "format": _format,
    "indicators": _indicators,
    "show": _show,
    "status": _status,
}
