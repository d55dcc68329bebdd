(() => {
  if (window.oversightSavesPictures) return;
  window.oversightSavesPictures = true;
  const SVG = "http://www.w3.org/2000/svg";
  const SCALE = 2; // for projectors and print
  const EDGE = 24;
  const NARROWEST = 760; // room for the lines above and below a narrow map
  const LINE = 22;
  const READS_FONTS_MS = 300;

  const asData = async (address) => {
    const content = await (await fetch(address)).blob();
    return new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsDataURL(content);
    });
  };

  // A picture by itself sees no font of the page: it carries its own.
  const fonts = async (folder) => {
    const wanted = ["thai", "latin"].flatMap((script) => [400, 600].map((weight) => [script, weight]));
    const faces = await Promise.all(
      wanted.map(async ([script, weight]) => {
        const data = await asData(`${folder}sarabun-${script}-${weight}-normal.woff2`);
        const range = script === "thai" ? "unicode-range:U+0E01-0E5B,U+200C-200D,U+25CC;" : "";
        return `@font-face{font-family:Sarabun;font-weight:${weight};src:url(${data});${range}}`;
      }),
    );
    return faces.join("");
  };

  const element = (name, attributes, text) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    return made;
  };

  const composed = async (words, drawn) => {
    const box = drawn.getBoundingClientRect();
    const above = words.above.split("\n");
    const below = words.below.split("\n");
    const look = getComputedStyle(document.querySelector('[data-testid="stApp"]'));
    const width = Math.max(box.width, NARROWEST) + 2 * EDGE;
    const top = EDGE + LINE * above.length + 18;
    const height = top + box.height + LINE * below.length + EDGE + 12;
    const whole = element("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
    whole.append(element("style", {}, await fonts(words.fonts)));
    whole.append(element("rect", { width, height, fill: look.backgroundColor }));
    const write = (text, y, size, weight) =>
      whole.append(
        element("text", { x: EDGE, y, fill: look.color, "font-family": "Sarabun, sans-serif", "font-size": size, "font-weight": weight }, text),
      );
    above.forEach((text, i) => write(text, EDGE + 14 + i * (LINE + 4), i ? 15 : 21, i ? 400 : 600));
    const picture = drawn.cloneNode(true);
    picture.setAttribute("x", (width - box.width) / 2);
    picture.setAttribute("y", top);
    whole.append(picture);
    below.forEach((text, i) => write(text, top + box.height + 24 + i * LINE, 13, 400));
    return { whole, width, height };
  };

  const handOver = (content, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  const save = async (button) => {
    const { of, kind, name } = button.dataset;
    const drawn = document.querySelector(`${of} svg.marks`);
    if (!drawn) return;
    const { whole, width, height } = await composed(button.dataset, drawn);
    // Stripes are named by the address of the page, which a picture by itself does not have.
    const text = new XMLSerializer().serializeToString(whole).replace(/url\([^)#]*#/g, "url(#");
    const vector = new Blob([text], { type: "image/svg+xml" });
    if (kind === "svg") return handOver(vector, `${name}.svg`);
    const address = URL.createObjectURL(vector);
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * SCALE, height * SCALE];
    // Browsers begin to read the picture's own fonts when they first draw it.
    for (const wait of [0, READS_FONTS_MS]) {
      await new Promise((done) => setTimeout(done, wait));
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    }
    URL.revokeObjectURL(address);
    canvas.toBlob((content) => handOver(content, `${name}.png`), "image/png");
  };

  const copy = async (button) => {
    const address = new URL(location.href);
    address.hash = button.dataset.at;
    await navigator.clipboard.writeText(address.href);
    button.textContent = button.dataset.done;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".ov-save-picture");
    if (button) save(button);
    const link = event.target.closest?.(".ov-copy-link");
    if (link) copy(link);
  });
})();
