"""Write a page without a browser: `python -m ui.render text caseload --province 50`.

The filters are those of the address bar, under the same names; a page's own codes are given as
`--option list=staffing_gap`. In the place of a page the name of a group, such as `executive`, gives
all its pages as one report, and `profile`, `weekly` or `national` a paper. With `--deck NAME` (or
the file of one) no page is named: `python -m ui.render pptx --deck province_profile --province 50
--out profile.pptx`. With `--each province` the same is made for every province, into a folder:
`python -m ui.render pdf profile --each province --out profiles`. `png` and `svg` draw one chart or
map: `python -m ui.render png caseload --chart caseload_months --out months.png`.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from config.i18n import LANGS, Lang
from config.settings import SettingsError, load
from data_access import queries
from data_access.scope import Scope
from data_access.snapshot import NoSnapshot, current
from geo import levels
from ui.blocks import Page
from ui.render import batch, chart
from ui.render.chart import NoChart
from ui.render.documents import PAPERS, page_of, paper, report
from ui.render.media import RENDERERS, renderer
from ui.render.pages import PAGES, spec
from ui.seminar import deck as decks
from ui.seminar.deck import Deck, DeckProblem
from ui.seminar.document import document
from ui.state.filter_state import PARAMS, from_params
from ui.state.page_context import View
from ui.text.official import Writing

FILES = tuple(medium for medium in RENDERERS if medium != "streamlit")  # which needs a visitor
MEDIA = (*FILES, *chart.FORMATS)

# Groups of pages, each of which makes one report.
REPORTS = tuple(dict.fromkeys(page.group for page in PAGES if not page.roles))


def main(argv: Sequence[str] | None = None) -> int:
    """Write one page to a file or to standard output; 2 where nothing can be read, else 0."""
    options = _arguments(argv)
    try:
        view = _view(options)
        if options.each:
            return _each(options, view)
        page, view = _page(options, view)
        content = _content(options, page, view)
    except (SettingsError, NoSnapshot, DeckProblem, NoChart, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    if options.out:
        options.out.write_bytes(content)
        return 0
    sys.stdout.buffer.write(content)
    sys.stdout.flush()
    return 0


def _content(options: argparse.Namespace, page: Page, view: View) -> bytes:
    if options.medium in chart.FORMATS:
        return chart.draw(page, view, options.chart or "", options.medium)
    return renderer(options.medium)(page, view) or b""


def _each(options: argparse.Namespace, view: View) -> int:
    """One file for each area of a level."""
    codes = levels.BY_NAME[options.each].codes()
    made = batch.write_each(
        options.medium, lambda one: _page(options, one), view, codes, options.out
    )
    for _ in tqdm(made, total=len(codes), unit=options.each, disable=None):
        pass
    return 0


def _page(options: argparse.Namespace, view: View) -> tuple[Page, View]:
    """The document asked for and the view it is for, which for a deck is that of a room."""
    if options.deck:
        return document(_deck(options.deck), view)
    if options.page in REPORTS:
        return report(options.page, view), view
    if options.page in PAPERS:
        return paper(options.page, view)
    return page_of(spec(options.page), view), view


def _deck(name: str) -> Deck:
    """A ready deck by its name, or one from a file."""
    if name in decks.ready():
        return decks.ready()[name]
    path = Path(name)
    return decks.read(path.read_text(encoding="utf-8"), "own", path.name)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ui.render", description=__doc__)
    parser.add_argument("medium", choices=MEDIA)
    names = [*(page.key for page in PAGES), *REPORTS, *PAPERS]
    parser.add_argument("page", nargs="?", choices=names)
    ready = ", ".join(decks.ready())
    parser.add_argument("--deck", metavar="NAME", help=f"one of {ready}, or the file of a deck")
    parser.add_argument("--chart", metavar="KEY", help="which chart or map, for png and svg")
    parser.add_argument(
        "--each", choices=levels.NAMES[1:], help="one file for each of them; --out is the folder"
    )
    for name in PARAMS:
        parser.add_argument(f"--{name}", help=f"as `{name}` in the address bar")
    parser.add_argument("--lang", choices=LANGS, help="the language of the settings unless given")
    parser.add_argument("--out", type=Path, metavar="FILE", help="standard output unless given")
    parser.add_argument("--option", action="append", default=[], metavar="NAME=CODE")
    parser.add_argument("--thai-digits", action="store_true", help="๑๒๓, as on memoranda")
    parser.add_argument("--long-dates", action="store_true", help="30 กันยายน 2569")
    options = parser.parse_args(argv)
    if bool(options.page) == bool(options.deck):
        parser.error("name a page, or a deck with --deck")
    if options.each and (options.out is None or options.medium not in FILES):
        parser.error("--each makes files: name a folder with --out")
    return options


def _view(options: argparse.Namespace) -> View:
    settings = load()
    snapshot = current(settings.data_dir)
    scope = Scope(nation=True, hide_below=settings.hide_below)
    years = queries.fiscal_years(scope=scope, snapshot=snapshot)
    given = {name: code for name in PARAMS if (code := getattr(options, name))}
    filters, ignored = from_params(given, snapshot.as_of, years)
    lang: Lang = options.lang or settings.language
    for one in ignored:
        sys.stderr.write(f"{one.text(lang)}\n")
    return View(
        filters=filters,
        lang=lang,
        theme="light",
        scope=scope,
        snapshot=snapshot,
        options=dict(pair.split("=", 1) for pair in options.option),
        today=settings.today,
        writing=Writing(thai_digits=options.thai_digits, long_dates=options.long_dates),
    )
