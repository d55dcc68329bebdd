"""What a browser tells of a page: when it last moved, how far it jumped, and what was sent."""

from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page, WebSocket

QUIET_MS = 250

# Notes every change with its moment, from the opening of the page and again from each key that
# chooses. What was on the screen is asked when all is quiet: asking at each change would have the
# page laid out again and again.
WATCH = """(() => {
    const begin = () => {
        window.began = performance.now(); window.moved = 0; window.changes = [];
    };
    begin();
    window.began = 0;
    const shown = node => node && node.checkVisibility({visibilityProperty: true});
    const usable = () => {
        const main = document.querySelector('[data-testid="stMain"]');
        const [title, said] = [main?.querySelector('h1'), main?.querySelector('.ov-lead')];
        const figure = main?.querySelector('.ov-card, .ov-foot, .vega-embed svg');
        if (shown(title) && shown(figure) && (!said || shown(said)))
            window.usable = performance.now();
    };
    new MutationObserver(records => {
        const at = window.moved = performance.now();
        for (const one of records) {
            // The application's own attributes say that it runs: nobody sees them.
            if (one.target.dataset?.testid === 'stApp' && one.type === 'attributes') continue;
            const nodes = one.addedNodes.length ? one.addedNodes : [one.target];
            for (const node of nodes) window.changes.push([at, node]);
        }
        if (!window.usable) usable();
    }).observe(document, {attributes: true, characterData: true, childList: true, subtree: true});
    addEventListener('keydown', event => { if (event.key === 'Enter') begin(); }, true);
})()"""
QUIET = """quiet => {
    const app = document.querySelector('[data-testid="stApp"]');
    return window.moved > window.began && performance.now() - window.moved > quiet
        && app.dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-stale="true"]');
}"""
# From the key to the last change anywhere, and to the last change of something on the screen.
TIMES = """() => {
    const seen = ([, node]) => {
        const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
        const box = element?.isConnected ? element.getBoundingClientRect() : null;
        return box && box.width && box.height && box.top < innerHeight && box.bottom > 0;
    };
    const last = window.changes.findLast(seen);
    return [window.moved - window.began, (last ? last[0] : window.moved) - window.began];
}"""
# What has moved on the page since it was opened, as browsers add it up (cumulative layout shift).
SHIFTS = """() => new Promise(done => {
    const sum = list => list.filter(one => !one.hadRecentInput)
        .reduce((all, one) => all + one.value, 0);
    const watch = new PerformanceObserver(list => done(sum(list.getEntries())));
    watch.observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum(watch.takeRecords())), 300);
})"""


@dataclass
class Traffic:
    """What came over the wire since the last reset, and how often it was a map's geometry."""

    socket_bytes: int = 0
    http_bytes: int = 0
    requests: int = 0
    geometry: int = 0

    def watch(self, page: Page, session: CDPSession) -> None:
        """Begins to count; before the page is opened."""
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._loaded)
        session.on("Network.responseReceived", self._answered)
        page.on("websocket", self._socket)

    def reset(self) -> None:
        """Begins a new count."""
        self.socket_bytes = self.http_bytes = self.requests = self.geometry = 0

    @property
    def total(self) -> int:
        return self.socket_bytes + self.http_bytes

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._frame)

    def _frame(self, payload: str | bytes) -> None:
        content = payload if isinstance(payload, bytes) else payload.encode()
        self.socket_bytes += len(content)
        self.geometry += b'"arcs"' in content or b'"coordinates"' in content

    def _loaded(self, event: dict[str, float]) -> None:
        self.http_bytes += int(event["encodedDataLength"])

    def _answered(self, event: dict[str, dict[str, object]]) -> None:
        response = event["response"]
        cached = response.get("fromDiskCache") or response.get("fromPrefetchCache")
        self.requests += not cached
        shapes = "topojson" in str(response["url"]) or "/boundaries/" in str(response["url"])
        self.geometry += shapes and not cached
