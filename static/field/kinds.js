// Controls of the types that few checklists have, loaded only where one of them stands: times, sliders, ranks, codes, drawings.
import { all, find, icon, make, part } from "./dom.js";
import { serveDrawing } from "./drawing.js";
import { serveRank, showRank } from "./ranking.js";
import { recordedIn } from "./recorded.js";
import { beginHere } from "./start_place.js";
import { day, number, page, parseNumber, say } from "./words.js";

const entry = (box) => find("input:not([type=file])", box);
const wrong = (input) => ({ wrong: input.dataset.wrong });
const two = (value) => String(value).padStart(2, "0");

/** An input that shows a value in another spelling keeps the value as long as nobody types. */
const spelled = (read, show) => ({
  read: (box) => {
    const input = entry(box);
    if (input.validity.badInput) return wrong(input);
    if (input.value.trim() === "") return { value: null };
    if (input.value === input.dataset.shown) return { value: JSON.parse(input.dataset.value) };
    return read(input);
  },
  show: (box, value) => {
    const input = entry(box);
    input.value = value === null ? "" : show(value);
    input.dataset.shown = input.value;
    input.dataset.value = JSON.stringify(value);
  },
});

/** "+07:00": how far the clock of this tablet is from UTC at that moment. */
const offset = (moment) => {
  const minutes = -new Date(moment).getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};

const year = (input) => (/^[1-9]\d{3}$/.test(input.value.trim()) ? { value: `${input.value.trim()}-01-01` } : wrong(input));

const month = {
  read: (box) => {
    const [of, input] = [find("select", box), entry(box)];
    if (!of.value && !input.value.trim()) return { value: null };
    const { value } = year(input);
    return of.value && value ? { value: value.replace("-01-", `-${of.value}-`) } : wrong(input);
  },
  show: (box, value) => {
    find("select", box).value = value?.slice(5, 7) ?? "";
    entry(box).value = value?.slice(0, 4) ?? "";
  },
  say: (text) => `${text.slice(5, 7)}/${text.slice(0, 4)}`,
};

const decimals = (value) => (String(value).split(".")[1] ?? "").length;
const grouped = (value) => number(Math.abs(value), decimals(value)).replace(/^/, value < 0 ? "-" : "");
const ungrouped = (text) => parseNumber(text.split(say("decimal_sign") === "," ? "." : ",").join(""));
const typedNumber = (isFine) => ({
  say: (text) => grouped(Number(text)),
  ...spelled((input) => {
    const value = ungrouped(input.value);
    return isFine(value) ? { value } : wrong(input);
  }, grouped),
});

const showSlider = (box, value) => {
  const [holder, input] = [find(".slider", box), entry(box)];
  holder.classList.toggle("is-blank", value === null);
  input.value = value ?? input.min;
  if (value === null) input.setAttribute("aria-valuetext", holder.dataset.blank);
  else input.removeAttribute("aria-valuetext");
  find("output", box).textContent = value === null ? "–" : spelledNumber(value);
};

const spelledNumber = (value) => String(value).replace(".", say("decimal_sign"));

/** A tap on the thumb moves nothing, and still means that number. */
const serveSlider = (element, answer, current) => {
  const input = entry(element);
  const isBlank = () => (current() ?? null) === null;
  input.addEventListener("input", () => { find("output", element).textContent = spelledNumber(input.value); });
  input.addEventListener("pointerup", () => isBlank() && answer(Number(input.value)));
  input.addEventListener("keydown", ({ key }) => [" ", "Enter", "Home"].includes(key) && isBlank() && answer(Number(input.value)));
  for (const button of all("[data-slide]", element)) {
    button.addEventListener("click", () => {
      if (!isBlank()) (button.dataset.slide === "1" ? input.stepUp() : input.stepDown());
      answer(Number(input.value));
    });
  }
};

const acknowledged = {
  read: (box) => ({ value: entry(box).checked ? "OK" : null }),
  show: (box, value) => { entry(box).checked = value === "OK"; },
};

const film = ({ whole }, index) => make("video", { class: "film", controls: true, src: whole, preload: "metadata", playsinline: true, "aria-label": say("film", { n: index }) });

/** Where the browser can read bar codes, a photo of one is enough; everywhere it can be typed. */
const serveBarcode = (element, answer) => {
  const button = find("label.btn", element);
  button.hidden = !("BarcodeDetector" in window);
  find("input[type=file]", element).addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    const found = file ? await new window.BarcodeDetector().detect(await createImageBitmap(file)).catch(() => []) : [];
    target.value = "";
    part(element, "sending").textContent = found.length ? "" : say("no_barcode");
    if (found.length) answer(found[0].rawValue);
  });
};

const barcode = {
  read: (box) => ({ value: entry(box).value.trim() || null }),
  show: (box, value) => { entry(box).value = value ?? ""; },
  serve: serveBarcode,
};

const recording = ({ whole }, index) => make("audio", { controls: true, src: whole, preload: "none", "aria-label": say("recording", { n: index }) });

const paper = ({ whole, name }, index) => make("a", { class: "btn", href: whole, download: name || "" }, icon("file"), name || say("file", { n: index }));

const files = (shot) => ({
  shot,
  show: () => {},
  serve: (element, answer, current, { serveChosen }) => serveChosen((file) => file)(element, answer, current),
});

/** By the names that the page gives to controls; `read`, `show` and `serve` as in fields.js and devices.js. */
export const controls = {
  time: { ...spelled((input) => ({ value: `${input.value.slice(0, 5)}:00` }), (value) => value.slice(0, 5)), say: (text) => text.slice(0, 5) },
  moment: {
    ...spelled(({ value }) => ({ value: `${value.slice(0, 16)}:00.000${offset(value)}` }), (value) => value.slice(0, 16)),
    say: (text) => `${text.slice(11, 16)} ${day(text.slice(0, 10))}`,
  },
  year: { ...spelled(year, (value) => value.slice(0, 4)), say: (text) => text.slice(0, 4) },
  month,
  grouped: typedNumber(Number.isSafeInteger),
  grouped_decimal: typedNumber(Number.isFinite),
  slider: { say: spelledNumber, read: (box) => ({ value: Number(entry(box).value) }), show: showSlider, serve: serveSlider },
  rank: { show: showRank, serve: serveRank },
  acknowledge: acknowledged,
  barcode,
  draw: { show: () => {}, serve: serveDrawing },
  audio: files(recording),
  video: files(film),
  file: files(paper),
};

/** What the log says itself, with the names as the page knows them by now; its words were read when this file came. */
export const recorded = (log, people) => recordedIn(log, people);

/** What follows from changes of the log besides answers; gives the places whose value changed. */
export const follow = (log, live, save, people) => {
  beginHere(page.recorded ?? {}, log, save);
  return Object.entries(recordedIn(log, people)).flatMap(([path, value]) => [...live.set(path, value)]);
};
