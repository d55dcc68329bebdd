"""How a picture looks: language, colours and sizes of one reader on one medium."""

from dataclasses import dataclass
from typing import Literal

from config.i18n import Lang
from config.theme import DESK, Theme, TypeSizes, theme

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True)
class Look:
    """Language, colour theme and type sizes of a picture. Hashable, so it can be part of a key."""

    lang: Lang = "th"
    theme: str = "light"
    size: TypeSizes = DESK

    @property
    def ink(self) -> Theme:
        """The colours of the theme; KeyError for one that does not exist."""
        return theme(self.theme)
