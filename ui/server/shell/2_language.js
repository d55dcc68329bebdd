// Streamlit speaks English to everybody: its labels in the reader's language, and the skip link.
(() => {
  const ov = window.oversight;
  const KEYS = {
    "Sidebar": "sidebar",
    "Collapse sidebar": "collapse_sidebar",
    "Expand sidebar": "expand_sidebar",
    "Open": "open",
    "Close": "close",
    "Clear value": "clear",
    "Clear selection": "clear",
    "No results": "no_results",
    "Connection error": "connection_error",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": "connection_text",
    "Connecting": "connecting",
    "Download as CSV": "download_csv",
    "Search": "search_table",
    "Fullscreen": "fullscreen",
    "Close fullscreen": "close_fullscreen",
    "Show/hide columns": "columns",
    "Loading...": "loading",
  };
  const LABELLED = 'button[aria-label], section[aria-label], [data-testid="stElementToolbar"] [aria-label], [role="dialog"] [aria-label]';
  const SAID = '[role="dialog"] *, [data-testid="stTooltipContent"] p, [role="listbox"] [role="option"], [data-testid="stStatusWidget"] *';
  const known = new WeakMap();

  const keyOf = (node, english) => {
    if (!known.has(node) && Object.hasOwn(KEYS, english)) known.set(node, KEYS[english]);
    return known.get(node);
  };
  ov.painters.push(async () => {
    const { words, streamlit } = await ov.said();
    for (const node of document.querySelectorAll(LABELLED)) {
      const key = keyOf(node, node.getAttribute("aria-label"));
      if (key && node.getAttribute("aria-label") !== streamlit[key]) node.setAttribute("aria-label", streamlit[key]);
    }
    for (const node of document.querySelectorAll(SAID)) {
      if (node.childNodes.length !== 1 || node.firstChild.nodeType !== Node.TEXT_NODE) continue;
      const key = keyOf(node.firstChild, node.textContent.trim());
      if (key && node.textContent !== streamlit[key]) node.firstChild.nodeValue = streamlit[key];
    }
    const main = document.querySelector('[data-testid="stMain"]');
    if (main && main.id !== "main-content") main.id = "main-content";
    const skip = document.querySelector(".ov-skip");
    if (skip && skip.textContent !== words.skip) skip.textContent = words.skip;
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".ov-skip")) return;
    event.preventDefault();
    const main = document.querySelector('[data-testid="stMain"]');
    main.tabIndex = -1;
    main.focus();
  });
})();
