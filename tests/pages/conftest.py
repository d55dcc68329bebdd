"""Pages opened without a browser: Home.py runs, answers are read from the page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from config.settings import PREFIX
from tests.house.source import ROOT
from tests.support import world
from tests.support.commands import TODAY
from tests.support.reading import as_read
from tests.support.world import Rows
from ui.render.pages import spec

# A guard against a page that never ends, not a measure of speed: a busy machine takes minutes.
SECONDS = 900
Open = Callable[..., AppTest]


@pytest.fixture
def settled_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Points the application at a data directory."""

    def point(data_dir: Path) -> None:
        monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(data_dir))
        monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())

    return point


@pytest.fixture(scope="session", autouse=True)
def no_search_for_components() -> Iterator[None]:
    """AppTest looks through every installed package for components before each run of a script: an
    eighth of the time of these tests. A server does so once, and finds none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", list)
        yield


@pytest.fixture
def open_page(settled_at: Callable[[Path], None], request: pytest.FixtureRequest) -> Open:
    """Opens a page by its key, with codes in the address bar; on a small sample unless told
    otherwise."""

    def opened(key: str = "overview", data_dir: Path | None = None, **codes: str) -> AppTest:
        settled_at(data_dir or request.getfixturevalue("small_data_dir"))
        app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=SECONDS)
        for name, code in codes.items():
            app.query_params[name] = code
        return app.switch_page(spec(key).file).run()

    return opened


@pytest.fixture(scope="session")
def data_dir_with(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Rows], Path]:
    """Makes a data directory whose published snapshot holds these rows; one for the same rows.

    Read only: what pages remember of it holds for every test with the same rows.
    """
    made: dict[str, Path] = {}

    def make(tables: Rows) -> Path:
        rows = repr(tables)
        if rows not in made:
            made[rows] = tmp_path_factory.mktemp("data")
            folder = made[rows] / "snapshots"
            folder.mkdir()
            info = world.make(folder, tables)
            (made[rows] / "current").write_text(info.path.stem, encoding="utf-8")
        return made[rows]

    return make


def words(app: AppTest) -> str:
    """Everything on the page that a visitor reads, in one text."""
    listed = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.info]
    listed += [*app.warning, *app.error, *app.code]
    html = [element.proto.body for element in app.get("html")]
    said = "\n".join([*(element.value for element in listed), *html])
    return as_read(said)
