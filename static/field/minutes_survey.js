// What the survey found in each section, without scores: the twin of findings.py, conclusion.py and coaching.py.
import { codeOf } from "./minutes_sheet.js";
import { topic } from "./minutes_words.js";

const codes = (items) => items.map(({ code }) => code).join(", ");

/** The scored sections of the checklist with their items by what they mean for the unit. */
export const sectionViews = (sheet) => sheet.plan.sections.map(({ name, title }) => {
  const items = sheet.scored(name);
  const done = items.filter(({ score, state }) => score !== null && state !== "na");
  const { full, good } = sheet.rules;
  return {
    name, title, full: done.filter(({ score }) => score >= full), partial: done.filter(({ score }) => score >= good && score < full),
    weak: done.filter(({ score }) => score < good), unanswered: items.filter(({ score, state }) => score === null && state !== "na"),
  };
});

const itemsOf = ({ full, partial, weak, unanswered }) => [...full, ...partial, ...weak, ...unanswered];

const sum = (views, count) => views.reduce((total, view) => total + count(view), 0);

const surveyed = ({ full, partial, weak }) => full.length + partial.length + weak.length;

const numbersOf = (sheet, { name }) => {
  const part = sheet.part(name);
  return part ? sheet.worded(part).filter((node) => sheet.rules.numbers.includes(node.type) && sheet.answer(node)) : [];
};

const sectionSummary = ({ words }, view) => {
  const done = surveyed(view);
  if (!done && !view.unanswered.length) return words.say("results.nothing_applies");
  const counts = Object.fromEntries(["full", "partial", "weak"].map((name) => [name, words.count(view[name].length)]));
  const weak = view.weak.length ? ` (${codes(view.weak)})` : "";
  return words.say("results.section", { answered: words.count(done), applicable: words.count(done + view.unanswered.length), codes: weak, ...counts });
};

const figures = (sheet, asked) => {
  const { words } = sheet;
  const told = asked.map((node) => words.plain("results.figure", { topic: topic(sheet.label(node)), answer: sheet.answer(node), code: codeOf(node.path) }));
  return told.length ? words.say("results.figures", { figures: told.join("; ") }) : null;
};

/** The sections in which anything was found: {title, summary, figures, failed, undecided}. */
export const results = (sheet, views) => views.map((view) => [view, numbersOf(sheet, view)]).filter(([view, asked]) => surveyed(view) || asked.length).map(([view, asked]) => ({
  title: view.title, summary: sectionSummary(sheet, view), figures: figures(sheet, asked),
  failed: itemsOf(view).filter(({ gate }) => gate === "failed"), undecided: codes(itemsOf(view).filter(({ gate }) => gate === "open")),
}));

/** How many questions were answered of those that apply, where nothing with a score was. */
const answeredTotal = (sheet) => {
  const { words, plan } = sheet;
  const asked = sheet.asked();
  const answered = asked.filter((path) => sheet.isAnswered(path)).length;
  if (!answered) return words.say("results.nothing");
  return words.say("results.answered", { title: plan.title, version: plan.version, answered: words.count(answered), asked: words.count(asked.length) });
};

/** How much was surveyed and how many required conditions are met, counted from what is shown. */
export const surveyTotal = (sheet, views) => {
  const { words, gates, plan } = sheet;
  const done = sum(views, surveyed);
  if (!done) return answeredTotal(sheet);
  const met = gates.met.length;
  const numbers = { answered: done, applicable: done + sum(views, ({ unanswered }) => unanswered.length), met, gates: met + gates.failed.length + gates.open.length };
  const counts = Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, words.count(number)]));
  return words.say("results.total", { title: plan.title, version: plan.version, ...counts });
};

/** Part II: {counts, lines, tables}; how many were coached, rose and reached the highest level. */
export const coached = (sheet) => {
  const { words, rules } = sheet;
  const part = sheet.part(rules.coaching.part);
  if (!part) return { counts: null, lines: [], tables: [] };
  const changes = sheet.pairs(rules.coaching.before, rules.coaching.after);
  const numbers = { count: changes.length, better: changes.filter(([before, after]) => after > before).length, expert: changes.filter(([, after]) => after === 3).length };
  const counts = Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, words.count(number)]));
  return { counts: changes.length ? words.say("coaching.counts", counts) : null, lines: sheet.lines(part), tables: sheet.tables(part, rules.coaching.officers) };
};

/** What is met. */
export const strengths = ({ words, gates }, views) => {
  const full = sum(views, (view) => view.full.length);
  return [
    ...(gates.met.length ? [words.say("strengths.gates", { count: words.count(gates.met.length), codes: gates.met.join(", ") })] : []),
    ...(full ? [words.say("strengths.full", { count: words.count(full) })] : []),
  ];
};

/** What is absent or was not shown. */
export const shortcomings = ({ words, flagged }, views) => {
  const absent = views.flatMap(({ weak }) => weak).filter(({ score, gate }) => !score && gate !== "failed");
  return [
    ...(absent.length ? [words.say("shortcomings.absent", { count: words.count(absent.length), codes: codes(absent) })] : []),
    ...(flagged.length ? [words.say("shortcomings.flagged", { count: words.count(flagged.length), codes: flagged.map(codeOf).join(", ") })] : []),
  ];
};

/** What the required conditions say, what is not met by its topic; null without any. */
export const gatesSentence = ({ words, gates: { met, failed, open } }, views) => {
  const all = words.count(met.length + failed.length + open.length);
  if (!met.length && !failed.length && !open.length) return null;
  if (!failed.length && !open.length) return words.say("verdict.gates_met", { all });
  const topics = Object.fromEntries(views.flatMap(itemsOf).map((item) => [item.code, item.topic]));
  const named = failed.flatMap((code, at) => [at ? "; " : "", ["b", {}, code], ` (${topics[code] ?? ""})`]);
  const parts = failed.length ? words.say("verdict.gates_failed", { count: words.count(failed.length), named, all }) : [];
  return open.length ? [...parts, failed.length ? " " : "", ...words.say("verdict.gates_open", { count: words.count(open.length), codes: open.join(", ") })] : parts;
};
