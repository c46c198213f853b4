// What Gradio's components have no property for follows the head, which the server writes anew in each language.
function speak() {
  const brand = element.querySelector(".pq-brand");
  if (!brand) return;
  document.documentElement.lang = brand.dataset.language;
  document.title = brand.querySelector("h1").textContent;
  // The label that Gradio gives the box holds its button too, so its name would be "Question Send".
  if (brand.dataset.every) {
    for (const box of document.querySelectorAll("#pq-plan input[role=combobox]")) box.placeholder = brand.dataset.every;
    return; // the evaluators' page has no question box
  }
  give("#pq-question textarea", "aria-label", brand.dataset.question);
  give("#pq-documents input", "placeholder", brand.dataset.everywhere);
}

function give(selector, name, value) {
  const control = document.querySelector(selector);
  if (control) control.setAttribute(name, value);
  else requestAnimationFrame(() => give(selector, name, value));
}

watch("value", speak);
speak();
