(() => {
  if (window.oversightMenuCloses) return;
  window.oversightMenuCloses = true;
  // On a telephone the menu lies over the page: whoever has chosen wants to see the page.
  document.addEventListener("click", (event) => {
    if (innerWidth >= 768 || !event.target.closest?.(".st-key-menu a")) return;
    setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click());
  });
})();
