// The failures: tells the server that a tab opened the page, opens citations and evidence in the source pane.
element.addEventListener("click", (event) => {
  const button = event.target.closest("button.pq-cite");
  if (!button) return;
  const target = { turn: Number(button.dataset.turn), number: Number(button.dataset.number) };
  // The pane returns the focus here when it closes.
  document.dispatchEvent(new CustomEvent("planqa:cite", { detail: { ...target, origin: button } }));
  trigger("cite", target);
});
trigger("open");
