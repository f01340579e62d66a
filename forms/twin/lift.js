// What lifts a unit one level: the fewest improved items, each improved least. The twin of lift.py, step by step.
import { f } from "./functions/library.js";
import { TOLERANCE, figures } from "./assessment.js";
import { steps } from "./next_step.js";

const RUBRIC = [0, 1 / 3, 2 / 3, 1];
const MAX_COMBINATIONS = 4096;

// A state as formulas see it, with other item scores and what they amount to.
class Supposed {
  constructor(state, scores, { total, lowest, failed }) {
    Object.assign(this, { state, scores, today: state.today, now: state.now });
    this.total = () => total;
    this.lowestSection = () => lowest;
    this.gatesFailed = () => failed;
  }

  value(path, keys) {
    return this.state.value(path, keys);
  }

  instances(repeat, keys) {
    return this.state.instances(repeat, keys);
  }

  position(repeat, keys) {
    return this.state.position(repeat, keys);
  }

  label(path, keys, language) {
    return this.state.label(path, keys, language);
  }

  itemScore(path, keys) {
    return this.scores.has(path) ? this.scores.get(path) : this.state.itemScore(path, keys);
  }
}

// Of an assessment that later answers have overtaken, too: then without the nearest answers of numbers.
export function liftToNextLevel(state, assessment) {
  const place = assessment.levelPlace;
  if (place < 1) return { lift_to: null, lift: [] };
  const search = new Search(state, assessment, state.plan.levels[place - 1]);
  const chosen = search.smallest();
  if (chosen === null) return { lift_to: null, lift: [] };
  const lift = search.least(chosen).map(([candidate, to]) => search.describe(candidate, to));
  return { lift_to: state.plan.checklist.levels[place - 1].name, lift };
}

class Search {
  constructor(state, assessment, { when, scores, gates, lowest }) {
    Object.assign(this, { state, assessment, when, lowest, scores });
    this.entries = assessment.entries;
    this.sections = assessment.sections;
    this.failed = assessment.gatesFailed.length;
    this.worth = this.sections.map((section) => section.worth);
    const whole = figures.sum(this.sections.map((section) => section.weight));
    const share = ({ name, weight, totalWeight }) => [name, (100 * weight) / whole / totalWeight];
    this.shares = new Map(this.sections.map(share));
    this.candidates = this.findCandidates();
    this.singledOut = this.candidates.filter((one) => scores.includes(one.path));
    this.gates = this.candidates.filter((one) => gates && one.mendsGate && !this.singledOut.includes(one));
    this.plain = this.candidates.filter((one) => !this.singledOut.includes(one) && !this.gates.includes(one));
  }

  findCandidates() {
    const found = [];
    const places = new Map(this.sections.map((section, place) => [section.name, place]));
    this.entries.forEach((entry, index) => {
      const above = this.attainable(entry).filter((step) => step > entry.score + TOLERANCE);
      if (!above.length || !this.shares.has(entry.section)) return;
      const reach = above.at(-1);
      const mendsGate = figures.gateIsFailed(entry) && !figures.wouldFailGate(entry, reach);
      const [gain, rise] = [this.gain(entry, reach), entry.weight * (reach - entry.score)];
      const [section, { path }] = [places.get(entry.section), entry.item];
      found.push({ index, section, path, steps: above, reach, gain, rise, mendsGate });
    });
    return found.sort(Search.byOrder);
  }

  attainable({ item: { node } }) {
    if (node.score) return RUBRIC;
    const choices = [...(this.state.plan.choices.get(node.choices)?.values() ?? [])];
    const scores = choices.map((choice) => choice.score).filter((score) => typeof score === "number");
    return scores.length ? [...new Set(scores)].sort((one, other) => one - other) : RUBRIC;
  }

  gain(entry, to) {
    return this.shares.get(entry.section) * entry.weight * (to - entry.score);
  }

  // Whether the condition is met once these items have these scores.
  holds(raised) {
    const worth = [...this.worth];
    const scores = new Map();
    let { failed } = this;
    for (const [candidate, score] of raised) {
      const entry = this.entries[candidate.index];
      worth[candidate.section] += entry.weight * (score - entry.score);
      if (figures.gateIsFailed(entry) && !figures.wouldFailGate(entry, score)) failed -= 1;
      scores.set(candidate.path, score);
    }
    return this.isMet(worth, failed, scores);
  }

  // Whether the condition is met once these are raised as far as they can be.
  reaches(chosen) {
    const worth = [...this.worth];
    const scores = new Map();
    let { failed } = this;
    for (const { section, rise, mendsGate, path, reach } of chosen) {
      worth[section] += rise;
      if (mendsGate) failed -= 1;
      if (this.scores.includes(path)) scores.set(path, reach);
    }
    return this.isMet(worth, failed, scores);
  }

  isMet(worth, failed, scores) {
    const reached = this.sections.map((section, place) => [section.weight, worth[place] / section.totalWeight]);
    const total = figures.settle(100 * (figures.weightedMean(reached) ?? 0));
    const lowest = figures.settle(100 * Math.min(...reached.map((pair) => pair[1])));
    return this.when(new Supposed(this.state, scores, { total, lowest, failed }), [], f);
  }

  smallest() {
    if (!this.reaches(this.candidates)) return null;
    const combinations = this.combinations();
    if (combinations === null) return this.greedy();
    const fewest = this.fewestMended();
    let best = null;
    for (const special of combinations) {
      if (best && special.length > best.length) break;
      if (Search.countMended(special) < fewest) continue;
      const found = this.complete(special, best ? best.length : this.candidates.length);
      if (found && (best === null || Search.byRank(found, best) < 0)) best = found;
    }
    return best;
  }

  // How many gates must be mended at least, whatever else improves; with fewer nothing has to be tried.
  fewestMended() {
    const worth = [...this.worth];
    for (const { section, rise } of this.candidates) worth[section] += rise;
    const scores = new Map(this.candidates.map(({ path, reach }) => [path, reach]));
    const most = Search.countMended([...this.singledOut, ...this.gates]);
    let number = 0;
    while (number < most && !this.isMet(worth, this.failed - number, scores)) number += 1;
    return number;
  }

  combinations() {
    const groups = [
      ...this.singledOut.map((one) => [[], [one]]),
      ...Search.bySection(this.gates).map((group) => [...group, null].map((_, count) => group.slice(0, count))),
    ];
    if (groups.reduce((number, group) => number * group.length, 1) > MAX_COMBINATIONS) return null;
    const start = [[]];
    const all = groups.reduce((made, group) => made.flatMap((one) => group.map((more) => [...one, ...more])), start);
    return all.sort(Search.byRank);
  }

  complete(special, limit) {
    let least = 0;
    let most = Math.min(this.plain.length, limit - special.length);
    let found = this.withPlain(special, most);
    if (found === null) return null;
    while (least < most) {
      const middle = Math.floor((least + most) / 2);
      const fewer = this.withPlain(special, middle);
      if (fewer === null) least = middle + 1;
      else [most, found] = [middle, fewer];
    }
    return found;
  }

  withPlain(special, number) {
    let tried = null;
    for (const needed of this.lowest ? this.floors(special, number) : [[]]) {
      const held = new Set(needed);
      const rest = this.plain.filter((one) => !held.has(one)).slice(0, number - needed.length);
      const plain = [...needed, ...rest].sort(Search.byOrder);
      const isNew = tried === null || plain.length !== tried.length || plain.some((one, place) => one !== tried[place]);
      if (isNew && this.reaches([...special, ...plain])) return [...special, ...plain];
      tried = plain;
    }
    return null;
  }

  *floors(special, number) {
    const heights = this.heights(special);
    const floors = [...new Set(heights.flatMap(([, reached]) => reached))].sort((one, other) => one - other);
    for (const floor of floors) {
      const counts = heights.map(([, reached]) => reached.findIndex((height) => height >= floor - TOLERANCE));
      if (counts.includes(-1)) return;
      const needed = heights.flatMap(([group], place) => group.slice(0, counts[place]));
      if (needed.length > number) return;
      yield needed;
    }
  }

  heights(special) {
    return this.sections.map((section, place) => {
      const group = this.plain.filter((one) => one.section === place);
      const raised = figures.sum(special.filter((one) => one.section === place).map((one) => one.rise));
      const reached = [section.least + raised / section.totalWeight];
      for (const one of group) reached.push(reached.at(-1) + one.rise / section.totalWeight);
      return [group, reached];
    });
  }

  greedy() {
    let chosen = [];
    for (const candidate of this.candidates) {
      if (this.reaches(chosen)) break;
      chosen.push(candidate);
    }
    for (const candidate of [...chosen].reverse()) {
      const without = chosen.filter((other) => other !== candidate);
      if (this.reaches(without)) chosen = without;
    }
    return chosen;
  }

  least(chosen) {
    const raised = new Map(chosen.map((candidate) => [candidate.index, [candidate, candidate.reach]]));
    for (const candidate of [...chosen].sort(Search.byOrder).reverse()) {
      const enough = (step) => this.holds([...new Map(raised).set(candidate.index, [candidate, step]).values()]);
      const step = candidate.steps.find(enough);
      if (step !== undefined) raised.set(candidate.index, [candidate, step]);
    }
    const points = ([candidate, to]) => this.gain(this.entries[candidate.index], to);
    return [...raised.values()].sort((one, other) => points(other) - points(one) || one[0].index - other[0].index);
  }

  describe(candidate, to) {
    const entry = this.entries[candidate.index];
    const { item } = entry;
    const gain = this.gain(entry, to);
    const found = { question: item.path, code: item.node.name, from: entry.score, to, gain };
    const isCurrent = this.state.assessment() === this.assessment;
    const value = item.repeats.length || !isCurrent ? null : steps.nearestAnswer(this.state, item, [], to);
    return value === null ? found : { ...found, value };
  }

  // Larger gain first, then the order of the sheet.
  static byOrder(one, other) {
    return other.gain - one.gain || one.index - other.index;
  }

  // Few first, then large gain, then the order of the sheet.
  static byRank(one, other) {
    if (one.length !== other.length) return one.length - other.length;
    const [gain, otherGain] = [one, other].map((many) => figures.settle(figures.sum(many.map(({ gain }) => gain))));
    if (gain !== otherGain) return otherGain - gain;
    const [places, others] = [one, other].map((many) => many.map(({ index }) => index).sort((a, b) => a - b));
    const differing = places.findIndex((place, number) => place !== others[number]);
    return differing < 0 ? 0 : places[differing] - others[differing];
  }

  static countMended(candidates) {
    return candidates.filter(({ mendsGate }) => mendsGate).length;
  }

  static bySection(candidates) {
    const groups = new Map();
    for (const one of candidates) groups.set(one.section, [...(groups.get(one.section) ?? []), one]);
    return [...groups.values()];
  }
}
