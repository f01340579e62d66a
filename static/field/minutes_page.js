// The minutes to read, to print and to sign on this tablet: the log of the visit becomes the paper, without a network.
import { all, find, part, setText } from "./dom.js";
import { showFrame, showUnopened } from "./frame.js";
import { openConflicts } from "./conflicts.js";
import { serveFiles } from "./files.js";
import { inked } from "./ink.js";
import { Log, isOfMinutes, isOfSignatures } from "./log.js";
import { compose } from "./minutes.js";
import { Unopened, openVisit, visitAsked } from "./opening.js";
import { fitPaper, paperFonts, renderPaper } from "./paper.js";
import { Pen } from "./pen.js";
import { answersOf, recordedIn } from "./recorded.js";
import { wholeLog } from "./signature.js";
import { Signing } from "./signing.js";
import { page, say } from "./words.js";

const ZOOMS = [1, 1.25, 1.6, 2];
const HOURS_AHEAD = 7; // of the clock in Vietnam, wherever this tablet believes to be

const log = new Log();
const minutes = new Log(isOfMinutes);
const inkedPictures = new Map(); // addresses by the hash of the drawing
let visit;
let whole;
let signing;
let live;
let plan;
let pen;
let content;
let zoom = 0;

const localTime = (at) => new Date(Date.parse(at) + HOURS_AHEAD * 3_600_000).toISOString().slice(0, 16);

const inkedOnce = async ({ image, picture }) => {
  if (picture && !inkedPictures.has(image)) inkedPictures.set(image, await inked(picture, plan.ink));
  return inkedPictures.get(image) ?? null;
};

/** The signatures that stand, as `compose` takes them; open until their drawing has arrived. */
const standing = async () => {
  const made = await signing.standing();
  return Promise.all(made.map(async (one) => ({ ...one, image: await inkedOnce(one), signed_at: one.picture && localTime(one.at) })));
};

/** Nobody signs what people still disagree about. */
const hindrance = () => {
  const differing = openConflicts(log, live).length + minutes.conflicts().filter((question) => !isOfSignatures(question)).length;
  return differing ? say("sign_conflicts", { n: differing }) : "";
};

/** Compose the minutes of what the log says now and lay them out; resolves when they stand on the page. */
export const showMinutes = async () => {
  const root = part(document, "paper");
  content = compose(plan, visit.facts, { live, log, minutes, signatures: await standing() });
  const sheets = renderPaper(root, content);
  fitPaper(root, ZOOMS[zoom]);
  find("[data-action=print-by-hand]").hidden = !content.mark;
  await signing.show(content.asked, hindrance());
  setText(part(document, "sheets"), say("sheets", { n: sheets }) + (content.foot ? ` · ${content.foot}` : ""));
};

const setZoom = (by) => {
  zoom = Math.min(Math.max(zoom + by, 0), ZOOMS.length - 1);
  fitPaper(part(document, "paper"), ZOOMS[zoom]);
  find("[data-zoom='1']").disabled = zoom === ZOOMS.length - 1;
  find("[data-zoom='-1']").disabled = zoom === 0;
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-zoom], [data-action^=print]");
  if (button?.dataset.zoom) setZoom(Number(button.dataset.zoom));
  else if (button) print(button.dataset.action === "print-by-hand");
});

/** What is signed by hand is no draft: its sheets go to the printer without that word. */
function print(byHand) {
  part(document, "paper").classList.toggle("is-by-hand", byHand);
  window.print();
}

window.addEventListener("resize", () => content && fitPaper(part(document, "paper"), ZOOMS[zoom]));

// What a browser saves it as.
let titled;
window.addEventListener("beforeprint", () => {
  titled = document.title;
  if (content) document.title = content.title;
});
window.addEventListener("afterprint", () => {
  document.title = titled;
  part(document, "paper").classList.remove("is-by-hand");
});

function received(changes, people) {
  Object.assign(page.people, people);
  const own = changes.filter((change) => change.visit === page.visit);
  log.merge(own).forEach((question) => live.set(question, log.value(question)));
  Object.entries(recordedIn(log)).forEach(([question, value]) => live.set(question, value));
  [minutes, whole].forEach((one) => one.merge(own));
  if (own.length) showMinutes();
}

/** Write one part of a signature, or why the minutes are opened again. */
function write(question, value) {
  const change = pen.change(question, value, whole.current(question).map(({ id }) => id));
  [minutes, whole].forEach((one) => one.merge([change]));
  pen.keep(change);
}

const fetchPlan = async () => {
  const response = await fetch(page.urls.plan).catch(() => null);
  if (!response?.ok) throw new Unopened("not_downloaded");
  return response.json();
};

function openPage(opened, open) {
  ({ visit } = opened);
  const { facts } = visit;
  if (!facts.minutes) throw new Unopened("facts_missing");
  Object.assign(page, { visit: facts.id, people: { ...facts.members, ...opened.people }, person: opened.person, read_only: facts.read_only });
  [log, minutes].forEach((one) => one.merge(opened.changes));
  whole = wholeLog(opened.changes);
  serveFiles(opened.store);
  live = open({ answers: answersOf(log), today: facts.planned_on, scope: page.scope, unit: facts.unit, seed: facts.id });
  showFrame({ ...opened, locked: "" });
  pen = new Pen(opened, received);
  signing = new Signing({ log: whole, write, changed: showMinutes, closed: Boolean(facts.read_only) });
}

/** Start the page with `open` of the checklist's whole module. */
export const start = async (open) => {
  try {
    const [opened, made] = await Promise.all([openVisit(visitAsked()), fetchPlan(), paperFonts()]);
    plan = made;
    openPage(opened, open);
    await showMinutes();
  } catch (error) {
    return showUnopened(error);
  }
  all("[data-zoom], [data-action=print]").forEach((button) => { button.disabled = false; });
  setZoom(0);
  pen.report();
  await pen.settle();
  document.documentElement.dataset.ready = "1";
  return pen.exchange?.now();
};
