"""Frames and indicators made by hand for the chart tests: small, fixed, with every kind of cell."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from config.thai_calendar import month_spans
from data_access.indicators import registry
from geo import registers, web
from geo.points import district_points, province_points
from ui.charts import (
    ageing,
    bars,
    bullet,
    cohorts,
    coverage,
    distribution,
    funnel,
    split,
    trend,
)
from ui.charts.look import Look
from ui.maps import borders, choropleth
from ui.maps import explorer as zoomable
from ui.maps.base_map import Annotations, BaseMap, MapArea
from ui.maps.bivariate import Axis

URL = {"url": "/boundaries/provinces.json", "format": {"type": "topojson", "feature": "areas"}}
HIDDEN_CODE, EMPTY_CODE, NOBODY_CODE = "85", "38", "58"


@dataclass(frozen=True)
class Given:
    """The part of an indicator that charts read."""

    name: str
    unit: str
    direction: str


CASELOAD = registry.get("families_per_case_manager")
COMPLETION = registry.get("follow_up_completion")
OVERDUE = registry.get("follow_up_overdue")
DENSITY = registry.get("volunteers_per_1000_households")
GAP = registry.get("staffing_gap")


def cell(
    area: str, top: int | None, bottom: int | None, per: int = 1, **more: Any
) -> dict[str, Any]:
    """One row of an indicator frame; `status` shown unless said otherwise."""
    row = {
        "area_code": area,
        "group": "",
        "period_start": date(2025, 10, 1),
        "period_end": date(2026, 9, 30),
        "numerator": top,
        "denominator": bottom,
        "value": top * per / bottom if top is not None and bottom else None,
        "status": "shown",
        "reason": "",
        "qualifier": "exact",
        **more,
    }
    families = row.pop("families", None)
    if row["status"] != "shown":
        row |= {"numerator": families, "denominator": None, "value": None}
    return row


def frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as the door gives them: nullable whole numbers and a nullable value."""
    kinds = {"numerator": "Int64", "denominator": "Int64", "value": "Float64"}
    return pd.DataFrame(rows).astype(kinds)


def caseload() -> pd.DataFrame:
    """A row per province: values from 3 to 25; one hidden, one empty, one without managers."""
    special = {
        HIDDEN_CODE: {"status": "hidden", "reason": "small_number"},
        EMPTY_CODE: {"status": "no_data", "reason": "nothing_to_count"},
        NOBODY_CODE: {"status": "no_data", "reason": "no_case_manager", "families": 7},
    }
    return frame(
        [
            cell(p.code, 30 + 23 * i % 221, 10, **special.get(p.code, {}))
            for i, p in enumerate(registers.provinces())
        ]
    )


def gaps() -> pd.DataFrame:
    """A row per province: how many case managers are missing, a plain count."""
    rows = []
    for i, p in enumerate(registers.provinces()):
        hidden = {"status": "hidden", "reason": "small_number"} if p.code == HIDDEN_CODE else {}
        rows.append(cell(p.code, i % 40, None, **({"value": float(i % 40)} | hidden)))
    return frame(rows)


def completion() -> pd.DataFrame:
    """A row per province: completion between 45 and 98 percent of 20 to 400 follow-ups."""
    special = {HIDDEN_CODE: {"status": "hidden", "reason": "small_number"}}
    rows = []
    for i, p in enumerate(registers.provinces()):
        due = 20 + 37 * i % 381
        done = due * (45 + 29 * i % 54) // 100
        rows.append(cell(p.code, done, due, 100, **special.get(p.code, {})))
    return frame(rows)


def districts(province: str = "50") -> pd.DataFrame:
    """A row per district of a province, one of them hidden."""
    listed = registers.districts_of(province)
    hidden = {"status": "hidden", "reason": "small_number"}
    return frame(
        [
            cell(d.code, 5 + i, 10 + i, 100, **(hidden if i == 1 else {}))
            for i, d in enumerate(listed)
        ]
    )


def months(areas: tuple[str, ...] = ("TH",)) -> pd.DataFrame:
    """Twelve months per area; the fifth has nothing due, the eighth is hidden."""
    special = {
        4: {"status": "no_data", "reason": "nothing_due"},
        7: {"status": "hidden", "reason": "small_number"},
    }
    spans = month_spans(date(2025, 10, 1), date(2026, 9, 30))
    return frame(
        [
            cell(
                area, 70 + i + 5 * k, 100, 100,
                period_start=span.start, period_end=span.end, **special.get(i, {}),
            )
            for k, area in enumerate(areas)
            for i, span in enumerate(spans)
        ]
    )  # fmt: skip


def ages() -> pd.DataFrame:
    """Overdue follow-ups by band; due today is among them and is not overdue."""
    counts = {"due_today": 33, "1-7": 40, "8-30": 30, "31-90": 20, "91-180": 6, "366+": 4}
    return frame([cell("TH", n, 900, 100, group=band) for band, n in counts.items()])


def loads() -> pd.DataFrame:
    """Case managers per band of families."""
    bands = ["0", "1-5", "6-10", "11-15", "16-20", "21+"]
    return pd.DataFrame({"band": bands, "case_managers": [2, 10, 20, 12, 4, 2]})


def cohort_list() -> pd.DataFrame:
    """Three cohorts: two days long, three months known by month only, and one still to come."""
    seminar = {
        "name_th": "สัมมนา", "name_en": "Seminar", "number": 1,
        "start_on": date(2022, 9, 27), "end_on": date(2022, 9, 28), "date_precision": "day",
        "attendances": 17, "qualifier": "exact", "female": 16, "male": 1, "unspecified": 0,
        "provinces_reached": 1, "provinces_targeted": 1,
    }  # fmt: skip
    online = seminar | {
        "name_th": "อบรมออนไลน์", "name_en": "Online course", "number": None,
        "start_on": date(2021, 11, 1), "end_on": date(2022, 1, 31), "date_precision": "month",
        "attendances": 400, "qualifier": "more_than", "female": None, "male": None,
        "unspecified": 400, "provinces_reached": 70, "provinces_targeted": 76,
    }  # fmt: skip
    planned = dict.fromkeys(seminar) | {
        "name_th": "อบรม", "number": 3, "start_on": date(2027, 2, 1), "end_on": date(2027, 2, 3),
        "date_precision": "day",
    }  # fmt: skip
    return pd.DataFrame([seminar, online, planned])


def measures() -> pd.DataFrame:
    """Two measures for bullet rows, the second without a value."""
    columns = ["label", "value", "target", "most", "told", "target_told", "verdict"]
    rows = [
        ["Completion", 77.0, 80.0, 100.0, "77.0%", "80.0%", "watch"],
        ["Coverage", None, 100.0, 100.0, "—", "100.0%", "none"],
    ]
    return pd.DataFrame(rows, columns=columns)


@lru_cache(maxsize=1)
def shapes() -> dict[str, Any]:
    """The shipped provinces, as they travel inside a spec."""
    layer = web.province_layer(Path("no-layer-installed"))
    return {"values": json.loads(layer.body), "format": URL["format"]}


def region_borders() -> dict[str, Any]:
    """The lines between regions of the shipped provinces."""
    return borders.between_regions(shapes()["values"])


Draw = Callable[[Any, str], dict[str, Any]]
POINTS = province_points()
CHIANG_MAI = MapArea("district", "50")
BOUNDS_OF_CHIANG_MAI = (98.08, 17.25, 99.59, 20.15)


def points_of_chiang_mai() -> BaseMap:
    """The ground for the districts of Chiang Mai as points."""
    return BaseMap(URL, CHIANG_MAI, district_points(), bounds=BOUNDS_OF_CHIANG_MAI)


# Every chart once, by name: (language, theme) → spec.
CHARTS: dict[str, Draw] = {
    "choropleth": lambda lang, theme: choropleth.choropleth(
        caseload(), indicator=CASELOAD, look=Look(lang, theme),
        base_map=BaseMap(URL, points=POINTS),
        notes=Annotations(10, 77, stale=["55"], trends={"50": "0a_v"}, selected="50"),
    ),
    "choropleth_of_districts": lambda lang, theme: choropleth.choropleth(
        districts(), indicator=COMPLETION, look=Look(lang, theme),
        base_map=BaseMap(URL, CHIANG_MAI),
    ),
    "tile_grid": lambda lang, theme: choropleth.tile_grid(
        caseload(), indicator=CASELOAD, look=Look(lang, theme), notes=Annotations(selected="50")
    ),
    "symbols": lambda lang, theme: choropleth.symbols(
        gaps(), indicator=GAP, look=Look(lang, theme), base_map=BaseMap(URL, points=POINTS)
    ),
    "small_multiples": lambda lang, theme: choropleth.small_multiples(
        {"2568": completion(), "2569": completion()},
        indicator=COMPLETION, look=Look(lang, theme), geometry=URL,
    ),
    "bivariate": lambda lang, theme: choropleth.bivariate(
        Axis(caseload(), CASELOAD, "A"), Axis(completion(), COMPLETION, "B"),
        look=Look(lang, theme), geometry=URL,
    ),
    "district_points": lambda lang, theme: choropleth.district_points(
        districts(), indicator=COMPLETION, look=Look(lang, theme), base_map=points_of_chiang_mai(),
    ),
    "funnel": lambda lang, theme: funnel.plot(
        completion(), indicator=COMPLETION, look=Look(lang, theme)
    ),
    "trend": lambda lang, theme: trend.line(
        months(), indicator=COMPLETION, look=Look(lang, theme), target=80
    ),
    "bars": lambda lang, theme: bars.bar_ranking(
        caseload(), indicator=CASELOAD, look=Look(lang, theme),
        target=bars.TargetLine(10), labels=bars.Labels(bold="50"),
    ),
    "load_bands": lambda lang, theme: distribution.load_bands(loads(), lang=lang, theme=theme),
    "cohorts": lambda lang, theme: cohorts.timeline(
        cohort_list(), lang=lang, theme=theme, as_of=date(2026, 9, 30)
    ),
    "split": lambda lang, theme: split.sex(cohort_list(), lang=lang, theme=theme),
    "ageing": lambda lang, theme: ageing.bands(ages(), lang=lang, theme=theme),
    "coverage": lambda lang, theme: coverage.dots(cohort_list(), lang=lang, theme=theme),
    "bullet": lambda lang, theme: bullet.rows(measures(), lang=lang, theme=theme),
}  # fmt: skip


@cache
def spec(name: str, lang: Any = "th", theme: str = "light") -> dict[str, Any]:
    """A chart by name, drawn once for all tests: they read it and change nothing."""
    return CHARTS[name](lang, theme)


def explored(
    lang: Any = "th", frame: pd.DataFrame | None = None, within: str | None = "50", **more: Any
) -> zoomable.Explorer:
    """The zoomable explorer of the districts of Chiang Mai."""
    bounds = more.pop("bounds", zoomable.COUNTRY)
    return zoomable.explorer(
        districts() if frame is None else frame,
        indicator=COMPLETION,
        look=Look(lang),
        ground=zoomable.Ground("/boundaries/outlines.geojson", district_points(), within, bounds),
        **more,
    )
