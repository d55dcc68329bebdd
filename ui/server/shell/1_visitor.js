// What this browser remembers of its visitor (colours, digits, own province, guide read), the words
// of the reader's language, and ways to another page without loading the application again.
(() => {
  const ov = window.oversight;
  ov.store = {
    get: (name) => localStorage.getItem(`oversight.${name}`),
    set: (name, value) =>
      value === null ? localStorage.removeItem(`oversight.${name}`) : localStorage.setItem(`oversight.${name}`, value),
  };
  // Streamlit keeps the colours for each address; a reader chooses them for all.
  const theme = ov.store.get("theme");
  if (theme) localStorage.setItem(`stActiveTheme-${location.pathname}-v2`, JSON.stringify(theme));

  const asked = new URLSearchParams(location.search).get("digits");
  if (asked) ov.store.set("digits", asked === "thai" ? "thai" : null);
  if (ov.store.get("digits") === "thai") document.documentElement.dataset.digits = "thai";

  const answers = {};
  const fetched = (kind) => {
    const address = ov[kind][document.documentElement.lang] ?? ov[kind][ov.language];
    answers[address] ??= fetch(address).then((answer) => answer.json());
    return answers[address];
  };
  ov.said = () => fetched("words");
  ov.searched = () => fetched("index");
  ov.filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  ov.go = (address) => {
    history.pushState({}, "", address);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-go]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    ov.go(link.href);
  });

  // Whatever must follow what React draws registers here, and runs at most once for each picture.
  ov.painters = [];
  let waits = false;
  const paint = () => {
    waits = false;
    for (const painter of ov.painters) painter();
  };
  ov.paint = () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(paint);
  };
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(ov.paint).observe(document.body, { childList: true, subtree: true });
    new MutationObserver(ov.paint).observe(document.documentElement, { attributeFilter: ["lang"] });
    ov.paint();
  });
})();
