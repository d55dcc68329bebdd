"""Mail each coordinator's weekly sheet: `python -m ui.render digest --to everybody`.

`--to` takes names of the list of grants, or `everybody` for all who have areas of their own. Each
letter holds the rows of these areas alone. Who had this week's sheet gets no second one, unless
`--again` is given. With `--dry-run FOLDER` the letters are written there, and nothing is mailed.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from filelock import FileLock

from config import access
from config.access import AccessProblem
from config.i18n import Lang, t
from config.mail import MailServer, with_secret
from config.settings import BANGKOK, Settings, SettingsError, load
from data_access.snapshot import NoSnapshot, current
from ui.digest.letter import Letter
from ui.digest.post import hand_over
from ui.digest.run import Outcome, Run, had_this_week, letters, mail_all

ALL, NOTHING, NOT_ALL = 0, 2, 5
LOCK = "digest.lock"


def main(argv: Sequence[str] | None = None) -> int:
    """Mail or write the letters; 0 where all asked for have theirs, 2 where nothing could begin, 5
    where somebody was refused or the server did not take a letter."""
    options = _arguments(argv)
    try:
        settings = load()
        run = _run(settings, again=options.again)
    except (SettingsError, NoSnapshot, AccessProblem) as problem:
        sys.stderr.write(f"{problem}\n")
        return NOTHING
    if options.dry_run:
        return _write(run, options.to, options.dry_run)
    server = _server(settings)
    if server is None or settings.mail_from is None:
        sys.stderr.write(f"{t('digest.no_server', settings.language)}\n")
        return NOTHING
    # Two runs at once would both find that nobody has had the sheet.
    with FileLock(settings.data_dir / LOCK):
        run = _run(settings, again=options.again)
        deliver = partial(hand_over, server=server)
        outcomes = []
        for outcome in mail_all(run, options.to, settings.mail_from, deliver):
            _say(outcome, settings.language)
            outcomes.append(outcome)
    return ALL if all(one.state in ("mailed", "again_needed") for one in outcomes) else NOT_ALL


def _run(settings: Settings, *, again: bool) -> Run:
    at = datetime.now(BANGKOK)
    return Run(
        access=access.load(settings.access),
        settings=settings,
        snapshot=current(settings.data_dir),
        at=at,
        again=again,
        had_it=had_this_week(settings, at),
    )


def _server(settings: Settings) -> MailServer | None:
    return with_secret(settings.mail, settings.secrets) if settings.mail else None


def _write(run: Run, names: list[str], folder: Path) -> int:
    """Write the letters, each into a folder of its own."""
    refused = False
    for one in letters(run, names):
        if isinstance(one, Outcome):
            refused = True
            _say(one, run.settings.language)
            continue
        place = folder / one.address
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        _files(one, place)
        _say(Outcome(one.address, "written", str(place)), run.settings.language)
    return NOT_ALL if refused else ALL


def _files(one: Letter, place: Path) -> None:
    text = f"{one.subject}\n\n{one.text}\n"
    (place / "letter.txt").write_text(text, encoding="utf-8")
    (place / "letter.html").write_text(one.html, encoding="utf-8")
    for name, content in one.files.items():
        (place / name).write_bytes(content)


def _say(outcome: Outcome, lang: Lang) -> None:
    words = {"user": outcome.user, "reason": outcome.reason}
    sys.stdout.write(f"{t(f'digest.{outcome.state}', lang, **words)}\n")


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ui.render digest", description=__doc__)
    parser.add_argument("--to", action="append", required=True, metavar="USER")
    parser.add_argument("--again", action="store_true", help="mail those who had it this week too")
    parser.add_argument("--dry-run", type=Path, metavar="FOLDER", help="write files, mail nothing")
    return parser.parse_args(argv)
