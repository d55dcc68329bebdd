"""Colours, marks and type sizes, light and dark: the only place that names a colour.

One accent, a deep teal blue; everything else is slate, white and sand. Good and bad are never told
by colour alone: each verdict has a mark. Maps and charts use ramps that stay apart for
red-green and blue-yellow colour blindness, and greys for "no data" that no ramp comes near
(`tests/unit/config/test_theme.py` measures all of this).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Name = Literal["light", "dark"]
FONT = "Sarabun"
FONT_STACK = "Sarabun, sans-serif"


class UnknownTheme(KeyError):
    """A theme, verdict or room that this module does not have."""


@dataclass(frozen=True)
class Mark:
    """How one verdict looks: text or symbol colour, a soft ground for it, and its symbol."""

    colour: str
    soft: str
    symbol: str


@dataclass(frozen=True)
class TypeSizes:
    """Sizes in pixels for one reading distance."""

    body: int
    chart_label: int
    chart_title: int
    card_value: int
    heading: int
    line_height: float  # Thai stacks vowel and tone marks: never below 1.5


DESK = TypeSizes(
    body=16, chart_label=13, chart_title=15, card_value=34, heading=28, line_height=1.6
)
# For a seminar room: the smallest text is still read from the back row.
ROOM = TypeSizes(
    body=28, chart_label=28, chart_title=32, card_value=72, heading=44, line_height=1.5
)


@dataclass(frozen=True)
class Theme:
    """Every colour of the application in one brightness, as #RRGGBB.

    `sequential` runs from little to much, seven steps of one hue. `diverging` runs from well below
    the norm (blue) over the norm itself (index 3, neutral) to well above it (burnt orange).
    A colour means one thing on every chart and map: accent and `parts` mean nothing but amount.
    `categorical` holds at most six groups; more groups need another chart.
    """

    name: Name
    background: str
    surface: str  # cards, sidebar, table heads
    border: str
    text: str
    muted: str  # secondary text, still AA on background and surface
    accent: str
    accent_strong: str  # accent under the pointer, and accent text on accent_soft
    accent_soft: str
    on_accent: str  # text on a ground of accent
    grid: str
    outline: str  # borders between areas on maps
    norm: str  # reference lines
    no_data: str
    hidden: str  # ground under the hatch
    hidden_hatch: str
    stale: str  # hatch over a value that is out of date
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]
    categorical: tuple[str, ...]
    female: str  # the two sexes have colours that mean nothing else
    male: str
    marks: Mapping[str, Mark]

    @property
    def better(self) -> str:
        """The colour of what is better than a norm, the country or before."""
        return self.diverging[1]

    @property
    def worse(self) -> str:
        """The colour of what is worse than a norm, the country or before."""
        return self.diverging[5]

    @property
    def parts(self) -> tuple[str, ...]:
        """Four colours for parts of a whole of which none is good or bad: steps of one hue."""
        return self.sequential[6::-2]

    @property
    def lines(self) -> tuple[str, ...]:
        """Six colours for lines of a chart, none of which means better, worse or a sex."""
        teal, ochre, _, green, brown, _ = self.categorical
        return (teal, green, brown, ochre, self.muted, self.sequential[2])

    def mark(self, verdict: str) -> Mark:
        """Give the mark of a verdict: "meets", "watch", "fails", those of a proposed target
        ("reaches_proposed", "below_proposed", both neutral), "reference" or "none"."""
        if verdict not in self.marks:
            raise UnknownTheme(f"a verdict is one of {sorted(self.marks)}; got: {verdict!r}")
        return self.marks[verdict]

    def sequential_steps(self, classes: int) -> tuple[str, ...]:
        """Give that many steps (2–7) of the sequential ramp, its ends included."""
        return _spread(self.sequential, classes)

    def diverging_steps(self, below: int, above: int) -> tuple[str, ...]:
        """Give `below` blues, outermost first, then `above` oranges, outermost last (1–3 each)."""
        if not (1 <= below <= 3 and 1 <= above <= 3):
            raise UnknownTheme(f"1 to 3 steps on each side; got: {below!r} and {above!r}")
        return self.diverging[3 - below : 3] + self.diverging[4 : 4 + above]


LIGHT = Theme(
    name="light",
    background="#FFFFFF",
    surface="#F3F7F8",
    border="#D3DDE2",
    text="#1E2B34",
    muted="#50616D",
    accent="#0B6078",
    accent_strong="#084B5E",
    accent_soft="#E0EFF3",
    on_accent="#FFFFFF",
    grid="#E3E9EC",
    outline="#FFFFFF",
    norm="#1E2B34",
    no_data="#C4C2BD",
    hidden="#E4E2DE",
    hidden_hatch="#8A8781",
    stale="#50616D",
    sequential=("#C7E7F9", "#9ACEE8", "#6CB3D3", "#4198BB", "#207C9D", "#05617D", "#044357"),
    diverging=("#1F5587", "#5E90BF", "#ABC7E2", "#F1F0EC", "#EBC29D", "#CE854B", "#9D4D1B"),
    categorical=("#0B6078", "#B5842E", "#473680", "#2E9E7B", "#6E2D1C", "#8F86DC"),
    female="#473680",
    male="#8F86DC",
    marks=MappingProxyType(
        {
            "meets": Mark("#1F7A4D", "#E4F3EA", "✓"),
            "watch": Mark("#8A5700", "#FBF0DA", "!"),
            "fails": Mark("#AE3328", "#FBE9E6", "✕"),
            "reference": Mark("#55656F", "#EDF0F2", "•"),
            "reaches_proposed": Mark("#55656F", "#EDF0F2", "○"),
            "below_proposed": Mark("#55656F", "#EDF0F2", "△"),
            "none": Mark("#55656F", "#EDF0F2", "–"),
        }
    ),
)

DARK = Theme(
    name="dark",
    background="#101B22",
    surface="#182731",
    border="#314450",
    text="#E4ECEF",
    muted="#A4B4BD",
    accent="#5FB6D0",
    accent_strong="#8ACDE0",
    accent_soft="#173947",
    on_accent="#0B161C",
    grid="#263742",
    outline="#101B22",
    norm="#E4ECEF",
    no_data="#7C7A75",
    hidden="#45433F",
    hidden_hatch="#A8A59E",
    stale="#A4B4BD",
    sequential=("#164557", "#105C75", "#1D7595", "#3A92B5", "#60AFD2", "#95CBE6", "#C9E7F7"),
    diverging=("#97C6EF", "#5F95C8", "#48688D", "#39434A", "#885C3F", "#C88046", "#F2B574"),
    categorical=("#5FB6D0", "#F2BF72", "#5474C0", "#BCE2C6", "#8A7A22", "#C0676B"),
    female="#C3B8F5",
    male="#7566C4",
    marks=MappingProxyType(
        {
            "meets": Mark("#62C08D", "#17352A", "✓"),
            "watch": Mark("#E3B04E", "#3A2F16", "!"),
            "fails": Mark("#F08A78", "#40231F", "✕"),
            "reference": Mark("#A4B4BD", "#24333D", "•"),
            "reaches_proposed": Mark("#A4B4BD", "#24333D", "○"),
            "below_proposed": Mark("#A4B4BD", "#24333D", "△"),
            "none": Mark("#A4B4BD", "#24333D", "–"),
        }
    ),
)

# What an XmR reading says, as paths in a square of 24: told apart by shape, so that neither colour
# nor size need carry it. Variation stands in a circle, assurance in a square; both take the colour
# of the text beside them. Words: `variation.<name>` and `assurance.<name>`.
READING_ICONS: Mapping[str, str] = MappingProxyType(
    {
        "variation.better": "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20M7 12l4 4l6-8",
        "variation.worse": "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20M12 6v8M12 17v1",
        "variation.up": "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20M12 18V6M7 11l5-5l5 5",
        "variation.down": "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20M12 6v12M7 13l5 5l5-5",
        "variation.common": "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20M6 12q3-6 6 0t6 0",
        "variation.too_few": "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20M7 12h1M12 12h1M17 12h1",
        "assurance.will_meet": "M3 3h18v18h-18zM7 12l4 4l6-8",
        "assurance.will_miss": "M3 3h18v18h-18zM8 8l8 8M16 8l-8 8",
        "assurance.may_or_may_not": "M3 3h18v18h-18zM9 9a3 3 0 1 1 3 3v2M12 17v1",
        "assurance.no_target": "M3 3h18v18h-18zM8 12h8",
        "assurance.too_few": "M3 3h18v18h-18zM7 12h1M12 12h1M17 12h1",
    }
)

THEMES: Mapping[str, Theme] = MappingProxyType({"light": LIGHT, "dark": DARK})


def theme(name: str) -> Theme:
    """Give the light or the dark theme; raises UnknownTheme for another name."""
    if name not in THEMES:
        raise UnknownTheme(f"a theme is light or dark; got: {name!r}")
    return THEMES[name]


def _spread(ramp: tuple[str, ...], classes: int) -> tuple[str, ...]:
    if not 2 <= classes <= len(ramp):
        raise UnknownTheme(f"2 to {len(ramp)} classes can be told apart; got: {classes!r}")
    last = len(ramp) - 1
    return tuple(ramp[round(step * last / (classes - 1))] for step in range(classes))
