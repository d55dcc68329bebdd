"""The source lines under a table say each thing once."""

from pathlib import Path

import pytest

from config.i18n import LANGS, Lang
from data_access.indicators.registry import INDICATORS
from data_access.scope import Scope
from tests.support import world
from ui.state.filter_state import everything
from ui.state.page_context import View
from ui.text import provenance


@pytest.mark.parametrize("lang", LANGS)
def test_the_unit_of_an_indicator_is_said_once(tmp_path: Path, lang: Lang) -> None:
    info = world.make(tmp_path, {})
    view = View(everything(info.as_of), lang, "light", Scope(nation=True), info)
    said = [provenance.lines(view, name)[0] for name in INDICATORS]
    assert not [line for line in said if ") (" in line]
    assert all(line.endswith(")") for line in said), "and never left out"
