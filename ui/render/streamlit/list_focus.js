// A list that was opened by its card is brought into view and read next; the page does not jump for it twice.
(() => {
  const list = document.querySelector(".st-key-list_behind");
  if (!list) return;
  list.tabIndex = -1;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  list.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  list.focus({ preventScroll: true });
})();
