// What both sides agree on before the minutes are made: a word on each recommendation, further commitments, who was there.
import { all, find, icon, make, part, piece, refill, renew, setText } from "./dom.js";
import { recommendationCard } from "./card.js";
import { commitmentKey } from "./commitment.js";
import { showFrame, showUnopened } from "./frame.js";
import { Log, isOfMinutes, isOfSignatures, same } from "./log.js";
import { openVisit, visitAsked } from "./opening.js";
import { Pen } from "./pen.js";
import { answersOf, recordedIn } from "./recorded.js";
import { makeKey } from "./repeats.js";
import { clock, inWords, page, parseNumber, say } from "./words.js";

const ROOT = "/minutes/";
const PAUSE_IN_TYPING = 500;
const log = new Log();
const minutes = new Log(isOfMinutes);
const timers = new Map();
const seen = new Map();
let live;
let pen;

const place = (name, key, field) => `${ROOT}${name}[${key}]${field ? `/${field}` : ""}`;

const idsOf = (question) => minutes.current(question).map(({ id }) => id);

function save(question, value) {
  if (page.read_only || (same(value, minutes.value(question)) && !minutes.isConflict(question))) return;
  const change = pen.change(question, value, seen.get(question) ?? idsOf(question));
  seen.delete(question);
  minutes.merge([change]);
  show();
  pen.keep(change);
}

/** What an instance was made of, the oldest first; one that was removed is left out. */
const keysOf = (name) => {
  const began = new Map();
  for (const { question, at } of minutes.changes()) {
    const key = question.startsWith(`${ROOT}${name}[`) ? question.slice(ROOT.length + name.length + 1).split("]")[0] : null;
    if (key && !(began.get(key) <= at)) began.set(key, at);
  }
  return [...began].filter(([key]) => minutes.value(place(name, key)) !== false).sort(([a, at], [b, bt]) => (at + a < bt + b ? -1 : 1)).map(([key]) => key);
};

const nameFields = (root, name, key) => {
  for (const control of all("[data-field]", root)) {
    control.dataset.q = place(name, key, control.dataset.field);
    all("input[type=radio]", control).forEach((radio) => { radio.name = control.dataset.q; });
  }
  return root;
};

// What may be read by the unit: a confidential recommendation is no matter of the minutes.
const recommended = () => live.recommendations().filter(({ confidential }) => !confidential);

function showRecommendations(found) {
  refill(part(document, "recommendations"), JSON.stringify(found), () => found.map((one) => {
    const asked = nameFields(piece("agreement"), "commitment", commitmentKey(one));
    find("[data-field=commitment_owner]", asked).placeholder = inWords(one.responsible);
    return recommendationCard(one, asked);
  }));
  part(document, "recommendations").hidden = found.length === 0;
  part(document, "none").hidden = found.length > 0;
  const words = found.map((one) => minutes.value(place("commitment", commitmentKey(one), "commitment_decision")));
  for (const decision of ["agreed", "changed", "objected"]) setText(part(document, decision), String(words.filter((word) => word === decision).length));
  setText(part(document, "open"), String(words.filter((word) => !word).length));
}

function showList(name, without) {
  const list = part(document, name);
  const keys = keysOf(name).filter((key) => !without.includes(key));
  for (const item of [...list.children]) if (!keys.includes(item.dataset.key)) item.remove();
  keys.forEach((key, index) => {
    let item = [...list.children].find((one) => one.dataset.key === key);
    if (!item) {
      item = nameFields(piece(name), name, key);
      item.dataset.key = key;
    }
    if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
    setText(find(".agree__i", item), String(index + 1));
  });
}

const wordOf = (control, value) => {
  if (value === null || value === "") return say("no_answer");
  return find(`option[value="${CSS.escape(value)}"]`, control)?.textContent ?? find(`input[value="${CSS.escape(value)}"]`, control)?.closest("label").textContent.trim() ?? String(value);
};

/** Both words when people differ; choosing one replaces both. */
function showTwo(control, question) {
  const box = find("[data-part=two]", control.closest(".field"));
  const standing = minutes.isConflict(question) ? minutes.current(question) : [];
  refill(box, standing.map(({ id }) => id).join(), () => (standing.length ? [
    make("span", {}, icon("two"), say("mark_two")),
    ...standing.map(({ value, author, at }) => make("button", { class: "btn", type: "button", disabled: Boolean(page.read_only), onclick: () => save(question, value) },
      make("b", {}, wordOf(control, value)), ` · ${page.people[author] ?? page.person.name}, ${clock(at)}`)),
  ] : []));
}

/** What was typed and cannot be an answer stays until it is mended. */
const isWrong = (control) => Boolean(find("[data-error]:not([hidden])", control.closest(".field")));

function showValue(control) {
  const question = control.dataset.q;
  const value = minutes.value(question);
  if (control.matches("fieldset")) all("input", control).forEach((radio) => { radio.checked = radio.value === value; });
  else if (document.activeElement !== control && !timers.has(control) && !isWrong(control)) control.value = value ?? "";
  if (control.dataset.field === "commitment_decision") control.closest(".agree").dataset.decision = value ?? "";
  showTwo(control, question);
}

function show() {
  const found = recommended();
  showRecommendations(found);
  showList("commitment", found.map(commitmentKey));
  showList("present", []);
  all("[data-q]").forEach(showValue);
  if (page.read_only) all("main :is(input, select, textarea, [data-add], [data-remove])").forEach((control) => { control.disabled = true; });
}

/** "8:05", "8h05", "8 giờ 05" and "0805" as "08:05"; undefined for what is no time of a day. */
const readTime = (text) => {
  const found = /^(\d{1,2}?)\s*(?::|\.|h|giờ)?\s*(\d{2})$/.exec(text);
  return found && found[1] < 24 && found[2] < 60 ? `${found[1].padStart(2, "0")}:${found[2]}` : undefined;
};

const readCount = (text) => {
  const number = parseNumber(text);
  return Number.isInteger(number) && number >= 1 && number <= 20 ? number : undefined;
};

/** null for an empty field, undefined for what cannot be an answer. */
const read = (control, target) => {
  if (control.matches("fieldset")) return target.value;
  const text = control.value.trim();
  if (!text) return null;
  return { time: readTime, integer: readCount }[control.dataset.kind]?.(text) ?? (control.dataset.kind ? undefined : text);
};

function readInput(control, target = control) {
  clearTimeout(timers.get(control));
  timers.delete(control);
  const value = read(control, target);
  const error = find("[data-error]", control.closest(".field"));
  if (error) error.hidden = value !== undefined;
  if (value !== undefined) save(control.dataset.q, value);
}

/** A time and a number are read when the field is left: half of one is no answer yet. */
const isRead = (control) => control?.matches("textarea, input:not([type=date], [data-kind])");

const controlOf = (target) => target.closest("[data-q]");

document.addEventListener("focusin", ({ target }) => {
  const control = controlOf(target);
  if (control && !seen.has(control.dataset.q)) seen.set(control.dataset.q, idsOf(control.dataset.q));
});

document.addEventListener("input", ({ target }) => {
  const control = controlOf(target);
  if (!isRead(control)) return;
  clearTimeout(timers.get(control));
  timers.set(control, setTimeout(() => readInput(control), PAUSE_IN_TYPING));
});

document.addEventListener("change", ({ target }) => controlOf(target) && readInput(controlOf(target), target));

const saveTyped = () => [...timers.keys()].forEach((control) => readInput(control));
window.addEventListener("pagehide", saveTyped);
document.addEventListener("visibilitychange", () => document.hidden && saveTyped());

const add = (name, side) => {
  const key = makeKey();
  save(place(name, key), true);
  if (side) save(place(name, key, `${name}_side`), side);
  find(`[data-key="${key}"] :is(input, textarea)`)?.focus();
};

/** Who belongs to the delegation; a person who is there already is not added again. */
const addDelegation = () => {
  for (const [id, name] of Object.entries(page.members)) {
    save(place("present", id), true);
    const given = { present_side: "delegation", present_name: name, present_role: id === page.leader ? "leader" : "member" };
    for (const [field, value] of Object.entries(given)) if (minutes.value(place("present", id, field)) === null) save(place("present", id, field), value);
  }
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-add], [data-remove]");
  if (!button) return;
  if (button.dataset.add === "delegation") addDelegation();
  else if (button.dataset.add) add(button.dataset.add, button.dataset.side);
  else save(place(button.dataset.remove, button.closest("[data-key]").dataset.key), false);
});

function received(changes, people) {
  Object.assign(page.people, people);
  const own = changes.filter(({ visit }) => visit === page.visit);
  if (own.some(({ question }) => isOfSignatures(question))) renew();
  log.merge(own).forEach((question) => live.set(question, log.value(question)));
  Object.entries(recordedIn(log)).forEach(([question, value]) => live.set(question, value));
  minutes.merge(own);
  if (own.length) show();
}

function openPage(opened, open) {
  const { facts } = opened.visit;
  Object.assign(page, {
    visit: facts.id, members: facts.members, leader: facts.leader, people: { ...facts.members, ...opened.people }, person: opened.person, read_only: facts.read_only || opened.locked, locked: opened.locked,
  });
  log.merge(opened.changes);
  minutes.merge(opened.changes);
  live = open({ answers: answersOf(log), today: facts.planned_on, scope: page.scope, unit: facts.unit, seed: facts.id });
  showFrame(opened);
  pen = new Pen(opened, received);
  all("[data-field]").forEach((control) => { control.dataset.q = ROOT + control.dataset.field; });
}

/** Start the page with `open` of the checklist's whole module. */
export const start = async (open) => {
  try {
    openPage(await openVisit(visitAsked()), open);
  } catch (error) {
    return showUnopened(error);
  }
  show();
  pen.report();
  await pen.settle();
  document.documentElement.dataset.ready = "1";
  return pen.exchange?.now();
};
