// What a visit comes to, computed on this tablet: conclusion with its conditions, sections, what lifts the unit, recommendations.
import { all, find, icon, make, part, piece, refill } from "./dom.js";
import { recommendationCard } from "./card.js";
import { openConflicts } from "./conflicts.js";
import { serveCopy } from "./copying.js";
import { showFrame, showUnopened } from "./frame.js";
import { Log } from "./log.js";
import { openVisit, visitAsked } from "./opening.js";
import { Pen } from "./pen.js";
import { answersOf, recordedIn } from "./recorded.js";
import { day, inWords, interval, number, page, say } from "./words.js";

const log = new Log();
let live;
let checklist;
let pen;

const levelTag = (rank, words) => {
  const bars = rank ? piece(`steps-${rank}`) : icon("clock");
  return make("span", { class: `lv lv--${rank ?? 0}` }, bars, make("span", {}, words));
};

const nodes = function* (list) {
  for (const node of list) {
    yield node;
    yield* nodes(node.children ?? []);
  }
};

const labelOf = (code) => {
  for (const node of nodes(checklist.nodes)) if (node.name === code) return inWords(node.label);
  return code;
};

const gatesLine = ({ gates_failed: failed, gates_met: met, gates_open: open, level }) => {
  const count = failed.length + met.length + open.length;
  if (failed.length) return make("span", { class: "concl__f" }, say(level ? "gates_not_met" : "gates_known_failed", { n: failed.length, codes: failed.join(", ") }));
  return make("span", {}, count ? say("gates_met_of", { met: met.length, all: count }) : say("no_gates"));
};

const conclusion = (assessment) => [
  make("p", {}, levelTag(assessment.level ? assessment.rank : 0, assessment.level ? inWords(assessment.level_label) : say("not_enough"))),
  make("p", { class: "concl__n" }, make("b", { class: "num" }, assessment.total === null ? interval(assessment.bounds) : number(assessment.total, 1)), ` ${say("points")} · `, gatesLine(assessment)),
  make("p", { class: "sub" }, `${say("internal")} ${say("answered_share", { n: number(100 * assessment.completeness) })} `,
    assessment.confidence === null ? "" : say("confidence", { n: number(assessment.confidence, 2) })),
];

const step = ({ code, from, to, gain, value }, index) => make("li", {}, make("b", { class: "lift__n num", "aria-hidden": "true" }, String(index + 1)),
  make("div", {}, make("b", {}, labelOf(code)), make("p", { class: "sub num" }, `${code} · ${say("from_to", { from: number(3 * from), to: number(3 * to) })}`,
    value === undefined || value === null ? "" : ` · ${say("needs", { value })}`)),
  make("b", { class: "num lift__g" }, `+${number(gain, 1)}`));

const lift = (assessment) => {
  const target = checklist.levels.find(({ name }) => name === assessment.lift_to);
  if (!target || !assessment.lift.length) return [make("p", { class: "sub" }, say(assessment.total === null ? "lift_later" : "lift_none"))];
  const then = assessment.total + assessment.lift.reduce((sum, { gain }) => sum + gain, 0);
  return [make("ol", { class: "lift" }, ...assessment.lift.map(step)),
    make("p", { class: "lift__then" }, `${say("then")} `, levelTag(target.rank, inWords(target.label)), " ", make("b", { class: "num" }, `${number(then, 1)} ${say("points")}`))];
};

const labelOfSection = (name) => page.sections.find(({ slug }) => slug === name)?.label ?? name;

const sections = ({ sections: found }) => Object.entries(found).filter(([, { weight, applicable }]) => weight > 0 && applicable).map(([name, { score, bounds }]) =>
  make("div", {}, make("dt", {}, make("b", {}, name), make("span", {}, labelOfSection(name))), make("dd", { class: "num" }, score === null ? interval(bounds) : number(score, 0))));

const gates = ({ gates_failed: failed, gates_open: open, gates_met: met }) => [
  ...failed.map((code) => [code, "fail", "x", "gate_failed"]), ...open.map((code) => [code, "none", "dash", "gate_open"]), ...met.map((code) => [code, "ok", "check", "gate_met"]),
].map(([code, look, sign, words]) => make("li", { class: `gl gl--${look}` }, icon(sign), make("b", { class: "num" }, code), make("span", {}, ` ${labelOf(code)} `), make("span", { class: "sub" }, say(words))));

const missing = (assessment) => {
  const codes = [...new Set(assessment.missing.map((place) => place.replace(/\[[^\]]*\]/g, "").split("/").filter(Boolean)))];
  const links = new Map();
  for (const parts of codes) {
    const code = parts.length > 1 && parts.at(-1).startsWith(parts[1]) ? parts[1] : parts.at(-1);
    links.set(code, parts.length > 1 ? parts[0] : "0");
  }
  return [...links].map(([code, section]) => make("a", { class: "code num", href: addressOf(section, code) }, code));
};

const addressOf = (section, code) => {
  const { id, version, scope } = page.checklist;
  return `${page.urls.app}fill/${encodeURIComponent(id)}/${encodeURIComponent(version)}/${scope}/${encodeURIComponent(section)}?visit=${encodeURIComponent(page.visit)}#${encodeURIComponent(code)}`;
};

const conflicts = () => openConflicts(log, live).map((question) => {
  const [, section, item] = question.split("#")[0].replace(/\[[^\]]*\]/g, "").split("/");
  return make("a", { class: "code num", href: addressOf(item ? section : "0", item ?? section) }, icon("two"), item ?? section);
});

function show() {
  const assessment = live.assessment();
  const found = live.recommendations();
  const put = (name, children) => refill(part(document, name), children.map((child) => child.outerHTML).join(), () => children);
  put("conclusion", conclusion(assessment));
  put("lift", lift(assessment));
  put("sections", sections(assessment));
  put("gates", gates(assessment));
  put("recommendations", found.map((one) => recommendationCard(one)));
  put("missing", missing(assessment));
  put("conflicts", conflicts());
  part(document, "count").textContent = String(found.length);
  for (const [name, isShown] of [["missing-box", assessment.missing.length > 0], ["conflicts-box", openConflicts(log, live).length > 0], ["none", found.length === 0]])
    part(document, name).hidden = !isShown;
}

function received(changes, people) {
  Object.assign(page.people, people);
  const touched = log.merge(changes.filter(({ visit }) => visit === page.visit));
  touched.forEach((question) => live.set(question, log.value(question)));
  Object.entries(recordedIn(log)).forEach(([question, value]) => live.set(question, value));
  if (touched.size) show();
}

function openPage(opened, open) {
  const { facts } = opened.visit;
  Object.assign(page, { visit: facts.id, people: { ...facts.members, ...opened.people }, person: opened.person, read_only: facts.read_only });
  const { store } = opened;
  log.merge(opened.changes);
  live = open({ answers: answersOf(log), today: facts.planned_on, scope: page.scope, unit: facts.unit, seed: facts.id });
  showFrame(opened);
  part(document, "about").textContent = `${facts.province_name} · ${facts.unit_code} · ${day(facts.planned_on)}`;
  pen = new Pen(opened, received);
  serveCopy(() => ({ store, visit: page.visit, person: page.person }));
  all("[data-action=copy]").forEach((button) => { button.hidden = !store; });
}

/** Start the page with `open` and `checklist` of the whole module. */
export const start = async (open, whole) => {
  checklist = whole;
  try {
    openPage(await openVisit(visitAsked()), open);
  } catch (error) {
    return showUnopened(error);
  }
  show();
  await pen.settle();
  document.documentElement.dataset.ready = "1";
  performance.mark("ready");
  return pen.exchange?.now();
};
