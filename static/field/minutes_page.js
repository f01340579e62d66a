// The minutes to read, to print and to sign on this tablet: the log of the visit becomes the paper, without a network.
import { all, find, part, setText } from "./dom.js";
import { showFrame, showUnopened } from "./frame.js";
import { Log, isOfMinutes } from "./log.js";
import { compose } from "./minutes.js";
import { Unopened, openVisit, visitAsked } from "./opening.js";
import { fitPaper, paperFonts, renderPaper } from "./paper.js";
import { Pen } from "./pen.js";
import { signaturesOf, wholeLog } from "./signature.js";
import { page, say } from "./words.js";

const ZOOMS = [1, 1.25, 1.6, 2];
const HOURS_AHEAD = 7; // of the clock in Vietnam, wherever this tablet believes to be

const log = new Log();
const minutes = new Log(isOfMinutes);
const pictures = new Map();
let visit;
let whole;
let store;
let live;
let plan;
let pen;
let content;
let zoom = 0;

const localTime = (at) => new Date(Date.parse(at) + HOURS_AHEAD * 3_600_000).toISOString().slice(0, 16);

/** The address of a drawing that is on this tablet; null until it has arrived. */
const pictureOf = async (hash) => {
  if (!pictures.has(hash)) {
    const file = await store?.file(page.visit, hash);
    if (file?.blob) pictures.set(hash, URL.createObjectURL(file.blob));
  }
  return pictures.get(hash) ?? null;
};

/** The signatures that stand, as `compose` takes them; open until their drawing has arrived. */
const standing = async () => {
  const made = (await signaturesOf(page.visit, whole)).filter(({ stands }) => stands);
  return Promise.all(made.map(async (one) => {
    const image = await pictureOf(one.image);
    return { ...one, image, signed_at: image && localTime(one.at) };
  }));
};

/** Compose the minutes of what the log says now and lay them out; resolves when they stand on the page. */
export const showMinutes = async () => {
  const root = part(document, "paper");
  content = compose(plan, visit.facts, { live, log, minutes, signatures: await standing() });
  const sheets = renderPaper(root, content);
  fitPaper(root, ZOOMS[zoom]);
  setText(part(document, "sheets"), say("sheets", { n: sheets }) + (content.foot ? ` · ${content.foot}` : ""));
};

const setZoom = (by) => {
  zoom = Math.min(Math.max(zoom + by, 0), ZOOMS.length - 1);
  fitPaper(part(document, "paper"), ZOOMS[zoom]);
  find("[data-zoom='1']").disabled = zoom === ZOOMS.length - 1;
  find("[data-zoom='-1']").disabled = zoom === 0;
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-zoom], [data-action=print]");
  if (button?.dataset.zoom) setZoom(Number(button.dataset.zoom));
  else if (button) window.print();
});

window.addEventListener("resize", () => content && fitPaper(part(document, "paper"), ZOOMS[zoom]));

// What a browser saves it as.
let titled;
window.addEventListener("beforeprint", () => {
  titled = document.title;
  if (content) document.title = content.title;
});
window.addEventListener("afterprint", () => { document.title = titled; });

function received(changes, people) {
  Object.assign(page.people, people);
  const own = changes.filter((change) => change.visit === page.visit);
  log.merge(own).forEach((question) => live.set(question, log.value(question)));
  [minutes, whole].forEach((one) => one.merge(own));
  if (own.length) showMinutes();
}

const fetchPlan = async () => {
  const response = await fetch(page.urls.plan);
  if (!response.ok) throw new Unopened("not_downloaded");
  return response.json();
};

function openPage(opened, open) {
  ({ visit, store } = opened);
  const { facts } = visit;
  if (!facts.minutes) throw new Unopened("facts_missing");
  Object.assign(page, { visit: facts.id, people: { ...facts.members, ...opened.people }, person: opened.person, read_only: facts.read_only || opened.locked, locked: opened.locked });
  [log, minutes].forEach((one) => one.merge(opened.changes));
  whole = wholeLog(opened.changes);
  live = open({ answers: log.answers(), today: facts.planned_on, scope: page.scope, unit: facts.unit });
  showFrame(opened);
  pen = new Pen(opened, received);
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
