"""All indicators by name: the one list that pages, the command line and the documents read."""

from difflib import get_close_matches

from data_access.indicators.definitions import (
    caseload,
    cohort_results,
    data_quality,
    families,
    follow_up,
    follow_up_work,
    outcomes,
    process,
    screening,
    skills,
    staff_training,
    teamwork,
    training,
    volunteer_work,
    volunteers,
    waiting,
)
from data_access.indicators.kernel.definition import DefinitionProblem, Indicator

AREAS_OF_WORK = (
    caseload,
    families,
    training,
    staff_training,
    cohort_results,
    skills,
    follow_up,
    follow_up_work,
    process,
    waiting,
    outcomes,
    volunteers,
    volunteer_work,
    teamwork,
    screening,
    data_quality,
)


class UnknownIndicator(KeyError):
    """No indicator has this name; `suggestions` are the nearest ones that exist."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.suggestions = tuple(get_close_matches(name, INDICATORS, n=3, cutoff=0.4))
        super().__init__(name)

    def __str__(self) -> str:
        nearest = ", ".join(self.suggestions) or "see the list of indicators"
        return f"no indicator is called {self.name!r}; nearest: {nearest}"


def _collect() -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    for module in AREAS_OF_WORK:
        for indicator in module.INDICATORS:
            if indicator.name in found:
                raise DefinitionProblem(f"two indicators are called {indicator.name}")
            found[indicator.name] = indicator
    return found


INDICATORS: dict[str, Indicator] = _collect()


def by_area_of_work() -> dict[str, tuple[str, ...]]:
    """Names of all indicators by the module that defines them, such as "follow_up"."""
    return {
        module.__name__.rpartition(".")[2]: tuple(item.name for item in module.INDICATORS)
        for module in AREAS_OF_WORK
    }


def on_map() -> tuple[str, ...]:
    """Names of the indicators that maps of provinces offer, in the registry's order."""
    return tuple(name for name, item in INDICATORS.items() if item.on_map)


def executive_parts() -> dict[str, tuple[str, ...]]:
    """Names of the indicators of the executive table, by their part of it."""
    parts: dict[str, tuple[str, ...]] = {}
    for name, item in INDICATORS.items():
        if item.executive_part:
            parts[item.executive_part] = (*parts.get(item.executive_part, ()), name)
    return parts


def get(name: str) -> Indicator:
    """The indicator of that name; raises `UnknownIndicator` with the nearest names."""
    if name not in INDICATORS:
        raise UnknownIndicator(name)
    return INDICATORS[name]
