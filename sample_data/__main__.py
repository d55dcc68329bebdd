"""Command line: `python -m sample_data --out DIR [--scale demo|S] [--seed N] [--as-of DATE] …`."""

import argparse
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from tqdm import tqdm

from config.i18n import LANGS, t
from config.thai_calendar import DateProblem, parse_date
from sample_data.generate import FORMATS, STOP, WARN, NotSampleData, generate
from sample_data.plan import AsOfProblem, make_plan
from sample_data.sinks import SheetFull
from sample_data.size import DEMO, ScaleProblem, size_of

DEFAULT_AS_OF = date(2026, 9, 30)
DEFAULT_SEED = 2569
BAD_ARGUMENTS = 2


def say(text: str) -> None:
    """Write one line for the person at the terminal."""
    sys.stdout.write(f"{text}\n")


def parser() -> argparse.ArgumentParser:
    """The command's arguments, explained in English as `--help` is for those who run it."""
    made = argparse.ArgumentParser(
        prog="python -m sample_data", description=t("sample_data.help.what", "en")
    )
    made.add_argument("--out", type=Path, required=True, help=t("sample_data.help.out", "en"))
    made.add_argument("--scale", default=DEMO, help=t("sample_data.help.scale", "en"))
    made.add_argument(
        "--seed", type=int, default=DEFAULT_SEED, help=t("sample_data.help.seed", "en")
    )
    made.add_argument(
        "--as-of", default=DEFAULT_AS_OF.isoformat(), help=t("sample_data.help.as_of", "en")
    )
    made.add_argument(
        "--format", choices=FORMATS, default="csv", help=t("sample_data.help.format", "en")
    )
    made.add_argument(
        "--faults",
        nargs="?",
        const=WARN,
        choices=(WARN, STOP),
        help=t("sample_data.help.faults", "en"),
    )
    return made


def main(arguments: list[str] | None = None) -> int:
    """Generate as asked; the exit code is 0, or 2 for arguments that cannot be followed."""
    asked = parser().parse_args(arguments)
    if asked.seed < 0:
        for lang in LANGS:
            sys.stderr.write(f"{t('sample_data.seed_problem', lang, seen=asked.seed)}\n")
        return BAD_ARGUMENTS
    try:
        size, as_of = size_of(asked.scale), parse_date(asked.as_of)
        plan = make_plan(size, asked.seed, as_of)
        started = time.monotonic()
        bar: tqdm[Any]
        with tqdm(unit=" parts", disable=None) as bar:
            rows = generate(
                asked.out,
                plan,
                file_format=asked.format,
                faults=asked.faults,
                progress=lambda step, steps: _advance(bar, step, steps),
            )
    except (ScaleProblem, DateProblem, AsOfProblem, NotSampleData, SheetFull) as problem:
        for lang in LANGS:
            sys.stderr.write(f"{problem.text(lang)}\n")
        return BAD_ARGUMENTS
    for lang in LANGS:
        say(
            t(
                "sample_data.written",
                lang,
                rows=f"{sum(rows.values()):,}",
                tables=len(rows),
                folder=asked.out,
                seconds=f"{time.monotonic() - started:.1f}",
            )
        )
    return 0


def _advance(bar: "tqdm[Any]", step: int, steps: int) -> None:
    bar.total = steps
    bar.update(step - bar.n)


if __name__ == "__main__":
    sys.exit(main())
