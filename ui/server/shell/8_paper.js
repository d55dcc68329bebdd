// On paper a grid would be a picture of the rows that the screen showed: its rows are printed as a table.
(() => {
  const cell = (kind, text, number) => {
    const made = document.createElement(kind);
    made.textContent = text;
    if (number) made.className = "num";
    return made;
  };
  const line = (kind, texts, numbers) => {
    const made = document.createElement("tr");
    made.append(...texts.map((text, at) => cell(kind, text, numbers[at])));
    return made;
  };
  const tableOf = (source) => {
    const [heads, numbers, ...rows] = source.dataset.rows.split("\n").map((text) => text.split("\t"));
    const made = document.createElement("table");
    made.className = "ov-table read ov-paper";
    made.createTHead().append(line("th", heads, numbers));
    made.createTBody().append(...rows.map((row) => line("td", row, numbers)));
    return made;
  };
  const take = () => document.querySelectorAll(".ov-paper").forEach((made) => made.remove());
  addEventListener("beforeprint", () => {
    take();
    document.querySelectorAll("[data-rows]").forEach((source) => {
      source.before(tableOf(source));
      if (!source.dataset.more) return;
      const more = cell("p", source.dataset.more);
      more.className = "ov-caption ov-paper";
      source.before(more);
    });
    document.documentElement.dataset.paper = "";
  });
  addEventListener("afterprint", () => {
    take();
    delete document.documentElement.dataset.paper;
  });
})();
