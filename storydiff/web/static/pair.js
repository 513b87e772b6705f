"use strict";
(() => {
  const bar = document.querySelector(".steps");
  const rows = [...document.querySelectorAll(".pair-row[id]")];
  if (!bar || rows.length === 0) return;
  const count = bar.querySelector(".at");
  let at = -1;

  const go = (to) => {
    if (to < 0 || to >= rows.length) return;
    if (rows[at]) rows[at].classList.remove("current");
    at = to;
    rows[at].classList.add("current");
    count.textContent = `${at + 1} of ${rows.length}`;
    rows[at].scrollIntoView({ block: rows[at].offsetHeight > innerHeight * 0.6 ? "start" : "center" });
    rows[at].focus({ preventScroll: true });
    history.replaceState(null, "", `#${rows[at].id}`);
    for (const [button, step] of buttons) button.disabled = !rows[at + step];
  };
  const buttons = [["Previous", -1, "p"], ["Next", 1, "n"]].map(([label, step, key]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.setAttribute("aria-keyshortcuts", key);
    button.title = `Key ${key}`;
    button.disabled = step < 0;
    button.addEventListener("click", () => {
      go(at + step);
      button.focus({ preventScroll: true });
    });
    bar.insertBefore(button, bar.children[1] || null);
    return [button, step];
  });
  bar.insertBefore(buttons[0][0], buttons[1][0]);

  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("select, textarea, input:not([type=checkbox])")) return;
    const step = { n: 1, p: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    go(at < 0 && step < 0 ? rows.length - 1 : at + step);
  });
  const named = () => rows.findIndex((row) => `#${row.id}` === location.hash);
  addEventListener("hashchange", () => { if (named() >= 0) go(named()); });
  if (named() >= 0) go(named());
})();
