// Controls that use the tablet's devices: place, photos, signature. Each serves its element once.
import { all, find, icon, make, part, piece } from "./dom.js";
import { controlOf } from "./fields.js";
import { fileOf, keep, scale } from "./files.js";
import { serveUnit } from "./units.js";
import { page, say } from "./words.js";

const LONGEST_SEARCH = 20_000;

const located = ({ coords }) =>
  [coords.latitude.toFixed(6), coords.longitude.toFixed(6), (coords.altitude ?? 0).toFixed(1), coords.accuracy.toFixed(0)].join(" ");

const servePlace = (element, answer) => {
  const told = part(element, "accuracy");
  find("[data-action=locate]", element).addEventListener("click", () => {
    told.textContent = say("locating");
    const failed = () => { told.textContent = say("not_located"); };
    if (!navigator.geolocation) return failed();
    const found = (position) => answer(located(position));
    return navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: LONGEST_SEARCH });
  });
};

const keeping = async (element, work) => {
  const told = part(element, "sending");
  told.textContent = say("keeping_file");
  try {
    await work();
    told.textContent = "";
  } catch (error) {
    told.textContent = say("file_not_kept", { why: error.message });
  }
};

/** Files that people choose, each kept and added to the answer; `ready` makes a photo small first. */
const serveChosen = (ready) => (element, answer, current) => {
  find("input[type=file]", element).addEventListener("change", (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    keeping(element, async () => {
      for (const file of files) {
        const hash = await keep(await ready(file), file.name);
        answer([...new Set([...(current() ?? []), hash])]);
      }
    });
  });
};

const serveSignature = (element, answer) => {
  const making = import(page.urls.later).then(({ makePad }) => makePad(find("canvas", element)));
  let pad = { isEmpty: true, clear() {} };
  making.then((made) => { pad = made; });
  const press = { clear: () => pad.clear(), again: () => answer(null), sign: () => sign() };
  const sign = () => {
    if (pad.isEmpty) part(element, "sending").textContent = say("nothing_signed");
    else keeping(element, async () => answer(await keep(await pad.picture())));
  };
  element.addEventListener("click", (event) => press[event.target.closest("[data-action]")?.dataset.action]?.());
  find("input[type=file]", element).addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (file) keeping(element, async () => answer(await keep(await scale(file))));
  });
};

export const showSignature = async (element, value) => {
  part(element, "signed").hidden = !value;
  part(element, "pad").hidden = Boolean(value);
  if (value) find("img", part(element, "signed")).src = (await fileOf(value)).whole;
};

const SERVED = {
  place: servePlace, photos: serveChosen(scale),
  signature: serveSignature, unit: serveUnit,
};

/** Make a control with a device work; `answer(value)` writes, `current()` gives what stands. */
export const serveControl = (element, answer, current) =>
  (SERVED[element.dataset.control] ?? controlOf(element)?.serve)?.(element, answer, current, { keep, keeping, scale, serveChosen });

/** The files of an answer, each with its caption and whether it has been sent. */
export const showFiles = (element, value, { answer, caption, captionOf }) => {
  const list = find(".shots", element);
  const hashes = value ?? [];
  for (const hash of hashes) {
    const input = find(`[data-hash="${hash}"] input`, list);
    if (input && input !== document.activeElement) input.value = captionOf(hash) ?? "";
  }
  if (list.dataset.key === hashes.join()) return;
  list.dataset.key = hashes.join();
  all(":scope > li[data-hash]", list).forEach((old) => old.remove());
  const drop = (hash) => {
    const left = hashes.filter((other) => other !== hash);
    answer(left.length ? left : null);
    find("input[type=file], [data-draw]", element).focus();
  };
  const show = controlOf(element)?.shot ?? shot;
  list.prepend(...hashes.map((hash, index) => entry(show, hash, index + 1, { drop: () => drop(hash), caption, words: captionOf(hash) })));
};

const entry = (show, hash, index, { drop, caption, words }) => {
  const shown = piece("shot");
  shown.dataset.hash = hash;
  const input = find("input", shown);
  input.value = words ?? "";
  input.setAttribute("aria-label", say("caption_of", { n: index }));
  input.addEventListener("change", () => caption(hash, input.value.trim() || null));
  find("button", shown).append(make("span", { class: "vh" }, ` ${index}`));
  find("button", shown).addEventListener("click", drop);
  fileOf(hash).then((file) => {
    find("[data-part=shown]", shown).replaceWith(show(file, index));
    if (file.refused) find("[data-part=state]", shown).textContent = say("file_refused", { why: file.refused });
    else if (file.state === "here") find("[data-part=state]", shown).textContent = say("file_waits");
  });
  if (page.read_only) find("button", shown).hidden = true;
  return shown;
};

const shot = ({ small, whole }, index) => make("a", { class: "shot", href: whole, target: "_blank", rel: "noopener" },
  make("img", { src: small, alt: say("photo", { n: index }), loading: "lazy" }));
