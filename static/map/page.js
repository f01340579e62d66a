// The filters of the map work at once; without this file the button does the same.
const form = document.getElementById("filters");
const [layer, item] = [form.elements.namedItem("layer"), form.elements.namedItem("item")];
const root = document.documentElement;
form.classList.add("is-live");

// Only what was chosen goes into the address.
form.addEventListener("formdata", ({ formData }) => {
  const question = formData.get("item").trim().split(" ")[0];
  formData.delete("item");
  if (question) formData.set("layer", `item-${question}`);
  if (!formData.get("period2")) formData.delete("compare");
  for (const [name, value] of [...formData]) if (!value || (name === "layer" && value === "level")) formData.delete(name);
});

const isKnown = () => !item.value || [...item.list.options].some(({ value }) => value === item.value);

// Where the map can change in place it does; another province, and a table, are pages of their own.
function apply(changed) {
  const query = new URLSearchParams(new FormData(form)).toString();
  if (changed.name === "province" || !root.dataset.changes) return form.requestSubmit();
  history.pushState(null, "", query ? `?${query}` : location.pathname);
  document.dispatchEvent(new CustomEvent("map:asked", { detail: query }));
}

form.addEventListener("change", ({ target }) => {
  if (target === item) return;
  if (target === layer) item.value = "";
  apply(target);
});
item.addEventListener("input", () => {
  if (!item.value || !isKnown()) return;
  layer.value = "";
  apply(item);
});
item.addEventListener("change", () => item.setCustomValidity(isKnown() ? "" : item.dataset.unknown));
addEventListener("popstate", () => location.reload());

// The search as one types needs htmx; a map that opens quickly does not wait for it. What was typed meanwhile is searched.
const search = document.getElementById("unit-q");
const loadHtmx = () => {
  const script = Object.assign(document.createElement("script"), { src: form.dataset.htmx });
  script.addEventListener("load", () => setTimeout(() => search.value && search.dispatchEvent(new Event("search"))));
  document.head.append(script);
};
if (document.activeElement === search) loadHtmx();
else search.addEventListener("focus", loadHtmx, { once: true });
