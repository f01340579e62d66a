// The unit picker: searches the list on this tablet as people type, without marks and đ; the server's when there is none.
import { all, find, icon, make, part } from "./dom.js";
import { page, say } from "./words.js";

const SEARCH_AFTER = 120;
const MOST = 20;

let store = null;
let list = null;

/** The list of units lies in this store once the tablet is ready for the field. */
export const serveUnits = (from) => { store = from; };

/** "Thủ Đức" as "thu duc". */
export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

const loadList = async () => {
  list ??= ((await store?.kept("units"))?.units ?? []).map(([code, , name]) => ({ code, name, folded: fold(name) }));
  return list;
};

/** Best first: those whose name begins with the words, then those with the words anywhere. */
const pick = (units, text) => {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const fits = ({ code, folded }) => words.every((word) => folded.includes(word) || code.startsWith(word));
  const begins = ({ folded }) => folded.replace(/^(xa|phuong|dac khu) /, "").startsWith(words.join(" "));
  const found = units.filter(fits);
  return [...found.filter(begins), ...found.filter((unit) => !begins(unit))].slice(0, MOST);
};

const searched = async (text) => {
  const units = await loadList();
  if (units.length) return pick(units, text);
  const response = await fetch(`/units/search.json?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
  return response.ok ? (await response.json()).units : [];
};

/** A combobox: type, arrow down to a unit, Enter; the field keeps the focus all along. */
export const serveUnit = (element, answer) => {
  const [input, box] = [find("input", element), find("[role=listbox]", element)];
  let [timer, active] = [0, -1];
  const close = () => {
    box.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };
  const choose = (option) => {
    page.unit_names[option.dataset.code] = option.textContent;
    input.value = "";
    close();
    answer(option.dataset.code);
  };
  const open = (units) => {
    const option = ({ code, name }, index) =>
      make("li", { role: "option", id: `${box.id}-${index}`, "data-code": code, "aria-selected": "false" }, name);
    box.replaceChildren(...(units.length ? units.map(option) : [make("li", {}, say("no_unit"))]));
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    active = -1;
  };
  const move = (by) => {
    const options = all("[role=option]", box);
    if (!options.length) return;
    active = (active + by + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  };
  const suggest = () => (input.value.trim() === "" && !page.read_only ? open([page.own_unit]) : null);
  input.addEventListener("focus", suggest);
  input.addEventListener("input", () => {
    clearTimeout(timer);
    const text = input.value.trim();
    if (text === "") suggest();
    else if (text.length < 2) close();
    else timer = setTimeout(async () => open(await searched(text).catch(() => [])), SEARCH_AFTER);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && active >= 0) choose(all("[role=option]", box)[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => setTimeout(close, 200));
  box.addEventListener("pointerdown", (event) => event.preventDefault());
  box.addEventListener("click", (event) => event.target.dataset.code && choose(event.target));
};

/** The chosen unit; its name comes from the list when the visit does not bring it. */
export const showUnit = async (element, value) => {
  const chosen = part(element, "chosen");
  chosen.hidden = !value;
  if (value && !page.unit_names[value]) page.unit_names[value] = (await loadList()).find(({ code }) => code === value)?.name;
  chosen.replaceChildren(icon("pin"), make("b", {}, page.unit_names[value] ?? value ?? ""));
};
