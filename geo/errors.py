"""What can be wrong with an area or a map layer, said in both languages."""

from typing import NamedTuple

from config.i18n import Lang, t


class Candidate(NamedTuple):
    """An area offered to the reader in a message; a district's names carry its province."""

    code: str
    name_th: str
    name_en: str

    def label(self, lang: Lang) -> str:
        """Code and name, as in `5001 เมืองเชียงใหม่`."""
        return f"{self.code} {self.name_th if lang == 'th' else self.name_en}"


def first_candidates(candidates: tuple[Candidate, ...], lang: Lang) -> str:
    """The first five candidates in one line; five are enough to see what is meant."""
    return ", ".join(candidate.label(lang) for candidate in candidates[:5])


class GeoError(Exception):
    """Base of everything this package refuses."""

    def text(self, lang: Lang) -> str:
        """The message for a reader in one language."""
        raise NotImplementedError

    def __str__(self) -> str:
        return f"{self.text('th')} / {self.text('en')}"


class UnknownArea(GeoError):
    """A code or name that no register knows. `suggestions` may be empty.

    `level` is `province`, `district` or `area` (any level).
    """

    def __init__(self, value: str, level: str, suggestions: tuple[Candidate, ...] = ()) -> None:
        super().__init__(value, level)
        self.seen = value
        self.level = level
        self.suggestions = suggestions

    def text(self, lang: Lang) -> str:
        if not self.suggestions:
            return t(f"geo.unknown.{self.level}", lang, seen=self.seen)
        near = first_candidates(self.suggestions, lang)
        return t(f"geo.unknown.{self.level}_near", lang, seen=self.seen, near=near)


class AmbiguousArea(GeoError):
    """A name that several districts bear; `candidates` holds all of them."""

    def __init__(self, value: str, candidates: tuple[Candidate, ...]) -> None:
        super().__init__(value)
        self.seen = value
        self.candidates = candidates

    def text(self, lang: Lang) -> str:
        return t(
            "geo.ambiguous",
            lang,
            seen=self.seen,
            count=len(self.candidates),
            candidates=first_candidates(self.candidates, lang),
        )
