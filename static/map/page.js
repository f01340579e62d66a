// The filters of the map work at once; without this file the button does the same.
const form = document.getElementById("filters");
form.classList.add("is-live");
form.addEventListener("change", () => form.requestSubmit());

// Only what was chosen goes into the address.
form.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (!value || (name === "layer" && value === "level")) formData.delete(name);
});

// The search as one types needs htmx; a map that opens quickly does not wait for it.
document.getElementById("unit-q").addEventListener("focus", () => {
  const script = document.createElement("script");
  script.src = form.dataset.htmx;
  document.head.append(script);
}, { once: true });
