// A checklist read together with its answers, as far as the unit may read it: the twin of open_copy.py, items.py, blocks.py.
import { strip, topic, unstopped } from "./minutes_words.js";

const KEY = /\[[^\]]*\]/g;

const staticPath = (path) => path.replace(KEY, "");

/** The code of the question at an instance path: "/I/I02[a]/I02_cause" gives "I02". */
export const codeOf = (path) => staticPath(path).split("/").at(-1).split("_")[0];

export const walk = function* (node) {
  yield node;
  for (const child of node.children ?? []) yield* walk(child);
};

/** The instance of a repeat that a path lies in: "/J/J02[a]/name" of "/J/J02" gives "/J/J02[a]". */
const instanceOf = (path, repeat) => {
  const head = path.split("#")[0].split("/").slice(0, repeat.split("/").length).join("/");
  return head.endsWith("]") && staticPath(head) === repeat ? head : null;
};

/** The instance path of a question in or above an instance: "/J[a]/K[b]" and "/J/x" give "/J[a]/x". */
const beside = (instance, { path }) => {
  const keyed = instance.split("/");
  return path.split("/").map((step, depth) => (keyed[depth] !== undefined && staticPath(keyed[depth]) === step ? keyed[depth] : step)).join("/");
};

/** The repeats that a question or repeat lies in, the outermost first, and itself. */
const repeatsAround = (part, inner) => [...walk(part)].filter(({ type, path }) => type === "repeat" && `${inner.path}/`.startsWith(`${path}/`));

/** The answers of a log, the oldest first: instances of repeats stand in the order in which they were added. */
export const answersInOrder = (log) => {
  const current = Object.keys(log.answers()).map((question) => [question, log.current(question)]).filter(([, standing]) => standing.length);
  const oldest = ([, standing]) => standing.at(-1);
  const isBefore = (a, b) => a.at < b.at || (a.at === b.at && a.id < b.id);
  current.sort((one, other) => (isBefore(oldest(one), oldest(other)) ? -1 : 1));
  return Object.fromEntries(current.map(([question, [{ value }]]) => [question, value]));
};

const isEmpty = (value) => value === null || value === "" || (Array.isArray(value) && !value.length);

const only = (entries, isKept) => Object.fromEntries(Object.entries(entries).filter(([path]) => isKept(path)));

export class Sheet {
  #answers;
  #questions;

  /** `found` is {answers, questions, assessment, recommendations}: the answers in order, the rest as the module says. */
  constructor(plan, words, facts, found) {
    Object.assign(this, { plan, words, facts, names: facts.minutes.names[plan.language], rules: plan.rules });
    this.nodes = new Map(plan.nodes.flatMap((part) => [...walk(part)]).map((node) => [node.name, node]));
    this.listed = found.listed;
    this.#answers = found.answers;
    this.#questions = found.questions;
    // Before anything is left out: the consent may itself be a matter that is not shown.
    this.isNamed = plan.consent === null || this.value(plan.consent) === "yes";
    this.#leaveOut(found);
    this.areNamesShown = this.isNamed || plan.consent === null || !this.isOpen(plan.consent);
  }

  /** As if the confidential questions had never been in the checklist. */
  #leaveOut({ assessment, recommendations }) {
    const { paths, names, codes } = this.plan.hidden;
    const closed = new Set(paths);
    const secret = new Set(names);
    this.isOpen = (path) => !staticPath(path.split("#")[0]).split("/").some((_, depth, steps) => closed.has(steps.slice(0, depth + 1).join("/")));
    const isSecret = ({ confidential, findings }) => confidential || !findings.every(({ question }) => this.isOpen(question));
    this.hidden = new Set([...codes, ...recommendations.filter(isSecret).map(({ code }) => code)]);
    this.allRecommendations = recommendations;
    this.recommendations = recommendations.filter(({ code }) => !this.hidden.has(code));
    this.#answers = only(this.#answers, this.isOpen);
    this.#questions = only(this.#questions, this.isOpen);
    this.scores = only(assessment.items, this.isOpen);
    this.flagged = assessment.flagged.filter(this.isOpen);
    const shown = (gates) => gates.filter((name) => !secret.has(name));
    this.gates = { met: shown(assessment.gates_met), failed: shown(assessment.gates_failed), open: shown(assessment.gates_open) };
  }

  /** The top-level part of this name, if the checklist has it. */
  part(name) {
    return this.plan.nodes.find((node) => node.name === name);
  }

  /** A text of the answers in the language of the document, else in Vietnamese, else in any. */
  pick(text) {
    return text[this.plan.language] || text.vi || Object.values(text)[0] || "";
  }

  question(path) {
    return this.#questions[path] ?? { relevant: true, value: null, score: null, state: null };
  }

  value(path) {
    const { relevant, value } = this.question(path);
    if (!relevant) return null;
    return Object.hasOwn(this.#answers, path) ? this.#answers[path] : value;
  }

  /** Whether there is an answer at an instance path, or word of why there is none. */
  isAnswered(path) {
    return Boolean(this.question(path).state) || !isEmpty(this.value(path));
  }

  facet(path, name) {
    return strip(String(this.#answers[`${path}#${name}`] ?? ""));
  }

  *#questionsIn(node) {
    if (node.type === "repeat") return;
    if (!this.rules.silent.includes(node.type)) yield node;
    for (const child of node.children ?? []) yield* this.#questionsIn(child);
  }

  /** Personal data appear only with consent. */
  isShown(node) {
    return this.areNamesShown || !node.personal;
  }

  /** The questions in or below a node that apply, may be shown and can be put into words. */
  worded(node) {
    const asked = [...this.#questionsIn(node)].filter(({ type, label }) => label && !this.rules.not_in_words.includes(type));
    return asked.filter((one) => this.isShown(one) && this.question(one.path).relevant);
  }

  instances(repeat) {
    const known = [...Object.keys(this.#answers), ...Object.keys(this.#questions)];
    const heads = new Set(known.map((path) => instanceOf(path, repeat.path)).filter(Boolean));
    return [...heads].filter((head) => this.#answers[head] !== false);
  }

  /** The instance paths at which a question outside or inside repeats was answered. */
  places({ path }) {
    return Object.keys(this.#answers).filter((place) => staticPath(place) === path);
  }

  answer(node, path = node.path) {
    const value = this.value(path);
    return isEmpty(value) ? "" : this.#inWords(node, value, path);
  }

  #inWords(node, value, path) {
    const { type } = node;
    const kind = this.rules.counted[type];
    if (type === "select_one" || type === "select_multiple") return [value].flat().map((name) => this.#choice(node, String(name), path)).join("; ");
    if (type === "rank") return value.map((name, index) => `${index + 1}. ${this.#choice(node, String(name), path)}`).join("; ");
    if (type === "acknowledge") return this.words.plain("answer.acknowledged");
    if (type === "select_one_from_file" && value === this.facts.unit_code) return `${this.names.title} (${value})`;
    if (kind) return this.words.plain(`answer.${kind}`, { count: this.words.count(value.length) });
    if (type === "signature") return this.words.plain("answer.signed");
    return this.#literal(node, value);
  }

  #literal({ type, precision }, value) {
    if (typeof value === "number") return this.words.number(value);
    if (type === "time") return String(value).slice(0, 5);
    if (type === "date" || type === "dateTime") return this.words.shortMoment(String(value), precision);
    if (type === "geopoint") return value.split(" ").slice(0, 2).map((part) => Number(part).toFixed(5)).join(", ");
    return String(value);
  }

  #choice(node, name, path) {
    const words = (this.plan.choices[node.choices] ?? []).find(([known]) => known === name)?.[1];
    return words === undefined ? this.listed(node.choices, name) ?? name : this.#filled(words, path);
  }

  /** The words with what they quote, as it was answered beside the question at an instance path. */
  #filled(words, path) {
    return words.replace(/\$\{\s*([^}\s]+)\s*\}/g, (_, name) => {
      const other = this.nodes.get(name);
      return (other && this.isShown(other) ? this.answer(other, beside(path, other)) : "") || "…";
    });
  }

  /** The question as it was asked, with the answers it refers to filled in. */
  label(node) {
    return this.#filled(node.label ?? "", node.path);
  }

  /** The answer in words, or why there is none. */
  stated(node) {
    const { state } = this.question(node.path);
    if (state === "unknown") return this.words.plain("answer.unknown");
    if (state !== "na") return this.answer(node);
    const reason = this.facet(node.path, "reason");
    return reason ? this.words.plain("answer.na_because", { reason }) : this.words.plain("answer.na");
  }

  /** A question outside repeats as a line of the document; `score` is in [0, 1] or null. */
  item(node) {
    const { path, name } = node;
    const { score, state } = this.question(path);
    const counted = Object.hasOwn(this.scores, path) ? this.scores[path] : score;
    return {
      code: codeOf(path), topic: topic(this.label(node)), answer: this.stated(node), score: typeof counted === "number" ? counted : null, state,
      gate: ["failed", "open", "met"].find((one) => this.gates[one].includes(name)) ?? null, note: unstopped(this.facet(path, "note")),
    };
  }

  #joined(group) {
    const answers = this.worded(group).map((node) => [topic(this.label(node)), this.stated(node)]).filter(([, answer]) => answer);
    return { code: codeOf(group.path), topic: topic(this.label(group)), answer: answers.map(([label, answer]) => `${label}: ${unstopped(answer)}`).join("; "), note: "" };
  }

  #entries(part) {
    return (part.children ?? []).flatMap((child) => {
      const isOne = child.type === "group" && child.label && ![...walk(child)].some(({ section }) => section);
      if (isOne) return [this.#joined(child)];
      return child.type === "repeat" ? [] : this.worded(child).map((node) => this.item(node));
    });
  }

  /** The scored items that count in a section and apply to this unit, in the order of the sheet. */
  scored(section) {
    const all = this.plan.nodes.flatMap((part) => [...walk(part)]);
    return all.filter((node) => node.section === section && this.question(node.path).relevant).map((node) => this.item(node));
  }

  /** The instance paths of the questions that apply: one in a repeat is asked in each of its instances. */
  asked() {
    const { silent, unasked } = this.rules;
    const asks = ({ type }) => !silent.includes(type) && !unasked.includes(type);
    const paths = this.plan.nodes.flatMap((part) => [...walk(part)].filter(asks).flatMap((node) => this.#placesOf(part, node)));
    return paths.filter((path) => this.question(path).relevant);
  }

  #placesOf(part, node) {
    const around = repeatsAround(part, node).at(-1);
    return around ? this.instances(around).map((instance) => beside(instance, node)) : [node.path];
  }

  /** The answered questions of a part, outside repeats. */
  lines(part) {
    return this.#entries(part).filter(({ answer }) => answer);
  }

  /** The repeats inside a part that have instances, as {title, columns, rows}; the code `without` is left out. */
  tables(part, without = "") {
    const repeats = [...walk(part)].filter(({ type, path }) => type === "repeat" && codeOf(path) !== without);
    return repeats.map((repeat) => this.#table(part, repeat)).filter(({ columns, rows }) => columns.length && rows.length);
  }

  #table(part, repeat) {
    const columns = repeatsAround(part, repeat).flatMap((around) => (around.children ?? []).flatMap((child) => this.worded(child)));
    const rows = this.instances(repeat).map((instance) => columns.map((one) => this.answer(one, beside(instance, one))));
    const isUsed = columns.map((_, at) => rows.some((row) => row[at]));
    const used = (cells) => cells.filter((_, at) => isUsed[at]);
    return { title: topic(this.label(repeat)), columns: used(columns).map((one) => topic(this.label(one))), rows: rows.filter((row) => row.some(Boolean)).map(used) };
  }

  /** The levels before and after, of each instance in which both were judged. */
  pairs(before, after) {
    const [first, last] = [this.nodes.get(before), this.nodes.get(after)];
    const around = [...this.nodes.values()].filter(({ type, path }) => type === "repeat" && first && last && first.path.startsWith(`${path}/`));
    if (!around.length) return [];
    const depth = ({ path }) => path.split("/").length;
    const innermost = around.reduce((deepest, one) => (depth(one) > depth(deepest) ? one : deepest));
    const found = this.instances(innermost).map((instance) => [first, last].map((node) => this.value(beside(instance, node))));
    return found.filter((pair) => pair.every((level) => /^\d+$/.test(String(level)))).map((pair) => pair.map(Number));
  }
}
