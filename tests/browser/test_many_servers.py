"""Two servers with data directories of their own behind nginx: one dies, its visitors go on."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from config.i18n import t
from data_access import snapshot
from data_access.mirror import mirror
from tests.benchmarks.many_people import publish_again
from tests.browser import nginx
from tests.browser.nginx import NAME, Proxy
from tests.browser.support import WIDE, Server, choose, running, settled
from tests.support import world
from ui.state.filter_state import group_text


@dataclass(frozen=True)
class Servers:
    """The proxy, its servers, and where each keeps its data."""

    proxy: Proxy
    servers: tuple[Server, Server]
    homes: tuple[Path, Path]


@pytest.fixture
def two(chromium: str, tmp_path: Path) -> Iterator[Servers]:
    nginx.find_nginx()
    first, second, folder = (tmp_path / name for name in ("first", "second", "nginx"))
    (first / "snapshots").mkdir(parents=True)
    folder.mkdir()
    families = world.drawn("""
        family_id household_id district_code
        F1 H1 5001
    """)
    info = world.make(first / "snapshots", {"families": families})
    (first / "current").write_text(info.path.stem, encoding="utf-8")
    mirror(first, second)
    more = {
        "OVERSIGHT_PUBLIC_URL": f"https://{NAME}/oversight",
        "OVERSIGHT_SIGN_IN": "off",
        "OVERSIGHT_LANGUAGE": "en",
    }
    with ExitStack() as stack:
        one, other = (
            stack.enter_context(running(home, prepare=False, **more)) for home in (first, second)
        )
        proxy = stack.enter_context(nginx.behind_nginx(folder, one, other))
        yield Servers(proxy, (one, other), (first, second))


def test_the_page_comes_back_on_the_other_server_with_its_filters(
    two: Servers, browser: Browser
) -> None:
    with nginx.far_browser(browser) as far:
        context = far.new_context(
            viewport=WIDE,
            ignore_https_errors=True,  # type: ignore[arg-type]  # sizes are TypedDicts there
        )
        page = context.new_page()
        page.goto(f"{two.proxy.url}caseload?province=50")
        settled(page)
        asked = re.findall(r"^([\d.:]+) ", two.proxy.log.read_text(), re.MULTILINE)[-1]
        dead = next(one for one in two.servers if nginx.upstream(one) == asked)
        (alive,) = (one for one in two.servers if one is not dead)

        # A new snapshot is published meanwhile and copied: both servers show it, and say so.
        new_id = publish_again(two.homes[0])
        mirror(*two.homes)
        dead.process.kill()
        dead.process.wait()

        # The page notices by itself that it has come to another server.
        expect(page.get_by_text(new_id)).to_have_count(1, timeout=60_000)
        settled(page)
        assert "province=50" in page.url
        group = group_text("elder", "en")
        choose(page, "group", group)
        assert "group=elder" in page.url
        assert "province=50" in page.url
        assert page.locator("h1").first.inner_text() == t("page.caseload.title", "en")
        last = two.proxy.log.read_text().splitlines()[-1]
        assert nginx.upstream(alive) in last
        # Whoever opens the address now does not wait for the dead one.
        page.reload()
        settled(page)
        assert "province=50" in page.url
        context.close()
    assert snapshot.current(two.homes[1]).snapshot_id == new_id
