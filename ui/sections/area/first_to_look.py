"""The three things of an area to look at first, in words.

First what fails a target that a document sets, farthest first; then what got worse beyond its usual
variation; then the lowest rank in the worse half of the areas. What stands on too small a base is
never among them, and an indicator is named once.
"""

from collections.abc import Iterator, Mapping

from config.i18n import t
from data_access.indicators.kernel.definition import Direction
from ui.blocks import Blocks, Text
from ui.queries.area_profile import Profile
from ui.state.page_context import View
from ui.text import changes

MOST = 3
Finding = tuple[str, str]  # which of the three kinds it is, and the indicator's name
Profiles = Mapping[str, Profile]


def findings_list(view: View, profiles: Profiles) -> Blocks:
    """Give the list under its heading; where there is less than three, that nothing else is."""
    listed = first(profiles)
    lines = [_line(view, kind, profiles[name]) for kind, name in listed]
    heading = Text(t("page.area.first", view.lang), "heading")
    if not lines:
        return (heading, Text(t("page.area.first_nothing", view.lang), "notice"))
    blocks = (heading, Text("\n".join(lines), "steps"))
    if len(lines) == MOST:
        return blocks
    return (*blocks, Text(t("page.area.first_no_more", view.lang)))


def waiting(view: View) -> Blocks:
    """Give the heading with as many lines as there will be, still being worked out."""
    line = t("page.area.first_waiting", view.lang)
    heading = Text(t("page.area.first", view.lang), "heading")
    return heading, Text("\n".join([line] * MOST), "steps")


def first(profiles: Profiles) -> list[Finding]:
    """Give at most three indicators by name with the kind of reason, the most pressing first."""
    found: dict[str, str] = {}
    for kind, name in (*_failing(profiles), *_worse(profiles), *_low(profiles)):
        found.setdefault(name, kind)
    return [(kind, name) for name, kind in found.items()][:MOST]


def _failing(profiles: Profiles) -> Iterator[Finding]:
    """Those that fail a documented target, by the distance from it as a part of the target."""

    def distance(name: str) -> float:
        figure = profiles[name].figure
        if figure.gap is None or figure.target is None or not figure.target.value:
            return 0.0
        return abs(figure.gap / figure.target.value)

    names = [name for name in _comparable_names(profiles) if profiles[name].figure.mark == "fails"]
    yield from (("fails", name) for name in sorted(names, key=distance, reverse=True))


def _worse(profiles: Profiles) -> Iterator[Finding]:
    """Those whose latest value is worse than usual, by how many rules say so."""

    def rules(name: str) -> int:
        reading = profiles[name].figure.reading
        return len(reading.rules) if reading else 0

    names = [
        name
        for name in _comparable_names(profiles)
        if (reading := profiles[name].figure.reading) and reading.variation == "worse"
    ]
    yield from (("worse", name) for name in sorted(names, key=rules, reverse=True))


def _low(profiles: Profiles) -> Iterator[Finding]:
    """Those in the worse half of the areas, whatever chance allows, the last place first."""

    def behind(name: str) -> float:
        rank = profiles[name].rank
        return rank.place / rank.of if rank else 0.0

    names = [
        name
        for name in _comparable_names(profiles)
        if (rank := profiles[name].rank)
        and profiles[name].figure.indicator.direction is not Direction.NEUTRAL
        and 2 * rank.low > rank.of
    ]
    yield from (("low", name) for name in sorted(names, key=behind, reverse=True))


def _comparable_names(profiles: Profiles) -> Iterator[str]:
    for name, profile in profiles.items():
        if profile.figure.status == "shown" and not profile.figure.is_small:
            yield name


def _line(view: View, kind: str, profile: Profile) -> str:
    lang, figure, rank = view.lang, profile.figure, profile.rank
    return t(
        f"page.area.first_{kind}",
        lang,
        title=t(f"indicator.{figure.name}.title", lang),
        value=figure.in_words(lang),
        target=figure.target_text(lang),
        gap=figure.gap_text(lang),
        reason=changes.variation_reason(figure, lang),
        place=rank.place if rank else "",
        of=rank.of if rank else "",
        low=rank.low if rank else "",
        high=rank.high if rank else "",
        level=t(f"page.area.among.{view.filters.level}", lang),
    )
