(() => {
  const page = document.documentElement;
  if (page.dataset.webgl) return;
  let held = null;
  try {
    const canvas = document.createElement("canvas");
    held = canvas.getContext("webgl2") || canvas.getContext("webgl");
  } catch (refused) {
    held = null;
  }
  page.dataset.webgl = held ? "yes" : "no";
  // Browsers allow few of them at a time.
  held?.getExtension("WEBGL_lose_context")?.loseContext();
})();
