// The source pane: brings the highlighted passage into sight, moves between citations, closes with Esc.
let origin = null;
let stepped = null;

function pane() {
  return element.querySelector(".pq-source");
}

function show() {
  const source = pane();
  if (!source) return;
  const text = source.querySelector(".pq-document");
  const mark = text.querySelector("mark");
  text.scrollTop = 0;
  if (mark) {
    const offset = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop = offset - text.clientHeight / 4;
  }
  // Below the chat on a narrow screen: the page itself has to come along.
  if (source.getBoundingClientRect().top > window.innerHeight / 2) source.scrollIntoView({ block: "start" });
  const button = stepped && source.querySelector(`.${stepped}:not([disabled])`);
  (button || source.querySelector("h2")).focus({ preventScroll: true });
  stepped = null;
}

function close() {
  if (!pane()) return;
  trigger("close");
  const target = origin && document.querySelector(
    `.pq-text .pq-cite[data-turn="${origin.turn}"][data-number="${origin.number}"]`,
  );
  (target || document.querySelector("#pq-question textarea"))?.focus();
}

document.addEventListener("planqa:cite", (event) => {
  origin = event.detail;
  const source = pane();
  // Already on show: the server will send what is here, and nothing would move.
  if (source && Number(source.dataset.turn) === origin.turn && Number(source.dataset.number) === origin.number) show();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) close();
});
element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.classList.contains("pq-close")) close();
  if (button.dataset.number) {
    stepped = button.className;
    trigger("cite", { turn: Number(button.dataset.turn), number: Number(button.dataset.number) });
  }
});
watch("value", show);
show();
