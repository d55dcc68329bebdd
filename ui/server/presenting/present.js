// Turns the slides of a deck: keys of a keyboard or a clicker, at once and without a click first.
// All slides are in the page already, so turning needs no server. Letters are read by their place
// on the keyboard: under a Thai layout the key B writes another letter.
(() => {
  const LOBBY_SECONDS = 15;
  const DAY = 86400000;
  const body = document.body;
  const slides = [...document.querySelectorAll(".slide")];
  const query = new URLSearchParams(location.search);
  const presenter = query.has("notes");
  const lobby = query.has("lobby");
  const one = (selector) => document.querySelector(selector);
  const [list, help, timer, age, blank] = [".list", ".help", ".timer", ".age", ".blank"].map(one);
  const other = new BroadcastChannel(`oversight-present:${location.pathname}`);
  const started = Date.now();
  let now = 0;

  const numbered = () => Number(location.hash.slice(1)) || 1;
  const within = (n) => Math.min(Math.max(n, 0), slides.length - 1);
  const word = (name, values = {}) =>
    Object.entries(values).reduce(
      (text, [key, value]) => text.replace(`{${key}}`, value),
      body.dataset[`word${name[0].toUpperCase()}${name.slice(1)}`],
    );

  function show(n, tell = true) {
    slides[now].classList.remove("now");
    slides[now + 1]?.classList.remove("after");
    now = within(n);
    slides[now].classList.add("now");
    slides.forEach((slide, at) => slide.toggleAttribute("inert", at !== now));
    history.replaceState(null, "", `#${now + 1}`);
    const bar = one(".progress");
    bar.setAttribute("aria-valuenow", now + 1);
    bar.firstElementChild.style.width = `${((now + 1) / slides.length) * 100}%`;
    list.querySelectorAll("button").forEach((button, at) => {
      at === now ? button.setAttribute("aria-current", "true") : button.removeAttribute("aria-current");
    });
    document.title = `${now + 1}/${slides.length} ${slides[now].dataset.title}`;
    if (presenter) desk();
    if (tell) other.postMessage({ now, blank: !blank.hidden });
  }

  function desk() {
    slides[now + 1]?.classList.add("after");
    const said = one(".desk .said");
    said.replaceChildren(...slides[now].querySelector(".notes").cloneNode(true).childNodes);
    one(".following").textContent = now + 1 < slides.length ? word("next") : word("last");
  }

  const two = (n) => String(n).padStart(2, "0");
  function tick() {
    const seconds = Math.floor((Date.now() - started) / 1000);
    const spent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
    const at = new Date();
    timer.textContent = spent;
    one(".clock").textContent = `${two(at.getHours())}:${two(at.getMinutes())} · ${spent}`;
  }

  function darken(dark, tell = true) {
    blank.hidden = !dark;
    if (tell) other.postMessage({ now, blank: dark });
  }

  function toggle(part) {
    part.hidden = !part.hidden;
    if (part === list && !list.hidden) list.children[now].focus();
  }

  function fill() {
    list.replaceChildren(
      ...slides.map((slide, at) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = `${at + 1}. ${slide.dataset.title}`;
        button.onclick = () => {
          list.hidden = true;
          show(at);
        };
        return button;
      }),
    );
  }

  function whole(on) {
    // Refused where nobody has pressed a key yet, or the browser forbids it: slides show all the same.
    const done = on ? document.documentElement.requestFullscreen?.() : document.exitFullscreen?.();
    done?.catch(() => {});
  }

  function notes() {
    const address = new URL(location.href);
    address.searchParams.set("notes", "1");
    open(address, "oversight-notes", "popup,width=1280,height=800");
  }

  function leave() {
    const opened = [list, help].filter((part) => !part.hidden);
    if (opened.length) return opened.forEach((part) => (part.hidden = true));
    if (!blank.hidden) return darken(false);
    if (presenter) return close();
    location.assign(body.dataset.back);
  }

  const forward = () => (blank.hidden ? show(now + 1) : darken(false));
  const back = () => (blank.hidden ? show(now - 1) : darken(false));
  const KEYS = {
    ArrowRight: forward, ArrowDown: forward, PageDown: forward, Space: forward, Enter: forward,
    ArrowLeft: back, ArrowUp: back, PageUp: back, Backspace: back,
    Home: () => show(0),
    End: () => show(slides.length - 1),
    KeyB: () => darken(blank.hidden),
    Period: () => darken(blank.hidden),
    KeyL: () => toggle(list),
    KeyH: () => toggle(help),
    KeyT: () => toggle(timer),
    KeyN: notes,
    KeyF: () => whole(!document.fullscreenElement),
    Escape: leave,
  };

  // Wide screens of lecterns send keys without a code: the name of the key stands in for it.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const code = event.code || event.key;
    if (!list.hidden && ["ArrowDown", "ArrowUp"].includes(code)) {
      const buttons = [...list.children];
      const at = buttons.indexOf(document.activeElement) + (code === "ArrowDown" ? 1 : -1);
      buttons[within(at)].focus();
      return event.preventDefault();
    }
    if (!list.hidden && ["Enter", "Space"].includes(code)) return;
    const does = KEYS[code];
    if (!does) return;
    event.preventDefault();
    does();
  });

  other.onmessage = ({ data }) => {
    if (data.now !== now) show(data.now, false);
    if (!presenter) blank.hidden = !data.blank;
  };
  addEventListener("hashchange", () => show(numbered() - 1));

  // A wall that runs by itself says when what it shows is old; the day is that of this machine.
  function oldness(text = "") {
    const days = Math.floor((Date.now() - Date.parse(body.dataset.asOf)) / DAY);
    const old = days > Number(body.dataset.staleDays);
    const said = text || (old ? word("old", { days, day: body.dataset.day }) : "");
    age.textContent = said;
    age.hidden = !said;
  }

  async function ask() {
    const day = body.dataset.day;
    try {
      const answer = await fetch(body.dataset.ready, { cache: "no-store" });
      const { snapshot } = await answer.json();
      oldness(snapshot && snapshot !== body.dataset.snapshot ? word("newer", { day }) : "");
    } catch {
      oldness(word("unreachable", { day }));
    }
  }

  fill();
  document.documentElement.classList.add("on");
  if (presenter) {
    document.documentElement.classList.add("presenter");
    one(".desk").hidden = false;
  }
  show(numbered() - 1, false);
  tick();
  setInterval(tick, 1000);
  if (lobby) {
    ask();
    setInterval(() => {
      if (now + 1 === slides.length) ask();
      show((now + 1) % slides.length);
    }, LOBBY_SECONDS * 1000);
  }
  body.dataset.prepared = "yes";
})();
