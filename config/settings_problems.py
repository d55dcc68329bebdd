"""What can be wrong with settings: each mistake by itself, and all of them at once."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from config.i18n import LANGS, Lang, t

# Parameters of an address that hold a password, or a whole connection string with one in it.
_SECRET_PARAMETER = re.compile(
    r"([?&][^=&]*(?:pass|pwd|secret|token|odbc_connect)[^=&]*=)[^&]*", re.IGNORECASE
)


@dataclass(frozen=True)
class Mistake:
    """One setting that cannot be used: its name as the operator wrote it, what was seen, why."""

    name: str
    value: str
    reason: str
    hint: str = ""

    def text(self, lang: Lang) -> str:
        """Give one sentence: what is wrong, what was seen, what to write instead."""
        return t(
            f"settings_problem.{self.reason}", lang, name=self.name, seen=self.value, hint=self.hint
        )


class SettingsError(Exception):
    """All mistakes of the settings at once."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n" + "\n".join(f"{self.text(lang)}" for lang in LANGS))

    def text(self, lang: Lang) -> str:
        """Give a heading and one line per mistake."""
        lines = [f"- {mistake.text(lang)}" for mistake in self.mistakes]
        return "\n".join([t("settings_problem.heading", lang, count=len(lines)), *lines])


def without_password(source: str) -> str:
    """Give a source or server as it may be shown: a password in its address becomes dots."""
    if "://" not in source:
        return source
    try:
        secret = urlsplit(source).password
    except ValueError:
        return f"{source.partition('://')[0]}://•••"
    plain = source.replace(f":{secret}@", ":•••@") if secret else source
    return _SECRET_PARAMETER.sub(r"\1•••", plain)
