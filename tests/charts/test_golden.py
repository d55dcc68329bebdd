"""Every chart's drawing, without its data, is the one that was looked at and kept."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.charts.made import CHARTS, spec

GOLDEN = Path(__file__).parent / "golden"
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def drawing(part: Any) -> Any:
    """A spec without rows, shapes and shades: what remains is how the chart is drawn."""
    if isinstance(part, dict):
        kept = {key: value for key, value in part.items() if key != "datasets"}
        if {"values", "name"} <= set(kept):
            del kept["values"]
        return {key: drawing(value) for key, value in kept.items()}
    if isinstance(part, list):
        return [drawing(value) for value in part]
    return COLOUR.sub("#", part) if isinstance(part, str) else part


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_drawn_as_its_golden_file_says(name: str, update_golden: bool) -> None:
    text = json.dumps(drawing(spec(name)), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path = GOLDEN / f"{name}.json"
    if update_golden:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_chart() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(CHARTS)
