"use strict";
// The matrix of a story: filters that work at once, and movement by keys.
const storydiff = {};
(() => {
  const LETTERS = { reported: "r", partial: "p", conflicts: "c", overtaken: "v", omitted: "o", unknown: "u" };
  const ROWS = "tbody tr:not(.group)";
  const find = (id) => document.getElementById(id);
  document.documentElement.classList.add("scripted");

  const columns = (matrix, wanted) => {
    const heads = [...matrix.querySelectorAll(".heads .outlet")];
    const kept = heads.map((head) => !wanted.size || wanted.has(head.dataset.outlet) || head.classList.contains("ours"));
    if (heads.every((head, at) => head.hidden !== kept[at])) return kept;
    const cols = matrix.querySelectorAll("col.c-outlet");
    heads.forEach((head, at) => { head.hidden = cols[at].hidden = !kept[at]; });
    for (const row of matrix.querySelectorAll(ROWS)) kept.forEach((shown, at) => { row.cells[at + 2].hidden = !shown; });
    let at = 0;
    for (const head of matrix.querySelectorAll(".families > :nth-child(n + 3)")) {
      const size = Number(head.dataset.columns);
      const many = kept.slice(at, at + size).filter(Boolean).length;
      head.hidden = many === 0;
      head.colSpan = many || 1;
      at += size;
    }
    for (const head of matrix.querySelectorAll(".group th")) head.colSpan = kept.filter(Boolean).length + 1;
    return kept;
  };

  // The same rule as on the server (report/narrow.py): what is asked for must hold together.
  const narrow = (matrix, asked, kept) => {
    const letter = LETTERS[asked.get("status")];
    const [only, type] = [asked.get("only"), asked.get("type")];
    let many = 0;
    for (const row of matrix.querySelectorAll(ROWS)) {
      const fits = (!only || row.classList.contains(`f-${only}`))
        && (!type || (row.dataset.types || "").split(" ").includes(type))
        && (!letter || kept.some((shown, at) => shown && row.cells[at + 2].classList.contains(letter)));
      row.hidden = !fits;
      many += fits;
    }
    for (const body of matrix.tBodies) {
      const shown = body.querySelectorAll("tr:not(.group):not([hidden])").length;
      body.hidden = shown === 0;
      body.querySelector(".group b").textContent = shown;
    }
    return many;
  };

  const address = (asked, keepsOurs) => {
    const told = new URLSearchParams();
    for (const [name, value] of asked) if (value || (name === "ours" && keepsOurs)) told.append(name, value);
    if (!keepsOurs) told.delete("ours");
    return told.size ? `?${told}` : "";
  };

  const apply = (changed) => {
    const [form, matrix] = [find("sieve"), find("matrix")];
    if (!form) return;
    const asked = new FormData(form);
    const query = address(asked, changed === "ours" || new URLSearchParams(location.search).has("ours"));
    if (changed === "ours" || changed === "number") {
      storydiff.go(location.pathname + query);
      return;
    }
    if (!matrix) return;
    const many = narrow(matrix, asked, columns(matrix, new Set(asked.getAll("outlet"))));
    const all = matrix.querySelectorAll(ROWS).length;
    find("shown").textContent = many === all ? "" : `${many} of ${all} points shown.`;
    form.querySelector(".all").hidden = query === "";
    history.replaceState(null, "", location.pathname + query + location.hash);
    for (const link of document.querySelectorAll("a[data-export]")) link.href = link.dataset.export + query;
    roving();
  };

  // One link of the table is in the order of Tab; the arrows move from there.
  const shownRows = (matrix) => [...matrix.rows].filter(
    (row) => !row.hidden && !row.parentElement.hidden && !row.matches(".group, .families"),
  );
  const roving = (link) => {
    const matrix = find("matrix");
    if (!matrix) return;
    const now = link || matrix.querySelector('a[tabindex="0"]');
    const kept = now && now.offsetParent ? now : matrix.querySelector("tbody:not([hidden]) tr:not(.group, [hidden]) a");
    for (const old of matrix.querySelectorAll('a[tabindex="0"]')) old.tabIndex = -1;
    if (kept) kept.tabIndex = 0;
  };
  storydiff.ready = () => {
    const matrix = find("matrix");
    if (!matrix) return;
    for (const link of matrix.querySelectorAll("a")) link.tabIndex = -1;
    roving();
  };

  const steps = {
    ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], PageUp: [-8, 0], PageDown: [8, 0],
    Home: [0, -Infinity], End: [0, Infinity],
  };
  const linkIn = (row, at) => row.cells[at] && !row.cells[at].hidden && row.cells[at].querySelector("a");
  const across = (row, at, step) => {
    const places = [...row.cells].map((_, place) => place).filter((place) => linkIn(row, place));
    if (step === 0) return at;
    if (!Number.isFinite(step)) return step < 0 ? places[0] : places.at(-1);
    return step < 0 ? places.filter((place) => place < at).at(-1) : places.find((place) => place > at);
  };
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest && event.target.closest("#matrix th, #matrix td");
    const step = steps[event.key];
    if (!cell || !step || event.altKey || event.metaKey) return;
    const rows = shownRows(find("matrix"));
    const here = rows.indexOf(cell.parentElement);
    const end = event.ctrlKey && (event.key === "Home" ? 1 : event.key === "End" ? rows.length - 1 : null);
    const row = rows[end || Math.min(Math.max(here + step[0], 0), rows.length - 1)];
    const at = across(row, cell.cellIndex, end ? 0 : step[1]);
    const link = at !== undefined && linkIn(row, at);
    if (!link) return;
    event.preventDefault();
    roving(link);
    link.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  document.addEventListener("focusin", (event) => {
    const link = event.target.closest && event.target.closest("#matrix a");
    if (link && link.tabIndex !== 0) roving(link);
  });

  document.addEventListener("change", (event) => {
    if (event.target.form && event.target.form.id === "sieve") apply(event.target.name);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "sieve") return;
    event.preventDefault();
    apply("");
  });
  storydiff.go = (url) => location.assign(url);
  storydiff.ready();

  // Which view is being read.
  const views = new Map();
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const link = views.get(entry.target.id);
      if (!link || !entry.isIntersecting) continue;
      for (const other of views.values()) other.removeAttribute("aria-current");
      link.setAttribute("aria-current", "location");
    }
  }, { rootMargin: "-20% 0px -70% 0px" });
  storydiff.views = () => {
    seen.disconnect();
    views.clear();
    for (const link of document.querySelectorAll('.views a[href^="#"]')) {
      const part = find(link.hash.slice(1));
      if (part) { views.set(part.id, link); seen.observe(part); }
    }
  };
  storydiff.views();
})();
