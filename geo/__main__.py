"""`python -m geo install FILE | status | remove LEVEL`: official boundary layers.

Exit codes: 0 done, 2 bad arguments, 3 the layer cannot be used.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from shapely.errors import GEOSException

from config.i18n import Lang, t
from config.numbers import count
from config.settings import Settings, SettingsError, load
from config.thai_calendar import format_date, parse_date
from geo import credits, layers, points
from geo.layer_problems import BadLayer, BadRequest
from geo.manifest import LEVELS, LayerInfo

SUCCESS, BAD_ARGUMENTS, BAD_DATA = 0, 2, 3


def say(text: str) -> None:
    """Write one line for the operator."""
    sys.stdout.write(text + "\n")


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    root = argparse.ArgumentParser(prog="python -m geo", description=__doc__)
    commands = root.add_subparsers(dest="command", required=True)
    install = commands.add_parser("install", help="check a boundary file and put it in use")
    install.add_argument(
        "file",
        type=Path,
        help="GeoPackage, Shapefile (.shp or zipped), GeoJSON, TopoJSON, GeoParquet, FlatGeobuf",
    )
    install.add_argument("--level", choices=LEVELS, help="found from the codes if left out")
    install.add_argument(
        "--code-column", help="column with the official codes; two columns as PROV_CODE+AMP_CODE"
    )
    install.add_argument("--layer", help="layer to read, for a file that holds several")
    install.add_argument("--crs", help="coordinate system, like EPSG:32647, if the file is wrong")
    install.add_argument("--credit", help="credit line to show with every map")
    commands.add_parser("status", help="which boundaries are in use")
    remove = commands.add_parser("remove", help="go back to what the product ships with")
    remove.add_argument("level", choices=LEVELS)
    return root


def main(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code; failures are plain sentences on stderr."""
    chosen = parser().parse_args(arguments)
    try:
        settings = load()
    except SettingsError as problem:
        sys.stderr.write(f"{problem}\n")
        return BAD_ARGUMENTS
    run = {"install": install, "status": status, "remove": remove}[chosen.command]
    try:
        run(settings, chosen)
    except BadRequest as problem:
        sys.stderr.write(problem.text(settings.language) + "\n")
        return BAD_ARGUMENTS
    except BadLayer as problem:
        lang = settings.language
        heading = t("geo.layer.refused", lang, file=chosen.file.name, count=len(problem.problems))
        sys.stderr.write(f"{heading}\n{problem.text(lang)}\n")
        return BAD_DATA
    except GEOSException as problem:
        sys.stderr.write(t("geo.layer.shapes_broken", settings.language, why=problem) + "\n")
        return BAD_DATA
    return SUCCESS


def install(settings: Settings, arguments: argparse.Namespace) -> None:
    """Install a layer and tell what came of it."""
    lang = settings.language
    order = layers.Order(
        file=arguments.file,
        level=arguments.level,
        code_column=arguments.code_column,
        layer=arguments.layer,
        crs=arguments.crs,
        credit=arguments.credit,
    )
    done = layers.install(
        settings.data_dir, order, settings.today, lambda name: say(t(f"geo.step.{name}", lang))
    )
    for note in done.notes:
        say(f"- {note.text(lang)}")
    say(layer_line(done.info, lang))
    if arguments.credit is None:
        say(t("geo.layer.credit_hint", lang, credit=done.info.credit))


def status(settings: Settings, arguments: argparse.Namespace) -> None:
    """Tell which boundaries are in use."""
    lang = settings.language
    for level, info in layers.status(settings.data_dir).items():
        heading = t(f"geo.level.{level}", lang)
        if info is None:
            missing = len(points.districts_without_point(settings.data_dir))
            text = t(
                "geo.layer.points_only",
                lang,
                missing=missing,
                credit=credits.in_words(credits.GEONAMES, lang),
            )
        else:
            text = layer_line(info, lang)
        say(f"{heading}: {text}")


def remove(settings: Settings, arguments: argparse.Namespace) -> None:
    """Take a layer out of use and tell which one it was."""
    lang = settings.language
    info = layers.remove(settings.data_dir, arguments.level)
    level = t(f"geo.level.{arguments.level}", lang)
    say(t("geo.layer.removed", lang, level=level, source=info.source))


def layer_line(info: LayerInfo, lang: Lang) -> str:
    """One line on a layer: areas, source, day of installation, credit."""
    values = {
        "areas": count(info.areas, lang),
        "level": t(f"geo.level.{info.level}", lang),
        "source": info.source,
        "credit": info.credit,
    }
    if not info.installed_on:
        return t("geo.layer.shipped", lang, **values)
    day = format_date(parse_date(info.installed_on), lang)
    return t("geo.layer.in_use", lang, day=day, **values)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
