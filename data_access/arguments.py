"""The arguments of the command line; those that narrow an answer follow from the filters' table.

Help is in both languages, Thai first: it is asked for before any setting is read.
"""

import argparse
from collections.abc import Collection
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
    _add_rollups(imported)
    mapped = commands.add_parser("map", help=_help("map"))
    mapped.add_argument("source", help=_help("source"))
    mapped.add_argument("--check", action="store_true", help=_help("map_check"))
    mapped.add_argument("--map", type=Path, help=_help("import_map"))
    mapped.add_argument("--schema", help=_help("map_schema"))
    mapped.add_argument("--out", type=Path, help=_help("map_out"))
    again = commands.add_parser("refresh", help=_help("refresh"))
    again.add_argument("--as-of", type=str, help=_help("load_as_of"))
    _add_rollups(again)
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
    _add_explain(commands.add_parser("explain", help=_help("explain")))
    _add_mirror(commands.add_parser("mirror", help=_help("mirror")))
    _add_forget(commands.add_parser("forget", help=_help("forget")))
    return whole


def _add_rollups(load: argparse.ArgumentParser) -> None:
    load.add_argument("--rollups", action=argparse.BooleanOptionalAction, help=_help("rollups"))


def _add_forget(deletion: argparse.ArgumentParser) -> None:
    deletion.add_argument("kind", choices=forget.KINDS, help=_help("forget_kind"))
    deletion.add_argument("key", help=_help("forget_key"))
    deletion.add_argument("--snapshots", type=Path, help=_help("forget_snapshots"))
    deletion.add_argument("--yes", action="store_true", help=_help("forget_yes"))


def _add_mirror(mirror: argparse.ArgumentParser) -> None:
    way = mirror.add_mutually_exclusive_group(required=True)
    way.add_argument("--from", dest="source", type=Path, help=_help("mirror_from"))
    way.add_argument("--to", dest="targets", type=Path, nargs="+", help=_help("mirror_to"))


def _add_show(show: argparse.ArgumentParser) -> None:
    also = ", ".join((*BREAKDOWNS, *LISTINGS))
    show.add_argument("name", help=_help("name", also=also))
    show.add_argument("--by", default="country", help=f"{', '.join((*AREAS, *SERIES))}, role, …")
    show.add_argument("--as-of", type=str, help=_help("as_of"))
    _add_filters(show, frozenset(FILTERS))
    show.add_argument("--statistic", choices=tuple(STATISTICS), help=_help("statistic"))
    _add_form(show)


def _add_explain(explain: argparse.ArgumentParser) -> None:
    explain.add_argument("name", help=_help("explain_name"))
    explain.add_argument("--from", dest="start", required=True, help=_help("explain_from"))
    explain.add_argument("--to", dest="end", help=_help("explain_to"))
    explain.add_argument("--formerly", help=_help("explain_formerly"))
    _add_filters(explain, frozenset(FILTERS) - {Filter.FISCAL_YEAR, Filter.QUARTER})
    _add_form(explain)


def _add_filters(command: argparse.ArgumentParser, filters: Collection[Filter]) -> None:
    for spec in (one for one in FILTERS.values() if one.filter in filters):
        listed = spec.filter not in (Filter.FISCAL_YEAR, Filter.PROVINCE, Filter.DISTRICT)
        command.add_argument(
            f"--{spec.filter.replace('_', '-')}",
            choices=spec.codes() if listed else None,
            help=" · ".join(t(f"cli.help.filter.{spec.filter}", lang) for lang in LANGS),
        )


def _add_form(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format", choices=tuple(output.FORMATS), default="table", help=_help("form")
    )
    command.add_argument("--bom", action="store_true", help=_help("bom"))
    command.add_argument("--reveal", action="store_true", help=_help("reveal"))


def _help(name: str, **values: str) -> str:
    return " · ".join(t(f"cli.help.{name}", lang, **values) for lang in LANGS)


def query_of(options: argparse.Namespace, loaded_as_of: date, lang: Lang) -> Query:
    """The question that the arguments of `show` ask; raises for codes and days that cannot be."""
    as_of = parse_date(options.as_of) if options.as_of else loaded_as_of
    by = options.by
    return Query(
        as_of=as_of,
        area=by if by in AREAS else "country",
        over=by if by in SERIES else None,
        breakdown=None if by in (*AREAS, *SERIES) else by,
        span=_span(options, lang),
    ).but(**fields_of(options))


def fields_of(options: argparse.Namespace) -> dict[str, object]:
    """The fields of a question that the arguments of filters fill, all but the period."""
    return {
        spec.field: _value(options, spec.filter)
        for spec in FILTERS.values()
        if spec.field != "span"
    }


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
