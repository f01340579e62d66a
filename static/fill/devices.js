// Controls that are more than an input: place, photos, signature, unit picker. Each serves its element once.
import { all, find, icon, make, part, piece } from "./dom.js";
import { Pad, addressOf, scale, send } from "./files.js";
import { page, say } from "./words.js";

const SEARCH_AFTER = 200;

const located = ({ coords }) =>
  [coords.latitude.toFixed(6), coords.longitude.toFixed(6), (coords.altitude ?? 0).toFixed(1), coords.accuracy.toFixed(0)].join(" ");

export const servePlace = (element, answer) => {
  const told = part(element, "accuracy");
  find("[data-action=locate]", element).addEventListener("click", () => {
    told.textContent = say("locating");
    const failed = () => { told.textContent = say("not_located"); };
    if (!navigator.geolocation) return failed();
    const found = (position) => answer(located(position));
    return navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 20_000 });
  });
};

const sending = async (element, work) => {
  const told = part(element, "sending");
  told.textContent = say("sending_file");
  try {
    await work();
    told.textContent = "";
  } catch (error) {
    told.textContent = say("file_not_sent", { why: error.message });
  }
};

export const servePhotos = (element, answer, current) => {
  find("input[type=file]", element).addEventListener("change", (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    sending(element, async () => {
      for (const file of files) {
        const hash = await send(await scale(file));
        answer([...new Set([...(current() ?? []), hash])]);
      }
    });
  });
};

export const showPhotos = (element, value, answer) => {
  const list = find(".shots", element);
  const hashes = value ?? [];
  if (list.dataset.key === hashes.join()) return;
  list.dataset.key = hashes.join();
  all(":scope > li:not(:has(input))", list).forEach((shown) => shown.remove());
  const drop = (hash) => {
    const left = hashes.filter((other) => other !== hash);
    answer(left.length ? left : null);
    find("input[type=file]", element).focus();
  };
  list.prepend(...hashes.map((hash, index) => shot(hash, index + 1, () => drop(hash))));
};

const shot = (hash, index, drop) => {
  const shown = piece("shot");
  find("a", shown).href = addressOf(hash);
  Object.assign(find("img", shown), { src: addressOf(hash), alt: say("photo", { n: index }), loading: "lazy" });
  find("button", shown).append(make("span", { class: "vh" }, ` ${index}`));
  find("button", shown).addEventListener("click", drop);
  return shown;
};

export const serveSignature = (element, answer) => {
  const pad = new Pad(find("canvas", element));
  const press = { clear: () => pad.clear(), again: () => answer(null), sign: () => sign() };
  const sign = () => {
    if (pad.isEmpty) part(element, "sending").textContent = say("nothing_signed");
    else sending(element, async () => answer(await send(await pad.picture())));
  };
  element.addEventListener("click", (event) => press[event.target.closest("[data-action]")?.dataset.action]?.());
  find("input[type=file]", element).addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (file) sending(element, async () => answer(await send(await scale(file))));
  });
};

export const showSignature = (element, value) => {
  part(element, "signed").hidden = !value;
  part(element, "pad").hidden = Boolean(value);
  if (value) find("img", part(element, "signed")).src = addressOf(value);
};

const searched = async (text) => {
  const response = await fetch(`${page.urls.units}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
  return response.ok ? (await response.json()).units : [];
};

/** A combobox: type, arrow down to a unit, Enter; the field keeps the focus all along. */
export const serveUnit = (element, answer) => {
  const [input, list] = [find("input", element), find("[role=listbox]", element)];
  let [timer, active] = [0, -1];
  const close = () => {
    list.hidden = true;
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
      make("li", { role: "option", id: `${list.id}-${index}`, "data-code": code, "aria-selected": "false" }, name);
    list.replaceChildren(...(units.length ? units.map(option) : [make("li", {}, say("no_unit"))]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    active = -1;
  };
  const move = (by) => {
    const options = all("[role=option]", list);
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
    else if (event.key === "Enter" && active >= 0) choose(all("[role=option]", list)[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => setTimeout(close, 200));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => event.target.dataset.code && choose(event.target));
};

export const showUnit = (element, value) => {
  const chosen = part(element, "chosen");
  chosen.hidden = !value;
  chosen.replaceChildren(icon("pin"), make("b", {}, page.unit_names[value] ?? value ?? ""));
};
