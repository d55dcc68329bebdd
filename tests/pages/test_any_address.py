"""Any address: every page answers made-up parameters with sentences, never with an error."""

import random
from collections.abc import Iterator

import pytest

from config.i18n import LANGS, t
from data_access.schema.codes import CODES
from geo import registers
from tests.pages.conftest import Open, words
from ui.render.pages import PAGES
from ui.server.deep_links import OWN
from ui.state.filter_state import PARAMS

ALONE, MIXED = 2, 2  # addresses for a page: of single parameters, of mixtures
HOSTILE = (
    "", " ", "x", "0", "-1", "50'", '"', "<script>alert(1)</script>", "{seen}", "{0}", "%00",
    "\x00", "../../etc/passwd", "50;DROP TABLE cases", "1 OR 1=1", "๕๐", "２５６９", "9" * 400,
    "null", "TH", "=1+1", "javascript:alert(1)", "‮50", "เชียงใหม่", "\n", "5001,5002", "None", "[]",
    "1e9", "NaN",
)  # fmt: skip
KNOWN = {
    "fy": ("2569", "2568", "2570"),
    "q": ("1", "2", "3", "4"),
    "region": registers.REGIONS,
    "province": ("50", "10", "96"),
    "district": ("5001", "1001", "9601"),
    "group": tuple(CODES["target_group"]),
    "base": ("76", "77"),
    "lang": LANGS,
    "indicator": ("follow_up_overdue", "families_per_case_manager"),
    "shape": ("real", "tiles"),
    "areas": ("province", "district"),
}


def addresses(at: int) -> Iterator[dict[str, str]]:
    """Addresses of a page: nonsense in single parameters, then random mixtures.

    Pages share the reading of parameters: each page has a few of them, all pages have all.
    """
    chance = random.Random(at)
    names = (*PARAMS, *OWN, "lang", "next", "embed")
    for n in range(ALONE):
        yield {names[(ALONE * at + n) % len(names)]: chance.choice(HOSTILE)}
    for _ in range(MIXED):
        some = chance.sample(names, chance.randint(2, 6))
        yield {
            name: chance.choice(KNOWN.get(name, HOSTILE) if chance.random() < 0.5 else HOSTILE)
            for name in some
        }


@pytest.mark.slow
@pytest.mark.parametrize("page", [entry.key for entry in PAGES])
def test_a_page_answers_any_address_with_sentences(open_page: Open, page: str) -> None:
    at = [entry.key for entry in PAGES].index(page)
    for address in addresses(at):
        codes = {name: code for name, code in address.items() if name != "embed" or code}
        app = open_page(page, **codes)
        assert not app.exception, codes
        text = words(app)
        for lang in LANGS:
            for broken in ("message.broken", "message.unreachable"):
                assert t(broken, lang) not in text, codes
        assert "<script>alert" not in text, codes
        assert "Traceback" not in text, codes


def test_all_parameters_are_tried_alone_on_some_page() -> None:
    alone = [list(codes) for at in range(len(PAGES)) for codes in addresses(at)]
    assert {names[0] for names in alone if len(names) == 1} >= {*PARAMS, *OWN}


@pytest.mark.parametrize(
    "param", ["shape", "measure", "classes", "areas", "indicator", "part", "show"]
)
def test_an_unknown_choice_of_the_map_is_said_in_a_sentence(open_page: Open, param: str) -> None:
    # What the explorer shows is a choice of its tab, and read there.
    tab = {"part": "explorer"} if param == "show" else {}
    app = open_page("province_map", **{**tab, param: "x"})
    assert not app.error
    assert any("“x”" in warning.value for warning in app.warning)
