// The search box: pages, indicators and areas by a part of their name, by keyboard or pointer.
(() => {
  const ov = window.oversight;
  const SHOWN = 12;
  const KEPT = ["fy", "q", "region", "province", "district", "group", "base", "lang"];
  const AREAS = ["region", "province", "district"];
  const plain = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, "");
  const query = (text) => plain(text).replace(/^(จังหวัด|จ\.|อำเภอ|อ\.|เขต)(?=.)/, "");

  const rank = (entry, asked) => {
    const [name, other] = [plain(entry.name), plain(entry.other)];
    if (name.startsWith(asked)) return 0;
    if (other.startsWith(asked)) return 1;
    if (name.includes(asked)) return 2;
    return other.includes(asked) ? 3 : 9;
  };
  const matches = (index, asked) =>
    index
      .map((entry, place) => ({ entry, place, rank: rank(entry, asked) }))
      .filter((one) => one.rank < 9)
      .sort((a, b) => a.rank - b.rank || a.place - b.place)
      .slice(0, SHOWN)
      .map((one) => one.entry);

  ov.addressOf = (entry) => {
    const now = new URLSearchParams(location.search);
    const codes = new URLSearchParams([...now].filter(([name]) => KEPT.includes(name)));
    if (AREAS.includes(entry.kind)) AREAS.forEach((name) => codes.delete(name));
    for (const [name, code] of new URLSearchParams(entry.codes ?? "")) codes.set(name, code);
    const stays = "page" in entry ? null : document.querySelector(".st-key-filter_bar");
    const path = stays ? location.pathname : `${ov.prefix}/${entry.page ?? ""}`;
    return `${path}${codes.size ? "?" : ""}${codes}`;
  };

  const parts = (node) => {
    const box = node.closest?.(".ov-search");
    return box && { input: box.querySelector("input"), list: box.querySelector("ul"), status: box.querySelector("[role=status]") };
  };
  const close = ({ input, list }) => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = ({ input, list }, at) => {
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
    const item = list.children[at];
    if (!item) return;
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  };
  const show = async (box) => {
    const asked = query(box.input.value);
    if (!asked) return close(box);
    const [{ words }, index] = [await ov.said(), await ov.searched()];
    if (query(box.input.value) !== asked) return;
    const results = matches(index, asked);
    box.list.replaceChildren(
      ...results.map((entry, n) => {
        const item = document.createElement("li");
        Object.assign(item, { id: `ov-result-${n}`, role: "option" });
        item.dataset.address = ov.addressOf(entry);
        const kind = document.createElement("small");
        kind.textContent = words[`kind_${entry.kind}`];
        item.append(`${entry.name} `, kind);
        return item;
      }),
    );
    box.status.textContent = results.length ? ov.filled(words.search_found, { n: results.length }) : words.search_none;
    box.status.classList.toggle("ov-hearable", results.length > 0);
    box.list.hidden = !results.length;
    box.input.setAttribute("aria-expanded", String(results.length > 0));
    mark(box, 0);
  };
  const go = (box, item) => {
    box.input.value = "";
    close(box);
    ov.go(item.dataset.address);
    if (innerWidth < 768) document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  };

  document.addEventListener("input", (event) => {
    const box = parts(event.target);
    if (box) show(box);
  });
  document.addEventListener("focusin", (event) => {
    if (parts(event.target)) ov.searched();
  });
  document.addEventListener("focusout", (event) => {
    const box = parts(event.target);
    if (box) setTimeout(() => box.input !== document.activeElement && close(box), 150);
  });
  document.addEventListener("pointerdown", (event) => {
    const item = event.target.closest?.("#ov-results [role=option]");
    if (!item) return;
    event.preventDefault();
    go(parts(item), item);
  });
  document.addEventListener("keydown", (event) => {
    const box = parts(event.target);
    if (!box) return;
    const items = [...box.list.children];
    const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") close(box);
    else if (event.key === "Enter" && !box.list.hidden && items[at]) go(box, items[at]);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(box, (at + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length);
    } else return;
    event.stopPropagation();
  });
})();
