"""What `mirror` says of each data directory; exit codes as in `data_access.command_line`."""

import argparse
import sys

from config.i18n import Lang, t
from config.numbers import count
from config.settings import Settings
from data_access import mirror, snapshot


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Goes on with the other folders where one fails; gives the exit code of the last failure."""
    lang, home = settings.language, settings.data_dir
    pairs = [(options.source, home)] if options.source else [(home, to) for to in options.targets]
    code = 0
    for source, target in pairs:
        try:
            done = mirror.mirror(source, target)
        except (OSError, snapshot.SnapshotBroken, snapshot.RefreshRunning) as problem:
            code, why = _reason(problem, lang)
            sys.stderr.write(t("cli.mirror_failed", lang, target=target, why=why) + "\n")
            continue
        key = "mirror_done" if done.copies else "mirror_same"
        numbers = {"new": count(len(done.copies), lang), "gone": count(len(done.removals), lang)}
        sys.stdout.write(
            t(f"cli.{key}", lang, target=target, snapshot=done.snapshot_id, **numbers) + "\n"
        )
    return code


def _reason(problem: Exception, lang: Lang) -> tuple[int, str]:
    """The exit code and the sentence for a copy that failed."""
    match problem:
        case snapshot.SnapshotBroken():
            return 3, t("cli.snapshot_broken", lang, why=problem)
        case snapshot.RefreshRunning():
            return 5, t("cli.refresh_running", lang)
    return 4, str(problem)
