"""The indicators by area of work, in the order in which they stand on the page."""

from functools import lru_cache

from data_access.indicators import registry

# Part of the page, and the modules of the registry whose indicators stand in it.
MODULES = {
    "caseload": ("caseload", "families"),
    "follow_up": ("follow_up", "follow_up_work"),
    "process": ("process", "waiting"),
    "outcomes": ("outcomes",),
    "teamwork": ("teamwork",),
    "screening": ("screening",),
    "volunteers": ("volunteers", "volunteer_work"),
    "training": ("training", "staff_training", "cohort_results", "skills"),
    "data_quality": ("data_quality",),
}


@lru_cache(maxsize=1)
def names() -> dict[str, tuple[str, ...]]:
    """Give the names of the indicators of each part."""
    listed = registry.by_area_of_work()
    return {
        part: tuple(name for module in modules for name in listed[module])
        for part, modules in MODULES.items()
    }
