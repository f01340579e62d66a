// The checklist page: answers go into the log, the log into the compiled checklist, its state back onto the page.
import { serveCopy } from "./copying.js";
import { all, find, part, renew } from "./dom.js";
import { serveControl } from "./devices.js";
import { controlOf, controls, isExclusive } from "./fields.js";
import { isRoomLow, serveFiles } from "./files.js";
import { showFrame, showUnopened } from "./frame.js";
import { Log, isOfSignatures, same } from "./log.js";
import { openVisit, visitAsked } from "./opening.js";
import { Pen } from "./pen.js";
import { serveRepeats } from "./repeats.js";
import { Sheet } from "./sheet.js";
import { serveUnits } from "./units.js";
import { page, say } from "./words.js";

const PAUSE_IN_TYPING = 500;
const sheet = part(document, "sheet");
const log = new Log();
const timers = new Map();
const pressed = { held: false, waiting: false };

let live;
let kinds = null; // what only some checklists need
let view;
let store;
let pen;
let place;
let noted;

async function showRefused(refused) {
  if (refused.length === 0 && !part(document, "refused").hasChildNodes()) return;
  const { tellRefused } = await import(page.urls.later);
  tellRefused(refused.map((entry) => ({ ...entry, change: log.find(entry.id) })), { edit: goTo, discard, again: !page.read_only && again });
}

/** One answer and those that it triggers. Gives the change. */
function save(question, value) {
  const change = write(question, value);
  if (!change) return null;
  place = [page.section, question.split("#")[0].replace(/\[.*/, "").split("/")[2] ?? ""];
  const changed = new Set();
  Object.entries(live.follow(question, changed)).forEach(([other, found]) => write(other, found));
  if (changed.size) refresh(changed);
  return change;
}

/** Write one answer: onto the page, onto the disk of this tablet, then to the server. */
function write(question, value) {
  if (page.read_only || (same(value, log.value(question)) && !log.isConflict(question))) return null;
  const change = pen.change(question, value, view.seen(question));
  view.forget(question);
  apply([change]);
  pen.keep(change);
  return change;
}

/** Give up a change that the server refused: the question goes back to what else is known of it. */
async function discard(change) {
  await store.discard(change.visit, change.id);
  log.drop(change);
  refresh(live.set(change.question, log.value(change.question)));
  pen.settle();
}

/** The same answer once more, as a change of its own: what stood in its way may be gone. */
async function again(change) {
  await discard(change);
  save(change.question, change.value);
}

function goTo(question) {
  const slug = question.split("/")[1];
  const inside = page.sections.find((section) => section.slug === slug) ?? page.sections[0];
  const code = question.split("/")[2]?.replace(/[[#].*/, "") ?? "";
  if (inside.slug !== page.section) location.href = `${find(`.rail__a[data-section="${CSS.escape(inside.slug)}"]`).href}#${encodeURIComponent(code)}`;
  else all("[data-item]", sheet).find((item) => question.startsWith(item.dataset.place))?.focus();
}

function received(changes, people) {
  Object.assign(page.people, people);
  const own = changes.filter(({ visit }) => visit === page.visit);
  if (own.some(({ question }) => isOfSignatures(question))) renew();
  else if (own.length) apply(own);
}

function apply(changes) {
  const changed = new Set();
  for (const question of log.merge(changes)) {
    changed.add(question.split("#")[0]);
    try {
      live.set(question, log.value(question)).forEach((place) => changed.add(place));
    } catch (error) {
      console.error(question, error);
    }
  }
  kinds?.follow(log, live, save, page.people).forEach((place) => changed.add(place));
  refresh(changed);
}

/** Not between the press and the release of a button: what moves away under a finger cannot be tapped. */
function refresh(changed) {
  view.note(changed);
  if (pressed.held) pressed.waiting = true;
  else view.refresh(changed);
}

function release() {
  pressed.held = false;
  if (pressed.waiting) setTimeout(() => view.refresh());
  pressed.waiting = false;
}

/** Make the controls of a new piece of the page work. */
function attach(root) {
  for (const element of all("[data-control]", root)) {
    const answer = (value) => save(element.dataset.place, value);
    serveControl(element, answer, () => log.value(element.dataset.place));
  }
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
  if (!element) return;
  const { step, state, action } = button.dataset;
  if (action === "history") showHistory(element.closest("[data-item]"));
  if (page.read_only) return;
  if (step) stepBy(element, Number(step));
  if (state) toggleState(element, state);
  if (action === "note") view.toggleNote(element);
  if (action === "empty") view.questionsIn(element).forEach((place) => save(place, null));
});

const nameOf = ({ author }) => page.people[author] ?? page.person.name;

const takenBack = new Set();
part(document, "undo").addEventListener("click", async () => {
  const { takeBack } = await import(page.urls.later);
  takeBack(log, save, page.person.id, takenBack);
});

async function showHistory(item) {
  const { tellHistory } = await import(page.urls.later);
  tellHistory(item, log, nameOf, controls);
}

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

/** What is being typed is saved before the page goes away. */
const saveTyped = () => [...timers.keys()].forEach(readInput);
window.addEventListener("pagehide", saveTyped);
document.addEventListener("visibilitychange", () => document.hidden && saveTyped());

function openPage(opened, open) {
  const { facts } = opened.visit;
  Object.assign(page, {
    visit: facts.id, today: facts.planned_on, unit: facts.unit, leader: facts.leader,
    unit_names: { ...facts.unit_names, ...opened.names },
    own_unit: { code: facts.unit_code, name: facts.unit_title }, person: opened.person,
    people: { ...facts.members, ...opened.people }, read_only: facts.read_only || opened.locked, locked: opened.locked,
  });
  store = opened.store;
  showFrame(opened);
  serveFiles(store);
  serveUnits(store);
  log.merge(opened.changes);
  live = open({ answers: { ...log.answers(), ...kinds?.recorded(log, page.people) }, today: page.today, scope: page.scope, unit: page.unit, seed: page.visit });
  view = new Sheet({ root: sheet, log, live, save, attach, noted: (summary) => noteVisit(summary), isHeld: () => pressed.held });
  pen = new Pen(opened, received, showRefused);
  kinds?.follow(log, live, save, page.people);
}

/** What the home screen shows of this visit, and where to go on when it is opened again; many taps change neither. */
function noteVisit(summary) {
  const fields = { summary, ...(place ? { place } : {}) };
  if (same(fields, noted)) return;
  noted = fields;
  store?.note(page.visit, fields);
}

/** What can wait until the page can be used. */
async function begin(opened) {
  await opened.kept;
  pen.exchange.now();
  part(document, "low").hidden = !(await isRoomLow());
  const response = await fetch(page.urls.visits, { headers: { Accept: "application/json" } });
  const { person, visits } = await response.json();
  const facts = person.id === store.person && visits.find(({ id }) => id === page.visit);
  // The page goes on with the version that it was opened with; the home screen brings another one.
  if (facts) await store.note(page.visit, { facts: { ...facts, checklist: opened.visit.facts.checklist } });
  // Submitted or opened again meanwhile: the page must not take answers that nobody will, nor refuse wanted ones.
  if (facts && facts.read_only !== opened.visit.facts.read_only) renew();
  await keepChecklist();
}

/** Who opened one section with a network can go on to the next without it. */
async function keepChecklist() {
  await navigator.serviceWorker.register(page.urls.worker, { updateViaCache: "none" });
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ keep: page.urls.pack });
}

/** Start the page with the `open` of its checklist's module. */
export const start = async (open) => {
  let opened;
  try {
    const coming = page.urls.kinds && import(page.urls.kinds);
    const looking = "looks" in sheet.dataset && import(page.urls.looks);
    opened = await openVisit(visitAsked());
    kinds = await coming;
    const looks = await looking;
    Object.assign(controls, kinds?.controls, looks.controls);
    if (looks) looks.serve(sheet);
    openPage(opened, open);
  } catch (error) {
    return showUnopened(error);
  }
  attach(sheet);
  serveRepeats(sheet, save);
  part(document, "undo").hidden = Boolean(page.read_only);
  serveCopy(() => ({ store, visit: page.visit, person: page.person }));
  if (!location.hash) view.open();
  requestAnimationFrame(() => setTimeout(() => {
    view.refresh();
    performance.mark("ready");
    document.documentElement.dataset.ready = "1";
    if (store) begin(opened).catch(() => {}); // without a network what is here is enough
  }));
  pen.settle();
  pen.report();
  if (!location.hash) return null;
  view.refresh();
  return document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
};
