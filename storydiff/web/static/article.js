"use strict";
(() => {
  const list = document.querySelector(".states ol");
  const box = document.querySelector(".slider");
  const links = list ? [...list.querySelectorAll("a.read")] : [];
  if (links.length < 2) return;
  const now = () => Math.max(0, links.findIndex((link) => link.hasAttribute("aria-current")));
  const make = (name, values) => Object.assign(document.createElement(name), values);

  const range = make("input", { type: "range", min: 1, max: links.length, step: 1, value: now() + 1 });
  range.setAttribute("aria-label", "Version");
  const said = make("output", {});
  const earlier = make("button", { type: "button", textContent: "Earlier" });
  const later = make("button", { type: "button", textContent: "Later" });
  box.append(earlier, range, later, said);

  const told = (at) => `${at + 1} of ${links.length}: ${links[at].textContent.trim().replace(/^\d+\s*/, "")}`;
  const label = (at) => {
    range.value = at + 1;
    range.setAttribute("aria-valuetext", told(at));
    said.textContent = told(at);
    earlier.disabled = at === 0;
    later.disabled = at === links.length - 1;
  };
  let asked = 0;
  const show = async (at, keep) => {
    label(at);
    const address = links[at].href;
    const mine = ++asked;
    document.getElementById("state").setAttribute("aria-busy", "true");
    let text = "";
    try {
      const answer = await fetch(address);
      if (answer.ok && !answer.redirected) text = await answer.text();
    } catch {
      text = "";
    }
    if (mine !== asked) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    const [state, steps] = [page.getElementById("state"), page.querySelector(".states ol")];
    if (!state || !steps) {
      location.assign(address);
      return;
    }
    const marks = document.getElementById("marks");
    const unmarked = marks && !marks.checked;
    document.getElementById("state").replaceWith(document.adoptNode(state));
    if (unmarked && document.getElementById("marks")) document.getElementById("marks").checked = false;
    list.replaceChildren(...document.adoptNode(steps).children);
    links.splice(0, links.length, ...list.querySelectorAll("a.read"));
    if (keep) history.replaceState(null, "", address);
  };
  range.addEventListener("input", () => label(range.value - 1));
  range.addEventListener("change", () => show(range.value - 1, true));
  earlier.addEventListener("click", () => show(Number(range.value) - 2, true));
  later.addEventListener("click", () => show(Number(range.value), true));
  label(now());
})();
