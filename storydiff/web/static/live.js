"use strict";
// What is new while the page is open: the parts of the page are replaced, and the reader's place is kept.
(() => {
  const live = document.getElementById("live");
  if (!live) return;
  const news = document.getElementById("news");
  const table = () => document.getElementById("matrix");
  const frame = () => document.getElementById("frame");
  const codeOf = (cell) => (cell.id ? cell.id.slice(cell.id.indexOf("-") + 1) : "");

  const cellNow = (point, code) => {
    const row = table() && table().querySelector(`tr[data-point="${CSS.escape(point)}"]`);
    return row && [...row.cells].find((cell) => (code ? codeOf(cell) === code : cell.matches("th")));
  };
  const topRow = () => {
    const box = frame();
    if (!box) return null;
    const edge = box.getBoundingClientRect().top + table().tHead.offsetHeight;
    const row = [...table().querySelectorAll("tr[data-point]:not([hidden])")].find((each) => each.getBoundingClientRect().bottom > edge);
    return row && { point: row.dataset.point, top: row.getBoundingClientRect().top - box.getBoundingClientRect().top };
  };
  const remember = () => {
    const cell = document.activeElement.closest("#matrix td, #matrix th");
    const row = cell && cell.closest("tr[data-point]");
    return {
      focus: row ? { point: row.dataset.point, code: codeOf(cell) } : { id: document.activeElement.id },
      top: frame() && frame().scrollTop ? topRow() : null,
      left: frame() ? frame().scrollLeft : 0,
      window: scrollY,
      open: [...document.querySelectorAll("[data-part] details[open] > summary")].map((each) => each.textContent),
      letters: lettersOf(),
    };
  };
  const lettersOf = () => {
    const found = new Map();
    for (const row of table() ? table().querySelectorAll("tr[data-point]") : []) {
      const cells = [...row.cells].slice(2).map((cell) => [codeOf(cell), cell.classList[0]]);
      found.set(row.dataset.point, new Map(cells));
    }
    return found;
  };
  const freshen = (before) => {
    if (!table() || !before.size) return;
    for (const row of table().querySelectorAll("tr[data-point]")) {
      const old = before.get(row.dataset.point);
      if (!old) row.cells[0].classList.add("fresh");
      else for (const cell of [...row.cells].slice(2)) if (old.get(codeOf(cell)) !== cell.classList[0]) cell.classList.add("fresh");
    }
  };
  const restore = (place) => {
    for (const each of document.querySelectorAll("[data-part] details > summary")) if (place.open.includes(each.textContent)) each.parentElement.open = true;
    storydiff.ready();
    storydiff.views();
    scrollTo({ top: place.window, behavior: "instant" });
    if (frame()) {
      frame().scrollLeft = place.left;
      const cell = place.top && cellNow(place.top.point, "");
      if (cell) frame().scrollTop += cell.getBoundingClientRect().top - frame().getBoundingClientRect().top - place.top.top;
    }
    const { point, code, id } = place.focus;
    const cell = point && cellNow(point, code);
    const target = cell ? cell.querySelector("a") : id && document.getElementById(id);
    if (target && target !== document.activeElement) target.focus({ preventScroll: true });
    storydiff.reopen();
  };

  const swap = async (url) => {
    const reply = await fetch(url);
    if (!reply.ok || reply.redirected) throw new Error(String(reply.status));
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const [parts, place] = [[...page.querySelectorAll("[data-part]")], remember()];
    const old = new Map([...document.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
    let last = live;
    for (const part of parts) {
      const made = document.adoptNode(part);
      if (old.has(made.dataset.part)) old.get(made.dataset.part).replaceWith(made);
      else last.after(made);
      old.delete(made.dataset.part);
      last = made;
    }
    for (const gone of old.values()) gone.remove();
    for (const notice of document.querySelectorAll("main > .notice")) notice.remove();
    live.before(...[...page.querySelectorAll("main > .notice")].map((each) => document.adoptNode(each)));
    const now = page.getElementById("live");
    live.dataset.number = now.dataset.number;
    live.dataset.events = now.dataset.events;
    live.toggleAttribute("data-latest", now.hasAttribute("data-latest"));
    restore(place);
    return place;
  };
  storydiff.go = (url) => {
    swap(url).then(() => {
      history.pushState(null, "", url);
      listen();
    }).catch(() => location.assign(url));
  };
  addEventListener("popstate", () => { if (!location.hash) storydiff.again(); });
  storydiff.again = () => swap(location.pathname + location.search).then(listen).catch(() => location.reload());

  const heard = async (event) => {
    const { number, said } = JSON.parse(event.data);
    if (number <= Number(live.dataset.number)) return;
    if (!document.querySelector("[data-part]")) return location.reload();
    if (live.hasAttribute("data-latest")) {
      const place = await swap(location.pathname + location.search);
      freshen(place.letters);
      listen();
      say(said);
    } else {
      const link = document.createElement("a");
      link.href = location.pathname;
      link.textContent = "Show it";
      say(said, " ", link);
      source.close();
    }
  };
  const say = (...told) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Close";
    button.addEventListener("click", () => news.replaceChildren());
    news.replaceChildren(...told, button);
  };
  let source = null;
  const listen = () => {
    if (source) source.close();
    if (document.hidden) return;
    source = new EventSource(live.dataset.events);
    source.addEventListener("collation", (event) => { Promise.resolve(heard(event)).catch(() => location.reload()); });
  };
  document.addEventListener("visibilitychange", () => (document.hidden && source ? source.close() : listen()));
  addEventListener("pagehide", () => source && source.close());
  listen();
})();
