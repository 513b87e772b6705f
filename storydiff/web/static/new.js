"use strict";

/* The form: says how many addresses it has found, while one types. The server decides. */
for (const text of document.querySelectorAll("textarea[data-count]")) {
  const said = document.getElementById(text.dataset.count);
  const count = () => {
    const found = new Set(text.value.match(/https?:\/\/[^\s<>"']+/gi) || []);
    said.textContent = found.size ? `${found.size} ${found.size === 1 ? "address" : "addresses"} so far` : "";
  };
  let pause = 0;
  text.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(count, 400); });
  count();
}

/* The progress: an event says that something changed, and the part of the page is fetched anew. */
const job = document.getElementById("job");
if (job && !("ended" in job.dataset)) {
  const said = document.getElementById("said");
  const events = new EventSource(job.dataset.events);
  let shown = job;
  let turn = Promise.resolve();

  const renew = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const made = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("job");
    if (!made) return;
    const before = shown.querySelector(".sum").textContent;
    shown.replaceWith(document.adoptNode(made));
    shown = made;
    const sum = made.querySelector(".sum").textContent;
    if (sum !== before || "ended" in made.dataset) said.textContent = `${made.querySelector("h1").textContent}. ${sum}`;
  };

  events.addEventListener("progress", (event) => {
    const told = JSON.parse(event.data);
    if (told.ended) events.close();
    turn = turn.then(renew).then(() => {
      const on = document.getElementById("on");
      if (told.ended && told.whole && on) location.replace(on.href);
      else if (told.ended && on) on.focus();
    }).catch(() => {});
  });
}

/* A link that is shown once: one click takes it. */
for (const button of document.querySelectorAll("button[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Copied";
    } catch { field.select(); }
  });
}

/* A new digest: the time zone of this device, which the visitor may change. */
for (const field of document.querySelectorAll("input[data-zone]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && field.value === field.defaultValue) field.value = zone;
}
