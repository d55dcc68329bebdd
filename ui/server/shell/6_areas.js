// Areas of a picture as a list of links: filled from the search index once a reader opens it.
(() => {
  const ov = window.oversight;
  document.addEventListener(
    "toggle",
    async (event) => {
      const fold = event.target;
      if (!fold.matches?.(".ov-areas") || !fold.open || fold.querySelector("li")) return;
      const { kind, within } = fold.dataset;
      const inside = (entry) => entry.kind === kind && (!within || entry.within.split(",").includes(within));
      fold.querySelector("ul").append(
        ...(await ov.searched()).filter(inside).map((entry) => {
          const [item, link] = [document.createElement("li"), document.createElement("a")];
          link.href = ov.addressOf(entry);
          link.dataset.go = "";
          link.textContent = entry.name;
          item.append(link);
          return item;
        }),
      );
    },
    true,
  );
})();
