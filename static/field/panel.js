// The live panel and the rail: what the answers amount to so far. An interval while anything is missing, never a point.
import { all, find, hide, icon, make, refill, setAttribute, setText } from "./dom.js";
import { clock, inWords, interval, number, page, say } from "./words.js";

const slot = (name) => find(`[data-live="${name}"]`);
const SIGNS = { met: ["check", "ok"], failed: ["x", "fail"], two: ["two", "two"], open: ["dash", "none"] };

const gatesOf = (assessment, log, placeOf) => {
  const named = (codes, state) => codes.map((code) => [code, log.isConflict(placeOf(code)) ? "two" : state]);
  return [
    ...named(assessment.gates_met, "met"), ...named(assessment.gates_failed, "failed"), ...named(assessment.gates_open, "open"),
  ].sort(([a], [b]) => (a < b ? -1 : 1));
};

const showGates = (gates) => {
  const key = gates.flat().join();
  hide(slot("gates-title"), gates.length === 0);
  setText(slot("gates-title"), say("gates", { n: gates.length }));
  refill(slot("gates"), key, () => gates.map(([code, state]) => {
    const [sign, look] = SIGNS[state];
    const words = make("span", { class: "vh" }, ` ${say(`gate_${state}`)}`);
    return make("li", { class: `gt gt--${look}` }, icon(sign), make("b", { class: "num" }, code), words);
  }));
  const count = (state) => gates.filter(([, found]) => found === state).length;
  const counted = Object.keys(SIGNS).filter((state) => count(state)).map((state) =>
    make("span", {}, icon(SIGNS[state][0]), say(`gates_${state}`, { n: count(state) })));
  refill(slot("gates-count"), key, () => counted);
  hide(slot("failed"), count("failed") === 0);
  setText(find("span", slot("failed")), say("gates_failed", { n: count("failed") }));
};

const showSections = (sections) => {
  const scored = Object.entries(sections).filter(([, section]) => section.weight > 0 && section.applicable);
  const label = (name) => (page.sections.find(({ slug }) => slug === name) ?? page.sections.find(({ slug }) => slug === "0"))?.label ?? "";
  const list = slot("sections");
  refill(list, JSON.stringify(scored.map(([name]) => name)), () => scored.map(([name]) =>
    make("div", {}, make("dt", {}, make("b", {}, name), make("span", {}, label(name))), make("dd", { class: "num" }))));
  const rows = [...list.children];
  scored.forEach(([, { score, bounds }], index) => setText(rows[index].lastElementChild, score === null ? interval(bounds) : number(score, 0)));
};

const showConclusion = (assessment, conflicts) => {
  const decided = assessment.level !== null && conflicts === 0;
  const missing = say("still_missing", { n: assessment.missing.length });
  const differing = conflicts ? `, ${say("still_differing", { n: conflicts })}` : "";
  refill(slot("conclusion"), `${assessment.level}${missing}${differing}`, () => decided
    ? [make("b", {}, inWords(assessment.level_label))]
    : [make("b", {}, say("not_enough")), ` ${missing}${differing}.`]);
};

/** Everything in the panel, from an assessment as the checklist's module computes it. */
export const showAssessment = (assessment, log, conflicts, placeOf) => {
  const figure = assessment.total === null ? interval(assessment.bounds) : number(assessment.total, 1);
  const [low, high] = assessment.bounds;
  const bar = slot("range");
  setText(slot("short"), figure);
  setText(slot("figure"), figure);
  setText(slot("why"), say(assessment.total === null ? "why_interval" : "why_figure"));
  setText(slot("title"), say(assessment.total === null ? "provisional" : "computed"));
  setAttribute(bar, "x", low * 2.8);
  setAttribute(bar, "width", Math.max(3, (high - low) * 2.8));
  showConclusion(assessment, conflicts);
  showGates(gatesOf(assessment, log, placeOf));
  showSections(assessment.sections);
};

const initials = (name) => name.split(" ").slice(-2).map((word) => word[0]).join("").toUpperCase();

const here = ({ name, at }) => make("span", { class: "who who--here", title: say("works_here", { name, time: clock(at) }) },
  make("span", { "aria-hidden": "true" }, initials(name)), make("span", { class: "vh" }, say("works_here", { name, time: clock(at) })));

const shown = new Map();

/** Progress of every section: answered and asked questions, a gate that failed, people who disagree. */
export const showProgress = (progress) => {
  for (const link of all(".rail__a")) {
    const { answered, asked, conflict, failed, people } = progress[link.dataset.section];
    const key = JSON.stringify(progress[link.dataset.section]);
    if (shown.get(link) === key) continue;
    shown.set(link, key);
    setText(find(".rail__n", link), `${answered}/${asked}`);
    setAttribute(find(".bar__fill", link), "width", asked ? (100 * answered) / asked : 100);
    link.classList.toggle("is-full", answered === asked);
    link.classList.toggle("is-marked", conflict || failed || people.length > 0);
    refill(find(".rail__w", link), JSON.stringify([conflict, failed, people]), () => [
      ...people.map(here),
      conflict ? make("span", { class: "rail__m rail__m--two" }, icon("two"), make("span", { class: "vh" }, say("has_conflict"))) : null,
      failed ? make("span", { class: "rail__m rail__m--err" }, icon("gate"), make("span", { class: "vh" }, say("has_failed_gate"))) : null,
    ].filter(Boolean));
  }
};
