// Reading and writing the controls: between what stands in the page and what stands in the log.
import { all, find, hide, part } from "./dom.js";
import { day, parseNumber, say } from "./words.js";

const checked = (box) => all("input:checked", box).map((input) => input.value);
const entry = (box) => find("input:not([type=file]), textarea, select", box);
const text = (box) => entry(box).value.trim() || null;
const wrong = (name) => ({ wrong: say(name) });

const readWhole = (box) => {
  const value = parseNumber(entry(box).value);
  return value === null || Number.isSafeInteger(value) ? { value } : wrong("whole_number");
};

const readNumber = (box) => {
  const value = parseNumber(entry(box).value);
  return Number.isNaN(value) ? wrong("a_number") : { value };
};

const readDate = (box) => (entry(box).validity.badInput ? wrong("a_date") : { value: entry(box).value || null });

/** "19,98 105,8" or "19.98, 105.8" as "19.98 105.8 0 0"; a place that was located keeps its height and accuracy. */
const readPlace = (box) => {
  const input = entry(box);
  if (input.value.trim() === "") return { value: null };
  if (input.value === input.dataset.shown) return { value: input.dataset.value };
  const found = input.value.match(/-?\d+(?:[.,]\d+)?/g)?.map((part) => Number(part.replace(",", ".")));
  const good = found?.length === 2 && Math.abs(found[0]) <= 90 && Math.abs(found[1]) <= 180;
  return good ? { value: `${found[0]} ${found[1]} 0 0` } : wrong("a_place");
};

const showPlace = (box, value) => {
  const [latitude, longitude, , accuracy] = (value ?? "").split(" ");
  const input = entry(box);
  input.dataset.value = value ?? "";
  input.dataset.shown = value ? `${Number(latitude).toFixed(5)}, ${Number(longitude).toFixed(5)}` : "";
  input.value = input.dataset.shown;
  const near = Number(accuracy) ? say("accuracy", { n: Math.round(Number(accuracy)) }) : "";
  part(box, "accuracy").textContent = near;
};

const one = { read: (box) => ({ value: checked(box)[0] ?? null }), show: (box, value) => mark(box, [value]) };
const typed = (read) => ({ read, show: (box, value) => { entry(box).value = value ?? ""; }, typed: true });
const decimalText = (value) => (value === null ? "" : String(value).replace(".", say("decimal_sign")));

function mark(box, names) {
  for (const input of all("[data-choice] input", box)) input.checked = names.includes(input.value);
}

export const controls = {
  levels: one,
  seg: one,
  radios: one,
  chips: { read: (box) => ({ value: checked(box).length ? checked(box) : null }), show: (box, v) => mark(box, v ?? []) },
  dropdown: { read: (box) => ({ value: entry(box).value || null }), show: (box, v) => { entry(box).value = v ?? ""; } },
  stepper: typed(readWhole),
  decimal: { ...typed(readNumber), show: (box, value) => { entry(box).value = decimalText(value); } },
  text: typed((box) => ({ value: text(box) })),
  area: typed((box) => ({ value: text(box) })),
  date: { ...typed(readDate), say: day },
  place: { ...typed(readPlace), show: showPlace },
  value: { show: (box, value) => { find("output", box).textContent = value === null ? "–" : decimalText(value); } },
};

/** The part of a question's element that holds its own control, not those of its evidence, reason and note. */
export const controlOf = (element) => controls[element.dataset.control];

/** Whether somebody is typing in this control right now. */
export const isTyping = (element) => {
  const here = document.activeElement;
  return element.contains(here) && here.matches("input:not([type=radio], [type=checkbox], [type=range], [type=file]), textarea");
};

/** Hide the choices that the choice filter leaves out; one that is chosen stays to be seen. */
export const filterChoices = (element, names) => {
  for (const option of all("[data-choice]", element)) {
    const chosen = option.selected || find("input:checked", option);
    hide(option, names !== null && !names.includes(option.dataset.choice) && !chosen);
  }
};

/** The wording of a choice as it stands in the page; other values as their control says them. */
export const labelOf = (element, name) => {
  const option = find(`[data-choice="${CSS.escape(name)}"]`, element);
  return option ? (find("[data-label]", option) ?? option).textContent.trim() : element.words?.(name) || (controlOf(element)?.say?.(name) ?? name);
};

const NONE = ["none", "khong", "khong_co"];

/** Whether a choice says "none of these". */
export const isExclusive = (input) => NONE.includes(input.value);
