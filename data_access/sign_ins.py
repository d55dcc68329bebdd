"""Signing in, as the server remembers it: last activity and end of each sign-in, shared by tabs.

A cookie in a browser outlives both, and a tab that is open keeps the identity it began with. So
each sign-in has one small file below `<data_dir>/sign_ins`, its name a hash that says nothing of
the person; its time is the last activity, and a file `.ended` beside it says that it is over.
Every tab and every server process that shares the folder reads the same files: the data directory,
or `OVERSIGHT_SHARED_DIR` where servers on several machines have data directories of their own.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import Any, Literal

FOLDER = "sign_ins"
# Activity is written at most this often: a run of a page should not cost a write to the disk.
WRITTEN_EVERY_SECONDS = 20
KEPT_SECONDS = 40 * 86_400  # longer than the thirty days that Streamlit's cookie lives
# Clocks of two machines differ a little; a token from further ahead than this is not believed.
AHEAD_SECONDS = 120
Over = Literal["expired", "idle", "signed_out"]


def key(claims: Mapping[str, Any]) -> str:
    """Give the name of one sign-in: the same in every tab of a browser, new after each sign-in."""
    parts = [str(claims.get(name, "")) for name in ("iss", "sub", "iat", "nonce", "sid")]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:40]


def over(
    data_dir: Path,
    claims: Mapping[str, Any],
    *,
    now: float,
    idle_seconds: float,
    longest_seconds: float,
) -> Over | None:
    """Give why a sign-in is over at the moment `now` (seconds since 1970); None where it is not.

    A token without plain `iat` and `exp` counts as expired. Nothing is written.
    """
    begun, ends = _moment(claims.get("iat")), _moment(claims.get("exp"))
    if begun is None or ends is None or begun > now + AHEAD_SECONDS:
        return "expired"
    if now >= min(ends, begun + longest_seconds):
        return "expired"
    path = _path(data_dir, claims)
    if path.with_suffix(".ended").exists():
        return "signed_out"
    if now - max(_active(path), begun) > idle_seconds:
        return "idle"
    return None


def touch(data_dir: Path, claims: Mapping[str, Any], *, now: float) -> bool:
    """Note activity at `now`; True where this sign-in was not known before."""
    path = _path(data_dir, claims)
    if path.exists():
        if now - path.stat().st_mtime > WRITTEN_EVERY_SECONDS:
            os.utime(path, (now, now))
        return False
    _forget_old(path.parent, now)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    os.utime(path, (now, now))
    return True


def end(data_dir: Path, claims: Mapping[str, Any]) -> bool:
    """End a sign-in everywhere, whatever cookies still say; True where it was not over before."""
    path = _path(data_dir, claims).with_suffix(".ended")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    first = not path.exists()
    path.touch(mode=0o600)
    return first


def _path(data_dir: Path, claims: Mapping[str, Any]) -> Path:
    return data_dir / FOLDER / key(claims)


def _active(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _moment(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value)


def _forget_old(folder: Path, now: float) -> None:
    for path in folder.glob("*"):
        if now - _active(path) > KEPT_SECONDS:
            path.unlink(missing_ok=True)
