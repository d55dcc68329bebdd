"""Settings of one installation, read once and passed down.

An environment variable wins over `config/settings.toml`, which wins over the default. No other
module reads the environment. `python -m config.settings` lists every setting with its value, where
the value comes from, and what it means in both languages.
"""

import difflib
import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from config import settings_readers as readers
from config.access import TOML_PATH as ACCESS_PATH
from config.i18n import LANGS, Lang, t
from config.mail import MailServer
from config.settings_problems import Mistake, SettingsError, without_password
from config.settings_readers import WrongValue
from config.thai_calendar import DateProblem, parse_date
from config.thresholds import threshold

PREFIX = "OVERSIGHT_"
REPOSITORY = Path(__file__).resolve().parents[1]
TOML_PATH = REPOSITORY / "config" / "settings.toml"
SOURCE_MAP_PATH = REPOSITORY / "config" / "source_map.toml"
BANGKOK = ZoneInfo("Asia/Bangkok")
MAX_HIDE_BELOW = 1000
JOURNAL_FILE, SAMPLE_JOURNAL_FILE = "journal.sqlite3", "journal-sample.sqlite3"
# required: nobody sees anything before signing in. sample: nobody has to as long as the live data
# are synthetic; what the launcher chooses for them. off: one person, on this machine alone.
SignIn = Literal["required", "sample", "off"]
SIGN_IN: tuple[SignIn, ...] = ("required", "sample", "off")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Settings:
    """What one installation has chosen; `meaning(name, lang)` explains each field."""

    data_dir: Path
    source: str | None
    language: Lang
    today: date
    hide_below: int
    allow_reveal: bool
    port: int
    address: str
    ahead: bool = True
    sign_in: SignIn = "required"
    access: Path = ACCESS_PATH
    secrets: Path | None = None
    public_url: str | None = None
    mail: MailServer | None = None
    mail_from: str | None = None
    source_map: Path = SOURCE_MAP_PATH
    shared_dir: Path | None = None
    journal: str | None = None
    pushdown: bool = False

    def journal_at(self, data_dir: Path, *, synthetic: bool) -> str:
        """Where what people write is kept: the database named, else a file in a data directory.

        What is written about synthetic data has a file of its own: nothing of it is ever read
        beside real data.
        """
        file = SAMPLE_JOURNAL_FILE if synthetic else JOURNAL_FILE
        return self.journal or readers.sqlite_url(data_dir / file)

    @property
    def sign_in_dir(self) -> Path:
        """Where sign-ins are kept: the folder that servers share, else the data directory."""
        return self.shared_dir or self.data_dir

    def is_local(self, *, synthetic: bool) -> bool:
        """Tell whether nobody has to sign in: chosen by the operator, or as data are synthetic."""
        return self.sign_in == "off" or (self.sign_in == "sample" and synthetic)


NAMES = tuple(one.name for one in fields(Settings))


def load(environ: Mapping[str, str] | None = None, toml_path: Path | None = None) -> Settings:
    """Give the settings, or raise SettingsError with every mistake.

    `environ` replaces the process environment and `toml_path` the optional `config/settings.toml`;
    a `toml_path` that is given must exist. An empty variable counts as not set.
    """
    values, _, mistakes = _read(os.environ if environ is None else environ, toml_path)
    if mistakes:
        raise SettingsError(mistakes)
    return Settings(**values)


def is_set(name: str, environ: Mapping[str, str] | None = None) -> bool:
    """Tell whether somebody has chosen a setting, in the environment or in the file."""
    _, origins, _ = _read(os.environ if environ is None else environ, None)
    return origins[name] != "default"


def choose(name: str, text: str) -> None:
    """Choose a setting for this process and what it starts; for the launcher alone."""
    os.environ[variable(name)] = text


def variable(name: str) -> str:
    """Give the environment variable of a setting: "OVERSIGHT_DATA_DIR" for "data_dir"."""
    return PREFIX + name.upper()


def meaning(name: str, lang: Lang) -> str:
    """Give what a setting is for, in one or two sentences."""
    return t(f"setting.{name}", lang)


def describe(environ: Mapping[str, str] | None = None, toml_path: Path | None = None) -> str:
    """Give the list of settings for people: variable, value, origin, meaning in both languages.

    A password inside a database address is replaced by dots. Raises SettingsError like `load`.
    """
    values, origins, mistakes = _read(os.environ if environ is None else environ, toml_path)
    if mistakes:
        raise SettingsError(mistakes)
    lines: list[str] = []
    for name in NAMES:
        lines.append(f"{variable(name)} = {_printable(values[name])}   [{origins[name]}]")
        lines.extend(f"    {meaning(name, lang)}" for lang in LANGS)
    return "\n".join(lines)


def _read(
    environ: Mapping[str, str], toml_path: Path | None
) -> tuple[dict[str, Any], dict[str, str], list[Mistake]]:
    overlay, mistakes = _overlay(toml_path)
    mistakes += _unknown_settings(environ)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for name in NAMES:
        read, default = _READERS[name]
        if text := environ.get(variable(name), "").strip():
            written, base, origins[name] = variable(name), Path.cwd(), "environment"
        elif text := overlay.get(name, ""):
            written, base, origins[name] = name, REPOSITORY, "settings.toml"
        else:
            values[name], origins[name] = default(), "default"
            continue
        try:
            values[name] = read(text, base)
        except WrongValue as wrong:
            mistakes.append(Mistake(written, without_password(text), str(wrong)))
        except DateProblem as problem:
            mistakes.append(Mistake(written, text, f"date_{problem.rule}"))
    if values.get("sign_in", "required") != "required" and values.get("address") not in LOOPBACK:
        # Without sign-in whoever reaches the port is in: that may only be this machine.
        mistakes.append(Mistake(variable("sign_in"), values["sign_in"], "sign_in_address"))
    return values, origins, mistakes


def _overlay(toml_path: Path | None) -> tuple[dict[str, str], list[Mistake]]:
    path = toml_path or TOML_PATH
    if toml_path is None and not path.exists():
        return {}, []
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        return {}, [Mistake(path.name, str(problem), "toml")]
    mistakes = [_unknown_name(name, NAMES) for name in table if name not in NAMES]
    texts: dict[str, str] = {}
    for name in NAMES:
        content = table.get(name, "")
        if isinstance(content, (dict, list)):
            mistakes.append(Mistake(name, str(content), "plain"))
        else:
            texts[name] = str(content).strip()
    return texts, mistakes


def _unknown_settings(environ: Mapping[str, str]) -> list[Mistake]:
    known = tuple(variable(name) for name in NAMES)
    ours = sorted(name for name in environ if name.startswith(PREFIX))
    return [_unknown_name(name, known) for name in ours if name not in known]


def _unknown_name(name: str, names: tuple[str, ...]) -> Mistake:
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
    return Mistake(name, name, "unknown", hint=near[0] if near else ", ".join(names))


def today_in_bangkok() -> date:
    """Give the calendar day in Thailand at this moment; only `load` asks for it."""
    return datetime.now(BANGKOK).date()


# How each setting is read from text (relative paths start at the given folder), and its default.
_READERS: dict[str, tuple[Callable[[str, Path], Any], Callable[[], Any]]] = {
    "data_dir": (readers.data_dir, lambda: REPOSITORY / "var"),
    "source": (readers.source, lambda: None),
    "language": (lambda text, _base: readers.one_of(text, LANGS, "language"), lambda: "th"),
    "today": (lambda text, _base: parse_date(text), today_in_bangkok),
    "hide_below": (
        lambda text, _base: readers.whole(text, 1, MAX_HIDE_BELOW, "hide_below"),
        lambda: int(threshold("small_cell").value),
    ),
    "allow_reveal": (readers.yes_no, lambda: False),
    "port": (lambda text, _base: readers.whole(text, 1, 65535, "port"), lambda: 8501),
    "address": (readers.address, lambda: "127.0.0.1"),
    "ahead": (readers.yes_no, lambda: True),
    "sign_in": (lambda text, _base: readers.one_of(text, SIGN_IN, "sign_in"), lambda: "required"),
    "access": (lambda text, base: readers.file(text, base, "access"), lambda: ACCESS_PATH),
    "public_url": (readers.public_url, lambda: None),
    "shared_dir": (readers.data_dir, lambda: None),
    "secrets": (lambda text, base: readers.file(text, base, "secrets"), lambda: None),
    "mail": (readers.mail, lambda: None),
    "mail_from": (readers.mail_from, lambda: None),
    "source_map": (
        lambda text, base: readers.file(text, base, "source_map"),
        lambda: SOURCE_MAP_PATH,
    ),
    "journal": (readers.journal, lambda: None),
    "pushdown": (readers.yes_no, lambda: False),
}


def _printable(value: object) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return str(value).lower()
    return without_password(str(value))


def main() -> int:
    """Write all settings to standard output; 2 when there are mistakes."""
    try:
        sys.stdout.write(describe() + "\n")
    except SettingsError as error:
        sys.stderr.write(str(error).strip() + "\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
