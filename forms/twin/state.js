// The live state of one visit's answers under the logic of its checklist. The twin of state.py.
import { FACETS, UnknownNameError, WrongValueError, checks, places } from "./answers.js";
import { assess, figures } from "./assessment.js";
import { computing } from "./computing.js";
import { validity } from "./validity.js";
import { wording } from "./wording.js";

// Results, answers and instances are kept by the keys joined with "/"; outside repeats that is "".
export class State {
  constructor(plan, { answers = {}, today, scope = "full", unit = null, now = null, seed = "" }) {
    this.plan = plan;
    this.today = today;
    this.now = now ?? `${today}T00:00:00`;
    this.seed = seed;
    this.unit = unit;
    this.unit_code = String(unit?.code ?? "");
    this.unit_kind = String(unit?.kind ?? "");
    this.isShort = scope === "core";
    this.kept = new Map();
    this.touched = new Map();
    this.results = plan.cells.map(() => new Map());
    this.positions = new Map();
    this.allKeys = new Map();
    this.assessed = null;
    this.#takeIn(answers);
    this.compute = plan.cells.map((cell) => computing[cell.kind](this, cell));
    for (const cell of plan.cells) {
      const results = this.results[cell.index];
      for (const keys of this.keysOf(cell.repeats)) results.set(keys.join("/"), this.compute[cell.index](keys));
    }
  }

  // Write one answer; returns the instance paths of everything that changed with it.
  set(reference, value) {
    const place = this.locate(reference);
    return this.write(place, this.#check(reference, place, value));
  }

  write(place, value) {
    if (!this.#store(place, value)) return new Set();
    this.assessed = null;
    const changed = this.#propagate(this.#seeds(place));
    const paths = new Set([this.plan.instancePath(place.item, place.keys)]);
    for (const [index, keys] of changed) this.#addPaths(this.plan.cells[index], keys, paths);
    return paths;
  }

  locate(reference) {
    const place = places.parse(reference);
    const path = place && (this.plan.items.has(place.path) ? place.path : this.plan.pathOf(place.path));
    const item = path && this.plan.items.get(path);
    const isInstance = item && item.node.type === "repeat" && !place.facet;
    const fits = item && place.keys.length === item.repeats.length + (isInstance ? 1 : 0);
    const isAsked = fits && (isInstance || item.isQuestion) && places.takesFacet(item.node, place.facet);
    if (!isAsked) throw new UnknownNameError([reference]);
    return { ...place, path, item };
  }

  answer(path, keys, facet = "") {
    return this.kept.get(facet ? `${path}#${facet}` : path)?.get(keys.join("/")) ?? null;
  }

  hasAnswer(path, keys) {
    return this.kept.get(path)?.has(keys.join("/")) ?? false;
  }

  // Keys of the instances of a repeat in which an answer lies, under these parent keys.
  inside(repeat, keys) {
    const counts = this.touched.get(repeat)?.get(keys.join("/"));
    return counts ? [...counts].filter(([, count]) => count).map(([key]) => [...keys, key]) : [];
  }

  answers() {
    const found = {};
    for (const [name, byKeys] of this.kept) {
      const [path, facet] = name.split("#");
      for (const [joined, value] of byKeys) {
        const place = this.plan.instancePath(this.plan.items.get(path), joined ? joined.split("/") : []);
        found[facet ? `${place}#${facet}` : place] = value;
      }
    }
    return found;
  }

  // What formulas may ask.

  value(path, keys) {
    return this.result(path, "value", keys) ?? null;
  }

  instances(repeat, keys) {
    if (!this.isRelevant(this.plan.items.get(repeat), keys)) return [];
    return this.result(repeat, "instances", keys) ?? [];
  }

  position(repeat, keys) {
    const parent = keys.slice(0, -1).join("/");
    const index = this.plan.items.get(repeat).cells.instances;
    const siblings = this.results[index].get(parent) ?? [];
    if (this.positions.get(siblings) === undefined) {
      this.positions.clear();
      this.positions.set(siblings, new Map(siblings.map((found, number) => [found.at(-1), number + 1])));
    }
    return this.positions.get(siblings).get(keys.at(-1)) ?? 0;
  }

  rows(table) {
    return this.plan.rows(table);
  }

  label(path, keys, language) {
    return wording.labelOfAnswer(this, path, keys, language || this.plan.checklist.languages[0]);
  }

  filled(words, keys, language) {
    return wording.fillWords(this, words, keys, language);
  }

  // Of one instance, or from outside its repeat the mean over the instances in which it is asked.
  itemScore(path, keys) {
    const item = this.plan.items.get(path);
    if (!item || item.cells.score === undefined) return null;
    const isNear = (own) => keys.every((key, n) => own[n] === key) && this.isRelevant(item, own);
    const asked = keys.length < item.repeats.length ? this.keysOf(item.repeats).filter(isNear) : [keys];
    const score = figures.meanScore(asked.map((own) => this.result(path, "score", own)));
    return typeof score === "number" ? score : null;
  }

  total() {
    return this.assessment().totalForRules;
  }

  lowestSection() {
    return this.assessment().lowestForRules;
  }

  gatesFailed() {
    return this.assessment().gatesFailed.length;
  }

  // What pages ask.

  assessment() {
    this.assessed ??= assess(this);
    return this.assessed;
  }

  // Whether the scope of the visit leaves this question out.
  isLeftOut({ core, isQuestion, node }) {
    return this.isShort && !core && isQuestion && node.type !== "note" && node.type !== "calculate";
  }

  isRelevant(item, keys) {
    if (this.isLeftOut(item)) return false;
    if (item.guard === null) return true;
    const guard = item.guard === item.path ? item : this.plan.items.get(item.guard);
    const own = keys.length === guard.repeats.length ? keys : keys.slice(0, guard.repeats.length);
    return this.results[guard.cells.relevant].get(own.join("/")) ?? false;
  }

  result(path, kind, keys) {
    const index = this.plan.items.get(path)?.cells[kind];
    return index === undefined ? null : this.results[index].get(keys.join("/"));
  }

  keysOf(repeats) {
    if (!repeats.length) return [[]];
    const innermost = repeats.at(-1);
    if (!this.allKeys.has(innermost)) {
      const results = this.results[this.plan.items.get(innermost).cells.instances];
      const found = this.keysOf(repeats.slice(0, -1)).flatMap((outer) => results.get(outer.join("/")) ?? []);
      this.allKeys.set(innermost, found);
    }
    return this.allKeys.get(innermost);
  }

  stateOf(item, keys) {
    return validity.stateOf(this, item, keys);
  }

  lacksRequired(item, keys) {
    const empty = this.value(item.path, keys) === null && this.stateOf(item, keys) === null;
    return empty && validity.isRequired(this, item, keys);
  }

  // What `look` sees if this were the answer; nothing stays changed.
  suppose(place, value, look) {
    const had = this.hasAnswer(place.path, place.keys);
    const before = this.answer(place.path, place.keys);
    const { assessed } = this;
    this.write(place, value);
    try {
      return look();
    } finally {
      this.write(place, before);
      if (!had) {
        this.kept.get(place.path).delete(place.keys.join("/"));
        this.#propagate(this.#seeds(place));
      }
      this.assessed = assessed;
    }
  }

  checked({ node }, value) {
    return checks.value((node.trigger || node.once) && ["calculate", "hidden"].includes(node.type) ? "computed" : node.type, value);
  }

  #check(reference, place, value) {
    try {
      return place.facet ? checks.facet(place.facet, value) : this.checked(place.item, value);
    } catch (error) {
      error.question = reference;
      throw error;
    }
  }

  #takeIn(answers) {
    const unknown = [];
    const wrong = [];
    for (const [reference, value] of Object.entries(answers)) {
      try {
        const place = this.locate(reference);
        this.#store(place, this.#check(reference, place, value));
      } catch (error) {
        if (error instanceof UnknownNameError) unknown.push(reference);
        else if (error instanceof WrongValueError) wrong.push(error);
        else throw error;
      }
    }
    if (unknown.length) throw new UnknownNameError(unknown);
    if (wrong.length) throw Object.assign(wrong[0], { more: wrong.slice(1) });
  }

  #store(place, value) {
    const name = place.facet ? `${place.path}#${place.facet}` : place.path;
    if (!this.kept.has(name)) this.kept.set(name, new Map());
    const kept = this.kept.get(name);
    const joined = place.keys.join("/");
    if (kept.has(joined) && State.#same(kept.get(joined), value)) return false;
    const more = (value !== null) - ((kept.get(joined) ?? null) !== null);
    kept.set(joined, value);
    const repeats = [...place.item.repeats, place.path];
    place.keys.forEach((key, depth) => this.#count(repeats[depth], place.keys.slice(0, depth).join("/"), key, more));
    return true;
  }

  #count(repeat, parent, key, more) {
    if (!this.touched.has(repeat)) this.touched.set(repeat, new Map());
    const byParent = this.touched.get(repeat);
    if (!byParent.has(parent)) byParent.set(parent, new Map());
    byParent.get(parent).set(key, (byParent.get(parent).get(key) ?? 0) + more);
  }

  #seeds({ path, item, keys, facet }) {
    const seeds = new Map();
    [...item.repeats, path].slice(0, keys.length).forEach((repeat, depth) => {
      const index = this.plan.items.get(repeat).cells.instances;
      seeds.set(index, new Set([keys.slice(0, depth).join("/")]));
    });
    const own = item.cells[{ "": "value", state: "score" }[facet]];
    if (own !== undefined) seeds.set(own, new Set([keys.join("/")]));
    return seeds;
  }

  // Compute stale cells and what reads them, in the order of the plan: a cell feeds only cells behind it.
  #propagate(seeds) {
    const stale = new Array(this.plan.cells.length);
    for (const [index, keys] of seeds) stale[index] = keys;
    const changed = new Map();
    for (let index = Math.min(...seeds.keys()); index < stale.length; index += 1) {
      if (stale[index] === undefined) continue;
      const cell = this.plan.cells[index];
      const differing = this.#refresh(cell, stale[index]);
      if (!differing.size) continue;
      changed.set(index, differing);
      for (const [fed, shared] of cell.feeds) stale[fed] = this.#mark(stale[fed], fed, shared, differing);
    }
    return changed;
  }

  // null stands for every instance.
  #mark(before, fed, shared, changed) {
    if (!shared || before === null) return null;
    const marked = before ?? new Set();
    const heads = new Set([...changed].map((joined) => joined.split("/").slice(0, shared).join("/")));
    for (const keys of this.keysOf(this.plan.cells[fed].repeats)) {
      if (heads.has(keys.slice(0, shared).join("/"))) marked.add(keys.join("/"));
    }
    return marked;
  }

  #refresh(cell, stale) {
    const results = this.results[cell.index];
    const compute = this.compute[cell.index];
    const known = this.keysOf(cell.repeats);
    const differing = new Set();
    for (const keys of known) {
      const joined = keys.join("/");
      if (stale !== null && !stale.has(joined)) continue;
      const result = compute(keys);
      if (!results.has(joined) || !State.#same(results.get(joined), result)) {
        results.set(joined, result);
        differing.add(joined);
      }
    }
    if (stale === null && results.size > known.length) this.#forget(results, known, differing);
    if (differing.size && cell.kind === "instances") this.allKeys.clear();
    return differing;
  }

  #forget(results, known, differing) {
    const there = new Set(known.map((keys) => keys.join("/")));
    for (const joined of [...results.keys()]) {
      if (!there.has(joined)) {
        results.delete(joined);
        differing.add(joined);
      }
    }
  }

  #addPaths(cell, changed, paths) {
    for (const joined of changed) paths.add(this.plan.instancePath(cell.item, joined ? joined.split("/") : []));
    if (cell.kind !== "relevant") return;
    for (const item of this.plan.guarded.get(cell.path) ?? []) {
      if (!item.isQuestion) continue;
      for (const keys of this.keysOf(item.repeats)) {
        const head = keys.slice(0, cell.repeats.length).join("/");
        if (changed.has(head)) paths.add(this.plan.instancePath(item, keys));
      }
    }
  }

  static #same(one, other) {
    if (one === other) return true;
    if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
    return JSON.stringify(one) === JSON.stringify(other);
  }
}
