"""A visitor without a browser: Streamlit's own messages over a real websocket.

Sends what a browser sends (address, values of all widgets, hashes of the messages it still holds)
and reads until the run of the page is over. Nothing is drawn, and files by address are not fetched:
what is measured is the server.
"""

import asyncio
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Selectbox_pb2 import Selectbox
from websockets.asyncio.client import ClientConnection, connect

STREAM = "_stcore/stream"
LONGEST_RUN_SECONDS = 60
LARGEST_MESSAGE = 64 * 1024 * 1024
# A browser drops a message that this many runs did not use (Streamlit's maxCachedMessageAge).
RUNS_KEPT = 2
T = TypeVar("T")


@dataclass
class Run:
    """One run of a page: how long until it was over, what came, and what was wrong with it."""

    seconds: float
    received: int = 0
    errors: list[str] = field(default_factory=list)


@dataclass
class Session:
    """One open tab: the page it is on, the filters it can choose from, the messages it holds."""

    socket: ClientConnection
    page: str
    query: str
    selects: dict[str, Selectbox] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)  # what the last run wrote as HTML or markdown
    _held: dict[str, tuple[int, ForwardMsg]] = field(default_factory=dict)
    _values: dict[str, str] = field(default_factory=dict)
    _runs: int = 0

    async def open(self) -> Run:
        """Open the page, as whoever follows a link does."""
        return await self._run()

    async def choose(self, param: str, label: str) -> Run:
        """Set one filter of the page to an entry of its list."""
        select = self.selects[param]
        assert label in select.options, f"{param} does not offer {label}"
        self._values[select.id] = label
        return await self._run()

    async def _run(self) -> Run:
        state = ClientState(
            query_string=self.query, page_name=self.page, cached_message_hashes=list(self._held)
        )
        for name, value in self._values.items():
            state.widget_states.widgets.add(id=name, string_value=value)
        began = time.perf_counter()
        await self.socket.send(BackMsg(rerun_script=state).SerializeToString())
        run, self._runs = Run(0.0), self._runs + 1
        self.texts, self.selects = [], {}
        while not await self._message(run):
            pass
        run.seconds = time.perf_counter() - began
        self._forget_old()
        if not self.selects and not run.errors:
            run.errors.append("a page without filters")
        return run

    async def _message(self, run: Run) -> bool:
        """Take in one message; whether it says that the page's run is over."""
        raw = await self.socket.recv(decode=False)
        run.received += len(raw)
        message = ForwardMsg.FromString(raw)
        if message.WhichOneof("type") == "ref_hash":
            if message.ref_hash not in self._held:
                run.errors.append("a message was sent as known that is not")
                return False
            held = ForwardMsg()
            held.CopyFrom(self._held[message.ref_hash][1])
            held.metadata.CopyFrom(message.metadata)
            message.CopyFrom(held)
        if message.metadata.cacheable:
            self._held[message.hash] = (self._runs, message)
        match message.WhichOneof("type"):
            case "delta":
                self._element(message, run)
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "page_not_found":
                run.errors.append("page not found")
            case "session_event":
                run.errors.append(str(message.session_event))
            case "script_finished":
                over = message.script_finished
                if over == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    run.errors.append("the page does not compile")
                # A run that was overtaken ends early; the one that counts follows.
                return over in (
                    ForwardMsg.FINISHED_SUCCESSFULLY,
                    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
                )
        return False

    def _element(self, message: ForwardMsg, run: Run) -> None:
        element = message.delta.new_element
        match element.WhichOneof("type"):
            case "exception":
                run.errors.append(element.exception.type)
            case "alert" if element.alert.format == Alert.ERROR:
                run.errors.append(element.alert.body[:80])
            case "html":
                self.texts.append(element.html.body)
            case "markdown":
                self.texts.append(element.markdown.body)
            case "selectbox":
                select = element.selectbox
                _, known, param = select.id.rpartition("-filter_")
                if known:
                    self.selects[param] = select
                    # The page says what is chosen; a browser sends it back with every run.
                    if select.set_value:
                        self._values[select.id] = select.raw_value
                    else:
                        self._values.setdefault(select.id, select.options[select.default])

    def _forget_old(self) -> None:
        oldest = self._runs - RUNS_KEPT
        self._held = {name: kept for name, kept in self._held.items() if kept[0] >= oldest}


def stream(url: str) -> connect:
    """A connection to the server at `url`, to be opened with `async with`."""
    return connect(
        f"{url.replace('http', 'ws', 1)}{STREAM}",
        subprotocols=["streamlit"],  # type: ignore[list-item]  # any text is a subprotocol
        max_size=LARGEST_MESSAGE,
        open_timeout=LONGEST_RUN_SECONDS,
        ping_timeout=LONGEST_RUN_SECONDS,
    )


def run(visits: Coroutine[Any, Any, T]) -> T:
    """What visits give, held on a loop of their own: Playwright keeps one in the main thread."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, visits).result()
