"use strict";
(() => {
  const table = document.getElementById("matrix");
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target && target.closest("details");
    if (details && !details.open) {
      details.open = true;
      target.scrollIntoView({ block: "nearest" });
    }
  };
  addEventListener("hashchange", reveal);
  reveal();
  addEventListener("keydown", (event) => {
    const point = event.key === "Escape" && document.querySelector("details.point:target, details.point:has(:target)");
    if (point) {
      const back = point.querySelector("a.back").hash;
      location.hash = back;
      const head = document.querySelector(`${back} th a`);
      if (head) head.focus({ preventScroll: true });
    }
  });
  if (!table) return;

  const filters = [["", "All"], ["f-conflicts", "Conflicts"], ["f-omissions", "Left out by some"],
    ["f-exclusive", "One source"], ["f-changed", "Changed later"]];
  const bar = document.createElement("div");
  bar.className = "filters";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Show points");
  const rows = [...table.querySelectorAll("tbody tr:not(.group)")];
  const choose = (name) => {
    for (const row of rows) row.hidden = name !== "" && !row.classList.contains(name);
    for (const body of table.tBodies) body.hidden = !body.querySelector("tr:not(.group):not([hidden])");
    for (const button of bar.children) button.setAttribute("aria-pressed", String(button.value === name));
  };
  for (const [name, label] of filters) {
    const many = name === "" ? rows.length : rows.filter((row) => row.classList.contains(name)).length;
    if (many === 0) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.value = name;
    button.textContent = `${label} ${many}`;
    button.addEventListener("click", () => choose(name));
    bar.append(button);
  }
  table.closest(".scroll").before(bar);
  choose("");

  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  table.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const cell = event.target.closest("th, td");
    if (!step || !cell || event.altKey || event.ctrlKey || event.metaKey) return;
    const shown = [...table.rows].filter((row) => !row.hidden && !row.parentElement.hidden && !row.matches(".group, .families"));
    let [down, across] = [shown.indexOf(cell.parentElement) + step[0], cell.cellIndex + step[1]];
    while (shown[down] && shown[down].cells[across]) {
      const link = shown[down].cells[across].querySelector("a");
      if (link) {
        event.preventDefault();
        link.focus();
        cell.ownerDocument.activeElement.scrollIntoView({ block: "nearest", inline: "nearest" });
        return;
      }
      down += step[0];
      across += step[1];
    }
  });
})();
