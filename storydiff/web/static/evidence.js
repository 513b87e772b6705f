"use strict";
// The words behind a cell, opened beside the matrix. Without this script the same link opens the point's page.
(() => {
  let panel = null;
  let open = null; // { point, code, link }

  const cellOf = (point, code) => {
    const row = document.querySelector(`#matrix tr[data-point="${CSS.escape(point)}"]`);
    if (!row) return null;
    return [...row.cells].find((cell) => (code ? cell.id.endsWith(`-${code}`) : cell.matches("th"))) || null;
  };
  const parts = (link) => {
    const url = new URL(link.href);
    const found = url.pathname.match(/\/points\/([A-Za-z0-9_-]+)$/);
    return found && url.origin === location.origin ? { point: found[1], code: url.hash.slice(1), url } : null;
  };
  const mark = () => {
    for (const old of document.querySelectorAll("#matrix .open")) old.classList.remove("open");
    const cell = open && cellOf(open.point, open.code);
    if (cell) {
      cell.classList.add("open");
      cell.parentElement.classList.add("open");
    }
    return cell;
  };

  const made = () => {
    const aside = document.createElement("aside");
    aside.id = "panel";
    aside.setAttribute("aria-label", "Evidence");
    aside.tabIndex = -1;
    aside.innerHTML = '<div class="tools"><a class="whole">Page of this point</a><button type="button">Close <kbd>Esc</kbd></button></div><div class="content" aria-live="off"></div>';
    aside.querySelector("button").addEventListener("click", close);
    document.body.append(aside);
    return aside;
  };

  const words = async ({ url, code }) => {
    const asked = new URL(url);
    if (code) asked.searchParams.set("cell", code);
    asked.hash = "";
    const reply = await fetch(asked);
    if (!reply.ok || reply.redirected) throw new Error(String(reply.status));
    return new DOMParser().parseFromString(await reply.text(), "text/html").getElementById("words");
  };

  const show = async (asked, focuses) => {
    panel ||= made();
    panel.hidden = false;
    document.body.classList.add("has-panel");
    panel.querySelector(".whole").href = asked.url.href;
    panel.setAttribute("aria-busy", "true");
    const found = await words(asked);
    if (!open || open.point !== asked.point || open.code !== asked.code) return;
    const [place, reads] = [panel.scrollTop, panel.querySelector(".content").contains(document.activeElement)];
    panel.querySelector(".content").replaceChildren(document.adoptNode(found));
    panel.removeAttribute("aria-busy");
    panel.scrollTop = focuses ? 0 : place;
    if (focuses || reads) panel.querySelector("#words-head").focus({ preventScroll: true });
  };

  const openAt = (link, focuses = true) => {
    const asked = parts(link);
    if (!asked) return false;
    open = { ...asked, link };
    const cell = mark();
    if (cell) history.replaceState(null, "", `${location.pathname}${location.search}#${cell.id || cell.parentElement.id}`);
    show(asked, focuses).catch(() => location.assign(link.href));
    if (cell) cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  };

  const close = () => {
    if (!panel || panel.hidden) return;
    const cell = open && cellOf(open.point, open.code);
    const link = open && open.link.isConnected ? open.link : cell && cell.querySelector("a");
    open = null;
    mark();
    panel.hidden = true;
    document.body.classList.remove("has-panel");
    history.replaceState(null, "", location.pathname + location.search);
    if (link) {
      link.focus({ preventScroll: true });
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  };

  document.addEventListener("click", (event) => {
    const cell = event.target.closest && event.target.closest("#matrix td");
    const link = cell ? cell.querySelector("a") : event.target.closest && event.target.closest("main a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (openAt(link)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  const follow = () => {
    const cell = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const link = cell && cell.closest("#matrix") && cell.querySelector("a");
    if (link && cell.matches("td")) {
      cell.scrollIntoView({ block: "center", inline: "center" });
      openAt(link);
    }
  };
  addEventListener("hashchange", follow);
  follow();

  // After the table was replaced: the cell is marked again, and its words are those of the new comparison.
  storydiff.reopen = () => {
    if (!open) return;
    const cell = mark();
    if (cell) {
      const asked = parts(cell.querySelector("a"));
      open = { ...asked, link: cell.querySelector("a") };
      show(asked, false).catch(() => {});
    }
  };
})();
