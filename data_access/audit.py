"""The audit trail: who opened, exported, previewed, wrote, got mail, signed in or was refused.

One line of JSON per event below `<data_dir>/audit`, one file per month, outside the snapshots.
Files are only ever appended to; those of past months are made read-only. A line has codes of
filters and names of pages and files, never a figure, a row or a text that a visitor typed.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

import pandas as pd

FOLDER = "audit"
What = Literal[
    "opened", "exported", "previewed", "signed_in", "signed_out", "refused", "forgot",
    "mailed", "not_mailed", "wrote",
]  # fmt: skip
WHAT: tuple[What, ...] = get_args(What)
COLUMNS = ["at", "user", "role", "what", "page", "filters", "detail"]
_MONTH = re.compile(r"\d{4}-\d{2}\.jsonl")
_CODE = re.compile(r"[\w.,:@+-]{0,80}", re.ASCII)
LONGEST_USER = 120


@dataclass(frozen=True)
class Event:
    """One event. `filters` are codes as in the address bar; `detail` is a code too: the name of a
    file, the reason of a refusal, the user that was looked at."""

    user: str
    role: str
    what: What
    page: str = ""
    filters: str = ""
    detail: str = ""


def record(data_dir: Path, event: Event, *, at: datetime, keep_months: int) -> None:
    """Append one event; raises OSError where it cannot be written: then nothing may be shown."""
    folder = data_dir / FOLDER
    path = folder / f"{at:%Y-%m}.jsonl"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _rotate(folder, path.name, keep_months)
    fields = {name: _printable(text) for name, text in asdict(event).items()}
    line = json.dumps({"at": at.isoformat(timespec="seconds"), **fields}, ensure_ascii=False)
    # One write of one line in append mode: lines of several processes never mix.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, f"{line}\n".encode())
    finally:
        os.close(handle)


def codes(params: Mapping[str, str]) -> str:
    """Give filters as one text, "fy=2569 province=50"; what is no code is left out."""
    return " ".join(f"{name}={code}" for name, code in params.items() if _CODE.fullmatch(code))


def months(data_dir: Path) -> list[str]:
    """Give the months that have a file, newest first, as "2026-11"."""
    found = (data_dir / FOLDER).glob("*.jsonl")
    return sorted((path.stem for path in found if _MONTH.fullmatch(path.name)), reverse=True)


def read(data_dir: Path, month: str) -> pd.DataFrame:
    """Give the events of one month, newest first: at, user, role, what, page, filters, detail.

    A line that a crash cut short is shown as an event of its own kind, "damaged".
    """
    path = data_dir / FOLDER / f"{month}.jsonl"
    if month not in months(data_dir):
        return pd.DataFrame(columns=COLUMNS)
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    rows = [_event(line) for line in reversed(lines) if line.strip()]
    return pd.DataFrame(rows, columns=COLUMNS)


def _event(line: str) -> dict[str, str]:
    try:
        read_back = json.loads(line)
    except ValueError:
        read_back = None
    if not isinstance(read_back, dict):
        return dict.fromkeys(COLUMNS, "") | {"what": "damaged"}
    return {name: str(read_back.get(name, "")) for name in COLUMNS}


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "·" for c in text)[: 2 * LONGEST_USER]


def _rotate(folder: Path, new: str, keep_months: int) -> None:
    """Make past months read-only, and drop those that are kept no longer."""
    past = sorted(path for path in folder.glob("*.jsonl") if path.name < new)
    for path in past:
        path.chmod(0o400)
    year, month = int(new[:4]), int(new[5:7])
    count = year * 12 + month - 1 - keep_months
    oldest = f"{count // 12:04d}-{count % 12 + 1:02d}.jsonl"
    for path in past:
        if path.name < oldest and _MONTH.fullmatch(path.name):
            path.unlink()
