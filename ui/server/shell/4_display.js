// Display options, the filter button of a telephone, Thai digits, and "my province".
(() => {
  const ov = window.oversight;
  const root = document.documentElement;
  const codes = () => new URLSearchParams(location.search);
  const pressed = (selector, name, now) =>
    document.querySelectorAll(`${selector} button[data-${name}]`).forEach((button) => {
      const is = String(button.dataset[name] === now);
      if (button.getAttribute("aria-pressed") !== is) button.setAttribute("aria-pressed", is);
    });

  const NOT_NUMBERS = "code, pre, script, style, input, textarea, .ov-options, .ov-arabic";
  const thai = (node) => {
    if (!/[0-9]/.test(node.nodeValue) || node.parentElement?.closest(NOT_NUMBERS)) return;
    node.nodeValue = node.nodeValue.replace(/[0-9]/g, (digit) => String.fromCharCode(0x0e50 + Number(digit)));
  };
  const inThai = (top) => {
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) thai(node);
  };
  if (root.dataset.digits === "thai") {
    document.addEventListener("DOMContentLoaded", () =>
      new MutationObserver((changes) => {
        for (const change of changes) {
          if (change.type === "characterData") thai(change.target);
          else change.addedNodes.forEach((node) => (node.nodeType === Node.TEXT_NODE ? thai(node) : inThai(node)));
        }
      }).observe(document.body, { childList: true, characterData: true, subtree: true }),
    );
  }

  const mine = () => JSON.parse(ov.store.get("province") ?? "null");
  const change = (node, name, value) => {
    if (node[name] !== value) node[name] = value;
  };
  ov.painters.push(async () => {
    const { words } = await ov.said();
    const [own, here] = [mine(), codes().get("province")];
    const chip = document.querySelector(".ov-mine");
    if (chip) {
      const offered = own && own.code !== here && document.querySelector(".st-key-filter_bar");
      change(chip, "hidden", !offered);
      if (offered) {
        change(chip, "textContent", ov.filled(words.mine, { name: own[root.lang] ?? own.th }));
        change(chip, "href", new URL(ov.addressOf({ kind: "province", codes: `province=${own.code}` }), location.href).href);
      }
    }
    const keep = document.querySelector('.ov-options [data-act="mine"]');
    if (keep) {
      change(keep, "hidden", !here);
      change(keep, "textContent", own && own.code === here ? words.mine_forget : words.mine_keep);
    }
    pressed(".ov-options", "theme", ov.store.get("theme") ?? "System");
    pressed(".ov-options", "digits", root.dataset.digits ?? "arabic");
  });

  const remember = async () => {
    const here = codes().get("province");
    if (mine()?.code === here) ov.store.set("province", null);
    else {
      const found = (await ov.searched()).find((entry) => entry.codes === `province=${here}`);
      const other = root.lang === "th" ? "en" : "th";
      ov.store.set("province", JSON.stringify({ code: here, [root.lang]: found.name, [other]: found.other }));
    }
    ov.paint();
  };
  const copy = async (button) => {
    const address = new URL(location.href);
    if (root.dataset.digits === "thai") address.searchParams.set("digits", "thai");
    await navigator.clipboard.writeText(address.href);
    button.textContent = button.dataset.done;
  };
  const acts = { copy, print: () => print(), mine: remember, guide: () => ov.guide() };

  document.addEventListener("click", (event) => {
    const options = document.querySelector(".ov-options[open]");
    const button = event.target.closest?.(".ov-options button");
    if (options && !options.contains(event.target)) options.open = false;
    if (button?.dataset.theme) {
      ov.store.set("theme", button.dataset.theme);
      location.reload();
    } else if (button?.dataset.digits) {
      ov.store.set("digits", button.dataset.digits === "thai" ? "thai" : null);
      const address = new URL(location.href);
      address.searchParams.delete("digits");
      location.replace(address);
      if (address.href === location.href) location.reload();
    } else if (button) {
      if (button.dataset.act !== "copy") options.open = false;
      acts[button.dataset.act](button);
    }
    const opens = event.target.closest?.(".ov-filters");
    if (opens) {
      const open = root.toggleAttribute("data-filters-open");
      opens.setAttribute("aria-expanded", String(open));
    }
  });
  document.addEventListener("keydown", (event) => {
    const options = document.querySelector(".ov-options[open]");
    if (event.key !== "Escape" || !options) return;
    options.open = false;
    options.querySelector("summary").focus();
  });
  document.addEventListener(
    "scroll",
    (event) => {
      if (event.target.dataset?.testid === "stMain") root.toggleAttribute("data-scrolled", event.target.scrollTop > 60);
    },
    { capture: true, passive: true },
  );
})();
