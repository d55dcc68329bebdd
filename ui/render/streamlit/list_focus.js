// A list that was opened by its card is brought into view and read next. The page below it is still
// being drawn, which can take the place away again: it is looked at twice.
(() => {
  const show = () => document.querySelector(".st-key-list_behind")?.scrollIntoView({ block: "start" });
  const list = document.querySelector(".st-key-list_behind");
  if (!list) return;
  list.tabIndex = -1;
  list.focus({ preventScroll: true });
  show();
  setTimeout(show, 500);
})();
