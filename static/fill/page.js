// The checklist page: answers go into the log, the log into the compiled checklist, its state back onto the page.
import { all, find, part } from "./dom.js";
import { servePhotos, servePlace, serveSignature, serveUnit } from "./devices.js";
import { Exchange } from "./exchange.js";
import { controlOf, isExclusive } from "./fields.js";
import { Log, makeId, same } from "./log.js";
import { Outbox, deviceName } from "./outbox.js";
import { Sheet } from "./sheet.js";
import { serveRepeats } from "./repeats.js";
import { showRefused, showSaving } from "./saving.js";
import { page, say } from "./words.js";

const PAUSE_IN_TYPING = 800;
const sheet = part(document, "sheet");
const log = new Log();
const outbox = new Outbox(page.person.id, page.visit);
const saving = { savedAt: 0, unsaved: "" };
const timers = new Map();
const pressed = { held: false, waiting: false };

let live;
let view;

const exchange = new Exchange({
  url: page.urls.sync,
  device: deviceName(),
  visit: page.visit,
  cursor: page.cursor,
  outbox,
  received: (changes, people) => {
    Object.assign(page.people, people);
    apply(changes);
  },
  settled: () => {
    showRefused(outbox);
    report();
  },
});

function report() {
  showSaving({ ...saving, waiting: outbox.waiting().length, trouble: exchange.trouble });
}

/** Write one answer: on this tablet first, then on the page, then to the server. */
function save(question, value) {
  if (page.read_only || (same(value, log.value(question)) && !log.isConflict(question))) return;
  const now = Date.now();
  const moment = (at) => new Date(at).toISOString();
  const change = {
    id: makeId(now), visit: page.visit, question, value, replaces: view.seen(question),
    at: moment(now + exchange.clockOffset), device_at: moment(now), device: deviceName(), author: page.person.id,
  };
  saving.unsaved = outbox.put(change) ? "" : say("storage_full");
  saving.savedAt = now;
  view.forget(question);
  apply([change]);
  report();
  exchange.now();
}

function apply(changes) {
  for (const question of log.merge(changes)) {
    try {
      live.set(question, log.value(question));
    } catch (error) {
      console.error(question, error);
    }
  }
  refresh();
}

/** Not between the press and the release of a button: what moves away under a finger cannot be tapped. */
function refresh() {
  if (pressed.held) pressed.waiting = true;
  else view.refresh();
}

function release() {
  pressed.held = false;
  if (pressed.waiting) setTimeout(() => view.refresh());
  pressed.waiting = false;
}

/** Make the controls of a new piece of the page work. */
function attach(root) {
  const serve = (element) => {
    const answer = (value) => save(element.dataset.place, value);
    const served = { place: servePlace, photos: servePhotos, signature: serveSignature, unit: serveUnit };
    served[element.dataset.control]?.(element, answer, () => log.value(element.dataset.place));
  };
  all("[data-control]", root).forEach(serve);
}

function readAnswer(element) {
  const { value, wrong } = controlOf(element).read(element);
  element.dataset.wrong = wrong ?? "";
  if (wrong) return refresh();
  if (log.value(`${element.dataset.place}#state`)) save(`${element.dataset.place}#state`, null);
  return save(element.dataset.place, value);
}

function readInput(input) {
  clearTimeout(timers.get(input));
  timers.delete(input);
  const element = input.closest("[data-control]");
  const { facet } = input.dataset;
  if (facet) save(`${element.dataset.place}#${facet}`, input.value.trim() || null);
  else if (controlOf(element)?.read) readAnswer(element);
}

const isOwn = (input) => input.type !== "file" && input.getAttribute("role") !== "combobox";

sheet.addEventListener("input", ({ target }) => {
  if (!isOwn(target) || !target.matches("input[type=text], textarea")) return;
  clearTimeout(timers.get(target));
  timers.set(target, setTimeout(() => readInput(target), PAUSE_IN_TYPING));
});

sheet.addEventListener("change", ({ target }) => {
  if (!isOwn(target) || !target.closest("[data-control]")) return;
  if (target.type === "checkbox" && target.checked) leaveOthers(target);
  readInput(target);
});

/** "None of these" and the others exclude each other. */
function leaveOthers(chosen) {
  for (const other of all("input:checked", chosen.closest(".chips"))) {
    if (other !== chosen && (isExclusive(chosen) || isExclusive(other))) other.checked = false;
  }
}

sheet.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  const element = button?.closest("[data-control]");
  if (!element || page.read_only) return;
  const { step, state, action } = button.dataset;
  if (step) stepBy(element, Number(step));
  if (state) toggleState(element, state);
  if (action === "note") view.toggleNote(element);
  if (action === "empty") view.questionsIn(element).forEach((place) => save(place, null));
});

function stepBy(element, by) {
  const input = find(".stepper__in", element);
  input.value = String(Math.max(0, (Number(input.value) || 0) + by));
  readInput(input);
}

function toggleState(element, state) {
  const question = `${element.dataset.place}#state`;
  const chosen = log.value(question) === state ? null : state;
  save(question, chosen);
  if (chosen === "na") find("[data-facet=reason]", element).focus();
}

sheet.addEventListener("keydown", (event) => {
  if (event.target.type !== "radio" || !["Delete", "Backspace"].includes(event.key) || page.read_only) return;
  save(event.target.closest("[data-control]").dataset.place, null);
  event.preventDefault();
});

window.addEventListener("pointerdown", () => { pressed.held = true; }, true);
for (const end of ["pointerup", "pointercancel", "blur"]) window.addEventListener(end, release, true);

/** What another tab of this tablet writes down shows here at once. */
window.addEventListener("storage", (event) => {
  const change = outbox.written(event);
  if (change && view) apply([change]);
});

/** What is being typed is saved before the page goes away. */
window.addEventListener("pagehide", () => [...timers.keys()].forEach(readInput));

/** Start the page with the `open` of its checklist's module. */
export const start = (open) => {
  log.merge(page.changes);
  log.merge(outbox.waiting());
  live = open({ answers: log.answers(), today: page.today, scope: page.scope, unit: page.unit });
  view = new Sheet({ root: sheet, log, live, save, attach });
  attach(sheet);
  serveRepeats(sheet, save);
  if (!location.hash) view.open();
  requestAnimationFrame(() => setTimeout(() => {
    view.refresh();
    performance.mark("ready");
    document.documentElement.dataset.ready = "1";
    if (!page.read_only) exchange.now();
  }));
  showRefused(outbox);
  report();
  if (!location.hash) return;
  view.refresh();
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
};
