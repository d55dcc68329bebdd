"""Whose rows a visitor may see, and from which count on: the argument every query asks for."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Scope:
    """The rows that one visitor may see, and the smallest client count shown to them.

    `Scope()` sees nothing: the whole country is asked for by name, `Scope(nation=True)`.
    A district in `districts` is seen even where its province is not in `provinces`.
    Client counts from 1 to `hide_below - 1` are hidden; `reveal=True` shows them and is given
    out only where the operator's settings allow it. Inside the visitor's own areas
    (`own_provinces`, `own_districts`) true small counts and rows of single cases are shown;
    own areas narrow nothing and widen nothing else.
    """

    nation: bool = False
    provinces: frozenset[str] = field(default_factory=frozenset)
    districts: frozenset[str] = field(default_factory=frozenset)
    own_provinces: frozenset[str] = field(default_factory=frozenset)
    own_districts: frozenset[str] = field(default_factory=frozenset)
    hide_below: int = 5
    reveal: bool = False

    def sees_province(self, code: str) -> bool:
        """True where every row of the province may be seen."""
        return self.nation or code in self.provinces

    def sees_district(self, code: str) -> bool:
        """True where every row of the district may be seen."""
        return self.sees_province(code[:2]) or code in self.districts

    def owns_province(self, code: str) -> bool:
        """True where true counts and single cases of the whole province are shown."""
        return code in self.own_provinces and self.sees_province(code)

    def owns_district(self, code: str) -> bool:
        """True where true counts and single cases of the district are shown."""
        inside = self.owns_province(code[:2]) or code in self.own_districts
        return inside and self.sees_district(code)
