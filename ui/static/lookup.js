// The look-up page: the colour scheme, rows that open their source beside the table, keys, and clean addresses.
// Without it every link and the form still work.
const scheme = matchMedia("(prefers-color-scheme: dark)");

function shade() {
  document.documentElement.classList.toggle("dark", scheme.matches);
}

shade();
scheme.addEventListener("change", shade);

let origin = null;
let asked = 0;

const pane = () => document.getElementById("pq-pane");
const links = () => Array.from(document.querySelectorAll("#pq-register a.pq-open"));

async function open(link, focus) {
  const address = new URL(link.href);
  if (focus) address.searchParams.set("focus", focus);
  const turn = ++asked;
  let source = null;
  try {
    const answer = await fetch(address);
    source = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".pq-source");
  } catch {
    source = null;
  }
  if (turn !== asked) return; // another row was opened meanwhile
  document.querySelector(".pq-current")?.classList.remove("pq-current");
  (link.closest("tr, li, .pq-line") || link).classList.add("pq-current");
  origin = link;
  if (!source) {
    source = Object.assign(document.createElement("p"), { className: "pq-notice", textContent: pane().dataset.failed });
    source.setAttribute("role", "alert");
  }
  pane().replaceChildren(document.adoptNode(source));
  show();
}

function show() {
  const text = pane().querySelector(".pq-document");
  if (!text) return;
  const mark = text.querySelector("mark.pq-here") || text.querySelector("mark");
  if (mark) {
    const offset = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop += offset - text.clientHeight / 4;
  }
  pane().querySelector("h2").focus({ preventScroll: true });
}

function close() {
  if (!pane().firstChild) return false;
  pane().replaceChildren();
  document.querySelector(".pq-current")?.classList.remove("pq-current");
  origin?.focus();
  return true;
}

// One stop for Tab in the whole table: the arrows go from row to row.
function settle(chosen) {
  for (const link of links()) link.tabIndex = link === chosen ? 0 : -1;
}

function step(link, key) {
  const all = links();
  const at = all.indexOf(link);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[key];
  if (to === undefined || !all[to]) return false;
  settle(all[to]);
  all[to].focus();
  return true;
}

document.addEventListener("DOMContentLoaded", () => {
  const register = document.getElementById("pq-register");
  if (register.querySelector(".pq-source")) {
    // The source on a page of its own.
    register.querySelector("mark.pq-here, mark")?.scrollIntoView({ block: "center" });
    register.querySelector(".pq-close").addEventListener("click", () => history.back());
    return;
  }
  if (links().length) settle(links()[0]);
  // On a phone the rows come first; the filters are one touch away.
  if (matchMedia("(width <= 860px)").matches) register.querySelector("details.pq-fold")?.removeAttribute("open");
  register.querySelector(".pq-tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  register.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || String(getSelection())) return;
    const own = event.target.closest("a, button, input, label, summary");
    const link = own?.matches("a.pq-open") ? own : own ? null : event.target.closest("tr.pq-row")?.querySelector("a.pq-open");
    if (!link) return;
    event.preventDefault();
    settle(link);
    open(link, (event.target.closest("[data-focus]") || link).dataset.focus);
  });
  register.addEventListener("keydown", (event) => {
    if (event.target.matches("a.pq-open") && step(event.target, event.key)) event.preventDefault();
  });
  pane().addEventListener("click", (event) => {
    if (event.target.closest(".pq-close")) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && close()) event.preventDefault();
  });
  register.querySelector("form.pq-filter")?.addEventListener("formdata", (event) => {
    for (const [name, value] of Array.from(event.formData)) if (!value) event.formData.delete(name);
  });
  document.querySelector(".pq-print")?.addEventListener("click", () => window.print());
});
