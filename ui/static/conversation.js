// The conversation: tells the server which tab this is, opens citations, copies answers, keeps the newest turn in sight.
const SESSION = "planqa-session";

function session() {
  // One conversation a tab; it survives a reload. Not crypto.randomUUID: that needs https on other hosts than this one.
  let id = sessionStorage.getItem(SESSION);
  if (!id) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    id = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    sessionStorage.setItem(SESSION, id);
  }
  return id;
}

function cite(button) {
  const target = { turn: Number(button.dataset.turn), number: Number(button.dataset.number) };
  // The pane returns the focus here when it closes.
  document.dispatchEvent(new CustomEvent("planqa:cite", { detail: { ...target, origin: button } }));
  trigger("cite", target);
}

async function copy(button) {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Over plain http on another host than this one there is no clipboard object.
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  const label = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => (button.textContent = label), 1600);
}

function report(button) {
  const box = button.closest(".pq-feedback");
  // Once is enough; but where it could not be kept, the reader may try again.
  for (const other of box.querySelectorAll("button")) {
    other.disabled = true;
    setTimeout(() => (other.disabled = false), 3000);
  }
  trigger("report", { turn: Number(box.dataset.turn), reason: button.dataset.reason, comment: box.querySelector("input").value });
}

let turns = 0;

function follow() {
  const articles = element.querySelectorAll(".pq-turn");
  const last = articles[articles.length - 1];
  const grown = articles.length > turns;
  turns = articles.length;
  if (last && (grown || !last.querySelector(".pq-pending"))) last.scrollIntoView({ block: "start" });
}

element.setAttribute("role", "log");
element.setAttribute("aria-live", "polite");
element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.classList.contains("pq-cite")) cite(button);
  if (button.classList.contains("pq-copy")) copy(button);
  if (button.classList.contains("pq-reason")) report(button);
});
watch("value", follow);
trigger("open", { session: session() });
