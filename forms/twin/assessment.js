// The assessment of a visit: scores, gates, completeness, bounds, confidence, level. The twin of assessment.py.
// Nothing is rounded here, and sums run in the order of the sheet, so that both twins reach the same last digit.
import { f } from "./functions/library.js";
import { Undecided } from "./undecided.js";

export const TOLERANCE = 1e-9;

export const figures = (() => {
  const factors = { seen: 1, photo: 1, document: 0.7, statement: 0.4, none: 0 };

  function sum(numbers) {
    return numbers.reduce((total, number) => total + number, 0);
  }

  function weightedMean(pairs) {
    const weight = sum(pairs.map((pair) => pair[0]));
    return weight > 0 ? sum(pairs.map((pair) => pair[0] * pair[1])) / weight : null;
  }

  // A figure as level rules see it, free of the dust of binary fractions.
  function settle(figure) {
    return Math.floor(figure * 1e9 + 0.5) / 1e9;
  }

  function meanScore(scores) {
    if (scores.length === 1 && typeof scores[0] === "number") return scores[0];
    const applicable = scores.filter((score) => score !== "na").map((score) => (score === "unknown" ? 0 : score));
    if (!applicable.length) return "na";
    return applicable.every((score) => typeof score === "number") ? sum(applicable) / applicable.length : null;
  }

  function meanEvidence(state, path, asked) {
    if (!state.kept.has(state.plan.items.get(path).facets.evidence)) return 0;
    const applicable = asked.filter((keys) => state.result(path, "score", keys) !== "na");
    return sum(applicable.map((keys) => factors[state.answer(path, keys, "evidence")] ?? 0)) / applicable.length;
  }

  function sumUp(plan, entries) {
    const scored = plan.checklist.sections.filter((section) => section.weight > 0);
    const inside = new Map(scored.map(({ name }) => [name, []]));
    for (const entry of entries) inside.get(entry.section)?.push(entry);
    return scored.map(({ name, weight }) => section(name, weight, inside.get(name))).filter((found) => found.applicable);
  }

  function section(name, weight, entries) {
    const answered = entries.filter((entry) => entry.score !== null);
    const worth = sum(answered.map((entry) => entry.weight * entry.score));
    const answeredWeight = sum(answered.map((entry) => entry.weight));
    const totalWeight = sum(entries.map((entry) => entry.weight));
    const least = worth / totalWeight;
    return {
      name,
      weight,
      worth,
      totalWeight,
      least,
      most: (worth + (totalWeight - answeredWeight)) / totalWeight,
      completeness: answeredWeight / totalWeight,
      answered: answered.length,
      applicable: entries.length,
      score: answered.length === entries.length ? least : null,
    };
  }

  function gateIsFailed(entry) {
    return entry.score !== null && wouldFailGate(entry, entry.score);
  }

  function wouldFailGate({ item }, score) {
    const { gate } = item.node;
    return gate !== undefined && score < gate - TOLERANCE;
  }

  return { sum, weightedMean, settle, meanScore, meanEvidence, sumUp, gateIsFailed, wouldFailGate };
})();

export class Assessment {
  constructor(state, items, entries) {
    this.state = state;
    this.items = items;
    this.entries = entries;
    this.sections = figures.sumUp(state.plan, entries);
    const mean = (pick) => figures.weightedMean(this.sections.map((section) => [section.weight, pick(section)]));
    this.bounds = [100 * (mean((section) => section.least) ?? 0), 100 * (mean((section) => section.most) ?? 1)];
    const complete = this.sections.length && this.sections.every((section) => section.score !== null);
    this.total = complete ? this.bounds[0] : null;
    this.completeness = mean((section) => section.completeness) ?? 0;
    this.gates = entries.filter(({ item }) => item.node.gate !== undefined);
    this.gatesFailed = this.gates.filter(figures.gateIsFailed).map(({ item }) => item.node.name);
  }

  get confidence() {
    const shares = new Map(this.sections.map((section) => [section.name, section.weight / section.totalWeight]));
    const answered = this.entries.filter((entry) => entry.score !== null);
    const weigh = (entry) => [shares.get(entry.section) * entry.weight, entry.evidence];
    return figures.weightedMean(answered.map(weigh));
  }

  get totalForRules() {
    return this.total === null ? null : figures.settle(this.total);
  }

  get lowestForRules() {
    const scores = this.sections.map((section) => section.score);
    return scores.length && !scores.includes(null) ? figures.settle(100 * Math.min(...scores)) : null;
  }

  // Place of the level among the checklist's, -1 while the total is not known.
  get levelPlace() {
    if (this.total === null) return -1;
    this.place ??= this.state.plan.levels.findIndex(({ when }) => when(this.state, [], f));
    return this.place;
  }

  toJSON() {
    const level = this.state.plan.checklist.levels[this.levelPlace] ?? null;
    const met = this.gates.filter((entry) => entry.score !== null && !figures.gateIsFailed(entry));
    return {
      total: this.total,
      level: level && level.name,
      level_label: level && level.label,
      rank: level && level.rank,
      sections: Object.fromEntries(this.sections.map((section) => [section.name, Assessment.#sectionJSON(section)])),
      items: this.items,
      gates_failed: this.gatesFailed,
      gates_open: this.gates.filter((entry) => entry.score === null).map(({ item }) => item.node.name),
      gates_met: met.map(({ item }) => item.node.name),
      completeness: this.completeness,
      bounds: this.bounds,
      missing: findMissing(this.state),
      confidence: this.confidence,
      flagged: findFlagged(this.state),
    };
  }

  static #sectionJSON(section) {
    return {
      score: section.score === null ? null : 100 * section.score,
      weight: section.weight,
      completeness: section.completeness,
      bounds: [100 * section.least, 100 * section.most],
      answered: section.answered,
      applicable: section.applicable,
    };
  }
}

export function assess(state) {
  const items = {};
  const entries = [];
  const undecided = new Undecided(state);
  for (const item of state.plan.scored) {
    const { path, node } = item;
    const mayBeAsked = (keys) => state.isRelevant(item, keys) || undecided.isUndecided(item, keys);
    const asked = state.keysOf(item.repeats).filter(mayBeAsked);
    if (!asked.length) continue;
    const score = figures.meanScore(asked.map((keys) => state.result(path, "score", keys)));
    items[path] = score;
    if (score === "na") continue;
    const evidence = score === null ? 0 : figures.meanEvidence(state, path, asked);
    entries.push({ item, section: node.section, weight: node.weight, score, evidence });
  }
  return new Assessment(state, items, entries);
}

function findMissing(state) {
  const missing = [];
  for (const item of state.plan.items.values()) {
    const scored = item.node.weight > 0 && item.node.section;
    if (!scored && !item.node.required) continue;
    for (const keys of state.keysOf(item.repeats)) {
      if (!state.isRelevant(item, keys)) continue;
      const lacks = scored ? state.result(item.path, "score", keys) === null : state.lacksRequired(item, keys);
      if (lacks) missing.push(state.plan.instancePath(item, keys));
    }
  }
  return missing;
}

function holdsUnknown(state, item) {
  for (const score of state.results[item.cells.score].values()) if (score === "unknown") return true;
  return false;
}

function findFlagged(state) {
  const flagged = [];
  for (const item of state.plan.items.values()) {
    if (!state.kept.has(item.facets.state) && !(item.cells.score !== undefined && holdsUnknown(state, item))) continue;
    for (const keys of state.keysOf(item.repeats)) {
      if (state.stateOf(item, keys) === "unknown") flagged.push(state.plan.instancePath(item, keys));
    }
  }
  return flagged;
}
