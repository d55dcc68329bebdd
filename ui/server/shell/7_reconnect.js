// After a break the page may be connected to another server, or to one that has started anew: neither
// knows this tab, and the first choice of a filter would be lost on it. The address has all filters, so
// the page is loaded again from there. A short break of the line alone changes nothing.
(() => {
  const ov = window.oversight;
  const FORGOTTEN_MS = 100_000; // Streamlit forgets a tab that was away for two minutes
  const serving = async () => {
    const answer = await fetch(`${ov.prefix}/ready`, { cache: "no-store" });
    return (await answer.json()).process;
  };
  let process = null;
  let closed = 0;
  const opened = async () => {
    const now = await serving();
    const away = closed && Date.now() - closed > FORGOTTEN_MS;
    if (process && (process !== now || away)) location.reload();
    process = now;
    closed = 0;
  };
  window.WebSocket = class extends WebSocket {
    constructor(...address) {
      super(...address);
      let lived = false;
      this.addEventListener("open", () => {
        lived = true;
        opened().catch(() => {}); // nobody answers: the line breaks again, and this is asked again
      });
      this.addEventListener("close", () => {
        if (lived && !closed) closed = Date.now();
      });
    }
  };
})();
