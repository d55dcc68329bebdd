"""The arguments of the command line; those that narrow an answer follow from the filters' table.

Help is in both languages, Thai first: it is asked for before any setting is read.
"""

import argparse
from datetime import date
from pathlib import Path

from config.i18n import LANGS, Lang, t
from config.thai_calendar import FiscalYear, Span, parse_date
from config.version import VERSION
from data_access import forget, output
from data_access.breakdowns import BREAKDOWNS
from data_access.figure_statistics import STATISTICS
from data_access.filters import FILTERS, Filter
from data_access.indicators.kernel.query import AREAS, SERIES, Query
from data_access.listings import LISTINGS
from geo import names


class BadArgument(Exception):
    """An argument that cannot be used; the text says what to write instead."""


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    whole = argparse.ArgumentParser(
        prog="python -m data_access",
        description=_help("program"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    commands = whole.add_subparsers(dest="command", required=True)
    imported = commands.add_parser("import", help=_help("import"))
    imported.add_argument("source", help=_help("source"))
    imported.add_argument("--check", action="store_true", help=_help("check_only"))
    imported.add_argument("--as-of", type=str, help=_help("load_as_of"))
    imported.add_argument("--map", type=Path, help=_help("import_map"))
    mapped = commands.add_parser("map", help=_help("map"))
    mapped.add_argument("source", help=_help("source"))
    mapped.add_argument("--check", action="store_true", help=_help("map_check"))
    mapped.add_argument("--map", type=Path, help=_help("import_map"))
    mapped.add_argument("--schema", help=_help("map_schema"))
    mapped.add_argument("--out", type=Path, help=_help("map_out"))
    again = commands.add_parser("refresh", help=_help("refresh"))
    again.add_argument("--as-of", type=str, help=_help("load_as_of"))
    forms = tuple(output.FORMATS)
    for name, offered in (
        ("check", forms),
        ("indicators", forms),
        ("status", ("table", "json")),
        ("format", ("md", "json")),
    ):
        command = commands.add_parser(name, help=_help(name))
        command.add_argument("--format", choices=offered, default=offered[0], help=_help("form"))
        if "csv" in offered:
            command.add_argument("--bom", action="store_true", help=_help("bom"))
    _add_show(commands.add_parser("show", help=_help("show")))
    forgotten = commands.add_parser("forget", help=_help("forget"))
    forgotten.add_argument("kind", choices=forget.KINDS, help=_help("forget_kind"))
    forgotten.add_argument("key", help=_help("forget_key"))
    forgotten.add_argument("--snapshots", type=Path, help=_help("forget_snapshots"))
    forgotten.add_argument("--yes", action="store_true", help=_help("forget_yes"))
    return whole


def _add_show(show: argparse.ArgumentParser) -> None:
    also = ", ".join((*BREAKDOWNS, *LISTINGS))
    show.add_argument("name", help=_help("name", also=also))
    show.add_argument("--by", default="country", help=f"{', '.join((*AREAS, *SERIES))}, role, …")
    show.add_argument("--as-of", type=str, help=_help("as_of"))
    for spec in FILTERS.values():
        listed = spec.filter not in (Filter.FISCAL_YEAR, Filter.PROVINCE, Filter.DISTRICT)
        show.add_argument(
            f"--{spec.filter.replace('_', '-')}",
            choices=spec.codes() if listed else None,
            help=" · ".join(t(f"cli.help.filter.{spec.filter}", lang) for lang in LANGS),
        )
    show.add_argument("--statistic", choices=tuple(STATISTICS), help=_help("statistic"))
    show.add_argument(
        "--format", choices=tuple(output.FORMATS), default="table", help=_help("form")
    )
    show.add_argument("--bom", action="store_true", help=_help("bom"))
    show.add_argument("--reveal", action="store_true", help=_help("reveal"))


def _help(name: str, **values: str) -> str:
    return " · ".join(t(f"cli.help.{name}", lang, **values) for lang in LANGS)


def query_of(options: argparse.Namespace, loaded_as_of: date, lang: Lang) -> Query:
    """The question that the arguments of `show` ask; raises for codes and days that cannot be."""
    as_of = parse_date(options.as_of) if options.as_of else loaded_as_of
    by = options.by
    narrowed = {
        spec.field: _value(options, spec.filter)
        for spec in FILTERS.values()
        if spec.field != "span"
    }
    return Query(
        as_of=as_of,
        area=by if by in AREAS else "country",
        over=by if by in SERIES else None,
        breakdown=None if by in (*AREAS, *SERIES) else by,
        span=_span(options, lang),
    ).but(**narrowed)


def _value(options: argparse.Namespace, one: Filter) -> object:
    """The code that one filter's argument names; areas by code or name."""
    given = getattr(options, one)
    if one is Filter.BASE:
        return int(given or 77)
    if not given:
        return None
    if one is Filter.PROVINCE:
        return names.read_province(given)
    if one is Filter.DISTRICT:
        home = names.read_province(options.province) if options.province else None
        return names.read_district(given, home)
    return given


def _span(options: argparse.Namespace, lang: Lang) -> Span | None:
    if options.quarter and not options.fiscal_year:
        raise BadArgument(t("cli.quarter_alone", lang))
    if not options.fiscal_year:
        return None
    if not options.fiscal_year.isdigit():
        raise BadArgument(t("cli.fiscal_year", lang, got=options.fiscal_year))
    year = FiscalYear(int(options.fiscal_year))
    return year.quarter(int(options.quarter)) if options.quarter else year.span
