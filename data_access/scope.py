"""Whose rows a visitor may see, and from which count on: the argument every query asks for."""

from dataclasses import dataclass, field

from config.i18n import Lang, t
from geo import levels, registers

MINE = "MINE"  # the area code of a total over a part of an area: what the visitor may see of it


@dataclass(frozen=True)
class AreaLabel:
    """Whose numbers an answer holds: an area seen whole, the visitor's part of it, or nothing.

    `code` is the area's own code, or `MINE` for a part; `provinces` and `districts` count what the
    part is made of. `permitted` is false where nothing of the area may be seen.
    """

    code: str
    permitted: bool = True
    provinces: int = 0
    districts: int = 0

    @property
    def partial(self) -> bool:
        """True where the numbers are of a part of the area only."""
        return self.code == MINE

    def text(self, lang: Lang) -> str:
        """The area in words: its name, or "พื้นที่ของท่าน: 1 จังหวัด"."""
        if not self.partial:
            return registers.area_name(self.code, lang)
        kinds = {(True, False): "provinces", (False, True): "districts", (True, True): "both"}
        kind = kinds[self.provinces > 0, self.districts > 0]
        counts = {"provinces": self.provinces, "districts": self.districts}
        return t(f"own_area.{kind}", lang, **counts)


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

    def sees(self, code: str) -> bool:
        """True where every row of an area of any level may be seen."""
        return (
            self.nation
            or any(
                step in self.provinces or step in self.districts for step in levels.path_of(code)
            )
            or self._sees_all_of(code)
        )

    def _sees_all_of(self, code: str) -> bool:
        """A region is seen where all its provinces are; the country is only asked for by name."""
        if levels.level_of(code).name != "region":
            return False
        return set(levels.members(code, "province")) <= self.provinces

    def label(self, code: str = registers.COUNTRY) -> AreaLabel:
        """Whose numbers a total over the area is made of for this visitor."""
        if self.sees(code):
            return AreaLabel(code)
        provinces = {one for one in self.provinces if levels.lies_in(one, code)}
        districts = {
            one
            for one in self.districts
            if levels.lies_in(one, code) and levels.area_at(one, "province") not in provinces
        }
        if not provinces and not districts:
            return AreaLabel(code, permitted=False)
        return AreaLabel(MINE, True, len(provinces), len(districts))

    def owns_province(self, code: str) -> bool:
        """True where true counts and single cases of the whole province are shown."""
        return code in self.own_provinces and self.sees_province(code)

    def owns_district(self, code: str) -> bool:
        """True where true counts and single cases of the district are shown."""
        inside = self.owns_province(code[:2]) or code in self.own_districts
        return inside and self.sees_district(code)
