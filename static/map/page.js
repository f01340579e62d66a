// The filters of the map work at once; without this file the button does the same.
const form = document.getElementById("filters");
form.classList.add("is-live");
form.addEventListener("change", () => form.requestSubmit());

// Only what was chosen goes into the address.
form.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (!value || (name === "layer" && value === "level")) formData.delete(name);
});

// The search as one types needs htmx; a map that opens quickly does not wait for it. What was typed meanwhile is searched.
const search = document.getElementById("unit-q");
const loadHtmx = () => {
  const script = Object.assign(document.createElement("script"), { src: form.dataset.htmx });
  script.addEventListener("load", () => setTimeout(() => search.value && search.dispatchEvent(new Event("search"))));
  document.head.append(script);
};
if (document.activeElement === search) loadHtmx();
else search.addEventListener("focus", loadHtmx, { once: true });
