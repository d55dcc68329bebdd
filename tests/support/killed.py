"""A load in a process of its own that ends in the middle, as if the power were cut.

The processes come from a server that has imported everything already: a load is caught at its work,
not while Python starts.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from data_access.command_line import main
from tests.support.commands import environment

PROCESSES = multiprocessing.get_context(
    "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
)


def loading(source: Path, data_dir: Path, *, until_flush: int | None = None) -> BaseProcess:
    """An `import` of the folder, running; it dies before the n-th flush to disk if told so."""
    if PROCESSES.get_start_method() == "forkserver":
        PROCESSES.set_forkserver_preload([__name__])
    made = PROCESSES.Process(target=_load, args=(str(source), str(data_dir), until_flush))  # type: ignore[attr-defined]  # every context has it
    made.start()
    return made


def _load(source: str, data_dir: str, until_flush: int | None) -> None:
    os.environ.update(environment(Path(data_dir)))
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    if until_flush is not None:
        os.fsync = _dying(os.fsync, until_flush)
    raise SystemExit(main(["import", source, "--as-of", "2026-09-30"]))


def _dying(flush: Callable[[Any], None], last: int) -> Callable[[Any], None]:
    calls = 0

    def until_last(handle: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == last:
            os.kill(os.getpid(), signal.SIGKILL)
        flush(handle)

    return until_last
