"""The page of definitions: words for everybody, names in commands and SQL behind one door."""

from datetime import date
from pathlib import Path

import pytest

from config.i18n import LANGS, Lang, t
from data_access.indicators.registry import INDICATORS
from data_access.scope import Scope
from tests.support.world import make
from ui.blocks import Details, Facts, Table
from ui.sections.indicators import section
from ui.state.filter_state import everything
from ui.state.page_context import View

DAY = date(2026, 9, 30)


def view(folder: Path, lang: Lang) -> View:
    return View(
        filters=everything(DAY),
        lang=lang,
        theme="light",
        scope=Scope(nation=True),
        snapshot=make(folder, {}),
        today=DAY,
    )


@pytest.mark.parametrize("lang", LANGS)
def test_names_in_commands_stand_behind_the_door_for_data_staff_only(
    tmp_path: Path, lang: Lang
) -> None:
    seen = view(tmp_path, lang)
    register = section.every_one(seen)
    shown = register.rows()[[column.name for column in register.columns]]
    cells = {str(cell) for row in shown.itertuples(index=False) for cell in row}
    assert not cells & set(INDICATORS)
    name = "families_in_care"
    assert name not in "".join(_facts(section.entry(seen, name)))
    door = section.for_data_staff(seen, name)
    assert door.label == t("page.indicators.for_data_staff", lang)
    inside = door.blocks()
    assert name in "".join(_facts(inside))
    (names,) = [block for block in inside if isinstance(block, Table)]
    assert set(names.rows()["name"]) == set(INDICATORS)


def _facts(parts: object) -> list[str]:
    """The texts of every register entry among blocks, those side by side included."""
    found: list[str] = []
    for part in parts if isinstance(parts, tuple | list) else ():
        if isinstance(part, Facts):
            found += [text for pair in part.pairs for text in pair]
        elif not isinstance(part, Details | Table):
            for cell in getattr(part, "cells", ()):
                found += _facts(cell)
    return found
