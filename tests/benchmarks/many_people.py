"""Many people at once: `python -m tests.benchmarks.many_people --sessions 100 --minutes 5`.

Starts the server on a copy of what is published in a data directory (the demo, or `--data-dir`) and
opens sessions over real websockets, as browsers do but without drawing. Each changes a filter every
ten seconds: province, target group or year. First one session does so alone, then all of them, each
beginning at a moment of its own; half-way a new snapshot is published. Printed are the times to the
finished run, errors, and the memory of the server. Read the ratio to the session alone before
the times: they depend on the machine and on what else it does.
"""

import argparse
import asyncio
import os
import random
import shutil
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from config.settings import BANGKOK
from data_access import snapshot, snapshot_files
from data_access.mirror import mirror
from data_access.schema.derived import load_info
from tests.benchmarks.servers import demo, server_work, wait_until_warm
from tests.benchmarks.sessions import Run, Session, run, stream
from tests.browser.support import Server, running
from tests.support.commands import ROOT

# The pages of three groups of users; "" is the first page of the menu.
PAGES = ("", "province_map", "caseload", "training", "follow_up")
FILTERS = ("province", "group", "fy")
P95_SECONDS, BASE_MB, SESSION_MB = 1.0, 600.0, 1.0
ALONE_CHANGES = 12


@dataclass
class Plan:
    """How many sessions, how often each changes a filter (seconds), and for how long."""

    sessions: int
    every: float
    seconds: float
    ahead: bool = True  # whether the server works ahead beside them, as a live one does


@dataclass
class Outcome:
    """What was measured: runs of one session alone and of all, memory in MB at four moments."""

    alone: list[Run] = field(default_factory=list)
    opened: list[Run] = field(default_factory=list)
    changes: list[Run] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    at_new_snapshot: int = 0  # sessions whose last page showed the snapshot published half-way
    memory: dict[str, float] = field(default_factory=dict)
    # Processor time of the server in ms for a run; what it works ahead meanwhile is in it.
    work_alone: float = 0.0
    work_all: float = 0.0
    load: float = 0.0  # runnable processes of the machine before it began

    @property
    def count(self) -> int:
        """How many runs there were up to now."""
        return len(self.alone) + len(self.opened) + len(self.changes)

    @property
    def errors(self) -> list[str]:
        """Every error of a run, and every session that broke off."""
        runs = (*self.alone, *self.opened, *self.changes)
        return [*self.failures, *(error for run in runs for error in run.errors)]


def resident(server: Server) -> float:
    """The memory that the server holds, in MB; 0 where the system does not tell."""
    status = Path(f"/proc/{server.process.pid}/status")
    if not status.exists():
        return 0.0
    lines = status.read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def publish_again(home: Path) -> str:
    """Publishes the live snapshot once more under a new id, as a load of the same rows would."""
    live = snapshot.current(home)
    new_id = f"{datetime.now(BANGKOK):%Y%m%dT%H%M%S}-again"
    part = home / "snapshots" / f"{new_id}.part"
    shutil.copyfile(live.path, part)
    with duckdb.connect(str(part)) as con:
        con.execute(f"UPDATE {load_info.name} SET snapshot_id = ?", [new_id])
    snapshot_files.put(part, part.with_suffix(".duckdb"))
    snapshot.point(home, new_id, home / "current.part")
    return new_id


async def change(session: Session, rng: random.Random) -> Run:
    """Sets one filter to something else than what is chosen."""
    param = rng.choice([name for name in FILTERS if name in session.selects])
    select = session.selects[param]
    return await session.choose(param, rng.choice([o for o in select.options if o]))


async def alone(server: Server, changes: int, outcome: Outcome) -> None:
    """One session on each page in turn, with nobody else there."""
    rng = random.Random(1)
    for page in PAGES:
        async with stream(server.url) as socket:
            session = Session(socket, page, "")
            outcome.opened.append(await session.open())
            for _ in range(max(1, changes // len(PAGES))):
                await asyncio.sleep(0.2)
                outcome.alone.append(await change(session, rng))


async def stay(server: Server, number: int, plan: Plan, outcome: Outcome) -> Session | None:
    """One person's visit: open, then change a filter at every turn until the time is over."""
    rng = random.Random(number)
    loop = asyncio.get_running_loop()
    ends = loop.time() + plan.seconds
    # People do not click in step: each has a place of its own within the turn.
    turn = loop.time() + plan.every * number / plan.sessions
    await asyncio.sleep(turn - loop.time())
    try:
        async with stream(server.url) as socket:
            session = Session(socket, PAGES[number % len(PAGES)], "")
            outcome.opened.append(await session.open())
            while (turn := turn + plan.every) < ends:
                await asyncio.sleep(max(0.0, turn - loop.time()))
                outcome.changes.append(await change(session, rng))
            return session
    except Exception as problem:
        outcome.failures.append(f"session {number}: {type(problem).__name__} {problem}")
        return None


async def crowd(server: Server, plan: Plan, home: Path, outcome: Outcome) -> None:
    """All sessions at once; half-way a new snapshot is published under them."""
    visits = [
        asyncio.create_task(stay(server, number, plan, outcome)) for number in range(plan.sessions)
    ]
    await asyncio.sleep(plan.seconds / 2)
    outcome.memory["half-way"] = resident(server)
    new_id = await asyncio.to_thread(publish_again, home)
    ended = await asyncio.gather(*visits)
    outcome.memory["all there"] = resident(server)
    outcome.at_new_snapshot = sum(
        session is not None and any(new_id in text for text in session.texts) for session in ended
    )


def measure(data_dir: Path, plan: Plan) -> Outcome:
    """Measures a server of its own on a copy of what is published in a data directory."""
    outcome = Outcome(load=os.getloadavg()[0])
    with TemporaryDirectory() as folder:
        home = Path(folder)
        mirror(data_dir, home)
        choice = {"OVERSIGHT_SIGN_IN": "sample", "OVERSIGHT_AHEAD": str(plan.ahead).lower()}
        with running(home, prepare=False, **choice) as server:
            if plan.ahead:
                wait_until_warm(server)
            outcome.memory["nobody there"] = resident(server)
            begin = server_work(server)
            run(alone(server, ALONE_CHANGES, outcome))
            outcome.memory["after one alone"] = resident(server)
            between, runs = server_work(server), outcome.count
            outcome.work_alone = (between - begin) / runs
            run(crowd(server, plan, home, outcome))
            outcome.work_all = (server_work(server) - between) / max(1, outcome.count - runs)
    return outcome


def percentile(runs: list[Run], share: int) -> float:
    """Seconds within which so many of a hundred runs were over."""
    times = sorted(run.seconds for run in runs)
    return times[min(len(times) - 1, len(times) * share // 100)]


def report(plan: Plan, outcome: Outcome) -> str:
    """What was measured, for people."""
    lines = [f"{'':22}{'runs':>6}{'p50 s':>8}{'p95 s':>8}{'max s':>8}{'kB':>7}"]
    for name, runs in (
        ("one alone: change", outcome.alone),
        ("all: opening", outcome.opened),
        ("all: change", outcome.changes),
    ):
        size = statistics.median(run.received for run in runs) / 1000
        times = "".join(f"{percentile(runs, share):8.2f}" for share in (50, 95, 100))
        lines.append(f"{name:22}{len(runs):6}{times}{size:7.0f}")
    p95 = percentile(outcome.changes, 95)
    ratio = percentile(outcome.changes, 50) / percentile(outcome.alone, 50)
    most = BASE_MB + SESSION_MB * plan.sessions
    each = (outcome.memory["half-way"] - outcome.memory["after one alone"]) / plan.sessions
    lines += [
        f"{plan.sessions} sessions, a change every {plan.every:g} s, {plan.seconds:g} s",
        f"p95 {p95:.2f} s (goal {P95_SECONDS:.2f}); median {ratio:.1f} × that of one alone",
        "memory, MB: " + ", ".join(f"{n} {mb:.0f}" for n, mb in outcome.memory.items()),
        f"{each:.2f} MB a session until half-way, answers included; goal in all {most:.0f} MB",
        f"processor time a run: one alone {outcome.work_alone:.0f} ms, all {outcome.work_all:.0f} "
        f"ms; load of the machine before: {outcome.load:.1f} on {os.cpu_count()} processors",
        f"new snapshot half-way: shown to {outcome.at_new_snapshot} of {plan.sessions} at the end",
        f"errors: {len(outcome.errors)}",
        *(f"  {error}" for error in sorted(set(outcome.errors))[:20]),
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Measures and prints; 1 where there were errors, however slow it was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--every", type=float, default=10, help="seconds between two changes")
    parser.add_argument("--data-dir", type=Path, default=ROOT / "var" / "bench")
    parser.add_argument("--cold", action="store_true", help="nothing is worked out ahead")
    options = parser.parse_args(arguments)
    plan = Plan(options.sessions, options.every, options.minutes * 60, ahead=not options.cold)
    outcome = measure(demo(options.data_dir), plan)
    sys.stdout.write(report(plan, outcome) + "\n")
    return 1 if outcome.errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
