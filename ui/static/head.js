// What Gradio's components have no property for follows the head, which the server writes anew in each language.
function speak() {
  const brand = element.querySelector(".pq-brand");
  if (!brand) return;
  document.documentElement.lang = brand.dataset.language;
  document.title = brand.querySelector("h1").textContent;
  hint(brand.dataset.everywhere);
}

function hint(text) {
  const filter = document.querySelector("#pq-documents input");
  if (filter) filter.placeholder = text;
  else requestAnimationFrame(() => hint(text));
}

watch("value", speak);
speak();
