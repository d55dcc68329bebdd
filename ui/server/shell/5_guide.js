// Four steps for whoever comes for the first time. Beside the page, never over it; closed for good.
(() => {
  const ov = window.oversight;
  const STEPS = 4;
  const element = (name, attributes, text = "") => {
    const made = Object.assign(document.createElement(name), attributes);
    if (text) made.textContent = text;
    return made;
  };
  ov.guide = async () => {
    const { words } = await ov.said();
    document.querySelector(".ov-guide")?.remove();
    const before = document.activeElement;
    const panel = element("aside", { className: "ov-guide" });
    panel.setAttribute("aria-label", words.guide_title);
    const draw = (step, focus) => {
      const text = element("p", {}, words[`guide_${step}`]);
      const back = element("button", { type: "button", disabled: step === 1 }, words.guide_back);
      const next = element("button", { type: "button", disabled: step === STEPS }, words.guide_next);
      const close = element("button", { type: "button", className: "close" }, words.guide_close);
      back.onclick = () => draw(step - 1, true);
      next.onclick = () => draw(step + 1, true);
      close.onclick = () => {
        ov.store.set("guide", "read");
        panel.remove();
        before?.focus?.();
      };
      const buttons = element("div", {});
      buttons.append(back, next, close);
      panel.replaceChildren(
        element("b", {}, words.guide_title),
        element("small", {}, ov.filled(words.guide_step, { n: step })),
        text,
        buttons,
      );
      if (focus) (next.disabled ? close : next).focus();
    };
    draw(1, false);
    document.body.append(panel);
  };
  let offered = ov.store.get("guide") === "read";
  ov.painters.push(() => {
    if (offered || !document.querySelector(".ov-foot")) return;
    offered = true;
    ov.guide();
  });
})();
